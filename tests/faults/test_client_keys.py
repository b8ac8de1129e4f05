"""The same client key, many times at once: one voice, one number, the same answer for all."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client

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


def test_the_form_sent_twice_leads_to_the_same_page(roads: Office) -> None:
    typed = form()

    first, second = (Client().post("/say/send/", typed) for _n in range(2))

    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Message.objects.count() == 1


def test_changed_words_come_back_under_a_key_of_their_own(roads: Office) -> None:
    typed = form()
    Client().post("/say/send/", typed)

    page = Client().post("/say/send/", {**typed, "text": "가로등도 꺼졌어요"})

    words = page.content.decode()
    assert page.status_code == 422
    assert "가로등도 꺼졌어요" in words
    assert Message.objects.get().code in words
    assert typed["client_key"] not in words
    assert Message.objects.count() == 1


def form() -> dict[str, str]:
    """The check page as it was filled in."""
    return {
        "text": "보도블록이 들려 있어요",
        "kind": "complaint",
        "audience": "office",
        "contact": "",
        "client_key": str(uuid.uuid4()),
    }
