"""What is held × every reason × every act × every role: who may, and what comes of it."""

from collections.abc import Callable

import pytest
from django.db import transaction

from channels_app import actions
from channels_app.actions import Verdict
from channels_app.models import HeldReason, Message
from people.models import User
from tests.channels_app import factories
from tests.ledger import check_ledger
from tests.matrix.people_of import ROLES, Town, build_town
from tests.matrix.standing import REFUSALS, everything

pytestmark = pytest.mark.django_db

Act = Callable[[Message, User], object]
CENTRE, IN_CHARGE = {"centre"}, {"jun", "head"}


def screen(verdict: str, reason: str = "") -> Act:
    """The same as the single act, from a list."""

    def act(message: Message, by: User) -> None:
        rows = Message.objects.filter(pk=message.pk)
        if actions.screen_all(rows, verdict, by=by, reason=reason).overtaken:
            raise AssertionError("nobody was faster")

    return act


# Act → who may read it afterwards where its author wished everyone to, and where not (None: no).
ACTS: dict[str, tuple[Act, str | None, str | None]] = {
    "show": (lambda message, by: actions.show(message, by=by), "public", "private"),
    "hide": (lambda message, by: actions.hide(message, reason="abuse", by=by), "hidden", None),
    "set aside": (lambda m, by: actions.set_aside(m, reason="spam", by=by), "held", "held"),
    "show many": (screen(Verdict.SHOW), "public", "private"),
    "hide many": (screen(Verdict.HIDE, "abuse"), "hidden", None),
    "set many aside": (screen(Verdict.SET_ASIDE, "spam"), "held", "held"),
}


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.mark.parametrize("reason", HeldReason.values)
@pytest.mark.parametrize("routed", [False, True], ids=["at the centre", "at the roads"])
@pytest.mark.parametrize("name", ACTS)
def test_only_whose_business_it_is_decides_on_what_is_held(
    name: str, routed: bool, reason: str, town: Town
) -> None:
    act, becomes, _private = ACTS[name]
    message = factories.receive(held=reason)
    if routed:
        actions.route(message, to=town.roads, by=town.users["centre"])
    before = everything()
    may = CENTRE | (IN_CHARGE if routed else set())

    for role in ROLES:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    act(Message.objects.get(pk=message.pk), town.users[role])
            except REFUSALS:
                assert role not in may
                assert everything() == before
                continue
            assert role in may
            now = Message.objects.get(pk=message.pk)
            assert now.publication == becomes
            assert not now.is_undecided
            assert now.screened_by == town.users[role]
            check_ledger(settled=False)
            transaction.set_rollback(True)


@pytest.mark.parametrize("reason", ["burst", "repeated", "machine"])
@pytest.mark.parametrize("name", ACTS)
def test_a_flood_for_the_office_only_never_becomes_public(
    name: str, reason: str, town: Town
) -> None:
    act, _public, becomes = ACTS[name]
    message = factories.receive(held=reason, public=False)

    try:
        with transaction.atomic():
            act(message, town.users["centre"])
    except (*REFUSALS, AssertionError):
        assert becomes is None

    message.refresh_from_db()
    assert message.publication == (becomes or "held")
