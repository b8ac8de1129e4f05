"""Lists, what changed, petitions, the file and the open interface of suggestions."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from channels_app import actions as message_actions
from channels_app.models import Message
from lifecycle import clock
from people.models import Office
from suggestions import actions, tasks
from suggestions.list_form import SUPPORTED
from suggestions.models import Petition, Suggestion
from suggestions.states import SuggestionStatus
from suggestions.views import lists
from tests.pages.html import read
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


def codes_on(client: Client, path: str) -> list[str]:
    """The numbers of the rows of a list, in their order."""
    page = read(client.get(path).content.decode())
    return [row.attrs["id"] for row in page.with_class("idea__title")]


def test_the_list_shows_what_everyone_may_read(client: Client, buses: Office) -> None:
    shown, hidden = ideas.opened(buses), ideas.opened(buses)
    message_actions.hide(hidden.message, reason="personal", by=people.centre_officer())

    assert codes_on(client, "/suggestions/") == [shown.code]


def test_each_filter_leaves_its_rows(client: Client, buses: Office) -> None:
    mapo = people.make_office("mapo", "borough", name_ko="마포구청", name_en="Mapo-gu Office")
    one = ideas.opened(buses, borough=mapo)
    reviewed = ideas.reviewed(people.make_office("trains"), channel="phone")

    for query, found in {
        "stage=support": [one],
        "stage=review": [reviewed],
        "became=review": [reviewed],
        "became=waiting": [one],
        "office=buses": [one],
        "office=trains": [reviewed],
        "borough=mapo": [one],
        "kind=petition": [],
        "origin=idea": [reviewed, one],
        "channel=phone": [reviewed],
        "channel=web": [one],
        "sort=ending": [one],
        "overdue=on": [],
    }.items():
        assert codes_on(client, f"/suggestions/?{query}") == [row.code for row in found], query


def test_a_wrong_filter_is_explained(client: Client) -> None:
    page = client.get("/en/suggestions/?stage=nowhere")

    assert page.status_code == 422
    assert "error-summary" in page.content.decode()
    for path in ("list.csv", "due.ics"):
        assert client.get(f"/suggestions/{path}?stage=nowhere").status_code == 422
    assert client.get("/suggestions/feed.atom?stage=nowhere").status_code == 404


@pytest.mark.parametrize("sort", ["newest", "supported", "ending"])
def test_every_row_comes_exactly_once_page_by_page(
    client: Client, buses: Office, sort: str
) -> None:
    for number in range(25):
        row = ideas.opened(buses)
        Suggestion.objects.filter(pk=row.pk).update(supports=number % 4)
    found: list[str] = []
    path: str | None = f"/suggestions/?sort={sort}"
    while path:
        page = read(client.get(path).content.decode())
        found += [row.attrs["id"] for row in page.with_class("idea__title")]
        main = page.one("main").all("a")  # the switch of the language has the key as well
        more = [link for link in main if "after=" in link.attrs.get("href", "")]
        path = more[0].attrs["href"] if more else None

    assert len(found) == len(set(found)) == 25


@pytest.mark.parametrize("after", ["x", "1_2_3", "9" * 30, "2026-01-01_1", "%00", "-1_1"])
def test_a_made_up_key_begins_at_the_beginning(client: Client, buses: Office, after: str) -> None:
    row = ideas.opened(buses)

    for sort in ("newest", "supported"):
        assert codes_on(client, f"/suggestions/?sort={sort}&after={after}") == [row.code]


def test_the_file_has_what_the_list_has(client: Client, buses: Office) -> None:
    ideas.opened(buses, text='=HYPERLINK("x") 버스를 늘려 주세요, "빨리"')

    answer = client.get("/suggestions/list.csv")
    (row,) = csv.DictReader(io.StringIO(answer.getvalue().decode().removeprefix("\ufeff")))

    assert row["title"].startswith("'=")
    assert row["stage"] == "support"
    assert row["office"] == "buses 부서"


def test_the_file_is_cut_and_names_what_follows(
    client: Client, buses: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("suggestions.views.lists.ROWS_OF_A_FILE", 2)
    for _row in range(3):
        ideas.opened(buses)

    first = client.get("/suggestions/list.csv?stage=support")
    following = first["Link"].partition(">")[0].lstrip("<")
    second = client.get(following[following.index("/suggestions") :])

    assert len(first.getvalue().decode().strip().splitlines()) == 3
    assert len(second.getvalue().decode().strip().splitlines()) == 2
    assert "Link" not in second


def done(idea: Suggestion) -> Suggestion:
    """As far as done, by the real actions."""
    department = idea.department
    assert department is not None
    return answering.done(idea, by=people.head_of(department))


def test_what_changed_says_what_was_said_what_changed_and_how_long(
    client: Client, buses: Office
) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        idea = ideas.reviewed(buses)
    answering.done(idea, by=people.head_of(buses))

    for path in ("/en/changed/", f"/en/changed/{idea.code}/", "/en/"):
        words = read(client.get(path).content.decode()).one("main").text
        assert "N13번이 밤새 다닙니다" in words, path
        assert idea.title[:10] in words
    assert "40 days" in read(client.get("/en/changed/").content.decode()).one("main").text
    assert "N13번이 밤새" in client.get("/changed/feed.atom").content.decode()


def test_what_was_done_last_stands_first_page_by_page(client: Client, buses: Office) -> None:
    begun = clock.now() - timedelta(days=30)
    with clock.at(begun):
        rows = [ideas.reviewed(buses) for _row in range(4)]
    order = [rows[2], rows[0], rows[3], rows[1]]
    for day, row in enumerate(order, start=1):
        with clock.at(begun + timedelta(days=day)):
            done(row)

    first = lists.LAST_CHANGED.page("", size=3)
    second = lists.LAST_CHANGED.page(first.next_key, size=3)

    codes = [row.code for row in reversed(order)]
    assert [row.code for row in [*first.rows, *second.rows]] == codes
    assert (len(first.rows), second.next_key) == (3, "")
    page = read(client.get("/changed/").content.decode())
    shown = [node.attrs["id"].removeprefix("done-") for node in page.with_class("idea__title")]
    assert shown == codes
    feed = client.get("/changed/feed.atom").content.decode()
    assert sorted(codes, key=feed.index) == codes


def test_what_was_disputed_once_shows_the_claim_that_held(client: Client, buses: Office) -> None:
    head = people.head_of(buses)
    idea = answering.claimed(ideas.reviewed(buses), by=head)
    actions.dispute_done(idea, text="아직 안 다녀요.")
    actions.claim_done(idea, result="improvement", text="이제 매일 다닙니다.", by=head)
    actions.confirm_done(idea)

    for path in ("/changed/", f"/changed/{idea.code}/"):
        words = read(client.get(path).content.decode()).one("main").text
        assert "이제 매일 다닙니다." in words
        assert "N13번" not in words


def test_what_is_not_done_is_no_change(client: Client, buses: Office) -> None:
    idea = ideas.opened(buses)

    assert client.get(f"/changed/{idea.code}/").status_code == 404
    assert idea.code not in client.get("/changed/").content.decode()


def petitioned(client: Client, text: str = ideas.WORDS, mail: str = "mina@example.org") -> Message:
    """Sent by the form; somebody needs more than a moment to write it."""
    page = read(client.get("/petitions/new/").content.decode())
    inputs = page.one("main").all("form")[0].all("input")
    typed: dict[str, Any] = {one.attrs["name"]: one.attrs.get("value", "") for one in inputs}
    with clock.at(clock.now() + timedelta(seconds=30)):
        answer = client.post("/petitions/new/", {**typed, "text": text, "mail": mail})
    assert answer.status_code == 302, read(answer.content.decode()).one("main").text
    return Message.objects.latest("id")


def take_up_later() -> None:
    """Once its officer can't take the routing back any more."""
    with clock.at(clock.now() + timedelta(minutes=5)):
        tasks.take_up_ideas()


