"""The contract of every page, in both languages."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.channels_app.factories import WORDS
from tests.pages.html import broken_promises, read
from tests.pages.visits import BY_NAME, VISITS, Visit

pytestmark = pytest.mark.django_db
LANGUAGES = ("ko", "en")
WITH_ERRORS = [name for name in BY_NAME if BY_NAME[name].status == 422]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_every_page_keeps_the_contract(client: Client, visit: Visit, language: str) -> None:
    html = visit.open(client, language)

    assert broken_promises(html, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WITH_ERRORS)
def test_an_error_is_told_on_top_at_the_field_and_in_the_title(
    client: Client, name: str, language: str
) -> None:
    page = read(BY_NAME[name].open(client, language))

    (summary,) = page.with_class("error-summary")
    assert page.one("title").text.startswith("Error:" if language == "en" else "오류:")
    assert summary.attrs["tabindex"] == "-1"
    assert "autofocus" in summary.attrs
    for link in summary.all("a"):
        control = page.by_id(link.attrs["href"][1:])
        told = " ".join(page.by_id(key).text for key in control.attrs["aria-describedby"].split())
        assert control.attrs["aria-invalid"] == "true"
        assert link.text in told
    assert summary.all("a")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_typed_wrongly_is_still_there(client: Client, language: str) -> None:
    page = read(BY_NAME["check with errors"].open(client, language))

    assert page.by_id("id_contact").attrs["value"] == "nowhere"
    assert WORDS in page.one("main").text


@pytest.mark.parametrize(
    ("name", "room"),
    [("home", "Speak"), ("wall", "Social Media Centre"), ("track", "Find my message")],
)
def test_the_menu_marks_the_room_one_is_in(client: Client, name: str, room: str) -> None:
    page = read(BY_NAME[name].open(client, "en"))

    here = {link.text for link in page.all("a") if link.attrs.get("aria-current") == "page"}
    assert room in here
    assert here <= {room}


def test_the_switch_leads_to_the_same_page_in_the_other_language(client: Client) -> None:
    page = read(client.get("/smc/?show=overdue").content.decode())

    (switch,) = [n for n in page.one("header").all("a") if n.attrs.get("lang") == "en"]
    assert switch.attrs["href"] == "/en/smc/?show=overdue"
    assert switch.text == "English"


def test_the_switch_takes_typed_words_along(client: Client) -> None:
    page = read(client.post("/say/", {"text": WORDS}).content.decode())

    (form,) = [n for n in page.one("header").all("form") if n.attrs.get("method") == "post"]
    typed = {n.attrs["name"]: n.attrs["value"] for n in form.all("input")}
    there = client.post(form.attrs["action"], typed)
    assert form.attrs["action"] == "/en/say/"
    assert WORDS in read(there.content.decode()).one("main").text


def test_an_operator_says_who_it_is(client: Client, settings: Settings) -> None:
    settings.OPERATOR_BANNER = "Seoul Metropolitan Government"

    page = read(client.get("/en/").content.decode())

    assert page.with_class("strip")[0].text == "Seoul Metropolitan Government"


def test_the_frame_touches_neither_session_nor_user(client: Client) -> None:
    response = client.get("/track/")

    assert not response.wsgi_request.session.accessed
    assert not response.cookies
