"""Following on a device: what a browser may ask, and what a stranger may not have us do."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from channels_app import actions, keeping, sealing
from channels_app.connectors import push
from channels_app.models import Contact, Follow, Message
from lifecycle import clock
from tests.channels_app.factories import receive
from tests.following.browsers import VAPID_KEY, Browser, text_of

pytestmark = pytest.mark.django_db
ENDPOINT = "https://push.example.org/send/abc123"


@pytest.fixture(autouse=True)
def _with_a_key(settings: Settings) -> None:
    settings.VAPID_KEY = VAPID_KEY


@pytest.fixture
def phone() -> Browser:
    """Mina's browser."""
    return Browser(ENDPOINT)


def ask(message: Message, act: str, phone: Browser, client: Client | None = None) -> object:
    """What this browser wants of this case: the status, and whether it follows."""
    client = client or Client(enforce_csrf_checks=True)
    answer = client.post(f"/s/{message.code}/push/", {"act": act, **phone.form})
    return answer.status_code, answer.json()["follows"]


def test_one_press_follows_and_one_more_ends_it(phone: Browser) -> None:
    message = receive()
    assert ask(message, "look", phone) == (200, False)

    assert ask(message, "follow", phone) == (200, True)
    assert ask(message, "look", phone) == (200, True)
    one = Follow.objects.active().get()
    assert ask(message, "end", phone) == (200, False)
    assert not Follow.objects.active().exists()
    assert ask(message, "follow", phone) == (200, True)
    assert Follow.objects.active().get() == one


def test_its_address_is_kept_like_every_other_address(phone: Browser) -> None:
    ask(receive(), "follow", phone)

    contact = Contact.objects.get()
    assert contact.index == sealing.index_of("push", ENDPOINT)
    assert "push.example.org" not in contact.sealed
    assert push.Device.of_text(contact.address) == phone.device
    assert "push.example.org" not in contact.shown
    actions.erase_person(contact, by=None, reason="asked", withdraw=False)
    contact.refresh_from_db()
    assert contact.sealed == ""
    assert not Follow.objects.active().exists()


def test_two_browsers_are_two(phone: Browser) -> None:
    message = receive()
    ask(message, "follow", phone)
    other = Browser(f"{ENDPOINT}x")

    assert ask(message, "look", other) == (200, False)
    ask(message, "end", other)

    assert Follow.objects.active().count() == 1


def test_whoever_only_knows_the_address_can_not_change_its_keys(phone: Browser) -> None:
    message = receive()
    ask(message, "follow", phone)

    ask(message, "follow", Browser(ENDPOINT))

    assert push.Device.of_text(Contact.objects.get().address) == phone.device


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/a",
        "https://127.0.0.1/a",
        "https://push.example.org:22/a",
        "https://user@push.example.org/a",
        "ftp://push.example.org/a",
        "javascript:alert(1)",
        "https://push.example.org/" + "a" * 1000,
        "",
    ],
)
def test_what_is_no_door_of_a_browser_is_refused(endpoint: str) -> None:
    message = receive()

    status = ask(message, "follow", Browser(endpoint))

    # An address in numbers passes here and is looked at when it is spoken to (test_ssrf).
    assert status == ((200, True) if endpoint == "https://127.0.0.1/a" else (422, False))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("p256dh", "AAAA"),
        ("p256dh", text_of(b"\4" + bytes(64))),
        ("p256dh", "no base64 at all!"),
        ("auth", text_of(b"short")),
        ("auth", ""),
    ],
)
def test_keys_that_no_browser_gives_are_refused(name: str, value: str, phone: Browser) -> None:
    message = receive()

    answer = Client().post(f"/s/{message.code}/push/", {"act": "follow", **phone.form, name: value})

    assert answer.status_code == 422
    assert not Contact.objects.exists()


def test_what_is_not_public_can_not_be_followed(phone: Browser) -> None:
    private, held, hidden = receive(public=False), receive(held="tone"), receive()
    actions.report(hidden)

    assert [ask(one, "follow", phone) for one in (private, held, hidden)] == [(404, False)] * 3
    assert not Contact.objects.filter(kind="push").exists()


def test_who_asks_too_often_is_told_so(phone: Browser) -> None:
    client, message = Client(), receive()
    for n in range(20):
        ask(message, "follow", Browser(f"{ENDPOINT}{n}"), client)

    assert ask(message, "follow", phone, client) == (429, False)
    assert ask(message, "look", phone, client) == (200, False)


def test_the_page_offers_it_only_where_the_portal_has_a_key(settings: Settings) -> None:
    message = receive()
    client = Client()
    page = client.get(f"/s/{message.code}/").content.decode()
    assert f'data-push="/s/{message.code}/push/"' in page
    assert push.public_key() in page
    assert f"/s/{message.code}/follow/" in page

    settings.VAPID_KEY = ""

    page = client.get(f"/s/{message.code}/").content.decode()
    assert "data-push" not in page
    assert f"/s/{message.code}/follow/" in page
    assert client.post(f"/s/{message.code}/push/").status_code == 404


def test_the_worker_is_served_at_the_root_as_a_script(client: Client) -> None:
    page = client.get("/push.js")

    assert page.status_code == 200
    assert page["Content-Type"].startswith("text/javascript")
    assert "showNotification" in page.content.decode()
    assert "Content-Security-Policy" in page


def test_the_button_asks_little_of_the_database(
    client: Client, phone: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    message = receive()
    ask(message, "follow", phone)

    with django_assert_max_num_queries(5):
        ask(message, "look", phone)


def test_a_browser_that_took_its_word_back_is_forgotten_with_time(phone: Browser) -> None:
    message = receive()
    ask(message, "follow", phone)
    contact = Contact.objects.get()

    actions.forget_device(contact)

    assert not Follow.objects.active().exists()
    Contact.objects.update(created_at=clock.now() - timedelta(days=400))
    assert list(keeping.late_contacts()) == [contact]


def test_notices_to_a_browser_end_by_the_link_in_them_without_a_cookie(phone: Browser) -> None:
    message = receive()
    ask(message, "follow", phone)
    one = Follow.objects.get()

    answer = Client(enforce_csrf_checks=True).post(f"/unsubscribe/{one.pk}/{one.token}/")

    assert answer.status_code == 200
    assert "daily" not in answer.content.decode()
    assert not Follow.objects.active().exists()
