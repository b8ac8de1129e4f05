"""A suggestion's page: under the number of its message, whole for its author, masked for all."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import actions as message_actions
from lifecycle import clock, rules
from people.models import Office
from seoul_portal import kept_answers
from suggestions import actions, way, wording
from suggestions.models import Suggestion, SuggestionStep
from suggestions.states import (
    SUGGESTION_FINAL,
    SUGGESTION_LIFECYCLE,
    Cause,
    SuggestionStatus,
)
from tests.committees import rooms
from tests.pages.html import read
from tests.people import factories as people
from tests.security import polyglots
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MINA = ("mail", "mina@example.org")
MOST_QUERIES = 15  # UX 8


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses", name_en="Night Bus Office", name_ko="심야버스과")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.opened(buses, contact=MINA)


def text_of(client: Client, path: str, status: int = 200) -> str:
    page = client.get(path)
    assert page.status_code == status, (path, page.status_code)
    return read(page.content.decode()).one("main").text


def test_the_number_of_the_message_shows_the_suggestion(client: Client, idea: Suggestion) -> None:
    words = text_of(client, f"/en/s/{idea.code}/")

    assert "0 of 50" in words
    assert "Gathers support until" in words
    assert "Night Bus Office would answer" in words
    assert "stage 2 of 8" in words
    assert idea.title in words


def test_the_public_page_is_the_same_for_everybody(client: Client, idea: Suggestion) -> None:
    page = client.get(idea.get_absolute_url())

    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert not page.wsgi_request.session.accessed


def test_the_author_reads_the_whole_words_and_the_ways_on(client: Client, buses: Office) -> None:
    text = "버스를 늘려 주세요. 제 번호는 010-1234-5678입니다."
    idea = ideas.opened(buses, text=text, contact=MINA)

    own, public = (text_of(client, url) for url in (idea.message.private_url(), f"/s/{idea.code}/"))

    assert "010-1234-5678" in own
    assert "010-1234-5678" not in public
    page = client.get(idea.message.private_url())
    assert "no-store" in page["Cache-Control"]
    assert f"{idea.message.private_url()}withdraw/" in page.content.decode()


def test_every_turn_of_a_suggestion_has_words_of_its_own(idea: Suggestion, client: Client) -> None:
    moderator = ideas.listener()
    ideas.supported(idea, 5)
    actions.count_supports()
    actions.enter_paper(idea, people=10, words="역 앞에서 010-1234-5678", by=moderator)
    actions.pick(idea, reason="많은 시민이 바랍니다.", by=moderator)

    words = text_of(client, f"/en/s/{idea.code}/")

    assert "Picked without waiting for more support" in words
    assert "많은 시민이 바랍니다." in words
    assert "5 people: the listening team may look at it" in words
    assert "10 signatures on paper" in words
    assert "010-1234-5678" not in words


def test_what_is_hidden_is_not_shown(client: Client, idea: Suggestion) -> None:
    message_actions.hide(idea.message, reason="personal", by=people.centre_officer())

    assert idea.title not in text_of(client, f"/s/{idea.code}/", 404)
    for path in ("support/", "feed.atom", "due.ics", "badge.svg"):
        page = client.get(f"/s/{idea.code}/{path}")
        assert page.status_code == 404
        assert idea.title not in page.content.decode()
    assert client.get(f"/api/v1/suggestions/{idea.code}/").status_code == 404
    for path in ("/suggestions/", "/suggestions/list.csv", "/suggestions/feed.atom", "/oasis/"):
        assert idea.code not in client.get(path).getvalue().decode()
    assert idea.title in text_of(client, idea.message.private_url())


def test_what_its_author_took_back_says_how_it_ended(client: Client, idea: Suggestion) -> None:
    with clock.at(clock.now() + timedelta(minutes=1)):
        actions.withdraw(idea)

    words = text_of(client, f"/en/s/{idea.code}/")

    assert "It was taken back" in words
    assert "How it ended" in words


def test_a_suggestion_that_was_a_complaint_is_a_message_again(
    client: Client, idea: Suggestion
) -> None:
    actions.redirect(idea, words="불편 신고로 답합니다.", by=people.centre_officer())

    words = text_of(client, f"/en/s/{idea.code}/")

    assert "stage 1 of 8" not in words
    assert "Answer date" in words
    assert client.get(idea.message.private_url()).status_code == 200
    assert client.get(f"/s/{idea.code}/feed.atom").status_code == 200


def test_old_acts_of_the_message_lead_to_the_suggestion(client: Client, idea: Suggestion) -> None:
    for act in ("ask", "reopen", "confirm"):
        words = text_of(client, f"/en/s/{idea.code}/{idea.message.token}/{act}/")
        assert "This became a suggestion" in words


def test_a_page_with_a_long_way_asks_no_more_questions(client: Client, idea: Suggestion) -> None:
    moderator = ideas.listener()

    def asked() -> int:
        rules.forget()
        client.get(f"/s/{idea.code}/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/s/{idea.code}/").status_code == 200
        return len(caught)

    def live(times: int) -> None:
        for _time in range(times):
            actions.rescue(idea, reason="시간이 더 필요합니다.", by=moderator)
            actions.enter_paper(idea, people=1, words="서명대", by=moderator)

    live(5)  # enough people for the first threshold
    few = asked()
    live(9)

    assert few == asked() <= MOST_QUERIES


def test_a_page_of_a_whole_life_asks_no_more_than_others(client: Client) -> None:
    room = rooms.at_work()
    idea = room.suggestion
    actions.enter_paper(idea, people=5, words="역 앞 서명대", by=ideas.listener())
    rooms.implementing(room)
    ideas.listening()

    def asked() -> int:
        rules.forget()
        client.get(f"/s/{idea.code}/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/s/{idea.code}/").status_code == 200
        return len(caught)

    def report(number: int) -> None:
        with clock.at(clock.now() + timedelta(days=14 * number)):
            rooms.published(rooms.report_of(room.committee), by=room.jun)

    report(0)
    few = asked()
    for number in range(1, 5):
        report(number)
        actions.plan_item(room.suggestion, rooms.planned(room.office), by=room.jun)

    assert few == asked() <= MOST_QUERIES


@pytest.mark.parametrize("path", ["/suggestions/", "/oasis/", "/petitions/", "/changed/"])
def test_lists_ask_no_more_questions_for_more_rows(client: Client, path: str) -> None:
    buses = people.make_office("buses")

    def asked() -> int:
        rules.forget()
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        return len(caught)

    for _row in range(3):
        ideas.opened(buses)
    few = asked()
    for _row in range(22):
        ideas.opened(buses)

    assert few == asked() <= MOST_QUERIES


def test_the_steps_are_told_in_the_feed(client: Client, idea: Suggestion) -> None:
    actions.pick(idea, reason="<b>많은</b> 시민이 바랍니다.", by=ideas.listener())

    feed = client.get(f"/en/s/{idea.code}/feed.atom").content.decode()

    assert "Picked without waiting for more support" in feed
    assert len(re.findall("<entry>", feed)) == 3
    assert "<b>" not in feed


def test_the_badge_is_a_picture_that_others_can_show(client: Client, idea: Suggestion) -> None:
    badge = client.get(f"/en/s/{idea.code}/badge.svg")

    assert badge["Content-Type"] == "image/svg+xml"
    assert "gathering support" in badge.content.decode()
    assert "public" in badge["Cache-Control"]
    again = client.get(f"/en/s/{idea.code}/badge.svg", headers={"If-None-Match": badge["ETag"]})
    assert again.status_code == 304


def test_its_date_stands_in_a_calendar(client: Client, idea: Suggestion) -> None:
    one = client.get(f"/s/{idea.code}/due.ics").content.decode()
    everything = client.get("/suggestions/due.ics").content.decode()

    assert idea.status == SuggestionStatus.OPEN
    for text in (one, everything):
        assert f"UID:{idea.code}@" in text
        assert idea.title not in text


@pytest.mark.parametrize("start", range(0, 40, 20))
def test_words_that_want_to_be_scripts_stay_words(
    client: Client, buses: Office, start: int
) -> None:
    texts = polyglots.ALL[start :: len(polyglots.ALL) // 20][:12]
    rows = [ideas.opened(buses, text=text) for text in texts]
    for row in rows[:3]:
        actions.pick(row, reason=row.masked_text, by=ideas.listener())

    for path in ("/suggestions/", "/oasis/", *(f"/s/{row.code}/" for row in rows)):
        assert polyglots.came_alive(client.get(path).content.decode()) == [], path
    for row in rows:
        feed = client.get(f"/s/{row.code}/feed.atom").content.decode()
        assert "<script" not in feed
        assert "xss7" not in client.get(f"/s/{row.code}/badge.svg").content.decode()


def test_every_permitted_turn_is_told_in_words_of_its_own() -> None:
    dull = {str(way.STAYED)}
    told = {
        (before, after): way.what_of(SuggestionStep(from_status=before, to_status=after))
        for before, afters in SUGGESTION_LIFECYCLE.items()
        for after in afters
        if before != after
    }
    causes = {cause: way.what_of(SuggestionStep(cause=cause)) for cause in Cause}

    assert set(told.values()).isdisjoint(dull)
    assert all(told.values())
    assert all(causes.values())
    assert set(way.OF_CAUSE) == set(Cause)
    assert set(wording.DATES) | SUGGESTION_FINAL == set(SuggestionStatus)
    assert set(wording.NEXTS) | set(wording.ENDS) == set(SuggestionStatus)


def test_what_many_read_is_kept_for_a_moment(idea: Suggestion) -> None:
    assert kept_answers.ADDRESSES.fullmatch(idea.get_absolute_url())
    assert not kept_answers.ADDRESSES.fullmatch(idea.message.private_url())
    assert not kept_answers.ADDRESSES.fullmatch(f"/s/{idea.code}/support/")
