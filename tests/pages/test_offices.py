"""Who answers: each number leads to exactly its rows, late ones stand first, small ones honest."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app import tallies
from channels_app.models import Level, Message, Reminder
from channels_app.wall_form import Wanted
from lifecycle import clock
from people.models import Office
from tests.channels_app.factories import receive
from tests.pages import cities, visits
from tests.pages.html import Node, broken_promises, read

pytestmark = pytest.mark.django_db
MOST = 15


def english(client: Client, path: str) -> Node:
    """The page in English."""
    answer = client.get(visits.english(path))
    assert answer.status_code == 200, path
    return read(answer.content.decode())


def rows_at(client: Client, url: str) -> list[str]:
    """Every receipt number behind a link, page after page."""
    codes: list[str] = []
    while url:
        page = english(client, url)
        codes += [head.text for head in page.with_class("voice__code")]
        more = [a.attrs["href"] for a in page.all("a") if a.text == "Show more"]
        url = more[0] if more else ""
    return codes


@pytest.mark.parametrize("path", ["/departments/sidewalks/", "/borough/mapo/"])
def test_every_number_of_an_office_leads_to_exactly_its_rows(client: Client, path: str) -> None:
    cities.settle(120)

    (counters,) = english(client, path).with_class("counters")

    for link in counters.all("a"):
        (number,) = link.with_class("counters__number")
        codes = rows_at(client, link.attrs["href"])
        assert len(codes) == len(set(codes)) == int(number.text), link.text
    assert len(counters.all("a")) == 6


@pytest.mark.parametrize("path", ["/departments/", "/borough/"])
def test_every_number_of_the_list_leads_to_exactly_its_rows(client: Client, path: str) -> None:
    cities.settle(60)

    (table,) = english(client, path).all("table")

    links = [a for a in table.all("a") if a.text.isdigit()]
    assert len(links) == 5 * len(table.one("tbody").all("tr"))
    for link in links:
        assert len(rows_at(client, link.attrs["href"])) == int(link.text), link.attrs["href"]


def test_the_sums_lead_to_exactly_their_rows(client: Client) -> None:
    cities.settle(60)

    page = english(client, "/departments/")

    sums = page.with_class("facts")[0].all("a")
    assert len(sums) == 2
    for link in sums:
        assert len(rows_at(client, link.attrs["href"])) == int(link.text.split()[0])


@pytest.mark.parametrize("path", ["/departments/", "/departments/sidewalks/", "/borough/mapo/"])
def test_the_share_in_time_stands_beside_the_citys_own(client: Client, path: str) -> None:
    cities.settle(60)

    words = english(client, path).text

    assert "93.86 %" in words
    assert "2,190,000 field complaints" in words


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), count=st.integers(0, 80))
def test_the_numbers_of_any_city_are_those_of_its_rows(seed: int, count: int) -> None:
    cities.leave()
    cities.settle(count, seed=seed)
    year = tallies.days_ago(tallies.PROMISE_DAYS)

    city = tallies.of_all(cities.offices(), "office")

    for tally in (*city.tallies, *city.quiet):
        public = Message.objects.filter(office=tally.office, publication="public")
        spoken = [one for one in public if one.status != "set_aside"]
        of_year = [one for one in spoken if clock.seoul(one.received_at).date() >= year]
        kept = [one for one in of_year if one.was_in_time]
        assert tally.open == sum(one.status not in ("replied", "joined") for one in spoken)
        assert tally.overdue == sum(one.is_overdue for one in spoken)
        assert tally.in_time == len(kept)
        shown = Wanted("in_time", office=tally.office, since=year).rows()
        assert shown.count() == len(kept)
        missed = [one for one in of_year if one.was_in_time is False]
        silent = [one for one in of_year if one.was_in_time is None and one.is_overdue]
        assert tally.too_late == len(missed) + len(silent)
        alone, _not_shown = tallies.of_one(tally.office, "office")
        assert alone == tally
    everything = tallies.conversation().filter(tallies.waiting()).count()
    assert city.all.open == everything


@pytest.mark.parametrize(
    "path",
    ["/departments/", "/borough/", "/departments/sidewalks/", "/borough/mapo/", "/channels/"],
)
def test_a_thousand_rows_ask_no_more_questions_than_ten(client: Client, path: str) -> None:
    cities.settle(10)
    at_ten = questions(client, path)

    cities.settle(990, seed=2)

    # Fewer than ten rows may ask less: nothing is fetched for what is not there.
    assert at_ten <= questions(client, path) <= MOST
    cities.settle(1000, seed=3)
    assert questions(client, path) == questions(client, path) <= MOST


def questions(client: Client, path: str) -> int:
    """How many queries the page makes when the Rulebook is fresh."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("rows", [0, 60])
