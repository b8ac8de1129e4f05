"""A city hall of 17,000, pasted texts, sessions that end, screens of every width."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser

from desk.models import Draft
from people.models import Appointment, Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import QUEUE, case_url, press, words_of
from tests.desk.screens import problems
from tests.pages.browsing import Setting
from tests.people import factories as people

pytestmark = pytest.mark.django_db
MANY = 17_000  # paper 2: employees of the city
PASTED = "안녕하세요.\r\n\r\n\u200b오늘\u00a0고쳤습니다.\u000b\r\n\t– “보도” 담당\ufeff"


@pytest.fixture
def large_house(roads: Office) -> None:
    """Everybody who works for the city, with an office each."""
    staff = User.objects.bulk_create(
        [User(email=f"officer{n}@seoul.example", password="!") for n in range(MANY)],
        batch_size=2000,
    )
    Appointment.objects.bulk_create(
        [Appointment(user=user, office=roads) for user in staff], batch_size=2000
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_user, people_appointment")


def test_the_desk_asks_no_more_among_seventeen_thousand(large_house: None, at_desk: Client) -> None:
    message = voices.routed_to(Office.objects.get(slug="roads"))
    path = f"{case_url(message)}?show=all"
    at_desk.get(path)

    with CaptureQueriesContext(connection) as queries:
        page = at_desk.get(path)

    assert page.status_code == 200
    assert len(queries) <= 12


def test_whether_somebody_may_is_looked_up_by_an_index(large_house: None, jun: User) -> None:
    posts = Appointment.objects.current().filter(user=jun).select_related("office")

    assert "Seq Scan on people_appointment" not in posts.explain()


def test_a_text_pasted_from_windows_leaves_as_plain_lines(roads: Office, at_desk: Client) -> None:
    message = voices.routed_to(roads)

    preview = press(at_desk, message, "answer", act="preview", answer=PASTED)
    press(at_desk, message, "answer", act="send", answer=PASTED)

    assert preview.status_code == 200
    text = message.replies.get().text
    assert text == "안녕하세요.\n\n오늘\u00a0고쳤습니다.\n\t– “보도” 담당"


def test_a_draft_outlives_the_session_it_was_typed_in(roads: Office, jun: User) -> None:
    message = voices.routed_to(roads)
    first = people.signed_in_client(jun)
    press(first, message, "answer", act="keep", answer="쓰는 중입니다", kind="done")
    first.logout()

    late = first.post(
        case_url(message, "answer"), {"act": "preview", "answer": "쓰는 중입니다. 더 썼습니다"}
    )

    assert late.status_code == 403
    assert "쓰는 중입니다. 더 썼습니다" in late.content.decode()  # nothing typed is lost
    again = people.signed_in_client(jun).get(case_url(message))
    assert "쓰는 중입니다" in words_of(again)
    assert Draft.objects.get().by == jun


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 600, 768, 960, 1024, 1280, 1440, 1920])
def test_the_desk_fits_every_screen(
    width: int, browser: Browser, axe: Axe, roads: Office, at_desk: Client
) -> None:
    for _n in range(3):
        voices.routed_to(roads, contact=("mail", "m@example.org"))

    page = at_desk.get(QUEUE.removeprefix("/en"))

    assert problems(browser, axe, Setting(width, "ko", "light"), {"desk": page}) == []
