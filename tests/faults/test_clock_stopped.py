"""The clock is started twice, stopped for a month, or killed midway: each due thing once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from channels_app import actions, tasks
from channels_app.models import Delivery, Message, MessageStep, Reminder
from lifecycle import clock, workdays
from lifecycle.actions import declare_holiday
from lifecycle.models import Heartbeat, Holiday
from people.models import Office, User
from tests.faults import city
from tests.faults.house import House, until
from tests.faults.smtp import scripted
from tests.ledger import check_ledger
from tests.people import factories as people

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPEN = 600
LEVELS = ("late", "head", "mayor")
SWEEPS = ("recount_dates", "stop_waiting", "remind")


def spoken(roads: Office, *, ago: timedelta, number: int) -> list[Message]:
    """Voices that lie with the roads since then."""
    with clock.at(clock.now() - ago):
        messages = [city.speak(contact=f"mina{n}@example.org") for n in range(number)]
        tasks.route_waiting()
    return messages


def reminded(level: str) -> int:
    return Reminder.objects.filter(level=level).count()


def assert_each_once(number: int) -> None:
    """Every level once for each, and nobody was told twice."""
    rows = Reminder.objects.values_list("message", "level", "due_at")
    assert len(rows) == len(set(rows))
    assert (reminded("late"), reminded("head"), reminded("mayor")) == (number, number, number)


def all_sweeps(moment: datetime) -> None:
    """What the clock would start at this moment."""
    with clock.at(moment):
        tasks.route_waiting()
        tasks.recount_dates()
        tasks.stop_waiting()
        tasks.publish_answers()
        tasks.remind()
        tasks.tell()
        while Delivery.objects.due().exists():
            tasks.send_due()


def test_after_a_month_without_a_clock_each_due_thing_is_done_once(
    roads: Office, jun: User, send_to: Callable[[int], None]
) -> None:
    people.officer_of(people.mayors_office())
    late, asked, answered = spoken(roads, ago=HOUR, number=3)
    actions.ask_back(asked, text="어디인가요?", by=jun)
    actions.answer(answered, text="고쳤습니다", by=jun)
    later = clock.now() + 30 * DAY

    with scripted({}) as server:
        send_to(server.port)
        for moment in (later, later, later + timedelta(seconds=90), later - HOUR):
            all_sweeps(moment)

    levels = {
        row.pk: list(row.reminders.order_by("id").values_list("level", flat=True))
        for row in (late, asked, answered)
    }
    assert levels == {
        late.pk: ["late", "head", "mayor"],
        asked.pk: ["late", "head", "mayor"],  # its clock ran again after a fortnight
        answered.pk: [],
    }
    assert asked.steps.filter(cause="waited").count() == 1
    duty = Delivery.objects.filter(event="duty")
    assert sorted(duty.values_list("office__slug", "state")) == [
        ("mayor", "sent"),
        (roads.slug, "sent"),
    ]
    check_ledger(outside=server.copies)


@pytest.mark.slow
def test_two_clocks_at_once_do_each_thing_once(house: House, roads: Office) -> None:
    spoken(roads, ago=40 * DAY, number=OPEN)
    house.valkey.start()

    for _clock in range(2):
        house.start_worker()
    until(lambda: all(reminded(level) == OPEN for level in LEVELS), within=60)
    began = clock.now()
    until(lambda: _all_beat_since(began), within=60)

    assert_each_once(OPEN)
    assert Delivery.objects.filter(event="duty").count() == 2  # the roads, and the mayor's office
    check_ledger(settled=False)


def _all_beat_since(moment: datetime) -> bool:
    beats = Heartbeat.objects.filter(sweep__in=SWEEPS, last_done_at__gt=moment)
    return beats.count() == len(SWEEPS)


@pytest.mark.slow
def test_a_worker_killed_again_and_again_reminds_once(house: House, roads: Office) -> None:
    spoken(roads, ago=40 * DAY, number=OPEN)
    house.valkey.start()

    for goal in LEVELS:
        worker = house.start_worker()
        until(partial(reminded, goal), within=60, every=0.001)
        house.kill(worker)
    house.start_worker()
    until(lambda: all(reminded(level) == OPEN for level in LEVELS), within=60)

    assert_each_once(OPEN)
    mails = Delivery.objects.filter(event="duty")
    until(mails.exists, within=60)
    told = list(mails.values_list("office", flat=True))  # at one moment: others may follow
    assert len(told) == len(set(told))  # within the hour


@pytest.mark.slow
def test_a_worker_killed_while_it_counts_a_holiday_counts_each_date_once(
    house: House, roads: Office
) -> None:
    messages = spoken(roads, ago=timedelta(0), number=OPEN)
    day = next(workdays.workdays_from(clock.seoul(messages[0].received_at).date()))
    with clock.at(clock.now() - 10 * timedelta(minutes=1)):
        declare_holiday(day, name_ko="임시", name_en="Day", by=people.administrator())
    house.valkey.start()

    counted = MessageStep.objects.filter(cause="calendar")
    for goal in (1, OPEN // 2):
        worker = house.start_worker()
        until(lambda goal=goal: counted.count() >= goal, within=60, every=0.001)  # type: ignore[misc]
        house.kill(worker)
    house.start_worker()
    until(lambda: not Holiday.objects.not_recounted().exists(), within=60)

    assert counted.count() == counted.values("root").distinct().count() == OPEN
    workdays.forget()
    for message in Message.objects.all():
        assert message.due_at == workdays.due_after(message.clock_from, message.clock_days or 0)
    check_ledger(settled=False)
