"""Joining at the desk: a number, a button, and the way back."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser

from channels_app import actions
from channels_app.models import Message
from people.models import Office, User
from tests.channels_app.factories import receive, routed_to
from tests.desk.doors import case_url, press, words_of
from tests.desk.screens import problems
from tests.pages.browsing import NARROW, TWO, Setting
from tests.people import factories as people


@pytest.fixture
def lead(roads: Office) -> Message:
    return routed_to(roads, contact=("mail", "mina@example.org"))


@pytest.mark.parametrize("typed", ["{code}", "{lower}", " {code} "])
def test_a_case_is_joined_by_the_number_of_the_other(
    at_desk: Client, roads: Office, lead: Message, typed: str
) -> None:
    message = routed_to(roads, text="전화 010-1234-5678, 보도블록이요")
    number = typed.format(code=lead.code, lower=lead.code.lower())

    press(at_desk, message, "join", lead=number)

    message.refresh_from_db()
    assert message.lead == lead
    shown = words_of(at_desk.get(case_url(lead)))
    assert "1 more about the same matter" in shown
    assert message.code in shown
    assert "-1234" not in shown
    assert "Join it to the same matter" not in shown
    assert lead.code in words_of(at_desk.get(case_url(message)))


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("nonsense", "There is no case with this number that you may act on."),
        ("of others", "There is no case with this number that you may act on."),
        ("itself", "This is the number of this case itself."),
        ("answered", "Only an open case that is not joined itself can lead."),
        ("joined", "Only an open case that is not joined itself can lead."),
        ("", "Write the receipt number."),
    ],
)
def test_a_number_that_can_not_lead_is_told_in_words(
    at_desk: Client, jun: User, roads: Office, buses: Office, lead: Message, which: str, words: str
) -> None:
    message, other = routed_to(roads), routed_to(roads)
    if which == "answered":
        actions.answer(other, text="고쳤습니다", by=jun)
    if which == "joined":
        actions.join(other, to=lead, by=jun)
    numbers = {"itself": message.code, "of others": routed_to(buses).code, "nonsense": "12", "": ""}

    page = press(at_desk, message, "join", lead=numbers.get(which, other.code))

    assert page.status_code == 422
    assert words in words_of(page)
    message.refresh_from_db()
    assert message.lead is None


def test_a_joined_case_is_parted_with_a_reason(at_desk: Client, jun: User, lead: Message) -> None:
    assert lead.office is not None
    message = actions.join(routed_to(lead.office), to=lead, by=jun)
    assert "Part it again" in words_of(at_desk.get(case_url(message)))

    assert press(at_desk, message, "un-join", reason="").status_code == 422
    told = press(at_desk, message, "un-join", reason="다른 정류장이에요")

    assert told.url.endswith("/admin/triage/")  # the centre has it: its page is shut to Jun
    message.refresh_from_db()
    assert message.lead is None
    centre = people.signed_in_client(people.centre_officer())
    told = words_of(centre.get(case_url(message)))
    assert "Parted again: it is a matter of its own" in told
    assert "다른 정류장이에요" in told


def test_the_exact_place_is_for_those_who_may_read_originals(
    at_desk: Client, roads: Office
) -> None:
    message = routed_to(roads, place="010-1234-5678 가게 앞", position=(37.5512345, 126.9123456))

    office = words_of(at_desk.get(case_url(message)))
    mayor = words_of(people.signed_in_client(people.mayors_officer()).get(case_url(message)))

    assert "010-1234-5678" in office
    assert "37.5512345" in office
    assert "1234-5678" not in mayor
    assert "37.5512," in mayor


def test_more_joined_cases_ask_no_more_questions(
    at_desk: Client, jun: User, roads: Office, lead: Message
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert at_desk.get(case_url(lead)).status_code == 200
        return len(asked)

    actions.join(routed_to(roads), to=lead, by=jun)
    questions()
    few = questions()
    for _n in range(25):
        receive(same_as=lead.code)

    assert questions() == few
    assert "26 more about the same matter" in words_of(at_desk.get(case_url(lead)))
    assert "The first ones are shown." in words_of(at_desk.get(case_url(lead)))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("setting", [*TWO, NARROW], ids=str)
def test_nothing_is_wrong_with_joined_cases(
    at_desk: Client, jun: User, lead: Message, browser: Browser, axe: Axe, setting: Setting
) -> None:
    assert lead.office is not None
    message = actions.join(routed_to(lead.office, place="Hapjeong " * 20), to=lead, by=jun)
    third = routed_to(lead.office)

    def page(path: str) -> Any:
        return at_desk.get(path if setting.language == "en" else path.removeprefix("/en"))

    pages = {
        "lead": page(case_url(lead)),
        "joined": page(case_url(message)),
        "could be joined": page(case_url(third)),
        "with an error": press(at_desk, third, "join", lead="nonsense"),
    }

    assert problems(browser, axe if setting in TWO else None, setting, pages) == []
