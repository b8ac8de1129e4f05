"""A holiday declared, or taken back: open dates as counting anew gives them, and no others."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions, tasks
from channels_app.models import Kind, Message
from lifecycle import clock, workdays
from lifecycle.actions import amend_rule, declare_holiday
from lifecycle.models import Holiday
from people.models import User
from tests.channels_app import factories
from tests.ledger import check_ledger
from tests.people import factories as people

pytestmark = pytest.mark.django_db

MONDAY_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=clock.SEOUL)
WEDNESDAY = date(2026, 11, 25)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def keeper() -> User:
    return people.administrator()


def received(**said: Any) -> Message:
    with clock.at(MONDAY_TEN):
        return factories.receive(**said)


def declare(day: date, by: User, *, works: bool = False) -> Holiday:
    with clock.at(MONDAY_TEN + MINUTE):
        return declare_holiday(day, works=works, name_ko="임시 공휴일", name_en="A day", by=by)


def sweep(after: timedelta = 10 * MINUTE) -> None:
    with clock.at(MONDAY_TEN + after):
        tasks.recount_dates()


def anew(message: Message) -> datetime:
    workdays.forget()
    return workdays.due_after(message.clock_from, message.clock_days or 0)


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.QUESTION, Kind.IDEA])
def test_a_declared_holiday_moves_dates_as_counting_anew_does(kind: str, keeper: User) -> None:
    message = received(kind=kind)
    before = message.due_at
    declare(WEDNESDAY if kind != Kind.QUESTION else date(2026, 11, 24), keeper)

    sweep()

    message.refresh_from_db()
    step = message.steps.latest("seq")
    assert before is not None
    assert message.due_at == anew(message) > before
    assert (step.cause, step.by, step.due_at) == ("calendar", None, message.due_at)
    assert (message.moves, message.first_due_at) == (0, before)
    check_ledger(settled=False)


def test_taking_it_back_gives_the_old_dates(keeper: User) -> None:
    messages = [received(kind=kind) for kind in Kind.values]
    before = [(message.due_at, message.route_by) for message in messages]
    declare(WEDNESDAY, keeper)
    declare(date(2026, 11, 24), keeper)
    sweep()
    moved = [message.due_at for message in Message.objects.order_by("id")]

    declare(WEDNESDAY, keeper, works=True)
    declare(date(2026, 11, 24), keeper, works=True)
    sweep(20 * MINUTE)

    now = [(message.due_at, message.route_by) for message in Message.objects.order_by("id")]
    assert moved != [due for due, _route in before]
    assert now == before


def test_twice_or_late_is_the_same_as_once(keeper: User) -> None:
    message = received()
    declare(WEDNESDAY, keeper)

    for minutes in (2, 3, 10, 11, 4000):
        sweep(minutes * MINUTE)

    assert list(message.steps.values_list("cause", flat=True)) == ["", "calendar"]
    assert not Holiday.objects.not_recounted().exists()


def test_in_the_first_minutes_another_server_may_still_count_by_the_old_calendar(
    keeper: User,
) -> None:
    declare(WEDNESDAY, keeper)
    sweep(2 * MINUTE)
    workdays.forget()
    late = received()
    assert late.due_at is not None
    Message.objects.filter(pk=late.pk).update(due_at=late.due_at - timedelta(days=1))

    sweep(3 * MINUTE)

    late.refresh_from_db()
    assert late.due_at == anew(late)


def test_dates_that_somebody_named_or_that_count_in_hours_stay(keeper: User) -> None:
    roads = people.make_office("roads-of-the-test")
    jun = people.officer_of(roads)
    with clock.at(MONDAY_TEN):
        danger = factories.receive(kind=Kind.HAZARD)
        promised = factories.routed_to(roads)
        actions.promise(promised, text="합니다", finish_on=WEDNESDAY, by=jun)
    dates = list(Message.objects.order_by("id").values_list("due_at", flat=True))
    declare(WEDNESDAY, keeper)

    sweep()

    assert list(Message.objects.order_by("id").values_list("due_at", flat=True)) == dates
    assert danger.route_by < MONDAY_TEN + timedelta(days=2)


def test_a_rule_amended_since_moves_no_open_date(keeper: User) -> None:
    message = received()
    with clock.at(MONDAY_TEN + MINUTE):
        amend_rule("working_hours", to="10:00-16:00", reason="shorter", by=keeper)
    declare(date(2026, 11, 30), keeper)
    sweep()

    message.refresh_from_db()
    assert message.due_at == datetime(2026, 12, 1, 10, 0, tzinfo=clock.SEOUL)


def test_an_answer_about_to_leave_is_looked_at_again_once_it_was_taken_back(keeper: User) -> None:
    roads = people.make_office("roads-of-the-test")
    jun = people.officer_of(roads)
    with clock.at(MONDAY_TEN):
        message = factories.routed_to(roads)
        actions.answer(message, text="답입니다", by=jun)
    declare(WEDNESDAY, keeper)
    sweep()
    with clock.at(MONDAY_TEN + 10 * MINUTE):
        actions.take_back(message, by=jun)

    sweep(11 * MINUTE)

    message.refresh_from_db()
    assert message.due_at == anew(message)


def test_the_date_of_a_decision_and_of_routing_are_counted_anew(keeper: User) -> None:
    message = received(held="tone", public=True)
    decide, route = message.publication_due_at, message.route_by
    declare(date(2026, 11, 24), keeper)

    sweep()

    message.refresh_from_db()
    assert decide is not None
    assert message.publication_due_at == decide + timedelta(days=1)
    assert message.route_by == route + timedelta(days=1)


def test_only_an_administrator_declares(keeper: User) -> None:
    with pytest.raises(PermissionDenied):
        declare(WEDNESDAY, people.centre_officer())

    assert not Holiday.objects.exists()
