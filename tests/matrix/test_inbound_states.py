"""Every state of a thing that came in × every other × every role: only what the table allows."""

import itertools
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions
from channels_app.models import Account, InboundEvent
from channels_app.states import InboundState
from lifecycle.errors import WrongTurnError
from tests.faults.city import build_city
from tests.mail_in.boxes import arrive, mailbox
from tests.mail_in.letters import raw
from tests.matrix.people_of import ROLES, Town, build_town

pytestmark = pytest.mark.django_db

STATES = tuple(InboundState.values)
TURNS = {
    ("new", "taken"),
    ("new", "automatic"),
    ("new", "kept"),
    ("kept", "new"),
    ("kept", "settled"),
    ("automatic", "new"),
    ("settled", "new"),
}
# What an officer may do, from where, and who.
ACTS = {"want": {"kept", "automatic", "settled"}, "settle": {"kept"}}
KEEPERS = {"centre", "jun", "head"}  # the account belongs to the roads


@pytest.fixture
def town() -> Town:
    build_city()
    return build_town()


@pytest.fixture
def event(town: Town) -> InboundEvent:
    box: Account = mailbox(office=town.roads)
    return arrive(box, raw(), take_in=False)[0]


@pytest.mark.parametrize(("state", "to"), list(itertools.product(STATES, STATES)))
def test_only_the_turns_of_the_table(state: str, to: str, event: InboundEvent) -> None:
    InboundEvent.objects.update(state=state)
    event.refresh_from_db()

    try:
        event.become(to, why="list")
    except WrongTurnError:
        turned = False
    else:
        turned = True

    event.refresh_from_db()
    assert turned == ((state, to) in TURNS)
    assert (event.state, event.why) == ((to, "list") if turned else (state, ""))


@pytest.mark.parametrize(("state", "act"), list(itertools.product(STATES, ACTS)))
def test_only_who_keeps_the_account_decides(
    state: str, act: str, event: InboundEvent, town: Town
) -> None:
    for role in ROLES:
        InboundEvent.objects.update(state=state, wanted_by=None)
        doing = {"want": actions.want_event, "settle": actions.settle_event}[act]
        expected: type[Exception] | None = None if state in ACTS[act] else WrongTurnError
        if role not in KEEPERS:
            expected = PermissionDenied

        allowed: AbstractContextManager[Any] = (
            nullcontext() if expected is None else pytest.raises(expected)
        )
        with allowed:
            doing(event, by=town.users[role])


def test_nobody_speaks_for_what_somebody_faster_decided(event: InboundEvent) -> None:
    InboundEvent.objects.update(state="kept")

    with pytest.raises(WrongTurnError):
        event.become("taken")
