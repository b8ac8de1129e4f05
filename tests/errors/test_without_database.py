"""The pages for what goes wrong, while database, session and user are out of reach."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.core.internal.ratelimit import respond_429
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from seoul_portal import errors
from tests.desk.doors import words_of
from tests.pages.html import broken_promises

WORDS = "보도블록이 <b>들려</b> 있어요"
ESCAPED = "보도블록이 &lt;b&gt;들려&lt;/b&gt; 있어요"
PAGES: dict[str, tuple[Callable[..., HttpResponse], int]] = {
    "400": (errors.bad_request, 400),
    "403": (errors.forbidden, 403),
    "404": (errors.not_found, 404),
    "409": (errors.conflict, 409),
    "500": (errors.server_error, 500),
    "503": (errors.unavailable, 503),
    "expired": (errors.session_expired, 403),
}


class Unreachable:
    """Whatever is asked of it, the test fails."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(f"the page asked for {name}")


def request_of(path: str, **typed: str) -> HttpRequest:
    """A request whose session and user nobody may touch."""
    factory = RequestFactory()
    request: Any = factory.post(path, typed) if typed else factory.get(path)
    request.session = request.user = Unreachable()
    return request  # type: ignore[no-any-return]


@pytest.fixture
def database_gone(django_db_blocker: Any) -> Iterator[None]:
    """Nobody answers at the database's door."""
    with django_db_blocker.unblock():
        connection.close()
        known = connection.settings_dict
        connection.settings_dict = {**known, "HOST": "127.0.0.1", "PORT": "9"}
        yield
        connection.close()
        connection.settings_dict = known


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", ["/say/send/", "/admin/case/S-2026-000001/answer/", "/me/"])
@pytest.mark.parametrize("typed", [{}, {"text": WORDS, "answer": WORDS}])
@pytest.mark.parametrize("name", list(PAGES))
def test_each_page_needs_neither_database_nor_session_nor_user(
    name: str, typed: dict[str, str], path: str, language: str
) -> None:
    view, status = PAGES[name]

    with translation.override(language):
        page = view(request_of(path, **typed))

    assert page.status_code == status
    assert f'lang="{language}"' in page.content.decode()
    assert broken_promises(page.content.decode(), language) == []


@pytest.mark.parametrize("name", ["500", "503"])
def test_the_text_comes_back_ready_to_be_sent_again(name: str) -> None:
    with translation.override("en"):
        page = PAGES[name][0](request_of("/en/say/send/", text=WORDS, kind="idea"))

    html = page.content.decode()
    assert f'name="text" rows="8">{ESCAPED}</textarea>' in html
    again = "/en/say/send/" if name == "503" else "/en/say/check/"
    assert f'action="{again}"' in html
    assert "csrfmiddlewaretoken" in html
    assert "Send again" in html


@pytest.mark.parametrize("name", ["403", "409", "500", "503", "expired"])
def test_an_officers_answer_comes_back_but_never_into_the_citizens_box(name: str) -> None:
    path = "/en/admin/case/S-2026-000001/answer/"

    with translation.override("en"):
        page = PAGES[name][0](request_of(path, answer=WORDS, act="send", version="1"))

    html = page.content.decode()
    assert f"{ESCAPED}</textarea>" in html
    assert 'action="/en/say/check/"' not in html
    assert 'value="send"' not in html


@pytest.mark.parametrize("name", ["409", "500", "503", "expired"])
def test_an_officers_reason_comes_back_to_be_copied(name: str) -> None:
    path = "/en/admin/case/S-2026-000001/hand-back/"

    with translation.override("en"):
        page = PAGES[name][0](request_of(path, reason=WORDS, version="1"))

    assert f"{ESCAPED}</textarea>" in page.content.decode()


