"""A file of voices by its doors: whatever spreadsheet wrote it, row by row, never twice."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from channels_app import actions, tasks
from channels_app.models import Message, Sheet
from channels_app.text import sheets as reading
from channels_app.text.normal import tidy
from lifecycle import clock
from lifecycle.actions import amend_rule
from people.models import User
from tests.desk.doors import words_of
from tests.people import factories as people
from tests.phone.calls import IMPORT, bring, brought, taken_in
from tests.security.polyglots import ALL, came_alive

pytestmark = pytest.mark.django_db
KOREAN = "내용,종류,자치구,장소,통로,언어,접수일,연락처,공개\r\n"
ROW = "횡단보도 턱이 높아요,불편,마포구,망원시장,현장,한국어,,mina@example.org,예\r\n"
TWO = "text,kind\none voice,idea\nanother voice,question\n"


def report_of(client: Client, sheet: Sheet) -> list[list[str]]:
    """The report as a spreadsheet reads it."""
    answer = client.get(f"{IMPORT}{sheet.pk}/report.csv")
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def as_csv(*rows: tuple[str, ...], separator: str = ",") -> str:
    """With quotation marks where they are needed."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def test_a_file_is_looked_through_first_and_nothing_is_taken_in(at_phone: Client) -> None:
    page = bring(at_phone, KOREAN + ROW + "말,이상한 것,,,,,,,\r\n")

    sheet = Sheet.objects.get()
    assert page.status_code == 302
    assert not Message.objects.exists()
    words = words_of(at_phone.get(page["Location"]))
    assert "1 row can be taken in." in words
    assert "3 “이상한 것” is no kind." in words
    assert "횡단보도" not in sheet.sealed


def test_the_good_rows_are_taken_in_and_each_has_its_number(at_phone: Client, nari: User) -> None:
    people.make_office("mapo", "borough", name_ko="마포구청", name_en="Mapo-gu Office")

    sheet = taken_in(at_phone, KOREAN + ROW + "말,이상한 것,,,,,,,\r\n")

    message = Message.objects.get()
    assert message.text == "횡단보도 턱이 높아요"
    assert (message.kind, message.channel, message.language) == ("complaint", "tour", "ko")
    assert (message.place, message.entered_by, message.is_public) == ("망원시장", nari, True)
    assert message.borough is not None
    assert message.borough.slug == "mapo"
    assert (sheet.is_over, sheet.sealed, sheet.taken) == (True, "", [[2, message.code]])
    head, first, second = report_of(at_phone, sheet)
    assert first[:2] == ["2", message.code]
    assert second[0] == "3"
    assert "is no kind" in second[2]
    assert len(head) == 4


@pytest.mark.parametrize(
    "content",
    [
        (KOREAN + ROW).encode("cp949"),
        (KOREAN + ROW).encode("utf-8"),
        (KOREAN + ROW).encode("utf-8-sig"),
        (KOREAN + ROW).encode("utf-16"),
        (KOREAN + ROW).replace("\r\n", "\n").encode(),
        (KOREAN + ROW).replace(",", ";").encode("cp949"),
        (KOREAN + ROW).replace(",", "\t").encode(),
    ],
    ids=["cp949", "utf-8", "utf-8 with a mark", "utf-16", "unix lines", "semicolons", "tabs"],
)
def test_every_spreadsheet_is_understood(at_phone: Client, content: bytes) -> None:
    people.make_office("mapo", "borough", name_ko="마포구청", name_en="Mapo-gu Office")

    sheet = taken_in(at_phone, content)

    assert sheet.wrong == []
    assert Message.objects.get().text == "횡단보도 턱이 높아요"


def test_the_same_file_twice_makes_no_doubles(at_phone: Client) -> None:
    first = taken_in(at_phone, TWO)
    again = bring(at_phone, TWO)
    at_phone.post(f"{IMPORT}{first.pk}/take-in/")

    assert again["Location"] == f"{IMPORT}{first.pk}/"
    assert Message.objects.count() == 2
    other = people.signed_in_client(people.centre_officer())
    assert "A colleague has taken this file in already." in words_of(bring(other, TWO))


