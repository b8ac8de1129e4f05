"""The same client key, many times at once: one voice, one number, the same answer for all."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from channels_app import actions
from channels_app.actions import KeyReusedError, Said
from channels_app.models import Delivery, Message
from people.models import Office
from tests.faults.house import leave_thread
from tests.ledger import check_ledger

CROWD = 12
WORDS = Said(text="보도블록이 들려 있어요", kind="complaint", contact=("mail", "mina@example.org"))
OTHER_WORDS = Said(text="가로등이 꺼졌어요", kind="complaint")


def all_at_once(said: list[Said], key: uuid.UUID) -> list[str]:
    """Each in a thread of its own; the number each was given, or "reused"."""
    together = threading.Barrier(len(said))

    def one(words: Said) -> str:
        together.wait(30)
        try:
            return actions.receive(words, client_key=key).code
        except KeyReusedError:
            return "reused"
        finally:
            leave_thread()

    with ThreadPoolExecutor(len(said)) as pool:
        return list(pool.map(one, said))


def test_equal_requests_at_once_get_one_number(roads: Office) -> None:
    numbers = all_at_once([WORDS] * CROWD, uuid.uuid4())

    assert len(set(numbers)) == 1
    assert Message.objects.get().code == numbers[0]
    assert Delivery.objects.count() == 1
    check_ledger(receipts=numbers, settled=False)


def test_other_words_under_the_same_key_are_refused(roads: Office) -> None:
    numbers = all_at_once([WORDS, OTHER_WORDS] * (CROWD // 2), uuid.uuid4())

    assert sorted(numbers)[-CROWD // 2 :] == ["reused"] * (CROWD // 2)
    assert len(set(numbers) - {"reused"}) == 1
    assert Message.objects.count() == 1


def test_a_key_used_yesterday_gives_the_first_number_again(roads: Office) -> None:
    key = uuid.uuid4()
    first = actions.receive(WORDS, client_key=key)

    assert actions.receive(WORDS, client_key=key) == first
    with pytest.raises(KeyReusedError, match=first.code):
        actions.receive(OTHER_WORDS, client_key=key)


def test_many_new_voices_of_one_address_share_one_contact(roads: Office) -> None:
    def one(number: int) -> None:
        words = Said(text=f"{number}번째 말", kind="idea", contact=("mail", "new@example.org"))
        actions.receive(words, client_key=uuid.uuid4())
        leave_thread()

    with ThreadPoolExecutor(CROWD) as pool:
        list(pool.map(one, range(CROWD)))

    assert Message.objects.count() == CROWD
    assert Message.objects.values("contact").distinct().count() == 1
    check_ledger(settled=False)
