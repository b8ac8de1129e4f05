"""The same request many times at once: one row, equal answers; told only after the commit."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from channels_app import actions
from channels_app.models import Message
from people.models import Office
from tests.api.callers import WORDS, Caller, make_caller
from tests.faults.city import build_city
from tests.faults.house import House, leave_thread
from tests.ledger import check_ledger

CROWD = 8


@pytest.fixture
def roads(house: House) -> Office:
    """A city with an office."""
    return build_city()


def all_at_once(bodies: list[dict[str, Any]], under: str) -> list[Any]:
    """Each from a thread of its own."""
    token = make_caller().token
    together = threading.Barrier(len(bodies))

    def one(body: dict[str, Any]) -> Any:
        caller = Caller(token)
        together.wait(30)
        try:
            return caller.send(body, under=under)
        finally:
            leave_thread()

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(one, bodies))


def test_equal_requests_at_once_get_equal_answers(roads: Office) -> None:
    body = {"text": WORDS, "contact": "mina@example.org"}

    answers = all_at_once([body] * CROWD, str(uuid.uuid4()))

    assert {one.status_code for one in answers} == {201}
    assert len({one.content for one in answers}) == 1
    assert Message.objects.count() == 1
    check_ledger(receipts=[answers[0].json()["receipt"]], settled=False)


def test_other_words_at_once_under_one_key_are_refused(roads: Office) -> None:
    bodies = [{"text": WORDS}, {"text": "다른 말"}] * (CROWD // 2)

    answers = all_at_once(bodies, str(uuid.uuid4()))

    assert sorted(one.status_code for one in answers) == [201] * 4 + [422] * 4
    assert Message.objects.count() == 1


def test_no_receipt_is_told_before_the_commit(
    roads: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, inside = make_caller(), []
    receive = actions.receive

    def watched(*args: Any, **more: Any) -> Message:
        message = receive(*args, **more)
        inside.append(connection.in_atomic_block)
        return message

    monkeypatch.setattr(actions, "receive", watched)
    answer = caller.send()

    assert answer.status_code == 201
    assert inside == [False]


def test_while_the_database_is_away_the_answer_says_when_to_come_again(
    roads: Office, house: House
) -> None:
    caller, under = make_caller(), str(uuid.uuid4())
    house.lock_out()
    connection.close()
    away = caller.send(under=under)
    house.let_in()

    back = caller.send(under=under)

    assert (away.status_code, back.status_code) == (503, 201)
    assert away["Content-Type"] == "application/problem+json"
    assert int(away["Retry-After"]) > 0
    assert WORDS not in away.content.decode()
