"""Remind: each date comes to each level once, the right office is told, in one mail an hour."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from channels_app import actions, duties, tasks
from channels_app.letters import compose
from channels_app.models import Delivery, Kind, Message, Reminder
from lifecycle import clock
from people.models import Appointment, Office, Role, User
from tests.channels_app import factories
from tests.people import factories as people

pytestmark = pytest.mark.django_db

MONDAY_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=clock.SEOUL)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def roads() -> Office:
    people.mayors_office()
    return people.make_office("roads-of-the-test")


@pytest.fixture
def jun(roads: Office) -> User:
    return people.officer_of(roads)


def routed(office: Office, **said: Any) -> Message:
    with clock.at(MONDAY_TEN):
        return factories.routed_to(office, **said)


def sweep(moment: datetime) -> None:
    with clock.at(moment):
        tasks.remind()


def levels(message: Message) -> list[str]:
    return list(message.reminders.order_by("id").values_list("level", flat=True))


def due(message: Message) -> datetime:
    assert message.due_at is not None
    return message.due_at


def test_a_date_comes_to_each_level_at_its_time(roads: Office) -> None:
    message = routed(roads)

    came = []
    for moment in (
        due(message) - 4 * DAY,
        due(message) - HOUR,
        due(message) + MINUTE,
        due(message) + 3 * DAY + MINUTE,
        due(message) + 7 * DAY + MINUTE,
    ):
        sweep(moment)
        came.append(levels(message))

    assert came == [
        [],
        ["soon"],
        ["soon", "late"],
        ["soon", "late", "head"],
        ["soon", "late", "head", "mayor"],
    ]


def test_a_danger_comes_to_its_head_and_the_mayor_within_hours(roads: Office) -> None:
    message = routed(roads, kind=Kind.HAZARD)

    sweep(due(message) + HOUR + MINUTE)
    at_one = levels(message)
    sweep(due(message) + 3 * HOUR + MINUTE)

    assert at_one == ["late", "head"]
    assert levels(message) == ["late", "head", "mayor"]


def test_after_thirty_days_without_a_clock_each_is_told_once(roads: Office, jun: User) -> None:
    message = routed(roads)

    for _again in range(2):
        sweep(due(message) + 30 * DAY)
        sweep(due(message) + 30 * DAY - HOUR)  # a server whose clock goes back
        sweep(due(message) + 30 * DAY + timedelta(seconds=90))  # another one's

    assert levels(message) == ["late", "head", "mayor"]
    told = Delivery.objects.filter(event="duty")
    assert sorted(told.values_list("office__slug", flat=True)) == ["mayor", roads.slug]


def test_who_is_told_is_the_office_its_head_and_the_mayors_office(roads: Office) -> None:
    roads.parent = people.make_office("bureau-of-the-test")
    roads.save(update_fields=["parent"])
    people.head_of(roads.parent)
    message = routed(roads)

    sweep(due(message) + 8 * DAY)

    told = dict(message.reminders.values_list("level", "office__slug"))
    assert told == {"late": roads.slug, "head": "bureau-of-the-test", "mayor": "mayor"}


def test_another_date_begins_anew(roads: Office, jun: User) -> None:
    message = routed(roads)
    sweep(due(message) + MINUTE)
    with clock.at(due(message) + DAY):
        until = clock.seoul(due(message) + 10 * DAY).date()
        actions.put_off(message, text="더 걸립니다", until=until, by=jun)
    message.refresh_from_db()

    sweep(due(message) - 5 * DAY)
    between = levels(message)
    sweep(due(message) + MINUTE)

    assert between == ["late"]
    assert levels(message) == ["late", "late"]


def test_whose_author_is_waited_for_or_what_is_answered_is_nobodys_delay(
    roads: Office, jun: User
) -> None:
    waiting = routed(roads, contact=("mail", "mina@example.org"))
    written = routed(roads)
    with clock.at(due(waiting) - HOUR):
        actions.ask_back(waiting, text="어디인가요?", by=jun)
        actions.answer(written, text="고쳤습니다", by=jun)

    sweep(due(waiting) + 2 * DAY)

    assert not Reminder.objects.exists()


def test_one_mail_an_hour_tells_an_office_of_everything(roads: Office, jun: User) -> None:
    first, second, third = (routed(roads) for _n in range(3))
    Message.objects.filter(pk=third.pk).update(due_at=due(third) + 10 * MINUTE)

    sweep(due(first) + MINUTE)
    sweep(due(first) + 15 * MINUTE)
    within_the_hour = Delivery.objects.filter(event="duty").count()
    sweep(due(first) + 62 * MINUTE)

    mails = Delivery.objects.filter(event="duty").order_by("id")
    assert within_the_hour == 1
    assert [mail.reminders.count() for mail in mails] == [3, 1]
    with clock.at(due(first) + 62 * MINUTE):
        body = compose(mails[0]).body
    assert all(one.code in body for one in (first, second))


def test_the_mail_goes_to_whoever_holds_the_office_when_it_leaves(roads: Office, jun: User) -> None:
    head = people.head_of(roads)
    message = routed(roads)
    sweep(due(message) + MINUTE)
    mail = Delivery.objects.get(event="duty")
    Appointment.objects.filter(user=jun).update(until=clock.now())
    sora = people.officer_of(roads)

    letter = compose(mail)

    assert {letter.to, *letter.others} == {head.email, sora.email}
    assert message.text not in letter.body
    assert f"/admin/case/{message.code}/" in letter.body


def test_what_is_for_the_head_goes_to_the_head_alone(roads: Office, jun: User) -> None:
    head = people.head_of(roads)
    message = routed(roads)
    sweep(due(message) + MINUTE)
    sweep(due(message) + 3 * DAY + MINUTE)

    mail = Delivery.objects.filter(event="duty").latest("id")

    assert duties.holders(mail) == [head.email]


def test_an_office_that_nobody_holds_is_told_to_nobody_and_that_shows(roads: Office) -> None:
    message = routed(roads)
    sweep(due(message) + MINUTE)

    with clock.at(due(message) + 2 * MINUTE):
        tasks.send_due()

    mail = Delivery.objects.get(event="duty")
    assert (mail.state, mail.why) == ("failed", duties.NOBODY)
    assert mail.error_class == "NobodyThere"
    message.refresh_from_db()
    assert not message.is_undelivered


def test_a_mail_whose_duties_are_done_does_not_leave(roads: Office, jun: User) -> None:
    message = routed(roads)
    sweep(due(message) + MINUTE)
    with clock.at(due(message) + 2 * MINUTE):
        actions.answer(message, text="고쳤습니다", by=jun)
        tasks.send_due()

    mail = Delivery.objects.get(event="duty")
    assert (mail.state, mail.why) == ("cancelled", duties.NOTHING_OWED)


def test_the_next_sweep_costs_the_same_after_many_reminders(
    roads: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    messages = [routed(roads) for _n in range(12)]
    sweep(due(messages[0]) + 30 * DAY)

    with django_assert_max_num_queries(25):
        sweep(due(messages[0]) + 30 * DAY)


def test_the_centre_is_not_told_of_what_the_rules_have_not_seen(roads: Office) -> None:
    with clock.at(MONDAY_TEN):
        question = factories.receive(kind=Kind.QUESTION)

    sweep(MONDAY_TEN + MINUTE)

    assert levels(question) == []


def test_a_head_is_whoever_heads_the_nearest_office_above(roads: Office) -> None:
    assert roads.headed_by is None
    people.appoint(people.make_user(), roads, Role.HEAD)

    assert roads.headed_by == roads
