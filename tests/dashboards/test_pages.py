"""The pages of the day's numbers: every number leads to exactly its rows, and they add up."""

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import actions
from channels_app.models import Delivery, Message
from channels_app.wall_form import WallForm
from lifecycle import clock
from lifecycle import rules as rulebook
from lifecycle.actions import amend_rule
from mayors_office import population, tasks
from mayors_office.dashboards import CITY, OFFICE, Look, board
from mayors_office.dashboards.where import GRID
from people.models import Office
from suggestions.list_form import ListForm
from tests.channels_app import factories as voices
from tests.pages import cities, visits
from tests.pages.html import Node, broken_promises, read
from tests.pages.test_offices import rows_at
from tests.people import factories as people

pytestmark = pytest.mark.django_db
MOST = 15
PATHS = ["/dashboard/", "/dashboard/?days=365&borough=mapo", "/dashboard/office/sidewalks/"]


def page(client: Client, path: str) -> Node:
    """In English, after the sweep."""
    tasks.count_days()
    answer = client.get(visits.english(path))
    assert answer.status_code == 200
    return read(answer.content.decode())


def numbers(shown: Node) -> list[tuple[str, int]]:
    """Every number of the page that is one of rows: where they are, how many."""
    return [
        (link.attrs["href"], int(link.attrs["data-rows"]))
        for link in shown.all("a")
        if "data-rows" in link.attrs
    ]


def rows_behind(url: str) -> int:
    """How many rows the list shows for this address; the list's own reading of it."""
    forms: dict[str, type[WallForm] | type[ListForm]] = {
        "/en/smc/": WallForm,
        "/en/suggestions/": ListForm,
    }
    form = forms[urlsplit(url).path](QueryDict(urlsplit(url).query))
    assert form.is_valid(), url
    return form.wanted.rows().count()


@pytest.mark.parametrize("days", [7, 30, 90, 365])
@pytest.mark.parametrize("where", ["", "&borough=mapo", "&per=people"])
def test_every_number_of_the_city_leads_to_exactly_its_rows(
    client: Client, days: int, where: str
) -> None:
    cities.settle(300)

    shown = page(client, f"/dashboard/?days={days}{where}")

    found = numbers(shown)
    assert len(found) > 40
    for url, number in found:
        assert rows_behind(url) == number, url


@pytest.mark.parametrize("days", [30, 365])
def test_every_number_of_an_office_leads_to_exactly_its_rows(client: Client, days: int) -> None:
    cities.settle(300)

    for url, number in numbers(page(client, f"/dashboard/office/sidewalks/?days={days}")):
        assert parse_qs(urlsplit(url).query)["office"] == ["sidewalks"]
        assert rows_behind(url) == number, url


def test_whoever_follows_the_links_counts_the_same(client: Client) -> None:
    cities.settle(25, seed=4)

    for url, number in numbers(page(client, "/dashboard/?days=365")):
        codes = rows_at(client, url)
        assert len(codes) == len(set(codes)) == number, url


@pytest.mark.parametrize("place", [None, "mapo", "sidewalks"])
def test_what_became_of_them_adds_up_to_all_that_came(place: str | None) -> None:
    cities.settle(200)
    tasks.count_days()
    office = Office.objects.get(slug="sidewalks") if place == "sidewalks" else None
    borough = Office.objects.get(slug="mapo") if place == "mapo" else None

    look = Look(days=365, office=office, borough=borough)
    panels = {panel.slug: panel for panel in board(look, OFFICE, []).panels}

    fate = panels["fate"]
    assert fate.sums is not None
    came = Message.objects.filter(**look.rows_of_place, received_at__date__gte=look.since).count()
    assert sum(row.cells[0].value for row in fate.rows) == fate.sums.cells[0].value == came
    shown = sum(row.cells[0].value for row in fate.rows if row.cells[0].url)
    assert panels["channels"].sums is not None
    assert panels["channels"].sums.cells[0].value == shown


def test_late_offices_and_boroughs_add_up_to_all_that_is_late(client: Client) -> None:
    cities.settle(200)
    tasks.count_days()

    panels = {
        panel.slug: panel for panel in board(Look(), CITY, list(Office.objects.boroughs())).panels
    }

    late, where = panels["late"], panels["where"]
    assert late.sums is not None
    assert where.sums is not None
    assert sum(row.cells[0].value for row in late.rows) == late.sums.cells[0].value
    assert sum(row.cells[1].value for row in where.rows) == where.sums.cells[1].value
    assert where.sums.cells[1].value == late.sums.cells[0].value
    assert sum(row.cells[0].value for row in where.rows) == where.sums.cells[0].value