def test_half_taken_in_it_goes_on_where_it_stopped(at_phone: Client, nari: User) -> None:
    sheet = brought(at_phone, "text\n" + "".join(f"voice {n}\n" for n in range(250)))
    at_phone.post(f"{IMPORT}{sheet.pk}/take-in/")

    page = words_of(at_phone.get(f"{IMPORT}{sheet.pk}/"))
    assert Message.objects.count() == 100
    assert "100 of 250 rows" in page
    tasks.take_in_sheets()
    tasks.take_in_sheets()

    sheet.refresh_from_db()
    assert Message.objects.count() == 250
    assert sheet.is_over
    assert "250 voices taken in" in words_of(at_phone.get(f"{IMPORT}{sheet.pk}/"))


def test_a_row_that_was_in_before_its_file_broke_off_is_not_taken_twice(
    at_phone: Client, nari: User
) -> None:
    sheet = taken_in(at_phone, TWO)
    Sheet.objects.filter(pk=sheet.pk).update(done=0, ended_at=None, taken=[])
    text = reading.decoded(TWO.encode())
    from channels_app import sealing

    Sheet.objects.filter(pk=sheet.pk).update(sealed=sealing.seal(text))

    tasks.take_in_sheets()

    assert Message.objects.count() == 2
    sheet.refresh_from_db()
    assert sorted(code for _n, code in sheet.taken) == sorted(
        Message.objects.values_list("code", flat=True)
    )


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_formulas_are_kept_as_words_and_defused_in_every_file_we_write(
    at_phone: Client, sign: str
) -> None:
    formula = f"{sign}HYPERLINK(1)"

    sheet = taken_in(at_phone, as_csv(("text", "place"), (formula, formula)))

    message = Message.objects.get()
    assert (message.text, message.place) == (formula, formula)
    cells = [cell for row in report_of(at_phone, sheet) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_a_list_of_points_keeps_its_dashes(at_phone: Client) -> None:
    taken_in(at_phone, as_csv(("text",), ("- 가로등\n- 횡단보도",)))

    assert Message.objects.get().text == "- 가로등\n- 횡단보도"


def test_quotes_line_breaks_and_separators_inside_a_cell_stay(at_phone: Client) -> None:
    words = 'He said "no",\r\nthen; left\n\n<b>soon</b>'

    taken_in(at_phone, as_csv(("text", "kind"), (words, "idea")))

    assert Message.objects.get().text == tidy(words)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty"),
        (" \r\n", "The file is empty"),
        ("text\r\n", "there is no row"),
        ("kind,place\nidea,here\n", "The column “text” is missing"),
        ("text,words\na,b\n", "The column “text” is there twice"),
        ('"text\nhello\n', "A quotation mark in the first row is not closed"),
        (b"text\n\xff\xff\xff\n", "Save it as CSV UTF-8"),
    ],
)
def test_a_file_that_can_not_be_read_says_why(
    at_phone: Client, content: bytes | str, sentence: str
) -> None:
    page = bring(at_phone, content)

    assert page.status_code == 422
    assert sentence in words_of(page)
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    ("head", "row", "sentence"),
    [
        ("text,kind", ",idea", "There are no words in it."),
        ("text", "x" * 3_001_000, "characters too long"),
        ("text,place", "a," + "x" * 300, "The place is longer than 200"),
        ("text,kind", "a,poem", "“poem” is no kind"),
        ("text,borough", "a,부산진구", "“부산진구” is none of the 25"),
        ("text,channel", "a,pigeon", "“pigeon” is no way in"),
        ("text,language", "a,fr", "“fr” is no language"),
        ("text,public", "a,perhaps", "does not say whether"),
        ("text,received_at", "a,next week", "“next week” is no day"),
        ("text,received_at", "a,2026-13-45", "“2026-13-45” is no day"),
        ("text,received_at", "a,2199-01-01", "still to come"),
        ("text,received_at", "a,2001-01-01", "longer ago"),
        ("text,contact", "a,somewhere", "neither an e-mail address nor"),
        ("text", "a,b,c", "more cells than the first row"),
        ("text", '"a"b', "A quotation mark"),
        ("text", '"never closed', "A quotation mark"),
    ],
)
def test_each_mistake_of_a_row_has_its_sentence_and_stops_no_other(
    at_phone: Client, head: str, row: str, sentence: str
) -> None:
    sheet = taken_in(at_phone, f"{head}\na good one\n\n{row}\n")

    words = words_of(at_phone.get(f"{IMPORT}{sheet.pk}/"))
    assert f"4 {sentence}".replace("4 characters", "characters") in words or sentence in words
    assert [number for number, _what in sheet.wrong] == [4]
    assert Message.objects.get().text == "a good one"


