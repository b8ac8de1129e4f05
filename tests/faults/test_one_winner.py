"""Twenty people act on one message at once: one of them wins, nineteen are told why not."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions
from channels_app.models import Message, Reply
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User
from tests.faults import city
from tests.faults.house import leave_thread
from tests.ledger import check_ledger
from tests.people import factories as people

Act = Callable[[], object]
CROWD = 20


def all_at_once(acts: list[Act]) -> Counter[str]:
    """Every act in a thread of its own, started together; what each came to."""
    together = threading.Barrier(len(acts))

    def one(act: Act) -> str:
        together.wait(30)
        try:
            act()
        except (OvertakenError, WrongTurnError, PermissionDenied) as refusal:
            return type(refusal).__name__
        else:
            return "won"
        finally:
            leave_thread()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(one, acts))


def assert_one_winner(came_to: Counter[str], message: Message, before: int) -> None:
    """One act was done, each other refused by name, and one Step written."""
    message.refresh_from_db()
    assert came_to["won"] == 1
    assert came_to.total() == CROWD
    assert message.version == before + 1
    assert message.steps.count() == message.version + 1
    check_ledger(settled=False)


@pytest.mark.parametrize("seen", [True, False], ids=["with the version seen", "blindly"])
def test_twenty_different_acts_on_a_routed_message(seen: bool, roads: Office, jun: User) -> None:
    message = city.speak(contact="mina@example.org")
    actions.route(message, to=roads, by=people.centre_officer())
    message.refresh_from_db()
    version = message.version if seen else None
    elsewhere = people.make_office("water-of-the-test")
    acts: list[Act] = [
        lambda: actions.answer(message, text="제가 답합니다", by=jun, version=version),
        lambda: actions.hand_back(message, reason="우리 일이 아니에요", by=jun, version=version),
        lambda: actions.set_aside(message, reason="spam", by=jun, version=version),
        lambda: actions.route(message, to=elsewhere, by=jun, version=version),
    ]
    if not seen:
        acts = acts[:1]  # two different acts may well follow each other; two answers may not

    came_to = all_at_once(acts * (CROWD // len(acts)))

    assert_one_winner(came_to, message, before=1)
    assert Reply.objects.count() == (message.status == "answered")


def test_twenty_takings_back_of_one_answer(roads: Office, jun: User) -> None:
    message = actions.route(city.speak(), to=roads, by=people.centre_officer())
    actions.answer(message, text="너무 빨랐어요", by=jun)

    came_to = all_at_once([lambda: actions.take_back(message, by=jun)] * CROWD)

    assert_one_winner(came_to, message, before=2)
    assert message.status == "routed"


def test_taking_back_while_it_leaves(roads: Office, jun: User) -> None:
    """Either it left or it was taken back; never both, never neither."""
    message = actions.route(
        city.speak(contact="m@example.org"), to=roads, by=people.centre_officer()
    )
    reply = actions.answer(message, text="막 떠나요", by=jun)
    half = CROWD // 2

    came_to = all_at_once(
        [lambda: actions.take_back(message, by=jun)] * half
        + [lambda: actions.publish(reply)] * half
    )

    message.refresh_from_db()
    reply.refresh_from_db()
    assert message.version == 3
    assert (reply.published_at is None) != (reply.taken_back_at is None)
    assert message.status == ("replied" if reply.published_at else "routed")
    assert came_to["won"] >= half  # publishing twice is no error
    check_ledger()


def test_the_worker_and_a_person_route_at_once(roads: Office) -> None:
    from channels_app import tasks

    officer = people.centre_officer()
    message = city.speak()
    acts: list[Act] = [
        tasks.route_waiting,
        lambda: actions.route(message, to=roads, by=officer, version=0),
    ]

    came_to = all_at_once(acts * (CROWD // 2))

    message.refresh_from_db()
    assert (message.status, message.version, message.office) == ("routed", 1, roads)
    assert came_to["won"] in (CROWD // 2, CROWD // 2 + 1)  # the sweep is never refused
    check_ledger()


def test_twenty_reports_hide_a_message_once(roads: Office) -> None:
    message = city.speak()
    Message.objects.update(publication="public")

    all_at_once([lambda: actions.report(message)] * CROWD)

    message.refresh_from_db()
    assert message.publication == "hidden"
    assert message.publication_changes.count() == 1
