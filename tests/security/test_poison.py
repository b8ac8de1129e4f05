"""Poison in every field of every public form: plain words back, never our own fault."""

import uuid
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client

from channels_app import tasks
from channels_app.models import Message, RoutingDecision
from tests.channels_app.factories import receive
from tests.limits import lift
from tests.people import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

POISON: dict[str, bytes] = {
    "nothing": b"",
    "nul": b"a\x00b",
    "controls": bytes(range(1, 32)) + b"\x7f",
    "not utf-8": b"\xff\xfe",
    "half a sign": b"\xed\xa0\x80",
    "overlong": b"\xc0\xaf",
    "last of all signs": "\U0010ffff\ufffe".encode(),
    "private use": "\ue000\U000f0000".encode(),
    "invisible": "\u200b\u202e\u2066\ufeff".encode(),
    "a pile of accents": ("e" + "\u0301" * 2000).encode(),
    "one sign that becomes eighteen": ("\ufdfa" * 300).encode(),
    "dotless": "ıİſKß".encode() * 50,
    "families": ("👨‍👩‍👧‍👦" * 300).encode(),
    "half Hangul": ("ᄀ" * 3000).encode(),
    "other digits": "٣٧०１²".encode(),
    "not a number": b"nan",
    "infinite": b"-Infinity",
    "1e999": b"1e999",
    "many digits": b"9" * 5000,
    "minus": b"-1",
    "a list": b"[1,2]",
    "an object": b'{"__proto__": 1}',
    "a path": b"../../../../etc/passwd",
    "lines": b"a\r\nSet-Cookie: b=c\r\n\r\n<p>",
    "a format": b"%s%n%(x)s{0.__class__}{{7*7}}",
    "sql": b"' OR 1=1; --\\",
    "very long": "가".encode() * 100_000,
}
SAID = {"text": "길이 패였어요", "kind": "complaint", "audience": "office", "contact": "",
        "place": "", "borough": "", "latitude": "", "longitude": "", "same_as": "",
        "client_key": "", "at_photo": "", "website": ""}  # fmt: skip


def forms(message: Message) -> dict[str, dict[str, str]]:
    """Every public form by its address, with fields that are right."""
    contact = message.contact
    assert contact is not None
    private = message.private_url().removeprefix("/en")
    return {
        "/say/": {"text": "길이 패였어요"},
        "/say/idea/": {"text": "길이 패였어요"},
        "/say/check/": SAID,
        "/say/send/": SAID,
        "/say/photos/": {"client_key": "", "alt": "", "drop": ""},
        f"/s/{message.code}/report/": {"reason": "personal", "words": ""},
        f"{private}data/erase/": {"act": "nothing of ours"},
        f"/mail/{message.code}/{contact.token_for(message.code)}/": {"act": "", "next": ""},
        "/accounts/login/": {"login": "mina@example.org", "password": "x", "next": "/"},
        "/accounts/login/code/": {"email": "mina@example.org", "next": "/"},
        "/accounts/signup/": {"email": "mina@example.org", "website": "", "next": "/"},
        "/accounts/password/reset/": {"email": "mina@example.org"},
    }


def sent(client: Client, path: str, form: dict[str, bytes]) -> Any:
    """The form, byte for byte."""
    body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in form.items())
    return client.generic("POST", path, body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("name", POISON)
def test_poison_in_any_field_is_answered_in_plain_words(name: str) -> None:
    lift()
    client = Client(raise_request_exception=False)
    message = receive(contact=("mail", "mina@example.org"))
    faults = []

    for path, right in forms(message).items():
        for field in right:
            form = {one: value.encode() for one, value in right.items()}
            if "client_key" in form:
                form["client_key"] = str(uuid.uuid4()).encode()
            answer = sent(client, path, {**form, field: POISON[name]})
            if (
                answer.status_code >= 500
                or b"\nset-cookie: b" in answer.serialize_headers().lower()
            ):
                faults.append(f"{path} {field}: {answer.status_code}")
        poison = quote_from_bytes(POISON[name][:2000])
        asked = [f"{path}?{field}={poison}" for field in right]
        faults += [question for question in asked if client.get(question).status_code >= 500]

    assert faults == []


@pytest.mark.parametrize("sign", ["9" * 5000, "-1", "%00", "٣", "nan"])
def test_an_officers_address_takes_any_number(sign: str) -> None:
    officer = people.signed_in_client(people.centre_officer(), raise_request_exception=False)
    paths = ["/admin/routing/dry-run/?last={0}&rows={0}&office={0}&kind-0={0}&after={0}"]
    paths += ["/admin/publication/?show={0}&after={0}", "/admin/triage/?show={0}&after={0}"]

    said = [officer.get(path.format(sign)).status_code for path in paths]

    assert [status for status in said if status >= 500] == []


@pytest.mark.parametrize("name", POISON)
def test_poison_is_routed_like_any_voice_and_its_neighbours_too(name: str) -> None:
    lift()
    client = Client(raise_request_exception=False)
    for text in (POISON[name], "길이 패였어요".encode()):
        form = {one: value.encode() for one, value in SAID.items()}
        key = str(uuid.uuid4()).encode()
        sent(client, "/say/send/", {**form, "text": text, "place": text[:150], "client_key": key})

    tasks.route_waiting()

    neighbour = Message.objects.get(text="길이 패였어요")
    assert RoutingDecision.objects.filter(message=neighbour).exists()
    for message in Message.objects.all():
        assert client.get(message.private_url()).status_code == 200
