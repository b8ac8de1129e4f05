"""What stands beside a suggestion: where else it was dealt with, and what its author just did."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Office
from suggestions import actions, places, told
from suggestions.models import Suggestion
from tests.committees import rooms
from tests.pages.html import Node, read
from tests.pages.visits import english
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MINA = ("mail", "mina@example.org")


@pytest.fixture
def buses() -> Office:
    return answering.department()


def page(client: Client, url: str) -> Node:
    answer = client.get(url)
    assert answer.status_code == 200
    return read(answer.content.decode())


def linked(client: Client, idea: Suggestion) -> list[str]:
    """Where the places beside it lead, in their order."""
    found = page(client, f"/en/s/{idea.code}/").with_class("idea__places")
    return [a.attrs["href"] for box in found for a in box.all("a")]


def test_what_was_dealt_with_nowhere_else_has_no_empty_box(client: Client, buses: Office) -> None:
    idea = ideas.opened(buses)

    assert linked(client, idea) == []
    assert "Where it was dealt with" not in page(client, f"/en/s/{idea.code}/").text


def test_its_committee_is_linked_with_who_sits_in_it(client: Client) -> None:
    room = rooms.at_work()

    assert linked(client, room.suggestion) == [f"/en/committees/{room.committee.slug}/"]
    (box,) = page(client, f"/en/s/{room.suggestion.code}/").with_class("idea__places")
    assert "city officers 1 · civic groups 1 · experts 1 · citizens 1" in box.text


def test_promises_the_borough_and_what_changed_are_linked(client: Client, buses: Office) -> None:
    mapo = people.make_office("mapo", "borough", name_ko="마포구청", name_en="Mapo-gu Office")
    idea = ideas.reviewed(buses, borough=mapo)
    spoken = actions.Spoken(
        words="노선을 늘리겠습니다.", said_on=answering.today(), source="라이브 서울"
    )
    promise = actions.make_promise(
        spoken, speaker=people.mayors_office(), suggestion=idea, by=people.mayors_officer()
    )
    answering.done(idea, by=people.head_of(buses))

    assert linked(client, idea) == [
        f"/en/promises/{promise.pk}/",
        f"/en/changed/{idea.code}/",
        "/en/borough/mapo/",
    ]
    (box,) = page(client, f"/en/s/{idea.code}/").with_class("idea__places")
    assert "라이브 서울" in box.text


def test_every_place_that_is_linked_opens(client: Client) -> None:
    room = rooms.at_work()

    for url in linked(client, room.suggestion):
        assert client.get(url).status_code == 200


def test_more_committees_ask_no_more_questions(buses: Office) -> None:
    idea, by = ideas.reviewed(buses), people.officer_of(buses)
    rooms.formed(buses, idea, by=by)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            found = places.linked_with(idea, [])
        counts.append((len(found), len(asked)))
        rooms.formed(buses, idea, by=by)

    assert counts == [(1, 1), (2, 1)]


def said(client: Client, url: str) -> list[str]:
    """What the page says has just been done."""
    return [
        node.text for node in page(client, url).all("div") if node.attrs.get("role") == "status"
    ]


@pytest.mark.parametrize("flag", [*(f"{flag}=1" for flag in told.FLAGS), "version=shown"])
def test_its_author_reads_that_it_has_arrived(client: Client, buses: Office, flag: str) -> None:
    idea = ideas.opened(buses, contact=MINA)
    private = english(idea.message.private_url())

    assert len(said(client, f"{private}?{flag}")) == 1
    assert said(client, private) == []
    assert said(client, f"{private}?version=nonsense&other=1") == []
    assert said(client, f"/en/s/{idea.code}/?{flag}") == []


def test_after_a_comment_the_page_says_whether_everyone_reads_it(
    client: Client, buses: Office
) -> None:
    idea = ideas.opened(buses, contact=MINA)
    door = f"{english(idea.message.private_url())}talk/"

    shown = client.post(door, {"stance": "for", "text": "꼭 필요해요."}, follow=True)
    held = client.post(door, {"stance": "for", "text": "씨발, 버스 좀 늘려라."}, follow=True)

    assert "Your words stand in the discussion now." in shown.content.decode()
    assert "A moderator reads them before everyone can." in held.content.decode()


def test_after_an_appeal_the_page_says_that_somebody_else_decides(
    client: Client, buses: Office
) -> None:
    idea = ideas.reviewed(buses, contact=MINA)
    answering.declined(idea, by=people.head_of(buses))
    door = f"{english(idea.message.private_url())}appeal/"

    page_after = client.post(
        door, {"text": "밤새 일하는 사람에게 도움이 되지 않습니다."}, follow=True
    )

    assert "Your appeal has arrived." in page_after.content.decode()
