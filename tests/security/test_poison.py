"""Poison in every field of every public form: plain words back, never our own fault."""

import uuid
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from channels_app import tasks
from channels_app.models import Message, RoutingDecision
from people.models import OfficeKind
from tests.channels_app.factories import receive, routed_to
from tests.following import readers
from tests.following.browsers import Browser
from tests.knowledge import library
from tests.limits import lift
from tests.pages import promises, visits
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


Forms = dict[str, dict[str, str]]  # by their address, with fields that are right


def forms() -> Forms:
    """Every public form."""
    message = receive(contact=("mail", "mina@example.org"))
    contact = message.contact
    assert contact is not None
    private = message.private_url().removeprefix("/en")
    return {
        **forms_of_authors(),
        **forms_of_followers(),
        f"{library.write().get_absolute_url()}helped/": {
            "said": "yes",
            "from": "",
            "client_key": "",
        },
        "/track/": {"code": "S-2026-000001"},
        "/search/": {"q": "길이", "since": ""},
        "/dasan/": {"q": "길이", "office": "", "after": ""},
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


def forms_of_authors() -> Forms:
    """Under the private link: before an answer, after the first one, after the second."""
    waiting, replied, again = receive(), visits.answered(), promises.answered_again()
    words = {"text": "아직 그대로입니다", "seen": "", "act": ""}
    return {
        waiting.private_url("case_ask"): words,
        waiting.private_url("case_background"): {
            "age": "", "gender": "", "disability": "", "first_time": "",
        },
        replied.private_url("case_confirm"): {"act": ""},
        replied.private_url("case_reopen"): words,
        replied.private_url("case_rate"): {"clear": "yes", "heard": "no", "words": "", "act": ""},
        again.private_url("case_appeal"): words,
    }  # fmt: skip


def forms_of_followers() -> Forms:
    """Where one follows, and ends it."""
    message = receive()
    follow = readers.follow(message)
    contact = follow.contact
    assert contact is not None
    case = message.get_absolute_url()
    return {
        f"{case}follow/": {"mail": "jun@example.org"},
        f"{case}push/": {**Browser("https://push.example.org/1").form, "act": "follow"},
        reverse("follow_link", args=[follow.pk, follow.token]): {"act": ""},
        reverse("unsubscribe", args=[follow.pk, follow.token]): {"act": ""},
        reverse("mails", args=[contact.pk, contact.mails_token]): {"act": "each"},
        reverse("mute", args=[message.code, message.mute_token]): {"act": ""},
    }


def forms_of_officers(message: Message) -> Forms:
    """What an officer types on a case, and on the screen for a call."""
    case, version = f"/admin/case/{message.code}/", {"version": str(message.version)}
    return {
        f"{case}answer/": {"kind": "explained", "answer": "고쳤습니다", "act": "send", **version},
        f"{case}note/": {"note": "현장에 가 보았습니다", **version},
        f"{case}hand-back/": {"reason": "우리 일이 아닙니다", **version},
        "/admin/phone/": {
            "text": "길이 패였어요", "kind": "complaint", "channel": "phone", "audience": "office",
            "spoken_for": "self", "language": "ko", "contact": "", "place": "", "borough": "",
            "received_on": "", "client_key": "", "act": "save",
        },
    }  # fmt: skip


def typed(right: dict[str, str]) -> dict[str, bytes]:
    """Everything right; with a key of its own where there is one."""
    form = {name: value.encode() for name, value in right.items()}
    return form | {"client_key": str(uuid.uuid4()).encode()} if "client_key" in form else form


def sent(client: Client, path: str, form: dict[str, bytes]) -> Any:
    """The form, byte for byte."""
    body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in form.items())
    return client.generic("POST", path, body, content_type="application/x-www-form-urlencoded")


def tried(client: Client, path: str, form: dict[str, bytes]) -> Any:
    """The same, and what it has done is undone: the next one finds everything as it was."""
    with transaction.atomic():
        answer = sent(client, path, form)
        transaction.set_rollback(True)
    return answer


def faults(client: Client, pages: Forms, poison: bytes) -> list[str]:
    """Where this poison in one field, the others right, was our own fault."""
    found = []
    for path, right in pages.items():
        for field in right:
            answer = tried(client, path, {**typed(right), field: poison})
            told = answer.serialize_headers().lower()
            if answer.status_code >= 500 or b"\nset-cookie: b" in told:
                found.append(f"{path} {field}: {answer.status_code}")
    return found


@pytest.mark.parametrize("name", POISON)
def test_poison_in_any_field_is_answered_in_plain_words(name: str) -> None:
    lift()
    client = Client(raise_request_exception=False)
    pages = forms()

    found = faults(client, pages, POISON[name])

    poison = quote_from_bytes(POISON[name][:2000])
    asked = [f"{path}?{field}={poison}" for path, right in pages.items() for field in right]
    found += [question for question in asked if client.get(question).status_code >= 500]
    assert found == []


@pytest.fixture
def at_desk(db: None) -> Client:
    """Somebody who answers for the roads and writes down calls at 120 Dasan."""
    jun = people.officer_of(people.make_office("roads"))
    people.appoint(jun, people.make_office("dasan", OfficeKind.CALL_CENTRE))
    return people.signed_in_client(jun, raise_request_exception=False)


@pytest.mark.parametrize("name", POISON)
def test_poison_in_an_officers_field_is_answered_in_plain_words(name: str, at_desk: Client) -> None:
    pages = forms_of_officers(routed_to(people.make_office("roads")))

    assert faults(at_desk, pages, POISON[name]) == []


def test_without_poison_each_form_is_open(at_desk: Client) -> None:
    """Else poison would be turned away at the door."""
    lift()
    doors = [
        (Client(), forms_of_authors() | forms_of_followers()),
        (at_desk, forms_of_officers(routed_to(people.make_office("roads")))),
    ]

    said = {
        path: tried(client, path, typed(right)).status_code
        for client, pages in doors
        for path, right in pages.items()
    }

    assert {path: status for path, status in said.items() if status not in (200, 302)} == {}


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
        sent(client, "/say/send/", {**typed(SAID), "text": text, "place": text[:150]})

    tasks.route_waiting()

    neighbour = Message.objects.get(text="길이 패였어요")
    assert RoutingDecision.objects.filter(message=neighbour).exists()
    for message in Message.objects.all():
        assert client.get(message.private_url()).status_code == 200