@pytest.mark.parametrize("name", list(cities.PAGES))
def test_every_page_of_the_promise_keeps_the_contract(
    client: Client, name: str, rows: int, language: str
) -> None:
    cities.settle(rows)
    path = cities.PAGES[name]

    answer = client.get(path if language == "ko" else visits.english(path))

    assert broken_promises(answer.content.decode(), language) == []


def test_a_late_office_stands_first_with_how_late_and_an_early_one_is_named_too(
    client: Client,
) -> None:
    visits.late()
    early = cities.offices()[0]
    for _each in range(3):
        published_in_time(early)

    page = english(client, "/departments/")

    late = page.by_id("late").text, page.with_class("offices__named")[0].text
    assert "Paving Office" in late[1]
    assert "1 overdue" in late[1]
    assert "days late" in late[1]
    assert early.name_en in page.with_class("offices__named")[1].text
    assert "3 of 3" in page.with_class("offices__named")[1].text
    first = page.one("tbody").all("tr")[0]
    assert "Paving Office" in first.text


def published_in_time(office: Office) -> Message:
    """A message whose first answer came by its date."""
    return _changed(
        receive(),
        office=office,
        status="replied",
        met_at=clock.now(),
        met_due_at=clock.now() + timedelta(days=1),
        replied_at=clock.now(),
    )


def _changed(message: Message, **columns: object) -> Message:
    Message.objects.filter(pk=message.pk).update(**columns)
    message.refresh_from_db()
    return message


def test_an_office_that_never_answers_is_not_in_time(client: Client) -> None:
    visits.late()

    page = english(client, "/departments/pages-of-the-test/")

    assert "0 of 1" in page.one("main").text


def test_what_is_late_says_how_late_and_who_was_told(client: Client) -> None:
    message = visits.late()
    Reminder.objects.create(
        message=message, level=Level.HEAD, due_at=message.first_due_at, at=clock.now()
    )

    page = english(client, "/departments/pages-of-the-test/")

    (late,) = page.with_class("voice__waits--late")
    assert message.code in late.text
    assert "days late" in late.text
    assert "The head of the office was told" in late.text
    assert page.one("main").all("h2")[0].text == "Late now"


def test_what_only_the_office_reads_is_told_in_a_number_without_a_link(client: Client) -> None:
    visits.late()
    visits.late(public=False, text="A word that nobody else may read")

    page = english(client, "/departments/pages-of-the-test/")

    assert "1 more message came that only the office may read" in page.text
    assert "nobody else may read" not in page.text
    (overdue,) = [a for a in page.all("a") if a.text.startswith("Overdue now")]
    assert overdue.with_class("counters__number")[0].text == "1"


@pytest.mark.parametrize("path", ["/departments/", "/borough/"])
def test_a_city_without_a_word_says_so(client: Client, path: str) -> None:
    page = english(client, path)

    assert "Nobody has said anything in public yet." in page.with_class("empty")[0].text
    assert not page.all("table")


def test_an_office_without_a_word_says_so_and_how_to_reach_it(client: Client) -> None:
    page = english(client, "/departments/bus-policy/")

    assert "No public message in the last year" in page.with_class("empty")[0].text
    assert page.by_id("reach").text == "How to reach them"


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("/departments/bus-policy/", "/en/departments/bus-policy/feed.atom"),
        ("/borough/mapo/", "/en/borough/mapo/feed.atom"),
    ],
)
def test_the_page_names_its_feed(client: Client, path: str, feed: str) -> None:
    page = english(client, path)

    named = [n.attrs["href"] for n in page.all("link") if n.attrs.get("rel") == "alternate"]
    assert named == [feed]
    assert client.get(feed).status_code == 200


def test_a_share_is_never_rounded_up_to_all() -> None:
    tally = tallies.Tally(Office(), "office", in_time=9999, too_late=1)

    assert tally.share == 99.9
