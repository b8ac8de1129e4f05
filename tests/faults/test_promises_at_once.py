"""A hundred officers, and an author who presses twenty times: each thing happens once."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions
from channels_app.models import Addition, Delivery, Message, Reply
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User
from tests.faults import city
from tests.faults.house import leave_thread
from tests.faults.test_one_winner import CROWD, Act, all_at_once
from tests.ledger import check_ledger
from tests.people import factories as people

OFFICERS, LINES = 100, 50  # the database has no more lines than that for one test
DAY = timedelta(days=1)


def in_a_crowd(acts: list[Act]) -> Counter[str]:
    """All of them, as many at the same moment as there are lines."""
    together = threading.Barrier(LINES)

    def one(act: Act) -> str:
        together.wait(60)
        try:
            act()
        except (OvertakenError, WrongTurnError, PermissionDenied) as refusal:
            return type(refusal).__name__
        else:
            return "won"
        finally:
            leave_thread()

    with ThreadPoolExecutor(LINES) as pool:
        return Counter(pool.map(one, acts))


def routed(roads: Office) -> Message:
    message = city.speak(contact="mina@example.org")
    actions.route(message, to=roads, by=people.centre_officer())
    return Message.objects.get(pk=message.pk)


def closed(message: Message, jun: User) -> Message:
    city.publish_answer(message, by=jun)
    return Message.objects.get(pk=message.pk)


def test_of_a_hundred_officers_one_wins_and_each_other_is_told_why(
    roads: Office, jun: User
) -> None:
    message = routed(roads)
    water = people.make_office("water-of-the-test")
    month = clock.seoul(clock.now() + 30 * DAY).date()
    seen: dict[str, Any] = {"by": jun, "version": message.version}
    acts: list[Act] = [
        partial(actions.answer, message, text="답합니다", **seen),
        partial(actions.promise, message, text="약속합니다", finish_on=month, **seen),
        partial(actions.put_off, message, text="늦어집니다", until=month, **seen),
        partial(actions.route, message, to=water, **seen),
        partial(actions.hand_back, message, reason="우리 일이 아니에요", **seen),
    ]

    came_to = in_a_crowd(acts * (OFFICERS // len(acts)))

    message.refresh_from_db()
    assert came_to["won"] == 1
    assert came_to.total() == OFFICERS
    assert message.steps.count() == message.version + 1 == 3
    assert Reply.objects.count() <= 1
    check_ledger(settled=False)


def test_a_date_is_put_off_blindly_no_more_often_than_an_officer_may(
    roads: Office, jun: User
) -> None:
    people.head_of(roads)
    message = routed(roads)
    until = [clock.seoul(clock.now() + days * DAY).date() for days in range(30, 30 + CROWD)]

    came_to = all_at_once(
        [partial(_put_off, message, day, jun) for day in until]  # some are earlier by then
    )

    message.refresh_from_db()
    assert came_to["won"] == message.moves == message.interims <= 2
    assert Reply.objects.filter(kind="interim").count() == message.moves
    check_ledger(settled=False)


def _put_off(message: Message, day: object, by: User) -> None:
    try:
        actions.put_off(message, text="더 걸립니다", until=day, by=by)  # type: ignore[arg-type]
    except ValueError as earlier:
        raise WrongTurnError("not later than what holds by now") from earlier


@pytest.mark.parametrize("act", ["reopen", "appeal"])
def test_pressed_twenty_times_its_author_comes_back_once(
    act: str, roads: Office, jun: User
) -> None:
    message = closed(routed(roads), jun)
    if act == "appeal":
        actions.reopen(message, text="아직이에요")
        message = closed(message, jun)
    before = message.version

    came_to = all_at_once([partial(getattr(actions, act), message, text="아직이에요")] * CROWD)

    message.refresh_from_db()
    assert came_to["won"] == 1
    assert (message.version, message.status) == (before + 1, "routed")
    assert Addition.objects.filter(kind=act).count() == 1
    check_ledger(settled=False)


def test_pressed_twenty_times_an_answer_to_a_question_ends_the_waiting_once(
    roads: Office, jun: User
) -> None:
    message = routed(roads)
    actions.ask_back(message, text="어디인가요?", by=jun)

    came_to = all_at_once([partial(actions.add_words, message, text="합정역이에요")] * CROWD)

    message.refresh_from_db()
    assert came_to == {"won": CROWD}
    assert Addition.objects.count() == 1
    assert message.steps.filter(cause="heard").count() == 1
    check_ledger(settled=False)


def test_the_sweep_and_the_author_end_a_waiting_once(roads: Office, jun: User) -> None:
    message = routed(roads)
    actions.ask_back(message, text="어디인가요?", by=jun)
    message.refresh_from_db()
    assert message.waiting_until is not None
    Message.objects.filter(pk=message.pk).update(
        waiting_since=message.waiting_until - 30 * DAY, waiting_until=clock.now()
    )

    all_at_once(
        [partial(actions.stop_waiting, message)] * (CROWD // 2)
        + [partial(actions.add_words, message, text="합정역이에요")] * (CROWD // 2)
    )

    assert message.steps.filter(cause__in=("heard", "waited")).count() == 1
    assert Addition.objects.count() == 1


def test_sweeps_of_many_workers_remind_once_and_write_one_mail(roads: Office) -> None:
    for _n in range(5):
        routed(roads)
    due = Message.objects.earliest("due_at").due_at
    assert due is not None

    def sweep() -> None:
        from channels_app import tasks

        with clock.at(due + DAY):
            tasks.remind()

    all_at_once([sweep] * CROWD)
    sweep()

    assert list(Message.objects.values_list("reminders__level", flat=True)) == ["late"] * 5
    assert Delivery.objects.filter(event="duty").count() == 1
