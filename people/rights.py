"""The admin's permission questions, answered in one place from today's appointments.

Administrators keep the records of the house; auditors read them; officers of the centre keep the
keywords; every office keeps its own ready-made texts. No one changes a message in the admin,
nobody changes or deletes what is a trace, and where an action exists (relieve, amend a rule) the
row itself can't be edited past it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from people.models import User

Rights = Mapping[str, frozenset[str]]

VIEW = frozenset({"view"})
ADD = frozenset({"view", "add"})
KEEP = frozenset({"view", "add", "change"})
ALL = frozenset({"view", "add", "change", "delete"})

# "app.model" → verbs. What is not listed, nobody may do.
OF_ADMINISTRATORS: Rights = {
    "people.user": KEEP,
    "people.office": KEEP,
    "people.appointment": ADD | {"relieve"},
    "channels_app.routingrule": ALL,
    "channels_app.boroughduty": ALL,
    "channels_app.account": KEEP,
    "channels_app.apiclient": KEEP | {"renew"},
    "lifecycle.rule": ADD,
    "lifecycle.holiday": ADD,
    "suggestions.policy": KEEP,
    "suggestions.budgetrow": KEEP,
    "desk.cannedtext": ALL,
}
OF_THE_CENTRE: Rights = {"channels_app.routingrule": ALL, "channels_app.boroughduty": ALL}
# Which rows of it, the record page says: those of their own office.
OF_OFFICES: Rights = {
    "desk.cannedtext": ALL,
    "suggestions.policy": KEEP,
    "suggestions.budgetrow": KEEP,
}
# Whoever looks after false supports has to see which belong together.
OF_MODERATORS: Rights = dict.fromkeys(
    (
        "suggestions.suggestion",
        "suggestions.support",
        "suggestions.milestone",
        "suggestions.invalidation",
        "suggestions.papersignatures",
    ),
    VIEW,
)
# Contents of messages have pages of their own, with a log of who read them.
OF_AUDITORS: Rights = dict.fromkeys(
    (*OF_ADMINISTRATORS, *OF_MODERATORS, "channels_app.reading", "channels_app.delivery"), VIEW
)


def may(user: "User", perm: str) -> bool:
    """Whether one of today's appointments allows `perm`, Django's "app.verb_model"."""
    app, _dot, rest = perm.partition(".")
    verb, _dash, model = rest.partition("_")
    return any(verb in rights.get(f"{app}.{model}", ()) for rights in _rights(user))


def may_see_app(user: "User", app: str) -> bool:
    """Whether any record of the app may be seen."""
    return any(record.startswith(f"{app}.") for rights in _rights(user) for record in rights)


def _rights(user: "User") -> list[Rights]:
    held = []
    if user.is_administrator:
        held.append(OF_ADMINISTRATORS)
    if user.is_auditor:
        held.append(OF_AUDITORS)
    if user.is_at_centre:
        held.append(OF_THE_CENTRE)
    if user.is_at_centre or user.is_listening:
        held.append(OF_MODERATORS)
    if user.offices:
        held.append(OF_OFFICES)
    return held
