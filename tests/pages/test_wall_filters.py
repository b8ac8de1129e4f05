"""The filters of the wall: in the address, combinable, explained when they are wrong."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app.models import Kind, Message
from lifecycle import clock
from tests.channels_app.factories import receive, routed_to
from tests.pages import cities, visits
from tests.pages.html import broken_promises, read

pytestmark = pytest.mark.django_db


def codes(client: Client, query: str) -> list[str]:
    """The receipt numbers that the wall shows for this address."""
    page = client.get(f"/en/smc/?{query}")
    assert page.status_code == 200, query
    return [head.text for head in read(page.content.decode()).with_class("voice__code")]


def test_filters_narrow_together(client: Client) -> None:
    wanted = routed_to(visits.office(), kind=Kind.IDEA)
    routed_to(visits.office())
    receive(kind=Kind.IDEA)

    assert codes(client, "kind=idea&office=pages-of-the-test&channel=web") == [wanted.code]


def test_overdue_and_since_narrow_what_any_view_shows(client: Client) -> None:
    late = visits.late()
    fresh = receive()
    today = clock.seoul().date()

    assert codes(client, "show=waiting&overdue=on") == [late.code]
    assert codes(client, f"show=waiting&since={today}") == [fresh.code]
    assert codes(client, f"overdue=on&since={today - timedelta(days=1)}") == []


def test_a_borough_shows_what_was_said_about_it(client: Client) -> None:
    mapo = cities.offices()[2]
    about = receive(borough=mapo)
    receive()

    assert codes(client, "borough=mapo") == [about.code]


def test_the_next_page_keeps_the_filters_and_skips_nothing(client: Client) -> None:
    cities.settle(200)
    mine = "show=all&office=sidewalks&kind=idea"

    found: list[str] = []
    url = f"/en/smc/?{mine}"
    while url:
        page = read(client.get(url).content.decode())
        found += [head.text for head in page.with_class("voice__code")]
        more = [a.attrs["href"] for a in page.all("a") if a.text == "Show more"]
        url = more[0] if more else ""

    rows = Message.objects.public().exclude(status="set_aside")
    rows = rows.filter(office__slug="sidewalks", kind="idea")
    assert sorted(found) == sorted(rows.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("show=nonsense", "names something we do not know"),
        ("kind=%00", "names something we do not know"),
        ("office=nowhere", "names something we do not know"),
        ("borough=sidewalks", "names something we do not know"),
        ("channel=pigeon", "names something we do not know"),
        ("since=yesterday", "Write the day as year-month-day"),
        ("since=0001-01-01", "Write the day as year-month-day"),
    ],
)
def test_a_wrong_filter_is_explained_and_nothing_is_shown(
    client: Client, query: str, words: str
) -> None:
    receive()

    answer = client.get(f"/en/smc/?{query}")

    page = read(answer.content.decode())
    assert answer.status_code == 422
    assert words in page.with_class("error-summary")[0].text
    assert not page.with_class("voice")
    assert broken_promises(answer.content.decode(), "en") == []


def test_what_was_chosen_stands_in_the_form_and_can_be_cleared(client: Client) -> None:
    page = read(client.get("/en/smc/?kind=idea&since=2026-01-02&overdue=on").content.decode())

    form = page.with_class("filters")[0]
    chosen = [o.attrs["value"] for o in form.all("option") if "selected" in o.attrs]
    assert "idea" in chosen
    assert page.by_id("id_since").attrs["value"] == "2026-01-02"
    assert "checked" in page.by_id("id_overdue").attrs
    assert "/en/smc/" in [a.attrs["href"] for a in form.all("a")]
    assert "No public message fits all of these filters." in page.with_class("empty")[0].text


def test_the_counters_count_within_the_filters(client: Client) -> None:
    visits.late()
    receive(kind=Kind.IDEA)

    page = read(client.get("/en/smc/?kind=idea").content.decode())

    (counters,) = page.with_class("counters")
    for link in counters.all("a"):
        (number,) = link.with_class("counters__number")
        assert "kind=idea" in link.attrs["href"]
        query = link.attrs["href"].partition("?")[2]
        assert len(codes(client, query)) == int(number.text)


def test_filters_ask_the_same_questions_of_ten_and_of_a_thousand_rows(client: Client) -> None:
    path = "/smc/?office=sidewalks&kind=idea&show=waiting&overdue=on"
    cities.settle(100)
    at_hundred = questions(client, path)

    cities.settle(900, seed=2)

    assert questions(client, path) == at_hundred <= 15


def questions(client: Client, path: str) -> int:
    """How many queries the page makes when the Rulebook is fresh."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_promise_is_shown_as_one_and_still_waits_for_its_end(client: Client) -> None:
    message = routed_to(visits.office())
    Message.objects.filter(pk=message.pk).update(status="at_work")

    (voice,) = read(client.get("/en/smc/?show=at_work").content.decode()).with_class("voice")

    assert "Finish date:" in voice.text