def test_a_petition_is_read_by_all_once_its_lead_confirms(client: Client, buses: Office) -> None:
    people.centre()
    ideas.listening()
    message = petitioned(client)
    message = message_actions.route(message, to=buses, by=people.centre_officer())
    tasks.open_petitions()
    assert not Message.objects.get(pk=message.pk).is_public
    assert client.get(message.get_absolute_url()).status_code == 404

    assert message.contact is not None
    message_actions.confirm_contact(message.contact)
    tasks.open_petitions()
    tasks.open_petitions()
    take_up_later()

    suggestion = Suggestion.objects.get()
    assert suggestion.is_petition
    assert codes_on(client, "/petitions/") == [message.code]
    assert client.get(f"/petitions/{message.code}/").status_code == 302
    assert "petition" in client.get(f"/en/s/{message.code}/").content.decode().lower()


def test_a_petition_with_harsh_words_waits_for_an_officer(client: Client, buses: Office) -> None:
    people.centre()
    ideas.listening()
    message = petitioned(client, text="이 개새끼들아 버스 좀 늘려라")
    message = message_actions.route(message, to=buses, by=people.centre_officer())
    assert message.contact is not None
    message_actions.confirm_contact(message.contact)

    tasks.open_petitions()
    message.refresh_from_db()
    assert message.is_held
    message_actions.show(message, by=people.centre_officer())
    take_up_later()

    assert Suggestion.objects.get().is_petition