def test_empty_rows_and_a_nul_are_no_reason_to_refuse(at_phone: Client) -> None:
    sheet = taken_in(at_phone, "text,kind\n\n,,\nhello\x00 there,idea\n \n")

    assert (sheet.rows, sheet.wrong) == (1, [])
    assert Message.objects.get().text == "hello there"


def test_columns_that_we_do_not_know_are_named(at_phone: Client) -> None:
    sheet = brought(at_phone, "text,shoe size\nhello,42\n")

    assert "leave out: shoe size" in words_of(at_phone.get(f"{IMPORT}{sheet.pk}/"))


@pytest.mark.parametrize(
    "written", ["{:%Y-%m-%d}", "{:%Y.%m.%d}", "{:%Y. %m. %d.}", "{:%Y/%m/%d 10:30}"]
)
def test_days_are_read_as_spreadsheets_write_them(at_phone: Client, written: str) -> None:
    day = clock.seoul() - timedelta(days=4)

    taken_in(at_phone, as_csv(("text", "received_at"), ("hello", written.format(day))))

    assert clock.seoul(Message.objects.get().received_at).date() == day.date()


def test_personal_data_stands_in_no_report(at_phone: Client) -> None:
    sheet = taken_in(
        at_phone,
        as_csv(("text", "kind", "contact"), ("Call me on 010-1234-5678", "idea", ""),
               ("b", "010-1234-5678", ""), ("c", "idea", "010-12")),
    )  # fmt: skip

    told = str(report_of(at_phone, sheet)) + words_of(at_phone.get(f"{IMPORT}{sheet.pk}/"))
    assert "-1234" not in told


def test_more_rows_than_the_rulebook_says_are_too_many(at_phone: Client) -> None:
    amend_rule("sheet.rows", to="2", reason="a test", by=people.administrator())

    page = bring(at_phone, "text\na\nb\nc\n")

    assert page.status_code == 422
    assert "more than 2 rows" in words_of(page)


def test_a_larger_file_than_the_rulebook_says_is_too_large(at_phone: Client) -> None:
    amend_rule("sheet.megabytes", to="1", reason="a test", by=people.administrator())

    page = bring(at_phone, "text\n" + "a" * (1024 * 1024))

    assert "larger than 1 megabytes" in words_of(page)


def test_an_office_brings_only_its_own_ways(jun: User, dasan: object) -> None:
    client = people.signed_in_client(jun)

    sheet = brought_by(client, "text,channel\na,letter\nb,phone\n")

    assert [number for number, _what in sheet.wrong] == [3]
    assert "no other" in words_of(client.get(f"{IMPORT}{sheet.pk}/"))
    assert bring(client, "text\na\n", channel="phone").status_code == 422


def brought_by(client: Client, content: str) -> Sheet:
    assert bring(client, content, channel="counter").status_code == 302
    return Sheet.objects.latest("pk")


@pytest.mark.parametrize("who", [people.mayors_officer, people.auditor, people.administrator])
def test_who_only_looks_on_brings_nothing(who: Any) -> None:
    client = people.signed_in_client(who())

    assert client.get(IMPORT).status_code == 403
    assert bring(client, TWO).status_code == 403


