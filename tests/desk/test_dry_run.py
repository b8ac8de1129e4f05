"""The dry run's page and its command: who may, what is typed, what comes of it."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app.models import Message, Reading, RoutingRule
from people.models import Office
from tests.channels_app import factories as voices
from tests.desk.doors import case_url, somebody, words_of
from tests.pages.html import broken_promises
from tests.people import factories as people

pytestmark = pytest.mark.django_db
PAGE = "/en/admin/routing/dry-run/"
WORD, OTHER = "들썩돌", "덜컹판"


@pytest.fixture
def at_centre() -> Client:
    return people.signed_in_client(people.centre_officer())


@pytest.fixture
def word(roads: Office) -> RoutingRule:
    return RoutingRule.objects.create(office=roads, words=WORD, points=3)


def typed(**rows: Any) -> dict[str, Any]:
    """The address of a try; row0 is the first change."""
    query = {"last": "1000", "rows": "2"}
    for name, row in rows.items():
        query |= {f"{name}-{field}": str(value) for field, value in row.items()}
    return query


@pytest.mark.parametrize(
    ("who", "status"),
    [("jun", 403), ("centre", 200), ("mayor", 403), ("auditor", 403), ("keeper", 200)],
)
def test_those_who_keep_the_keywords_try_them(who: str, status: int, jun: Any) -> None:
    client = people.signed_in_client(somebody(who, jun))

    assert client.get(PAGE).status_code == status
    assert ("Dry run" in words_of(client.get("/en/admin/triage/"))) == (status == 200)


def test_without_a_change_it_tells_of_today(
    word: RoutingRule, roads: Office, buses: Office, at_centre: Client
) -> None:
    voices.routed_to(roads, text=WORD)
    elsewhere = voices.routed_to(buses, text=WORD)

    page = at_centre.get(PAGE, typed())

    words = words_of(page)
    assert "50 % (1 of 2)" in words
    assert "1 message lies elsewhere than the rules say" in words
    assert case_url(elsewhere) in page.content.decode()


def test_a_change_is_tried_before_it_is_saved(
    word: RoutingRule, roads: Office, buses: Office, at_centre: Client
) -> None:
    moved = voices.receive(f"{WORD} {OTHER}")
    voices.receive(WORD)
    row = {"act": "put", "words": OTHER, "office": buses.pk, "points": "8"}

    page = at_centre.get(PAGE, typed(row0=row))

    assert "1 message would move" in words_of(page)
    assert case_url(moved) in page.content.decode()
    assert f'value="{OTHER}"' in page.content.decode()
    assert not RoutingRule.objects.filter(words=OTHER).exists()
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"words": OTHER}, "Choose an office."),
        ({"office": "{roads}"}, "Write the words."),
        ({"words": "x", "office": "{roads}"}, "Write at least two letters."),
        ({"words": OTHER, "office": "{roads}", "points": "many"}, "Write the points as a number."),
        ({"words": OTHER, "office": "{roads}", "act": "remove"}, "no such words in the table"),
        ({"words": OTHER, "office": "0"}, "Select a valid choice"),
    ],
)
def test_what_can_not_be_tried_is_said_and_stays_typed(
    row: dict[str, str], says: str, roads: Office, at_centre: Client
) -> None:
    filled = {name: value.format(roads=roads.pk) for name, value in row.items()}

    page = at_centre.get(PAGE, typed(row1=filled))

    assert page.status_code == 422
    assert says in words_of(page)
    assert broken_promises(page.content.decode(), "en") == []
    if "words" in filled:
        assert f'value="{filled["words"]}"' in page.content.decode()


@pytest.mark.parametrize("query", [{"last": "-1"}, {"last": "9999999"}, {"last": "x", "rows": "x"}])
def test_an_address_that_nobody_made_tries_the_usual(
    query: dict[str, str], at_centre: Client
) -> None:
    assert at_centre.get(PAGE, {**query, "after": "'; --"}).status_code == 200


def test_one_more_change_keeps_what_was_typed(roads: Office, at_centre: Client) -> None:
    page = at_centre.get(PAGE, {**typed(row0={"words": OTHER}), "more": "1"})

    assert page.status_code == 200
    assert f'value="{OTHER}"' in page.content.decode()
    assert "Change 3" in words_of(page)


def test_administrators_read_no_private_title(word: RoutingRule, buses: Office) -> None:
    private = voices.routed_to(buses, text=f"{WORD} 비밀이야기", public=False)
    public = voices.routed_to(buses, text=f"{WORD} 누구나읽기")

    page = people.signed_in_client(people.administrator()).get(PAGE, typed())

    html = page.content.decode()
    assert private.code in html
    assert "비밀이야기" not in html
    assert public.get_absolute_url() in html
    assert "누구나읽기" in html
    assert case_url(private) not in html


def test_titles_are_masked(word: RoutingRule, buses: Office, at_centre: Client) -> None:
    voices.routed_to(buses, text=f"{WORD} 010-1234-5678")

    assert "-1234" not in at_centre.get(PAGE, typed()).content.decode()


def test_the_list_goes_on_where_it_ended(
    word: RoutingRule, buses: Office, at_centre: Client
) -> None:
    made = [voices.routed_to(buses, text=WORD).code for _n in range(25)]
    first = at_centre.get(PAGE, typed())
    second = at_centre.get(PAGE, {**typed(), "after": Message.objects.get(code=made[5]).pk})

    assert 'rel="next"' in first.content.decode()
    assert [code for code in made if code in first.content.decode()] == made[5:]
    assert [code for code in made if code in second.content.decode()] == made[:5]


@pytest.mark.parametrize("client_of", [people.centre_officer, people.administrator])
def test_the_page_costs_the_same_at_five_rows_and_at_twenty(
    client_of: Any, word: RoutingRule, buses: Office
) -> None:
    client = people.signed_in_client(client_of())
    change = typed(row0={"words": OTHER, "office": buses.pk, "act": "put"})

    def cost(query: dict[str, Any]) -> int:
        client.get(PAGE, query)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE, query)
        return len(asked)

    for _n in range(5):
        voices.routed_to(buses, text=WORD)
    at_five = cost(typed()), cost(change)
    for _n in range(15):
        voices.routed_to(buses, text=WORD)

    assert (cost(typed()), cost(change)) == at_five
    assert max(at_five) <= 15


def test_the_command_prints_each_office_and_the_agreement(
    word: RoutingRule, roads: Office, buses: Office, tmp_path: Path
) -> None:
    voices.routed_to(roads, text=f"{WORD} {OTHER}")
    file = tmp_path / "keywords.csv"
    file.write_text(f"words,office,points,decides,act\n{OTHER},{buses.slug},9,,put\n")
    out = StringIO()

    call_command("route_dry_run", last=10, keywords=file, stdout=out)

    told = out.getvalue()
    assert "1 messages, 1 would move" in told
    assert "as people decided: 100.0 % (1 of 1)" in told
    assert "with the change:   0.0 % (0 of 1)" in told
    assert buses.name_en in told


def test_the_command_names_the_line_that_is_wrong(roads: Office, tmp_path: Path) -> None:
    file = tmp_path / "keywords.csv"
    file.write_text("words,office\n덜컹판,nowhere\n")

    with pytest.raises(CommandError, match=r"keywords\.csv: Line 2: there is no office nowhere"):
        call_command("route_dry_run", last=10, keywords=file)
    with pytest.raises(CommandError, match="No such file"):
        call_command("route_dry_run", last=10, keywords=tmp_path / "missing.csv")
    with pytest.raises(CommandError, match="between"):
        call_command("route_dry_run", last=0)
