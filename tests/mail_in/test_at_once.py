"""Two workers at one conversation: whoever is first begins it, the other goes on with it."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from channels_app import actions, inbox, tasks
from channels_app.connectors.contract import Batch, Inbound
from channels_app.models import Account, Checkpoint, InboundEvent, Message, Network
from channels_app.states import InboundState
from lifecycle import clock
from tests.faults.city import build_city
from tests.faults.house import House, leave_thread, until
from tests.mail_in.boxes import arrive, mailbox
from tests.mail_in.letters import raw
from tests.people import factories as people

PAIRS = 12
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
def box(house: House) -> Account:
    build_city()
    return mailbox()


def first(number: int) -> bytes:
    return raw("가로등이 꺼졌어요.", message_id=f"<{number}@example.org>", sender=sender(number))


def follow_up(number: int) -> bytes:
    return raw("아직도요.", References=f"<{number}@example.org>", sender=sender(number))


def sender(number: int) -> str:
    return f"n{number}@example.org"


def revisions(account: Account, *texts: str) -> list[InboundEvent]:
    """The same entry of a feed, changed again and again before anybody read it."""
    posts = (json.dumps({"title": "보도블록", "page": text, "link": ""}).encode() for text in texts)
    batch = Batch(tuple(Inbound("post", "one", str(n), post) for n, post in enumerate(posts)), "")
    actions.store(account, batch, since=Checkpoint.of(account))
    return list(InboundEvent.objects.order_by("pk"))


def blog() -> Account:
    told = {"office": people.centre(), "address": "http://localhost/", "next_at": clock.now()}
    return Account.objects.create(network=Network.FEED, handle="동네 블로그", **told)


def in_thread(pool: ThreadPoolExecutor, act: Callable[[], object]) -> Callable[[], object]:
    """It has begun; what is returned waits for its end."""

    def run() -> None:
        try:
            act()
        finally:
            leave_thread()

    return pool.submit(run).result


def test_a_follow_up_waits_while_another_worker_is_at_its_beginning(box: Account) -> None:
    begun, goes_on = arrive(box, first(1), follow_up(1), take_in=False)
    assert begun.claim(until=clock.now() + actions.TAKE_IN_LEASE)

    tasks.take_in_events()
    goes_on.refresh_from_db()
    waited = (goes_on.state, goes_on.tries, Message.objects.count())
    inbox.take_in(begun)
    InboundEvent.objects.filter(pk=goes_on.pk).update(try_at=clock.now())
    tasks.take_in_events()

    assert waited == (InboundState.NEW, 0, 0)
    assert [added.text for added in Message.objects.get().additions.all()] == ["아직도요."]


def test_what_its_reader_cant_cope_with_is_waited_for_no_longer(box: Account) -> None:
    begun, _goes_on = arrive(box, first(1), follow_up(1), take_in=False)
    InboundEvent.objects.filter(pk=begun.pk).update(
        tries=4, try_at=clock.now() + actions.TAKE_IN_LEASE
    )

    tasks.take_in_events()

    assert Message.objects.get().text.endswith("아직도요.")


def test_two_workers_make_one_message_of_a_mail_and_its_follow_up(box: Account) -> None:
    mails = [each for number in range(PAIRS) for each in (first(number), follow_up(number))]
    arrive(box, *mails, take_in=False)

    with ThreadPoolExecutor(2) as pool:
        for ended in [in_thread(pool, tasks.take_in_events) for _n in range(2)]:
            ended()
    InboundEvent.objects.filter(state=InboundState.NEW).update(try_at=clock.now())
    tasks.take_in_events()

    assert Message.objects.count() == PAIRS
    assert InboundEvent.objects.filter(state=InboundState.TAKEN).count() == 2 * PAIRS


def test_two_revisions_of_one_entry_at_once_are_one_message(box: Account) -> None:
    earlier, later = revisions(blog(), "들려 있어요", "아직 들려 있어요")
    of_earlier = InboundEvent.objects.filter(pk=earlier.pk)
    of_earlier.update(state=InboundState.KEPT)  # so that nobody waits for it

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            inbox.take_in(later)
            of_earlier.update(state=InboundState.NEW)
            ended = in_thread(pool, lambda: inbox.take_in(earlier))
            until(somebody_waits, within=30)
        ended()

    assert Message.objects.get().additions.count() == 1


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])
