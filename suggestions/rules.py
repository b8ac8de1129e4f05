"""The numbers of suggestions, as the Rulebook's defaults (LIFECYCLES 4.2)."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from channels_app.rules import DAYS, OFF, ON, OURS, on_or_off
from lifecycle import rules

PROVIDER = re.compile(r"[\w-]+(\.[\w-]+)+")
CALENDAR_DAYS = _("days")
PEOPLE = _("people")
SEOUL = _("the city's present rule")

TAKE_UP = rules.declare(
    "idea.take_up",
    ON,
    unit=_("on or off"),
    words=_("Whether public ideas become suggestions by themselves"),
    source=OURS,
    check=on_or_off,
)
SCREEN_DAYS = rules.declare(
    "idea.screen",
    1,
    unit=DAYS,
    words=_("Time to look at a suggestion before everyone may read it"),
    source=OURS,
)
CORRECT_DAYS = rules.declare(
    "idea.correct",
    30,
    unit=CALENDAR_DAYS,
    words=_("Time for its author to correct a suggestion that was sent back"),
    source=OURS,
)
WINDOW_DAYS = rules.declare(
    "support.window",
    30,
    unit=CALENDAR_DAYS,
    words=_("How long a suggestion gathers support before it falls asleep"),
    source=SEOUL,
)
SLEEP_DAYS = rules.declare(
    "support.sleep",
    180,
    unit=CALENDAR_DAYS,
    words=_("When a sleeping suggestion is looked at again"),
    source=OURS,
)
RESCUE_DAYS = rules.declare(
    "support.rescue",
    7,
    unit=CALENDAR_DAYS,
    words=_("How long before it falls asleep a suggestion stands on the rescue list"),
    source=OURS,
)
PANEL_AT = rules.declare(
    "support.panel",
    5,
    unit=PEOPLE,
    words=_("Supporters after whom the listening team may look at a suggestion"),
    source=SEOUL,
)
ANSWER_AT = rules.declare(
    "support.answer",
    50,
    unit=PEOPLE,
    words=_("Supporters after whom the office has to answer"),
    source=SEOUL,
)
FORUM_AT = rules.declare(
    "support.forum",
    100,
    unit=PEOPLE,
    words=_("Supporters after whom the listening team decides about a forum"),
    source=SEOUL,
)
MAYOR_AT = rules.declare(
    "support.mayor",
    1000,
    unit=PEOPLE,
    words=_("Supporters after whom the mayor answers"),
    source=SEOUL,
)
FORUM_DAYS = rules.declare(
    "support.forum_days",
    14,
    unit=CALENDAR_DAYS,
    words=_("Time for the listening team to decide about a forum"),
    source=OURS,
)
MAYOR_DAYS = rules.declare(
    "support.mayor_days",
    30,
    unit=CALENDAR_DAYS,
    words=_("Time for the mayor to answer"),
    source=OURS,
)
LEVEL = rules.declare(
    "support.level",
    1,
    unit=_("1: address confirmed, 2: person proved"),
    words=_("Whose support counts for the thresholds"),
    source=OURS,
)
PAPER_COUNTS = rules.declare(
    "support.paper",
    ON,
    unit=_("on or off"),
    words=_("Whether signatures on paper count for the thresholds"),
    source=OURS,
    check=on_or_off,
)
SUPPORT_MAILS = rules.declare(
    "support.mails",
    3,
    unit=_("mails a day"),
    words=_("How often an address is asked at most whether it supports something"),
    source=OURS,
)
REVIEW_DAYS = rules.declare(
    "review.days",
    30,
    unit=CALENDAR_DAYS,
    words=_("Time for the office to answer a suggestion under review"),
    source=SEOUL,
)
APPEAL_WITHIN = rules.declare(
    "idea.appeal_within",
    30,
    unit=CALENDAR_DAYS,
    words=_("How long its author may appeal against a suggestion's refusal"),
    source=OURS,
)
APPEAL_DAYS = rules.declare(
    "idea.appeal",
    7,
    unit=DAYS,
    words=_("Time to decide on such an appeal"),
    source=OURS,
)
LIMIT_SUPPORTS = rules.declare(
    "support.limit",
    20,
    unit=_("times an hour"),
    words=_("How often one browser may ask for the mail that confirms a support"),
    source=OURS,
)
LIMIT_SUPPORTS_OF_NETWORK = rules.declare(
    "support.limit_of_network",
    400,
    unit=_("times an hour"),
    words=_("How often readers at one network address may ask for that mail"),
    source=OURS,
)
DISPOSABLE = rules.declare(
    "support.disposable",
    "10minutemail.com, guerrillamail.com, mailinator.com, "
    "temp-mail.org, trashmail.com, yopmail.com",
    unit=_("mail providers"),
    words=_("Whose mail addresses are made to be thrown away; a moderator looks at such supports"),
    source=OURS,
    check=lambda typed: _must_be_providers(named(typed)),
)
PETITION_DAYS = rules.declare(
    "petition.answer",
    90,
    unit=CALENDAR_DAYS,
    words=_("Time for the city to answer a petition, from the day it came in"),
    source=_("the Petition Act, article 21"),
)


def named(typed: str) -> set[str]:
    """Mail providers, as they were written with commas between."""
    return {one.strip().lower().lstrip("@") for one in typed.split(",") if one.strip()}


def _must_be_providers(names: Iterable[str]) -> None:
    for name in names:
        if not PROVIDER.fullmatch(name):
            raise ValueError(f"{name} is no mail provider")


def takes_up() -> bool:
    """Whether public ideas become suggestions by themselves."""
    return TAKE_UP.value() != OFF


def paper_counts() -> bool:
    """Whether signatures on paper count for the thresholds."""
    return PAPER_COUNTS.value() != OFF