@pytest.mark.parametrize("path", PATHS)
def test_a_hundred_rows_ask_no_more_questions_than_ten(client: Client, path: str) -> None:
    cities.settle(10)
    at_ten = questions(client, path)

    cities.settle(90, seed=2)

    assert at_ten <= questions(client, path) <= MOST
    cities.settle(100, seed=3)
    assert questions(client, path) == questions(client, path) <= MOST


def test_the_mayors_page_asks_as_little() -> None:
    client = people.signed_in_client(people.mayors_officer())
    cities.settle(10)
    at_ten = questions(client, "/dashboard/mayor/")

    cities.settle(90, seed=2)

    assert at_ten <= questions(client, "/dashboard/mayor/")
    own, stuck_below = 4, 18  # what every staff page asks; what needs the mayor's office
    assert questions(client, "/dashboard/mayor/") <= MOST + own + stuck_below


def questions(client: Client, path: str) -> int:
    """How many queries the page makes when the Rulebook is fresh."""
    tasks.count_days()
    client.get(path)
    rulebook.forget()  # a slow machine would read it anew anyway
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("rows", [0, 80])
@pytest.mark.parametrize("path", [*PATHS, "/dashboard/?days=no&borough=sidewalks"])
def test_every_page_keeps_the_contract(client: Client, path: str, rows: int, language: str) -> None:
    cities.settle(rows)
    tasks.count_days()

    answer = client.get(path if language == "ko" else visits.english(path))

    assert answer.status_code == (422 if "days=no" in path else 200)
    assert broken_promises(answer.content.decode(), language) == []


@pytest.mark.parametrize("panel", list(CITY))
def test_every_panel_is_a_file_with_the_same_numbers(client: Client, panel: str) -> None:
    cities.settle(120)
    shown = page(client, "/dashboard/?days=90")

    answer = client.get(f"/en/dashboard/{panel}.csv?days=90")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    table = section(shown, panel).one("table") if section(shown, panel).all("table") else None
    assert len({len(line) for line in lines}) == 1
    if table is not None:
        assert len(lines) == len(table.all("tr"))
        for line, row in zip(lines, table.all("tr"), strict=True):
            linked = [a.attrs["data-rows"] for a in row.all("a") if "data-rows" in a.attrs]
            assert set(linked) <= set(line)


def section(shown: Node, slug: str) -> Node:
    """The panel of this name."""
    return next(each for each in shown.all("section") if each.attrs.get("aria-labelledby") == slug)


def test_a_file_holds_no_formula(client: Client) -> None:
    evil = people.make_office("evil", name_en="=HYPERLINK(1)", name_ko="=악")
    with clock.at(clock.now() - timedelta(days=30)):
        voices.routed_to(evil)

    assert "'=HYPERLINK(1)" in client.get("/en/dashboard/late.csv").content.decode()


def test_every_panel_says_one_finding_and_when_it_was_counted(client: Client) -> None:
    cities.settle(80)

    shown = page(client, "/dashboard/")

    panels = shown.with_class("panel")
    assert [each.one("h2").attrs["id"] for each in panels] == list(CITY)
    for each in panels:
        (finding,) = each.with_class("panel__finding")
        assert finding.text.endswith(".")
        assert each.all("time")
        assert any(link.attrs["href"].partition("?")[0].endswith(".csv") for link in each.all("a"))


def test_switched_off_the_pages_say_so_and_ask_nothing_of_the_numbers(client: Client) -> None:
    cities.settle(20)
    by = people.administrator()
    amend_rule("dashboard.numbers", to="off", reason="crowded", by=by)
    rulebook.forget()

    for path in PATHS:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(visits.english(path))
        assert answer.status_code == 200
        assert "switched off at the moment" in answer.content.decode()
        assert not any('FROM "mayors_office_' in query["sql"] for query in asked)
    assert client.get("/dashboard/late.csv").status_code == 404


def test_the_desk_of_an_office_is_shown_to_its_own_people_alone(client: Client) -> None:
    office = people.make_office("sidewalks")
    path, door = "/en/dashboard/office/sidewalks/", "/en/admin/office/sidewalks/"

    inside = people.signed_in_client(people.officer_of(office)).get(path)
    other = people.signed_in_client(people.officer_of(people.make_office("bus-policy"))).get(path)

    assert door in inside.content.decode()
    assert door not in other.content.decode()
    assert door not in client.get(path).content.decode()


def test_a_look_stays_in_every_address(client: Client) -> None:
    cities.settle(30)

    shown = page(client, "/dashboard/?days=90&borough=mapo&per=people")

    files = [a.attrs["href"] for a in shown.all("a") if ".csv" in a.attrs.get("href", "")]
    assert all("days=90&borough=mapo&per=people" in one for one in files)
    chosen = [o.attrs["value"] for o in shown.all("option") if "selected" in o.attrs]
    assert chosen == ["90", "mapo"]