def test_every_field_of_an_answer_comes_back_after_the_session() -> None:
    path = "/en/admin/case/S-2026-000001/answer/?show=mine"
    typed = {"answer": WORDS, "kind": "declined", "next_door": "02-120", "act": "send"}

    with translation.override("en"):
        page = errors.session_expired(request_of(path, **typed))

    html = page.content.decode()
    assert f'action="{path}"' in html
    assert f"{ESCAPED}</textarea>" in html
    assert '<input type="hidden" name="next_door" value="02-120">' in html
    assert 'name="act" value="change"' in html


@pytest.mark.parametrize("name", ["question_ko", "answer_en", "part", "question"])
def test_whatever_an_officer_wrote_comes_back(name: str) -> None:
    with translation.override("en"):
        page = errors.session_expired(request_of("/en/admin/knowledge/new/", **{name: WORDS}))

    assert f"{ESCAPED}</textarea>" in page.content.decode()


def test_what_a_reader_reported_is_not_mistaken_for_a_message() -> None:
    with translation.override("en"):
        page = errors.unavailable(request_of("/en/s/S-2026-000001/report/", words=WORDS))

    html = page.content.decode()
    assert 'action="/en/s/S-2026-000001/report/"' in html
    assert f'name="words" rows="8">{ESCAPED}</textarea>' in html


def test_a_password_is_never_written_back() -> None:
    with translation.override("en"):
        page = errors.session_expired(
            request_of("/en/accounts/login/", login="jun@example.org", password="hunter2hunter2")
        )

    assert "hunter2" not in page.content.decode()
    assert 'href="/en/accounts/login/"' in page.content.decode()


def test_an_error_of_ours_has_a_number_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with translation.override("en"):
        page = errors.server_error(request_of("/en/"))

    number = caplog.records[0].getMessage().split()[1]
    assert f"<strong>{number}</strong>" in page.content.decode()


@pytest.mark.parametrize("path", ["/", "/en/", "/en/smc/", "/en/rules/", "/en/s/S-2026-000001/"])
def test_with_the_database_gone_every_page_says_so(path: str, database_gone: None) -> None:
    page = Client(raise_request_exception=False).get(path)

    assert page.status_code == 503
    assert int(page["Retry-After"]) > 0
    assert f'href="{path}"' in page.content.decode()


@pytest.mark.parametrize("path", ["/en/say/check/", "/en/say/send/"])
def test_with_the_database_gone_no_word_is_lost(path: str, database_gone: None) -> None:
    typed = {
        "text": WORDS,
        "kind": "complaint",
        "audience": "office",
        "client_key": "3f0f8b52-93cf-4a5e-bbe7-d59e1ee0a2d5",
    }

    page = Client(raise_request_exception=False).post(path, typed)

    assert page.status_code == 503
    assert f"{ESCAPED}</textarea>" in page.content.decode()


def test_with_the_database_gone_an_officers_door_says_so_too(database_gone: None) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32

    page = client.post("/en/admin/case/S-2026-000001/answer/", {"answer": WORDS, "version": 1})

    assert page.status_code == 503
    assert f"{ESCAPED}</textarea>" in page.content.decode()


def test_an_unknown_address_needs_no_database_and_offers_three_ways_on() -> None:
    page = Client().get("/en/nothing/here/")

    html = page.content.decode()
    assert page.status_code == 404
    assert 'method="post" action="/en/say/check/"' in html
    assert 'method="get" action="/en/track/"' in html
    assert 'href="tel:120"' in html
    assert "There is no page here" in words_of(page)


def test_a_request_nobody_understands_is_answered_in_words() -> None:
    page = Client(raise_request_exception=False).post(
        "/en/say/check/", {f"field{n}": "1" for n in range(1001)}
    )

    assert page.status_code == 400
    assert "We could not read that" in words_of(page)


def test_too_many_tries_are_told_to_wait() -> None:
    with translation.override("en"):
        page = respond_429(request_of("/en/accounts/login/"))

    assert page.status_code == 429
    assert "Too many tries" in words_of(page)
    assert broken_promises(page.content.decode(), "en") == []
