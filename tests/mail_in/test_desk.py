"""Mail at the desk: how the mailboxes are, what waits for a person, files that are only saved."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser
from pytest_django import DjangoAssertNumQueries

from channels_app import actions
from channels_app.models import Account, InboundEvent, Reading
from people.models import Office
from tests.desk.screens import problems
from tests.faults.city import build_city
from tests.mail_in.boxes import arrive, mailbox, taken
from tests.mail_in.letters import mail, raw
from tests.pages.browsing import TWO, Setting
from tests.people import factories as people

pytestmark = pytest.mark.django_db

PAGE = "/en/admin/mail/"


@pytest.fixture
def roads() -> Office:
    return build_city()


@pytest.fixture
def box(roads: Office) -> Account:
    return mailbox()


@pytest.fixture
def desk(roads: Office) -> Client:
    return people.signed_in_client(people.centre_officer())


def with_a_page() -> bytes:
    letter = mail()
    letter.add_attachment(b"<script>alert(1)</script>", maintype="text", subtype="html",
                          filename='"><b>.html')  # fmt: skip
    return letter.as_bytes()


def test_a_kept_mail_is_shown_masked_and_taken_in_by_one_press(box: Account, desk: Client) -> None:
    event = taken(box, raw("제 번호는 010-1234-5678이에요.", sender="Mina"))

    listed = desk.get(PAGE).content.decode()
    page = desk.get(f"{PAGE}{event.pk}/").content.decode()
    desk.post(f"{PAGE}{event.pk}/want/")

    event.refresh_from_db()
    assert event.state == "new"
    assert "보도블록이 들려 있어요" in listed
    assert "it names no sender" in listed
    assert "010-****" in page or "010" not in page
    assert "-5678" not in page


def test_a_mail_that_is_put_away_can_be_fetched_back(box: Account, desk: Client) -> None:
    event = taken(box, raw(sender="Mina"))

    desk.post(f"{PAGE}{event.pk}/settle/")
    page = desk.get(f"{PAGE}{event.pk}/").content.decode()
    desk.post(f"{PAGE}{event.pk}/want/")

    event.refresh_from_db()
    assert "Take it in as a message" in page
    assert event.state == "new"


def test_a_file_is_only_saved_and_whoever_fetched_it_is_written_down(
    box: Account, desk: Client
) -> None:
    event = taken(box, with_a_page())
    assert event.message is not None
    case = f"/en/admin/case/{event.message.code}/"

    page = desk.get(case).content.decode()
    before = Reading.objects.count()
    file = desk.get(f"{case}mail/{event.pk}/0/")
    whole = desk.get(f"{case}mail/{event.pk}/")

    assert f"{case}mail/{event.pk}/0/" in page
    assert "<b>.html" not in page
    for answer in (file, whole):
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
    assert b"".join(file) == b"<script>alert(1)</script>"
    assert b"".join(whole) == with_a_page() or whole.status_code == 200
    assert Reading.objects.count() == before + 2


def test_sora_fetches_nothing(box: Account, roads: Office) -> None:
    event = taken(box, with_a_page())
    assert event.message is not None
    actions.route(event.message, to=roads, by=people.centre_officer())
    sora = people.signed_in_client(people.officer_of(people.make_office("water-of-the-test")))

    answer = sora.get(f"/en/admin/case/{event.message.code}/mail/{event.pk}/0/")

    assert answer.status_code == 403


def test_the_list_asks_the_same_however_long_it_is(
    box: Account, desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    arrive(box, raw(sender="Mina"))
    desk.get(PAGE)
    with django_assert_num_queries(QUERIES):
        desk.get(PAGE)
    arrive(box, *(raw(f"{number}", sender="Mina") for number in range(25)))

    with django_assert_num_queries(QUERIES):
        page = desk.get(PAGE).content.decode()

    assert "Next page" in page


QUERIES = 9
DESK, ARTICLES = "/en/admin/triage/", "/en/admin/knowledge/"


def test_whose_mailbox_it_is_finds_what_waits_from_every_page(
    box: Account, roads: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Account.objects.update(office=roads)
    jun = people.signed_in_client(people.officer_of(roads))
    sora = people.signed_in_client(people.officer_of(people.make_office("water-of-the-test")))
    before = {page: asked_by(jun, page) for page in (DESK, ARTICLES)}

    arrive(box, raw(sender="Mina"), raw("하나 더", sender="Mina"))

    assert "2 mails wait for a person" in jun.get(DESK).content.decode()
    for page, number in before.items():
        with django_assert_num_queries(number):
            assert f'href="{PAGE}"' in jun.get(page).content.decode()
        assert f'href="{PAGE}"' not in sora.get(page).content.decode()


def asked_by(client: Client, page: str) -> int:
    """How often the database is asked for this page, once everything is known."""
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)


def test_no_mailbox_says_what_to_do(desk: Client) -> None:
    Account.objects.all().delete()

    page = desk.get(PAGE).content.decode()

    assert "Nothing is connected" in page


def test_a_paused_mailbox_says_why_and_since_when(box: Account, desk: Client) -> None:
    box.pause(why="AUTHENTICATIONFAILED", try_at=box.next_at)

    page = desk.get(PAGE).content.decode()

    assert "AUTHENTICATIONFAILED" in page
    assert "nothing is lost meanwhile" in page


def test_an_administrator_adds_a_mailbox_and_its_password_is_never_shown(roads: Office) -> None:
    keeper = people.signed_in_client(people.administrator())
    typed = {
        "network": "mail",
        "handle": "listens@seoul.example",
        "office": people.centre().pk,
        "address": "imaps://mail.seoul.example/INBOX",
        "sign_in": "listens",
        "secret": "hush hush",
        "state": "active",
    }

    answer = keeper.post("/en/admin/channels_app/account/add/", typed)

    account = Account.objects.get()
    assert answer.status_code == 302
    assert account.secret == "hush hush"
    assert "hush" not in account.sealed
    page = keeper.get(f"/en/admin/channels_app/account/{account.pk}/change/").content.decode()
    assert "hush" not in page
    keeper.post(f"/en/admin/channels_app/account/{account.pk}/change/", {**typed, "secret": ""})
    account.refresh_from_db()
    assert account.secret == "hush hush"


@pytest.mark.parametrize(
    "address",
    ["mail.seoul.example", "http://mail.seoul.example", "imaps://", "imaps://me:pw@mail.example",
     "imaps://mail.example:x", 'imaps://mail.example/"'],
)  # fmt: skip
def test_an_address_that_is_none_is_told_under_its_field(address: str, roads: Office) -> None:
    keeper = people.signed_in_client(people.administrator())
    typed = {
        "network": "mail",
        "handle": "a@seoul.example",
        "office": people.centre().pk,
        "address": address,
        "state": "active",
    }

    page = keeper.post("/en/admin/channels_app/account/add/", typed).content.decode()

    assert "imaps://mail.example.org/INBOX" in page
    assert not Account.objects.exists()


def everything(language: str) -> dict[str, Any]:
    """Each page, with all that can stand on it."""
    lead = "/en" if language == "en" else ""
    build_city()
    box, paused = mailbox(), mailbox("w" * 60 + "@seoul.example")
    paused.pause(why="w" * 100, try_at=paused.next_at)
    mailbox("away@seoul.example", failures=3, why="ConnectionRefusedError")
    kept = taken(box, raw("w" * 300, sender="Mina"))
    machine = taken(box, raw(Auto_Submitted="auto-replied", subject="w" * 200))
    case = taken(box, with_a_page()).message
    assert case is not None
    officer = people.signed_in_client(people.centre_officer())
    return {
        "list": officer.get(f"{lead}/admin/mail/"),
        "machines": officer.get(f"{lead}/admin/mail/?show=automatic"),
        "nothing": officer.get(f"{lead}/admin/mail/?show=settled"),
        "kept": officer.get(f"{lead}/admin/mail/{kept.pk}/"),
        "machine": officer.get(f"{lead}/admin/mail/{machine.pk}/"),
        "case": officer.get(f"{lead}/admin/case/{case.code}/"),
    }


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_any_page_of_mail(
    browser: Browser, axe: Axe, setting: Setting
) -> None:
    assert problems(browser, axe, setting, everything(setting.language)) == []


def test_the_events_of_others_are_not_found(box: Account) -> None:
    event = taken(box, raw(sender="Mina"))
    sora = people.officer_of(people.make_office("water-of-the-test"))

    assert not InboundEvent.objects.visible_to(sora).exists()
    assert people.signed_in_client(sora).get(f"{PAGE}{event.pk}/").status_code == 404
