"""The public page: what it says, where it leads, and what it never tells."""

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.db import connection
from django.test import Client

from channels_app import actions, search_rules
from channels_app.models import KnownWord
from tests.channels_app.factories import published_by, receive
from tests.knowledge import library
from tests.pages.html import read
from tests.people import factories as people
from tests.search.looking import amend, questions, read_in, results_of, searched
from tests.security.polyglots import ALL, PAYLOADS, came_alive

pytestmark = pytest.mark.django_db
UNKNOWN = "S-2026-999999"


def words_of(page: object) -> str:
    """The page's text, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))  # type: ignore[attr-defined]  # a page


def test_a_hit_is_marked_and_leads_to_its_case(client: Client) -> None:
    message = receive(text="동네 도서관이 너무 일찍 닫아요")
    read_in()

    page = searched(client, "도서관").content.decode()

    assert "<mark>도서관</mark>이" in page
    assert f'href="/en/s/{message.code}/"' in page
    assert 'lang="ko"' in page
    assert "1 result" in page


def test_result_pages_stay_out_of_other_search_engines(client: Client) -> None:
    page = searched(client, "도서관")

    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.content.decode()


@pytest.mark.parametrize(
    "typed", ["{code}", "s{year} {number}", "s-{year}-{short}", "Ｓ{year}-{number}"]
)
def test_a_receipt_number_leads_to_its_case_however_it_is_typed(client: Client, typed: str) -> None:
    message = receive()
    _letter, year, number = message.code.split("-")

    page = searched(
        client,
        typed.format(code=message.code, year=year, number=number, short=int(number)),
    )

    assert page["Location"] == f"/en/s/{message.code}/"


@pytest.mark.parametrize("typed", ["{short}", "{number}", "{year} {short}", "{year}-{number}"])
def test_a_bare_number_shows_the_case(client: Client, typed: str) -> None:
    message = receive()
    _letter, year, number = message.code.split("-")

    page = searched(client, typed.format(year=year, number=number, short=int(number)))

    assert "With this receipt number" in page.content.decode()
    assert message.code in page.content.decode()


def test_the_number_of_a_private_message_looks_like_one_that_nobody_has(client: Client) -> None:
    private = receive(public=False)
    read_in()

    def seen(typed: str) -> tuple[int, str, str]:
        page = searched(client, typed)
        plain = page.content.decode().replace(typed, "…").replace(typed[2:], "…")
        return page.status_code, plain, page.headers.get("Location", "").replace(typed, "…")

    assert seen(private.code) == seen(UNKNOWN)
    assert seen(private.code[2:]) == seen(UNKNOWN[2:])


@pytest.mark.parametrize(
    ("typed", "meant", "text"),
    [
        ("도서괸", "도서관", "도서관이 일찍 닫아요"),
        ("버쓰", "버스", "버스가 늦어요"),
        ("librery", "library", "The library closes too early"),
        ("도서괸에서", "도서관에서", "도서관 자리가 없어요. 도서관에서 못 앉았어요"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(
    client: Client, typed: str, meant: str, text: str
) -> None:
    for number in range(5):
        receive(text=f"{text} {number}번")
    read_in()
    actions.learn_words()

    page = searched(client, typed)

    link = re.search(r'class="found__meant" href="([^"]+)"', page.content.decode())
    assert link
    assert parse_qs(urlsplit(link[1]).query) == {"q": [meant]}
    assert "5 results" in words_of(client.get(link[1]))


def test_a_word_that_few_have_written_is_never_offered(client: Client) -> None:
    for number in range(4):
        receive(text=f"김옹달샘 씨가 {number}번 그랬어요")
    for number in range(9):
        receive(text=f"김옹달샘 씨가 {number}번 그랬어요", public=False)
    read_in()

    actions.learn_words()

    assert not KnownWord.objects.filter(word__contains="옹달샘").exists()
    assert "김옹달샘" not in searched(client, "김옹달섐").content.decode()


def test_copies_of_one_text_make_no_word_known() -> None:
    for _number in range(9):
        receive(text="가나다라 마바사")
    read_in()

    assert actions.learn_words() == 0


def test_a_word_that_is_not_used_any_more_is_forgotten() -> None:
    KnownWord.objects.create(word="옛말", jamo="옛말", seen=9)

    actions.learn_words()

    assert not KnownWord.objects.exists()


@pytest.mark.parametrize("payload", ALL[::3])
def test_nothing_that_was_written_becomes_markup(client: Client, payload: str) -> None:
    receive(text=f"분수대 {payload} 분수대")
    read_in()

    assert came_alive(searched(client, "분수대").content.decode()) == []
    assert came_alive(searched(client, "alert").content.decode()) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_was_typed_becomes_markup(client: Client, payload: str) -> None:
    page = searched(client, payload)

    every = read(page.content.decode()).all()
    assert [node for node in every if node.name in ("script", "iframe", "style")] == []
    assert [name for node in every for name in node.attrs if name.startswith("on")] == []


@pytest.mark.parametrize(
    ("typed", "status"), [("\x00", 200), ("분수대\x00", 200), ("가" * 201, 422)]
)
def test_strange_or_too_many_words_are_no_fault_of_ours(
    client: Client, typed: str, status: int
) -> None:
    assert searched(client, typed).status_code == status


def test_marks_stand_around_escaped_words(client: Client) -> None:
    receive(text="문의: <b>분수대</b> & 분수대<script>")
    read_in()

    page = searched(client, "분수대").content.decode()

    assert "&lt;b&gt;<mark>분수대</mark>&lt;/b&gt; &amp; <mark>분수대</mark>&lt;script&gt;" in page


def test_without_hits_the_page_says_what_helps(client: Client) -> None:
    page = words_of(searched(client, "쒧쀍"))

    assert "Nothing found for “쒧쀍”" in page
    assert "Say it to the city" in page
    assert "120" in page


def test_filters_that_leave_nothing_can_be_left(client: Client) -> None:
    receive(text="분수대", kind="question")
    read_in()

    page = searched(client, "분수대", kind="idea")

    assert "Search for it without the filters" in page.content.decode()


def test_a_single_letter_is_not_looked_for(client: Client) -> None:
    assert "at least two letters" in words_of(searched(client, "물"))


def test_a_wrong_filter_is_explained(client: Client) -> None:
    page = searched(client, "물", since="then")

    assert page.status_code == 422
    assert "year-month-day" in page.content.decode()


def test_the_search_can_be_switched_off_and_numbers_are_still_found(client: Client) -> None:
    message = receive(text="분수대")
    read_in()
    amend(search_rules.SEARCH, "off")

    assert "switched off at the moment" in words_of(searched(client, "분수대"))
    assert message.code not in searched(client, "분수대").content.decode()
    assert searched(client, message.code).status_code == 302


def test_a_search_that_was_given_up_says_so_kindly(client: Client) -> None:
    amend(search_rules.SEARCH_PATIENCE, 1)
    with connection.cursor() as cursor:  # so many rows that a millisecond is never enough
        cursor.execute(
            "INSERT INTO channels_app_passage"
            " (kind, message_id, public, at, letters, traits, language)"
            " SELECT 'message', %s, true, now(), '가로등 분수', ARRAY['=public:1'], ''"
            " FROM generate_series(1, 20000)",
            [receive().pk],
        )

    assert "took too long" in words_of(searched(client, "분수 없음"))


def test_more_than_the_rulebook_counts(client: Client) -> None:
    amend(search_rules.SEARCH_COUNTED, 2)
    for _number in range(4):
        receive(text="분수대")
    read_in()

    assert "More than 2 results" in words_of(searched(client, "분수대"))


def test_filters_and_words_stay_in_the_address_of_the_next_page(client: Client) -> None:
    for _number in range(23):
        receive(text="분수대 물")
    read_in()

    first = searched(client, "분수대", kind="complaint")
    link = re.search(r'href="([^"]*after=[^"]*)"', first.content.decode())
    assert link
    second = client.get(link[1].replace("&amp;", "&"))

    assert first.content.decode().count("<mark>") > second.content.decode().count("<mark>") >= 3
    assert "kind=complaint" in link[1]
    assert "More results" in words_of(second)


@pytest.mark.parametrize("typed", ["분수대", "없는말", ""])
def test_more_rows_ask_no_more_questions(client: Client, typed: str) -> None:
    roads = people.make_office("roads")
    jun = people.officer_of(roads)

    def add(count: int) -> None:
        for _number in range(count):
            receive(text="분수대")
            published_by(jun, roads, text="분수대를 고쳤어요")
        read_in()

    add(12)
    at_a_page = questions(client, typed)
    add(25)

    assert questions(client, typed) == at_a_page <= 18


def test_the_small_search_stands_on_every_page_and_on_errors(client: Client) -> None:
    for path in ("/en/", "/en/nothing/", "/en/s/S-2026-999999/"):
        page = client.get(path).content.decode()
        assert '<form class="find" method="get" action="/en/search/" role="search"' in page


def test_an_article_leads_to_its_page(client: Client) -> None:
    article = library.write()
    read_in()

    page = searched(client, "폐기물").content.decode()

    assert f"/dasan/faq/{quote(article.slug)}/" in page
    assert "대형<mark>폐기물</mark>은 어떻게 버리나요?" in page


def test_what_was_found_reads_like_a_list(client: Client) -> None:
    receive(text="분수대가 멈췄어요. 언제 고치나요?")
    read_in()

    assert "분수대가 멈췄어요" in results_of(searched(client, "분수대"))
    assert "언제 고치나요?" in results_of(searched(client, "분수대"))
