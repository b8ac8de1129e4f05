"""What an account holds about its owner: shown, taken, deleted; nobody else's is touched."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django import DjangoAssertNumQueries
from pytest_django.live_server_helper import LiveServer

from channels_app import actions
from channels_app.models import Erasure, Message
from people import actions as people_actions
from people.models import User
from tests.channels_app.factories import receive
from tests.people import factories as people
from tests.people.test_pages import keeps_the_promises
from tests.people.test_pages_in_a_browser import sign_in

pytestmark = pytest.mark.django_db
DATA, FILE, DELETE = "/en/me/data/", "/en/me/data/download/", "/en/me/data/delete/"


def as_citizen(user: User) -> Client:
    """Signed in by a mail code."""
    return people.signed_in_client(user, second_factor=False)


@pytest.fixture
def mina() -> User:
    """Somebody with an account and nothing else."""
    return people.make_user("mina@example.org", name="Mina")


def test_the_file_holds_everything_about_the_account(mina: User) -> None:
    people.enrol_totp(mina)
    client = as_citizen(mina)

    answer = client.get(FILE)

    told = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert told["account"]["address"] == "mina@example.org"
    assert told["account"]["name"] == "Mina"
    assert told["addresses"][0]["confirmed"] is True
    assert told["second_factors"][0]["kind"] == "totp"
    assert told["signed_in"][0]["network_address"] == "127.0.0.1"
    assert told["posts"] == []


def test_the_file_holds_no_secret(mina: User) -> None:
    factor = people.enrol_totp(mina)
    mina.set_password(people.PASSWORD)
    mina.save()

    words = as_citizen(mina).get(FILE).content.decode()

    assert mina.password not in words
    assert factor.data["secret"] not in words


def test_nobody_else_is_in_the_file(mina: User) -> None:
    as_citizen(people.make_user("sora@example.org", name="Sora")).get("/me/")

    words = as_citizen(mina).get(FILE).content.decode()

    assert "sora" not in words.lower()


@pytest.mark.parametrize("path", ["/me/data/", "/me/data/delete/", DATA, DELETE])
def test_the_pages_keep_our_promises(mina: User, path: str) -> None:
    page = as_citizen(mina).get(path)

    keeps_the_promises(page)


def test_the_page_asks_as_much_for_many_sign_ins_as_for_one(
    mina: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_citizen(mina)
    for number in range(20):
        UserSession.objects.create(
            user=mina, session_key=f"old-{number}", ip="127.0.0.1", user_agent="old",
            last_seen_at=timezone.now(),
        )  # fmt: skip
    client.get(DATA)

    with django_assert_num_queries(10):
        page = client.get(DATA)

    assert "21 sign-ins" in page.content.decode()


def test_the_account_goes_with_all_that_belongs_to_it(mina: User) -> None:
    elsewhere = as_citizen(mina)
    client = people.signed_in_client(mina)
    again = client.post(DELETE)["Location"]
    client.post(again, {"code": people.totp_code(mina)})

    page = client.post(DELETE, follow=True)

    assert "Your account is deleted" in page.content.decode()
    assert not User.objects.filter(email="mina@example.org").exists()
    for rows in (EmailAddress, Authenticator, UserSession):
        assert not rows.objects.filter(user_id=mina.pk).exists()
    assert not Session.objects.filter(session_key=elsewhere.session.session_key).exists()
    assert elsewhere.get("/me/").status_code == 302


def test_looking_deletes_nothing(mina: User) -> None:
    client = as_citizen(mina)

    client.get(DELETE)
    client.head(DELETE)

    assert User.objects.filter(pk=mina.pk).exists()


def test_a_button_on_another_site_deletes_nothing(mina: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_citizen(mina).cookies

    assert strict.post(DELETE).status_code == 403
    assert User.objects.filter(pk=mina.pk).exists()


def test_who_has_a_password_shows_it_before(mina: User) -> None:
    mina.set_password(people.PASSWORD)
    mina.save()
    client = as_citizen(mina)

    for answer in (client.get(DELETE), client.post(DELETE)):
        assert answer.status_code == 302
        assert "/accounts/reauthenticate/" in answer["Location"]
    assert User.objects.filter(pk=mina.pk).exists()


def test_its_owner_is_told_by_mail_without_a_name(mina: User) -> None:
    as_citizen(mina).post(DELETE)

    (sent,) = mail.outbox
    assert sent.to == ["mina@example.org"]
    assert "account" in sent.subject
    assert "Mina" not in sent.body


def test_what_was_sent_to_the_city_stays(mina: User) -> None:
    message = receive(contact=("mail", mina.email))

    as_citizen(mina).post(DELETE)

    kept = Message.objects.get(pk=message.pk)
    assert kept.text
    assert kept.contact is not None


def test_the_evidence_names_nobody(mina: User) -> None:
    as_citizen(mina).post(DELETE)

    evidence = Erasure.objects.get()
    assert (evidence.kind, evidence.key, evidence.by) == ("account", str(mina.pk), None)
    assert "mina" not in json.dumps([evidence.columns, evidence.reason])


def test_a_restored_backup_lets_nobody_come_back(mina: User) -> None:
    joined, pk = mina.date_joined, mina.pk
    actions.erase_account(mina, by=mina)
    User.objects.create(pk=pk, email="mina@example.org", date_joined=joined)

    call_command("replay_erasures", verbosity=0)

    assert not User.objects.filter(pk=pk).exists()


def test_a_new_account_under_an_old_key_stays(mina: User) -> None:
    pk = mina.pk
    actions.erase_account(mina, by=mina)
    later = timezone.now() + timedelta(days=1)
    User.objects.create(pk=pk, email="sora@example.org", date_joined=later)

    call_command("replay_erasures", verbosity=0)

    assert User.objects.filter(pk=pk).exists()


def test_nobody_deletes_somebody_else(mina: User) -> None:
    with pytest.raises(PermissionDenied):
        people_actions.leave(mina, by=people.administrator())

    assert User.objects.filter(pk=mina.pk).exists()


@pytest.mark.parametrize("since_days", [-9, 1], ids=["was", "will be"])
def test_who_ever_holds_an_office_is_told_whom_to_ask(since_days: int) -> None:
    now = timezone.now()
    person = people.make_user()
    until = now - timedelta(days=1) if since_days < 0 else None
    since = now + timedelta(days=since_days)
    people.appoint(person, people.centre(), since=since, until=until)
    client = as_citizen(person)

    page = client.get(DATA).content.decode()

    assert "Ask an administrator" in page
    assert DELETE not in page
    assert client.post(DELETE).status_code == 403
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("prefix", "width", "colours"), [("", 320, "light"), ("/en", 1280, "dark")]
)
def test_somebody_leaves_without_javascript(
    live_server: LiveServer, browser: Browser, axe: Axe, prefix: str, width: int, colours: str
) -> None:
    client = as_citizen(people.make_user("mina@example.org"))
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=colours,  # type: ignore[arg-type]  # one of its literals
        java_script_enabled=False,
    )
    looking = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=colours,  # type: ignore[arg-type]  # the same
    )
    watched = looking.new_page()
    sign_in(watched, live_server, client)
    for path in ("/me/data/", "/me/data/delete/"):
        watched.goto(f"{live_server.url}{prefix}{path}")
        assert axe.run(watched).response["violations"] == []
        overflow = "document.documentElement.scrollWidth - innerWidth"
        assert watched.evaluate(overflow) <= 0
    page = context.new_page()
    sign_in(page, live_server, client)
    page.goto(f"{live_server.url}{prefix}/me/")

    page.click("main a[href$='/me/data/']")
    page.click("main a[href$='/me/data/delete/']")
    page.click("main button.button--danger")

    assert page.url.endswith("/accounts/login/")
    assert page.locator("main .notice--ok").is_visible()
    context.close()
    looking.close()
    assert not User.objects.filter(email="mina@example.org").exists()