def test_the_law_has_a_petition_answered_however_few_sign_it(client: Client, buses: Office) -> None:
    people.centre()
    ideas.listening()
    message = petitioned(client)
    message = message_actions.route(message, to=buses, by=people.centre_officer())
    assert message.contact is not None
    message_actions.confirm_contact(message.contact)
    tasks.open_petitions()
    take_up_later()

    with clock.at(clock.now() + timedelta(days=31)):
        tasks.close_windows()

    suggestion = Suggestion.objects.get()
    assert suggestion.status == SuggestionStatus.UNDER_REVIEW
    assert suggestion.office == buses
    assert suggestion.due_at is not None
    assert (suggestion.due_at - message.received_at).days in (90, 91, 92, 93)
    assert Petition.objects.get().opened_at is not None


def test_a_petition_with_a_mistake_keeps_its_words(client: Client) -> None:
    people.centre()

    page = client.post("/en/petitions/new/", {"text": ideas.WORDS, "mail": "nowhere"})

    html = read(page.content.decode())
    assert page.status_code == 422
    assert ideas.WORDS in html.by_id("id_text").text
    assert not Message.objects.exists()


def test_the_interface_lists_and_shows(client: Client, buses: Office) -> None:
    idea = ideas.opened(buses)
    ideas.supported(idea, 3)
    actions.count_supports()

    listed = client.get("/api/v1/suggestions/?stage=support&office=buses").json()
    one = client.get(f"/api/v1/suggestions/{idea.code}/").json()

    assert [row["receipt"] for row in listed["results"]] == [idea.code]
    assert one["support"] == {
        "counted": 3,
        "confirmed": 3,
        "proved": 0,
        "on_paper": 0,
        "still_needed": 47,
        "reached_at": None,
        "is_open": True,
    }
    assert [step["state"] for step in one["steps"]] == ["submitted", "open"]


def test_the_interface_pages_by_its_own_cursor(client: Client, buses: Office) -> None:
    rows = [ideas.opened(buses) for _row in range(5)]

    first = client.get(f"/api/v1/suggestions/?limit=3&sort={SUPPORTED.name}").json()
    following = first["next"]
    second = client.get(following[following.index("/api/") :]).json()

    found = [row["receipt"] for row in (*first["results"], *second["results"])]
    assert sorted(found) == sorted(row.code for row in rows)
    assert second["next"] is None


@pytest.mark.parametrize(
    "query", ["stage=x", "office=nowhere", "cursor=made-up", "colour=red", "limit=0", "overdue=x"]
)
def test_what_the_interface_does_not_know_is_a_problem(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/suggestions/?{query}")

    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")


def test_any_page_may_read_the_interface(client: Client, buses: Office) -> None:
    idea = ideas.opened(buses)

    answer = client.get(f"/api/v1/suggestions/{idea.code}/", headers={"Origin": "https://x.test"})

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies


def test_the_schema_tells_of_suggestions(client: Client) -> None:
    told = client.get("/api/schema/").json()

    assert "/api/v1/suggestions/" in told["paths"]
    assert client.get("/en/api/").status_code == 200


def test_ideas_from_the_oasis_come_in_like_every_other(client: Client) -> None:
    people.centre()
    page = read(client.get("/en/oasis/new/").content.decode())

    form = page.by_id("say-form")
    typed = {one.attrs["name"]: one.attrs.get("value", "") for one in form.all("input")}
    assert form.attrs["action"] == "/en/say/check/"
    assert typed["kind"] == "idea"
    assert client.get("/oasis/rules/").status_code == 200
