"""From an error page a person gets on: every form on it works."""

import re
import uuid
from html import unescape
from typing import Any

import pytest
from django.test import Client

from channels_app.models import Message
from people.models import Office
from tests.channels_app import factories as voices
from tests.desk.doors import case_url, words_of
from tests.people import factories as people

pytestmark = pytest.mark.django_db

WORDS = "가로등이 꺼져 있어요"


@pytest.fixture
def strict() -> Client:
    """A browser whose forms are checked for their key."""
    people.centre()
    return Client(enforce_csrf_checks=True)


def filled(page: Any, action: str) -> dict[str, str]:
    """The form of this address as the page filled it in."""
    html = page.content.decode()
    found = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', html, re.S)
    assert found, f"no form to {action}"
    inputs = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', found[1])
    boxes = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', found[1], re.S)
    return {name: unescape(value) for name, value in [*inputs, *boxes]}


def test_a_form_sent_too_late_comes_back_whole_and_can_be_sent(strict: Client) -> None:
    typed = {
        "text": WORDS,
        "kind": "complaint",
        "contact": "mina@example.org",
        "audience": "office",
        "client_key": str(uuid.uuid4()),
    }
    late = strict.post("/en/say/send/", typed)

    again = strict.post("/en/say/send/", filled(late, "/en/say/send/"))

    message = Message.objects.get()
    assert late.status_code == 403
    assert f"{WORDS}</textarea>" in late.content.decode()
    assert again.status_code == 302
    assert (message.text, str(message.client_key)) == (WORDS, typed["client_key"])


def test_from_a_missing_page_one_can_speak_at_once(strict: Client) -> None:
    missing = strict.get("/en/nothing/")

    form = filled(missing, "/en/say/check/")
    page = strict.post("/en/say/check/", {**form, "text": WORDS})

    assert page.status_code == 200
    assert WORDS in page.content.decode()


def test_an_officers_answer_sent_too_late_opens_the_case_again() -> None:
    roads = people.make_office("roads")
    message = voices.routed_to(roads)
    client = people.signed_in_client(people.officer_of(roads), enforce_csrf_checks=True)
    address = case_url(message, "answer")
    late = client.post(address, {"act": "send", "answer": WORDS, "version": message.version})

    page = client.post(address, filled(late, address))

    message.refresh_from_db()
    assert late.status_code == 403
    assert page.status_code == 200
    assert f"{WORDS}</textarea>" in page.content.decode()
    assert message.status == "routed"


def test_somebody_without_a_post_is_told_whom_to_ask() -> None:
    citizen = people.signed_in_client(people.make_user())

    page = citizen.get("/en/admin/triage/")

    assert page.status_code == 403
    assert "Ask your administrator" in words_of(page)


def test_an_officer_of_another_office_is_told_why(db: None) -> None:
    roads: Office = people.make_office("roads")
    sora = people.signed_in_client(people.officer_of(people.make_office("buses")))

    page = sora.get(case_url(voices.routed_to(roads)))

    assert page.status_code == 403
    assert "passed on" in words_of(page)
    assert 'href="/en/admin/triage/"' in page.content.decode()


def test_robots_are_kept_from_doors_and_mail_links() -> None:
    page = Client().get("/robots.txt")

    assert page["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in page.content.decode()
    assert "Disallow: /mail/" in page.content.decode()