def stuck() -> dict[str, Message]:
    """One of each kind that needs somebody above."""
    office, centre = people.make_office("sidewalks"), people.centre_officer()
    jun, head = people.officer_of(office), people.head_of(office)
    with clock.at(clock.now() - timedelta(days=30)):
        late = voices.routed_to(office)
    bounced = voices.receive(public=False)
    for _time in range(2):
        actions.route(bounced, to=office, by=centre)
        actions.hand_back(bounced, reason="우리 일이 아니에요", by=jun)
    put_off = voices.routed_to(office)
    for times, by in enumerate((jun, jun, head, head)):
        until = (clock.now() + timedelta(days=30 * (times + 1))).date()
        actions.put_off(put_off, text="더 걸려요", until=until, by=by)
    return {"late": late, "bounced": bounced, "put_off": put_off}


def test_what_needs_the_mayor_stands_above_with_the_way_to_each_at_the_desk() -> None:
    rows = stuck()
    troubled = voices.published_by(
        people.officer_of(people.make_office("bus-policy")),
        people.make_office("bus-policy"),
        contact=("mail", "mina@example.org"),
    )
    Delivery.objects.filter(message=troubled).update(state="failed")
    client = people.signed_in_client(people.mayors_officer())

    shown = page(client, "/dashboard/mayor/")

    needs = shown.by_id("needs")
    assert needs.text == "What needs me?"
    box = shown.with_class("needs")[0]
    assert "4 matters are stuck below" in box.text
    for name, message in {**rows, "undelivered": troubled}.items():
        assert f"/en/admin/case/{message.code}/" in {a.attrs["href"] for a in box.all("a")}
        (link,) = [a for a in box.all("a") if a.attrs["href"] == f"?show={name}"]
        listed = page(client, f"/dashboard/mayor/?show={name}").with_class("needs__rows")[0]
        assert len(listed.all("li")) == int(link.attrs["data-rows"]) == 1
        assert client.get(f"/en/admin/case/{message.code}/").status_code == 200
    file = client.get("/en/dashboard/mayor/needs.csv").content.decode()
    assert all(message.code in file for message in rows.values())


def test_nothing_of_what_needs_the_mayor_is_public(client: Client) -> None:
    rows = stuck()

    public = page(client, "/dashboard/").text + client.get("/dashboard/").content.decode()

    assert rows["bounced"].code not in public
    assert "What needs me" not in public


def test_the_map_has_every_borough_once_and_the_people_of_the_whole_city() -> None:
    figures = {
        group: figure.people
        for (trait, group), figure in population.figures().items()
        if trait == "borough"
    }

    assert set(figures) == set(GRID)
    assert len({place[:2] for place in GRID.values()}) == 25
    (everybody,) = {
        figure.all for (trait, _group), figure in population.figures().items() if trait == "borough"
    }
    assert sum(figures.values()) == everybody


SENTENCES: list[tuple[str, str, Any]] = [
    ("late", "No public answer is overdue.", lambda: None),
    ("late", "1 public answer is overdue; with “Paving Office”, the oldest is 2", visits.late),
    ("fate", "Nothing came in during this time.", lambda: None),
    (
        "fate",
        "Of 1 message that came in, everyone may read 1; 1 of these are answered and 0 still wait.",
        visits.answered,
    ),
    (
        "channels",
        "1 public message came in, by “this site” (100 %); there were none",
        visits.answered,
    ),
    ("promises", "1 of 1 first answers came in time; no date was moved.", visits.answered),
    ("speed", "In no week has half of what came in been answered yet.", lambda: None),
    ("speed", "was answered within 0 minutes; the target of 3.0 days is kept.", visits.answered),
    ("where", "Nothing that is open names a borough.", lambda: None),
    ("who", "Too few have told us who they are to say who is missing;", lambda: None),
    ("slowest", "The slowest first answer took 0 minutes.", visits.answered),
    ("pulse", "Nothing came today by", lambda: None),
]


@pytest.mark.parametrize(("panel", "words", "happened"), SENTENCES)
def test_a_finding_is_computed_from_what_there_is(
    client: Client, panel: str, words: str, happened: Any
) -> None:
    happened()

    shown = page(client, "/dashboard/?days=90")

    assert words in section(shown, panel).with_class("panel__finding")[0].text


def test_the_sentences_are_as_whole_in_korean(client: Client) -> None:
    cities.settle(120)
    tasks.count_days()

    shown = read(client.get("/dashboard/?days=90").content.decode())

    for finding in shown.with_class("panel__finding"):
        assert finding.text.endswith("다.") or finding.text.endswith(").") or ":" in finding.text
        assert "%" not in finding.text.replace(" %", "")
