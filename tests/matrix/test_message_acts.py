"""Every state of a message × every act × every role: what is not in the table changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from channels_app import actions
from channels_app.models import Delivery, Message
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Role
from tests.ledger import check_ledger
from tests.matrix.people_of import ROLES, Town, build_town
from tests.matrix.permitted import (
    ACTS,
    CENTRE,
    COUNTS_AS_MOVED,
    IN_CHARGE,
    LEADS_ELSEWHERE,
    LEADS_TO,
    MOVES_DATE,
    NO_STEP,
    PERMITTED,
)
from tests.matrix.standing import REFUSALS, attempt, closed_by, everything, put_off_by, standing_at
from tests.people import factories as people

pytestmark = pytest.mark.django_db
EVERYBODY = ("system", "author", *ROLES)


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.mark.parametrize("state", PERMITTED)
def test_only_what_the_table_permits(state: str, town: Town) -> None:
    message = standing_at(state, town)
    before = everything()
    wrong = []

    for act in ACTS:
        for role in EVERYBODY:
            done = _did(state, act, message, town, role)
            if done != (role in PERMITTED[state].get(act, set())):
                wrong.append(f"{role} {'could' if done else 'could not'} {act} at {state}")

    assert not wrong
    assert everything() == before


def _did(state: str, act: str, message: Message, town: Town, role: str) -> bool:
    """Whether the role could; what it did is checked, then undone."""
    before = everything()
    with transaction.atomic():
        try:
            with transaction.atomic():
                attempt(act, message, town, role)
        except REFUSALS:
            assert everything() == before, f"refused, but something changed: {role} {act}"
            return False
        done = everything() != before
        if done:
            _assert_well_done(state, act, message, role, town)
        transaction.set_rollback(True)
    return done


def _assert_well_done(state: str, act: str, message: Message, role: str, town: Town) -> None:
    now = Message.objects.get(pk=message.pk)
    check_ledger(settled=False)
    assert now.first_due_at == message.first_due_at
    assert now.moves == message.moves + (act in COUNTS_AS_MOVED)
    heard = state == "waiting" and act == "add_words"
    if act in NO_STEP and not heard:
        assert (now.version, now.due_at) == (message.version, message.due_at)
        return
    step = now.steps.get(seq=message.version + 1)
    assert now.status == LEADS_ELSEWHERE.get((state, act), LEADS_TO.get(act, message.status))
    assert step.by == town.users.get(role)
    if step.by is not None:
        assert step.by_office is not None
        assert step.by.holds(step.by_office)
    if act not in MOVES_DATE and not heard and state != "waiting":
        assert now.due_at == message.due_at


TROUBLE: dict[str, tuple[Callable[..., Message], str]] = {
    "send again": (actions.send_again, "queued"),
    "settle": (actions.settle, "cancelled"),
}


@pytest.mark.parametrize("name", TROUBLE)
@pytest.mark.parametrize("state", ["queued", "sending", "sent", "unknown", "failed", "cancelled"])
def test_what_did_not_arrive_lies_with_the_office_in_charge(
    state: str, name: str, town: Town
) -> None:
    act, leads_to = TROUBLE[name]
    message = standing_at("replied", town)
    Delivery.objects.update(state=state)
    before = everything()
    may = CENTRE | IN_CHARGE if state in ("unknown", "failed") else set()

    for role in ROLES:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    act(message, by=town.users[role])
            except REFUSALS:
                assert role not in may
                assert everything() == before
                continue
            assert role in may
            rows = Delivery.objects.filter(message=message, decided_by=town.users[role])
            assert set(rows.values_list("state", flat=True)) == {leads_to}
            transaction.set_rollback(True)


@pytest.mark.parametrize("act", ["show", "hide"])
def test_what_its_author_kept_private_is_never_shown(act: str, town: Town) -> None:
    message = standing_at("routed", town)
    Message.objects.filter(pk=message.pk).update(publication="private")

    for role in ROLES:
        assert not _did("routed", act, message, town, role)


def test_who_holds_two_offices_acts_for_the_one_that_gives_the_voice_away(town: Town) -> None:
    people.appoint(town.users["jun"], town.water)
    message = standing_at("routed", town)

    actions.route(message, to=people.make_office("parks-of-the-test"), by=town.users["jun"])

    assert message.steps.get(seq=2).by_office == town.roads


def test_a_voice_that_is_set_aside_can_not_be_handed_back_around_its_reason(town: Town) -> None:
    """Both lead to "received"; only restoring clears why it was set aside."""
    message = standing_at("set_aside", town)

    with pytest.raises(WrongTurnError):
        actions.hand_back(message, reason="우리 일이 아니에요", by=town.users["jun"])

    actions.restore(message, by=town.users["jun"])
    check_ledger(settled=False)


def test_passing_on_while_the_answer_leaves_is_refused(town: Town) -> None:
    """Both lead to "routed"; an answer left behind could never be published."""
    message = standing_at("answered", town)

    with pytest.raises(WrongTurnError):
        actions.route(message, to=town.water, by=town.users["centre"])


@pytest.mark.parametrize("state", ["appealed", "put_off_twice"])
def test_where_an_office_has_no_head_the_one_above_decides(state: str, town: Town) -> None:
    message = standing_at(state, town)
    town.roads.parent = people.make_office("bureau-of-the-test")
    town.roads.save(update_fields=["parent"])
    town.roads.appointments.filter(role=Role.HEAD).delete()
    above = people.head_of(town.roads.parent)

    with pytest.raises(REFUSALS):
        put_off_by(message, town.users["jun"])
    put_off_by(message, above)

    message.refresh_from_db()
    assert message.office == town.roads
    assert message.may_be_read_by(above)
    check_ledger(settled=False)


def test_where_nobody_above_is_a_head_whoever_holds_the_office_decides(town: Town) -> None:
    message = standing_at("appealed", town)
    town.roads.appointments.filter(role=Role.HEAD).delete()

    closed_by(message, town.users["jun"])

    message.refresh_from_db()
    assert message.status == "replied"


def test_an_answer_while_its_author_is_asked_is_not_timely_by_days_nobody_waited(
    town: Town,
) -> None:
    """Asking back and answering at once would make every late answer a timely one."""
    message = standing_at("routed", town)
    assert message.due_at is not None
    with clock.at(message.due_at + timedelta(hours=1)):
        actions.ask_back(message, text="어느 쪽인가요?", by=town.users["jun"])
        closed_by(message, town.users["jun"])

    message.refresh_from_db()
    assert message.was_in_time is False


def test_what_is_asked_back_and_set_aside_waits_for_nobody_any_more(town: Town) -> None:
    message = standing_at("waiting", town)
    many = actions.screen_all(
        Message.objects.filter(pk=message.pk), "set_aside", by=town.users["jun"], reason="spam"
    )

    assert not many.overtaken
    message.refresh_from_db()
    assert message.waiting_until is None
    check_ledger(settled=False)
