"""Ten megabytes in one box: plain words, nothing is kept, and the same door is open after."""

import uuid
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.test import Client

from channels_app.models import Message
from tests.channels_app.factories import receive, routed_to
from tests.desk.doors import case_url, words_of
from tests.limits import lift
from tests.pages import promises, visits
from tests.people import factories as people

pytestmark = pytest.mark.django_db

LONG = "a" * 10_000_000
WORDS = {"text": "길이 패였어요"}
Door = tuple[Client, str, dict[str, str]]


def public(path: str, **form: str) -> Door:
    """A page of everybody; the first field is the one that is too long."""
    return Client(), f"/en{path.removeprefix('/en')}", form


def under_link(message: Message, door: str, **form: str) -> Door:
    """A page under the private link."""
    return public(message.private_url(f"case_{door}"), **(form or WORDS))


def at_the_desk() -> Door:
    """The answer of an office."""
    message = routed_to(visits.office())
    client = people.signed_in_client(promises.jun())
    form = {"answer": "고쳤습니다.", "kind": "done", "act": "send", "version": str(message.version)}
    return client, case_url(message, "answer"), form


DOORS: dict[str, Callable[[], Door]] = {
    "check": lambda: public("/say/check/", **WORDS),
    "send": lambda: public(
        "/say/send/", **WORDS, kind="complaint", audience="office", client_key=str(uuid.uuid4())
    ),
    "ask": lambda: under_link(routed_to(visits.office()), "ask"),
    "reopen": lambda: under_link(visits.answered(), "reopen"),
    "appeal": lambda: under_link(promises.answered_again(), "appeal"),
    "rate": lambda: under_link(visits.answered(), "rate", words="", clear="yes", heard="yes"),
    "report": lambda: public(visits.report_of(receive()), words=""),
    "follow": lambda: public(f"/s/{receive().code}/follow/", mail="mina@example.org"),
    "the desk's answer": at_the_desk,
}


def rows() -> dict[str, int]:
    """How many of everything there are."""
    ours = (apps.get_app_config(name) for name in ("channels_app", "desk"))
    models = [model for app in ours for model in app.get_models() if model.__name__ != "Reading"]
    return {model.__name__: model._base_manager.count() for model in models}


@pytest.mark.parametrize("name", DOORS)
def test_ten_megabytes_are_refused_in_plain_words_and_a_small_text_is_taken(name: str) -> None:
    people.centre()
    lift()
    client, path, form = DOORS[name]()
    field, before = next(iter(form)), rows()

    for body, kind in (
        (urlencode({**form, field: LONG}), "application/x-www-form-urlencoded"),
        *(((LONG, ""),) if name in ("check", "send") else ()),
    ):
        if kind:
            answer = client.post(path, body, content_type=kind)
        else:  # as a form with photos is sent
            answer = client.post(path, {**form, field: body})
        assert answer.status_code == 413
        said = words_of(answer)
        assert "Your text is too long" in said
        assert f"at most {'10,000' if 'desk' in name else '5,000'} characters" in said
        assert "what you wrote is still there" in said
    assert rows() == before

    assert client.post(path, form).status_code < 400
    assert name == "check" or rows() != before
