"""The monthly look at who read what: every number leads to its rows, and to exactly that many."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from channels_app import access_review, actions
from channels_app.models import AccessReview, Asked, Export, Message, Reading
from channels_app.models.readings import is_elsewhere
from channels_app.text.sheets import defused
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import User
from tests.channels_app import factories
from tests.pages.html import broken_promises
from tests.people import factories as people
from tests.privacy import lives

pytestmark = pytest.mark.django_db

ROWS = "/en/admin/readings/rows/"
MONDAY = datetime(2026, 9, 14, 10, 0, tzinfo=clock.SEOUL)  # a working day of a month that is over
SEPTEMBER = date(2026, 9, 1)
NEXT_MONTH = datetime(2026, 10, 5, 10, 0, tzinfo=clock.SEOUL)


@pytest.fixture(autouse=True)
def _korean_first() -> Any:
    with translation.override("ko"):
        yield


@pytest.fixture
def jun() -> User:
    return people.officer_of(lives.roads(), name="준")


@pytest.fixture
def message() -> Message:
    with clock.at(MONDAY - timedelta(days=1)):
        return factories.routed_to(lives.roads(), contact=lives.MINA)


@pytest.fixture
def auditor() -> Client:
    return people.signed_in_client(people.auditor(name="감사"))


def read(message: Message, user: User, at: datetime, times: int = 1) -> None:
    """Somebody reads."""
    for _again in range(times):
        with clock.at(at):
            Reading.log(message, user, "desk_case")


def count_behind(client: Client, query: str) -> int:
    """How many rows the address shows, page after page."""
    found, after = 0, ""
    while True:
        page = client.get(f"{ROWS}?{query}&after={after.replace('+', '%2B')}")
        assert page.status_code == 200
        found += len(page.context["page"].rows)
        assert page.context["count"] >= found
        after = page.context["page"].next_key
        if not after:
            assert page.context["count"] == found
            return found


def a_lively_september(message: Message, jun: User) -> User:
    """Usual readings, and one of each kind that is not."""
    sora = people.officer_of(people.make_office("buses-of-the-test"), name="소라")
    read(message, jun, MONDAY, times=4)
    read(message, jun, MONDAY.replace(hour=23))
    read(message, jun, MONDAY + timedelta(days=5))  # Saturday
    read(message, jun, datetime(2026, 9, 25, 11, 0, tzinfo=clock.SEOUL))  # Chuseok
    read(message, sora, MONDAY)
    read(factories.routed_to(lives.roads(), contact=lives.MINA), jun, MONDAY, times=5)
    read(message, jun, NEXT_MONTH)
    return sora


def test_a_row_names_the_page_in_words_and_leads_to_all_who_read_it(
    message: Message, jun: User, auditor: Client
) -> None:
    read(message, jun, MONDAY)

    words = auditor.get(ROWS, {"first": "2026-09-01", "last": "2026-09-30"}).content.decode()

    assert ">the case<" in words
    assert "desk_case" not in words
    assert f'href="?receipt={message.code}&amp;first=2026-09-01&amp;last=2026-09-30"' in words


def test_unusual_readings_are_counted_and_lead_to_their_rows(
    message: Message, jun: User, auditor: Client
) -> None:
    sora = a_lively_september(message, jun)

    shown = access_review.month_of(SEPTEMBER)

    lines = {line.user: line for line in shown.lines}
    assert shown.total == 13
    assert (lines[jun].all.count, lines[jun].odd.count, lines[jun].elsewhere.count) == (12, 3, 0)
    assert (lines[sora].all.count, lines[sora].odd.count, lines[sora].elsewhere.count) == (1, 0, 1)
    (same,) = shown.same_person
    assert (same.user, same.readings.count) == (jun, 12)
    assert shown.busy_days == []
    for line in shown.lines:
        for figure in (line.all, line.odd, line.elsewhere):
            assert count_behind(auditor, figure.query) == figure.count
    assert count_behind(auditor, same.readings.query) == 12


def test_many_in_a_day_are_named_with_the_day(message: Message, jun: User, auditor: Client) -> None:
    read(message, jun, MONDAY, times=101)

    (busy,) = access_review.month_of(SEPTEMBER).busy_days

    assert (busy.user, busy.what, busy.readings.count) == (jun, "2026-09-14", 101)
    assert count_behind(auditor, busy.readings.query) == 101


def test_an_office_that_was_asked_for_a_part_is_no_stranger(message: Message, jun: User) -> None:
    water = people.make_office("water-of-the-test")
    Asked.objects.create(
        message=message, office=water, question="?", due_at=MONDAY, by=jun, at=MONDAY
    )

    read(message, people.officer_of(water), MONDAY)
    read(message, people.centre_officer(), MONDAY)

    assert not Reading.objects.filter(is_elsewhere()).exists()


def test_the_breach_list_is_one_query(
    message: Message, jun: User, django_assert_num_queries: Any
) -> None:
    a_lively_september(message, jun)

    with django_assert_num_queries(1):
        rows = Reading.objects.between(date(2026, 9, 14), date(2026, 9, 14)).by_officer(jun)
        whose = {row.message.code for row in rows.select_related("message", "user", "office")}

    assert len(whose) == 2
    assert message.code in whose


def test_the_page_answers_whose_data_an_account_saw(
    message: Message, jun: User, auditor: Client
) -> None:
    a_lively_september(message, jun)
    asked = {"officer": jun.email.upper(), "first": "2026-09-14", "last": "2026-09-14"}

    page = auditor.get(ROWS, asked)

    assert page.context["count"] == 10
    assert broken_promises(page.content.decode(), "en") == []
    assert {row.user for row in page.context["page"].rows} == {jun}


def test_a_receipt_shows_everybody_who_read_that_person(
    message: Message, jun: User, auditor: Client
) -> None:
    sora = a_lively_september(message, jun)
    asked = {"receipt": message.code.lower(), "first": "2026-09-01", "last": "2026-09-30"}

    page = auditor.get(ROWS, asked)

    assert page.context["count"] == 13
    assert {row.user for row in page.context["page"].rows} == {jun, sora}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"officer": "nobody@example.org"}, "Nobody has this address."),
        ({"receipt": "S-2026-999999"}, "There is no message with this number."),
        ({"receipt": "twelve"}, "A receipt number looks like"),
        ({"first": "2026-09-30", "last": "2026-09-01"}, "The last day lies before the first."),
        ({"first": "2001-09-30"}, "Choose at most two years."),
    ],
)
def test_a_wrong_question_gets_plain_words_and_keeps_what_was_typed(
    typed: dict[str, str], words: str, auditor: Client
) -> None:
    page = auditor.get(ROWS, typed)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert next(iter(typed.values())) in page.content.decode()
    assert broken_promises(page.content.decode(), "en") == []


def test_pages_ask_the_same_few_questions_at_ten_and_at_a_hundred_rows(
    message: Message, jun: User, auditor: Client
) -> None:
    def questions(path: str) -> int:
        auditor.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert auditor.get(path).status_code == 200
        return len(asked)

    paths = ["/en/admin/readings/?month=2026-09", f"{ROWS}?first=2026-09-01&last=2026-09-30"]
    read(message, jun, MONDAY, times=10)
    at_ten = [questions(path) for path in paths]
    for number in range(9):
        office = people.make_office(f"office-{number}-of-the-test")
        other = people.officer_of(office)
        read(factories.routed_to(office), other, MONDAY, times=10)

    assert [questions(path) for path in paths] == at_ten
    assert max(at_ten) <= 20


def test_a_month_is_looked_at_once_by_an_auditor(message: Message, jun: User) -> None:
    read(message, jun, MONDAY)
    auditor = people.auditor()

    review = actions.review_readings(SEPTEMBER, findings="none, 010-8765-4321", by=auditor)

    assert (review.month, review.by) == (SEPTEMBER, auditor)
    assert "8765" not in review.findings
    with pytest.raises(OvertakenError):
        actions.review_readings(SEPTEMBER, findings="again", by=auditor)
    with pytest.raises(WrongTurnError):
        actions.review_readings(clock.seoul().date(), findings="too early", by=auditor)
    for other in (jun, people.administrator(), people.centre_officer()):
        with pytest.raises(PermissionDenied):
            actions.review_readings(date(2026, 8, 1), findings="?", by=other)


def test_the_page_keeps_a_look_and_shows_it(message: Message, jun: User, auditor: Client) -> None:
    read(message, jun, MONDAY)

    before = auditor.get("/en/admin/readings/?month=2026-09")
    empty = auditor.post("/en/admin/readings/review/", {"month": "2026-09-01", "findings": " "})
    after = auditor.post(
        "/en/admin/readings/review/",
        {"month": "2026-09-01", "findings": "All is well."},
        follow=True,
    )

    assert "I have looked at this month" in before.content.decode()
    assert empty.status_code == 422
    assert "Write what you found" in empty.content.decode()
    assert "All is well." in after.content.decode()
    assert AccessReview.objects.get().findings == "All is well."
    for page in (before, empty, after):
        assert broken_promises(page.content.decode(), "en") == []


def test_administrators_see_that_a_month_was_not_looked_at_and_no_more(
    message: Message, jun: User
) -> None:
    read(message, jun, MONDAY)
    administrator = people.signed_in_client(people.administrator())

    page = administrator.get("/en/admin/readings/?month=2026-09")

    assert "not looked at" in page.content.decode()
    assert str(jun) not in page.content.decode()
    assert administrator.get(ROWS).status_code == 403


def test_the_file_holds_the_rows_and_the_reason_is_kept(
    message: Message, jun: User, auditor: Client
) -> None:
    a_lively_september(message, jun)
    asked = {"officer": jun.email, "first": "2026-09-01", "last": "2026-09-30", "only": "odd"}

    without = auditor.post("/en/admin/readings/export/", asked)
    file: Any = auditor.post("/en/admin/readings/export/", {**asked, "reason": "yearly report"})

    assert without.status_code == 422
    lines = list(csv.reader(StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert len(lines) == 4
    assert {line[1] for line in lines[1:]} == {jun.email}
    export = Export.objects.get()
    assert (export.kind, export.rows, export.reason) == ("readings", 3, "yearly report")
    assert "2026-09-01" in export.key


@pytest.mark.parametrize("cell", ["=1+1", "+82", "-3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


def test_a_plain_cell_stays_as_it_is() -> None:
    assert defused("S-2026-000001") == "S-2026-000001"