def test_nobody_else_sees_what_was_brought(at_phone: Client) -> None:
    sheet = brought(at_phone, TWO)
    other = people.signed_in_client(people.centre_officer())

    for end in ("", "report.csv"):
        assert other.get(f"{IMPORT}{sheet.pk}/{end}").status_code == 403
    assert other.post(f"{IMPORT}{sheet.pk}/take-in/").status_code == 403
    assert not Message.objects.exists()


def test_what_nobody_took_in_is_forgotten_after_a_day(at_phone: Client) -> None:
    sheet = brought(at_phone, TWO)

    with clock.at(clock.now() + timedelta(hours=25)):
        actions.forget_sheets()

    sheet.refresh_from_db()
    assert sheet.is_gone
    assert "lay here too long" in words_of(
        at_phone.post(f"{IMPORT}{sheet.pk}/take-in/", follow=True)
    )
    assert taken_in(at_phone, TWO).is_over
    assert Message.objects.count() == 2


def test_an_officer_relieved_meanwhile_takes_nothing_in(at_phone: Client, nari: User) -> None:
    sheet = brought(at_phone, TWO)
    actions.want(sheet, by=nari)
    nari.appointments.all().update(until=clock.now())

    tasks.take_in_sheets()

    sheet.refresh_from_db()
    assert not Message.objects.exists()
    assert sheet.is_over
    assert len(sheet.wrong) == 2


def test_the_sample_is_a_file_we_take(at_phone: Client) -> None:
    people.make_office("mapo", "borough", name_ko="마포구청", name_en="Mapo-gu Office")
    sample = at_phone.get(f"{IMPORT}sample.csv").getvalue()

    sheet = taken_in(at_phone, sample)

    assert (sheet.rows, sheet.wrong) == (2, [])


@pytest.mark.slow
def test_what_a_file_holds_stays_words_on_every_page(at_phone: Client) -> None:
    texts = [text for text in ALL if tidy(text)]
    rows = [(text, text[:40], text[:60], text) for text in texts]
    content = as_csv(("text", "kind", "place", "contact"), *rows)
    plain = as_csv(("text", "place", "public", text_of_head(ALL[0])), *[
        (text, text[:200], "yes", "") for text in texts
    ])  # fmt: skip

    wrong, good = brought(at_phone, content), taken_in(at_phone, plain)
    tasks.take_in_sheets()

    good.refresh_from_db()
    assert len(wrong.wrong) == len(texts)
    assert len(good.taken) + len(good.wrong) == len(texts)
    centre = people.signed_in_client(people.centre_officer())
    for message in Message.objects.held():
        actions.show(message, by=people.centre_officer())
    messages = list(Message.objects.all())
    pages = [at_phone.get(f"{IMPORT}{sheet.pk}/") for sheet in (wrong, good)]
    pages += [at_phone.get(IMPORT), at_phone.get("/smc/")]
    pages += [at_phone.get(f"/s/{message.code}/") for message in messages]
    pages += [centre.get(f"/admin/case/{message.code}/") for message in messages[::20]]
    assert {page.status_code for page in pages} == {200}
    assert [found for page in pages for found in came_alive(page.content.decode())] == []
    for row in (*report_of(at_phone, wrong), *report_of(at_phone, good)):
        assert [cell for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


def text_of_head(text: str) -> str:
    return text[:30]


@pytest.mark.parametrize("rows", [3, 90])
def test_pages_of_a_file_ask_the_database_little(
    at_phone: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    sheet = taken_in(
        at_phone, "text,kind\n" + "".join(f"v {n},poem\ng {n},\n" for n in range(rows))
    )

    for path in (IMPORT, f"{IMPORT}{sheet.pk}/", f"{IMPORT}{sheet.pk}/report.csv"):
        with django_assert_max_num_queries(15):
            answer = at_phone.get(path)
            _whole = answer.getvalue() if answer.streaming else answer.content
