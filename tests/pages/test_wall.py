"""The wall, and the numbers that lead to their rows."""

import pytest
from django.test import Client

from channels_app import actions
from tests.channels_app.factories import receive
from tests.pages import visits
from tests.pages.html import Node, read

pytestmark = pytest.mark.django_db


def english(client: Client, path: str) -> Node:
    """The page in English."""
    return read(client.get(path).content.decode())


@pytest.mark.parametrize("path", ["/en/", "/en/smc/"])
def test_every_number_leads_to_exactly_its_rows(client: Client, path: str) -> None:
    receive(public=False)
    visits.late()
    visits.answered()
    visits.set_aside()
    actions.report(receive())
    receive()

    (counters,) = english(client, path).with_class("counters")

    assert len(counters.all("a")) == 4
    for link in counters.all("a"):
        (number,) = link.with_class("counters__number")
        wall = english(client, link.attrs["href"])
        assert len(wall.with_class("voice")) == int(number.text), link.text
        shown = [a.text for a in wall.all("a") if a.attrs.get("aria-current") == "true"]
        assert shown == [link.text]


def test_a_waiting_voice_shows_its_office_and_date_and_a_late_one_says_overdue(
    client: Client,
) -> None:
    visits.late()

    (voice,) = english(client, "/en/smc/").with_class("voice")

    (waits,) = voice.with_class("voice__waits--late")
    assert "Overdue" in waits.text
    assert "Paving Office" in waits.text
    assert "days late" in waits.text


def test_an_answered_voice_shows_office_answer_and_duration(client: Client) -> None:
    visits.answered()

    (voice,) = english(client, "/en/smc/").with_class("voice")

    (answer,) = voice.with_class("voice__answer")
    assert "Paving Office" in answer.text
    assert "Fixed. Ask ***@***" in answer.text
    assert "Answered after less than a minute" in answer.text


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("all", "Nobody has said anything in public yet."),
        ("today", "No public message came in today, so far."),
        ("answered", "No public message was answered today, so far."),
        ("waiting", "Every public message has its answer."),
        ("overdue", "No public message is overdue."),
    ],
)
def test_each_view_says_why_it_is_empty(client: Client, view: str, words: str) -> None:
    (empty,) = english(client, f"/en/smc/?show={view}").with_class("empty")

    assert words in empty.text


def test_older_voices_are_one_link_away_until_there_are_no_more(client: Client) -> None:
    for number in range(25):
        receive(text=f"voice {number}")

    first = english(client, "/en/smc/?show=today")
    (more,) = [a for a in first.all("a") if a.text == "Show more"]
    second = english(client, more.attrs["href"])

    assert more.attrs["href"].startswith("/en/smc/?show=today&after=")
    codes = [h.text for page in (first, second) for h in page.with_class("voice__code")]
    assert len(codes) == len(set(codes)) == 25
    assert "Show more" not in second.text
