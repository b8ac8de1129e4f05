"""The numbers of the wall: what counts, what it costs, and what an answer tells."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from channels_app import actions, live
from channels_app.live import Numbers
from channels_app.live_rules import LIVE
from channels_app.models import Message, Reply
from lifecycle import rules
from tests.channels_app.factories import WORDS, answered_by, published_by, receive
from tests.pages import visits
from tests.pages.html import read
from tests.people import factories as people
from tests.search.looking import amend

pytestmark = pytest.mark.django_db
POLL = "/live/wall.json"


def test_only_what_everybody_may_read_counts() -> None:
    shown = receive()
    receive(public=False)
    receive(held="tone")
    visits.set_aside()

    assert live.numbers() == Numbers(last=shown.pk, came=1, answered=0)


def test_an_answer_counts_and_what_is_hidden_does_not() -> None:
    office = visits.office()
    first = published_by(people.officer_of(office), office)
    second = receive()
    assert live.numbers() == Numbers(last=second.pk, came=2, answered=1)

    actions.report(second)

    assert live.numbers() == Numbers(last=first.pk, came=1, answered=1)


def test_an_empty_wall_has_numbers_too() -> None:
    assert live.numbers() == Numbers(last=0, came=0, answered=0)


def test_the_answer_holds_numbers_and_no_word(client: Client) -> None:
    message = receive()

    answer = client.get(POLL)

    assert answer.json() == {"live": True, "last": message.pk, "came": 1, "answered": 0}
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]
    assert WORDS[:4] not in answer.content.decode()
    assert message.code not in answer.content.decode()


def test_who_knows_it_already_is_told_so_until_something_comes(client: Client) -> None:
    receive()
    known = client.get(POLL)["ETag"]

    assert client.get(POLL, headers={"if-none-match": known}).status_code == 304
    receive()
    assert client.get(POLL, headers={"if-none-match": known}).status_code == 200


def test_it_asks_as_little_after_a_hundred_messages(client: Client) -> None:
    receive()
    few = _questions(client)
    for number in range(100):
        receive(text=f"voice {number}")

    assert _questions(client) == few <= 3


def _questions(client: Client) -> int:
    rules.forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(POLL).status_code == 200
    return len(asked)


def test_switched_off_it_says_so_without_looking(client: Client) -> None:
    amend(LIVE, "off")
    client.get(POLL)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(POLL)

    assert answer.json() == {"live": False}
    assert len(asked) == 0


def test_the_wall_knows_where_it_began(client: Client) -> None:
    message = receive()

    page = read(client.get("/en/smc/").content.decode())

    (box,) = page.with_class("live")
    assert (box.attrs["data-last"], box.attrs["data-came"]) == (str(message.pk), "1")
    assert "whole wall" not in box.text
    narrowed = read(client.get("/en/smc/?kind=idea").content.decode())
    assert "Counted over the whole wall" in narrowed.with_class("live")[0].text
    (link,) = narrowed.with_class("live__show")
    assert link.attrs["href"] == "/en/smc/?show=all&kind=idea#shown"


def test_switched_off_the_wall_says_so(client: Client) -> None:
    amend(LIVE, "off")

    page = client.get("/en/smc/").content.decode()

    assert "The portal is very busy" in page
    assert "data-live" not in page


def _leaving(**said: Any) -> Reply:
    office = visits.office()
    return answered_by(people.officer_of(office), office, **said)


@pytest.mark.parametrize(
    ("given", "act", "rings"),
    [
        (lambda: None, lambda nothing: receive(), True),
        (lambda: None, lambda nothing: receive(public=False), False),
        (lambda: None, lambda nothing: receive(held="tone"), False),
        (lambda: receive(held="tone"), lambda held: _decide(actions.show, held), True),
        (receive, lambda shown: _decide(actions.hide, shown, reason="abuse"), True),
        (receive, actions.report, True),
        (receive, actions.flag, True),
        (_leaving, actions.publish, True),
        (lambda: _leaving(public=False), actions.publish, False),
    ],
    ids=[
        "said",
        "private",
        "held",
        "shown",
        "hidden",
        "reported",
        "minded",
        "answer",
        "private too",
    ],
)
def test_the_bell_rings_when_the_wall_changes(
    given: Callable[[], Any],
    act: Callable[[Any], object],
    rings: bool,
    settings: Settings,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.KICKS = True
    thing = given()

    with django_capture_on_commit_callbacks() as wanted:
        act(thing)

    bells = [one.args[0] for one in wanted if isinstance(one, partial)]
    assert (live.ring in bells) == rings


def _decide(verb: Callable[..., object], message: Message, **how: str) -> object:
    return verb(message, by=people.centre_officer(), **how)
