"""The page that explains the open data: what, on which terms, what each column means."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from mayors_office import tasks
from mayors_office.opendata.columns import TABLES
from tests.channels_app.factories import published_by, receive
from tests.desk.doors import words_of
from tests.opendata import shelf
from tests.pages import cities
from tests.pages.html import broken_promises, read
from tests.people import factories as people

pytestmark = pytest.mark.django_db
LANGUAGES = ["ko", "en"]


def path(language: str) -> str:
    """Of the page in this language."""
    return "/en/opendata/" if language == "en" else "/opendata/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_keeps_the_contract_with_files_and_without(client: Client, language: str) -> None:
    empty = client.get(path(language))
    receive()
    shelf.write()
    full = client.get(path(language))

    for page in (empty, full):
        assert page.status_code == 200
        assert broken_promises(page.content.decode(), language) == []
        assert not page.cookies


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dictionary_names_every_column_of_every_file(client: Client, language: str) -> None:
    page = read(client.get(path(language)).content.decode())

    for table in TABLES.values():
        named = [
            n
            for n in page.all("div")
            if n.attrs.get("aria-labelledby", "").startswith(f"{table.name} ")
        ]
        rows = named[0].one("tbody").all("tr")
        assert [row.one("th").all("code")[0].text for row in rows] == table.names
        with translation.override(language):
            for row, column in zip(rows, table.columns, strict=True):
                assert str(column.words) in row.text
                assert all(word in row.text for word in column.choices or [column.example])


def test_every_example_fits_its_column() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert not column.choices or column.example in ("", *column.choices), column.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_page_leads_somewhere(client: Client, language: str) -> None:
    office = people.make_office("roads")
    published_by(people.officer_of(office), office)
    tasks.count_days()
    shelf.write()
    page = read(client.get(path(language)).content.decode())

    links = {n.attrs["href"] for n in page.one("main").all("a") if n.attrs["href"][0] == "/"}

    assert len([link for link in links if link.endswith(".gz")]) == 6
    for link in links:
        answer = client.get(link)
        if answer.streaming:
            answer.getvalue()
        assert answer.status_code == 200, link


def test_it_tells_the_licence_the_terms_and_how_to_check(client: Client) -> None:
    words = words_of(client.get("/en/opendata/"))

    for told in ("공공누리 제1유형", "name the source", "Personal data is masked", "sha256sum -c",
                 "fewer than five", "Atom", "invented"):  # fmt: skip
        assert told in words


def test_every_page_leads_here_from_its_foot(client: Client) -> None:
    foot = read(client.get("/en/").content.decode()).one("footer")

    assert "/en/opendata/" in {link.attrs["href"] for link in foot.all("a")}


def test_the_page_asks_the_database_nothing(client: Client) -> None:
    cities.settle(50)
    shelf.write()
    client.get("/opendata/")

    with CaptureQueriesContext(connection) as asked:
        client.get("/opendata/")

    assert len(asked) <= 1  # the Rulebook
