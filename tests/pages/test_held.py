"""Held instead of refused, seen from outside: receipts as always, a plain sentence, no tracking."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.conf import settings as house
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from channels_app import actions, rules, senders
from channels_app.models import HeldReason, Message
from lifecycle import clock
from tests.channels_app.factories import WORDS, receive
from tests.channels_app.test_limits import TWO_IN_THE_AFTERNOON, nth
from tests.pages import visits
from tests.pages.html import read
from tests.people import factories as people

pytestmark = pytest.mark.django_db
ACCUSING = ("machine", "spam", "flood", "abuse", "again and again")


@pytest.fixture(autouse=True)
def _afternoon(settings: Settings) -> Iterator[None]:
    settings.KICKS = False
    redis.Redis.from_url(house.REDIS_URL).flushdb()
    people.centre()
    with clock.at(TWO_IN_THE_AFTERNOON):
        yield


def check(client: Client, text: str = WORDS) -> dict[str, str]:
    """What the check page would send."""
    page = read(client.post("/en/say/check/", {"text": text}).content.decode())
    (form,) = [form for form in page.all("form") if form.attrs.get("action") == "/en/say/send/"]
    fields = {one.attrs["name"]: one.attrs.get("value", "") for one in form.all("input")
              if one.attrs.get("type") in ("hidden", "text") and "name" in one.attrs}  # fmt: skip
    return {**fields, "kind": "complaint", "audience": "everyone"}


def send(client: Client, typed: dict[str, str], *, after: float = 10) -> Any:
    """Press Send so many seconds later."""
    with clock.at(clock.now() + timedelta(seconds=after)):
        return client.post("/en/say/send/", typed, follow=True)


def test_who_reads_the_page_first_is_heard_at_once(client: Client) -> None:
    send(client, check(client))

    assert Message.objects.get().is_public


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ({"website": "https://example.org"}, 10),
        ({}, 1),
        ({"page": ""}, 10),
        ({"page": "forged"}, 10),
        ({"client_key": str(uuid.uuid4())}, 10),  # the stamp of another form
    ],
)
def test_what_no_person_does_is_held_and_has_its_receipt(
    client: Client, change: dict[str, str], after: float
) -> None:
    page = send(client, {**check(client), **change}, after=after)

    message = Message.objects.get()
    words = read(page.content.decode()).one("main").text
    assert message.held_reason == HeldReason.MACHINE
    assert message.code in words
    assert "An officer looks at your words before everyone can read them." in words
    assert "We have received it" in words
    assert not [word for word in ACCUSING if word in words.lower()]


def test_a_flood_is_told_the_same_on_the_private_page() -> None:
    message = receive(public=False, held=HeldReason.REPEATED)

    page = Client().get(visits.english(message.private_url()))

    words = read(page.content.decode()).one("main").text
    assert "An officer looks at your words before they go on to an office." in words
    assert "Your message has arrived" in words
    assert not [word for word in ACCUSING if word in words.lower()]


def test_a_form_with_an_error_keeps_its_stamp(client: Client) -> None:
    typed = {**check(client), "contact": "nowhere"}

    wrong = send(client, typed)
    send(client, {**typed, "contact": ""}, after=10.5)

    assert wrong.status_code == 422
    assert f'value="{typed["page"]}"' in wrong.content.decode()
    assert not Message.objects.get().is_held


def test_the_cookie_comes_with_the_first_form_and_ends_in_an_hour(client: Client) -> None:
    client.get("/en/")
    typed = check(client)
    assert senders.COOKIE not in client.cookies

    send(client, typed)
    first = client.cookies[senders.COOKIE]
    value = first.value
    send(client, check(client, nth(1).text))

    assert (first["max-age"], first["httponly"], first["samesite"]) == (3600, True, "Lax")
    assert client.cookies[senders.COOKIE].value == value
    assert len(value.split(":")[0]) == 12


def test_one_browser_that_says_a_lot_is_heard_later(client: Client) -> None:
    for number in range(rules.LIMIT_SESSION.value() + 1):
        send(client, check(client, nth(number).text))

    last = Message.objects.latest("id")
    assert last.held_reason == HeldReason.BURST
    assert Message.objects.public().count() == rules.LIMIT_SESSION.value()


def test_the_mirror_of_a_cookie_does_not_count_for_another(client: Client) -> None:
    client.cookies[senders.COOKIE] = "mina:forged:signature"

    send(client, check(client))

    assert not Message.objects.get().is_held
    assert "forged" not in client.cookies[senders.COOKIE].value


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address", "known"),
    [
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),  # a header of the sender's own
        (1, "203.0.113.9, 198.51.100.7", "127.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "127.0.0.1", ""),  # fewer than our own proxies
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (0, "", "", ""),
        (1, "nonsense", "127.0.0.1", ""),
    ],
)
def test_the_network_is_told_by_our_own_proxies_alone(
    proxies: int, forwarded: str, address: str, known: str, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().post("/say/send/", REMOTE_ADDR=address, headers=headers)

    assert senders.network_of(request) == known


def test_no_log_names_the_network(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"

    client.post("/en/say/send/", check(client), REMOTE_ADDR="192.0.2.77")

    assert "limits stay open" in caplog.text
    assert "192.0.2.77" not in caplog.text


def test_one_reader_hides_a_few_and_asks_for_a_look_at_the_rest(client: Client) -> None:
    voices = [receive(nth(number).text) for number in range(rules.LIMIT_REPORTS.value() + 1)]
    for message in voices:
        page = client.post(visits.english(visits.report_of(message)), {"words": "보기 싫어요"})

    assert Message.objects.filter(publication="hidden").count() == rules.LIMIT_REPORTS.value()
    assert Message.objects.reported().count() == len(voices)
    assert "stays until an officer has looked at it" in page.content.decode()
    assert f"{voices[-1].code} is hidden" not in page.content.decode()


def test_the_author_reads_since_when_why_and_what_to_do(client: Client) -> None:
    message = actions.hide(receive(), reason="personal", by=people.centre_officer())

    page = read(client.get(visits.english(message.private_url())).content.decode())

    words = page.one("main").text
    assert "it names or shows a person" in words
    assert "Hidden since Mon 23 Nov 2026, 14:00" in words
    assert "an officer looks again" in words
    assert "tel:120" in [a.attrs["href"] for a in page.one("main").all("a")]
