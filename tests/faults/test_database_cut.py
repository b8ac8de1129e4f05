"""The line to the database goes while a mail is on its way; and rows that can not be worked on."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from channels_app import actions, tasks
from channels_app.models import Contact, Delivery, Message, Reply
from lifecycle import clock
from lifecycle.models import POISON
from people.models import Office, User
from tests.faults import city
from tests.faults.house import House, leave_thread
from tests.faults.smtp import CountingServer, counting
from tests.faults.test_every_point import recover
from tests.ledger import check_ledger
from tests.people import factories as people

SendTo = Callable[[int], None]


@pytest.fixture
def server(send_to: SendTo) -> Iterator[CountingServer]:
    """Where the mail goes."""
    with counting() as (one, port):
        send_to(port)
        yield one


def test_every_line_is_cut_while_the_mail_leaves(
    house: House, roads: Office, server: CountingServer
) -> None:
    row = city.owe("mina@example.org")
    server.before_keeping = house.cut_lines

    tasks.send_due()

    server.before_keeping = lambda: None
    row.refresh_from_db()
    assert (row.state, row.repeated) == ("sent", False)
    recover()
    check_ledger(outside=server.copies)


def test_what_became_of_the_mail_can_not_be_written_down(
    house: House, roads: Office, server: CountingServer
) -> None:
    row = city.owe("mina@example.org")
    server.before_keeping = house.lock_out

    with pytest.raises(OperationalError):
        tasks.send_due()

    server.before_keeping = lambda: None
    house.let_in()
    row.refresh_from_db()
    assert row.state == "sending"
    recover()
    row.refresh_from_db()
    assert (row.state, row.repeated) == ("sent", True)
    assert server.copies.total() == 2
    check_ledger(outside=server.copies)


def test_a_lock_held_by_somebody_is_not_the_fault_of_a_voice(house: House, roads: Office) -> None:
    for _n in range(3):
        city.speak()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")

    with ThreadPoolExecutor(1) as pool, transaction_elsewhere(pool):
        for _n in range(POISON + 1):
            with pytest.raises(OperationalError):
                tasks.route_waiting()

    assert not Message.objects.filter(routing_failures__gt=0).exists()
    tasks.route_waiting()
    check_ledger()


@contextmanager
def transaction_elsewhere(pool: ThreadPoolExecutor) -> Iterator[None]:
    """Somebody's open transaction that nobody can write a routing decision beside."""

    def begin() -> None:
        transaction.set_autocommit(False)
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE channels_app_routingdecision IN SHARE MODE")

    def end() -> None:
        transaction.rollback()
        leave_thread()

    pool.submit(begin).result()
    try:
        yield
    finally:
        pool.submit(end).result()


def test_an_answer_that_can_not_be_published_stops_no_other(jun: User, roads: Office) -> None:
    voices = [city.speak() for _n in range(3)]
    replies = []
    for voice in voices:
        actions.route(voice, to=roads, by=people.centre_officer())
        replies.append(actions.answer(voice, text="고쳤습니다", by=jun))
    # A row that can not be moved: the number of its next Step is taken.
    Message.objects.get(pk=voices[0].pk).steps.create(
        seq=3, to_status="", office=roads, due_at=voices[0].due_at, at=clock.now()
    )

    with clock.at(clock.now() + timedelta(minutes=1)):
        tasks.publish_answers()
        tasks.publish_answers()

    assert set(Reply.objects.published()) == set(replies[1:])


def test_a_mail_that_can_not_be_composed_stops_no_other_and_ends_with_a_person(
    roads: Office, server: CountingServer
) -> None:
    poisoned, *sound = [city.owe(f"mina{n}@example.org") for n in range(4)]
    Contact.objects.filter(pk=poisoned.recipient.pk).update(sealed="no key of ours opens this")

    tasks.send_due()

    states = dict(Delivery.objects.values_list("pk", "state"))
    assert states == {poisoned.pk: "sending", **{row.pk: "sent" for row in sound}}
    recover()
    recover()
    poisoned.refresh_from_db()
    assert poisoned.state == "unknown"
    assert poisoned.told_of.office is not None
    check_ledger(outside=server.copies)
