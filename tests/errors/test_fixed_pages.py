"""The fixed pages: true, from data, in both languages."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lifecycle import actions as lifecycle_actions
from lifecycle import rules
from tests.desk.doors import words_of
from tests.pages.html import broken_promises
from tests.people import factories as people

pytestmark = pytest.mark.django_db

FIXED = ("how-it-works", "rules", "privacy", "accessibility")


def amend(name: str, to: str, reason: str) -> None:
    """An administrator changes a number of policy."""
    lifecycle_actions.amend_rule(name, to=to, reason=reason, by=people.administrator())
    rules.forget()


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", FIXED)
def test_each_page_keeps_the_contract(name: str, language: str) -> None:
    page = Client().get(f"{language}/{name}/")

    assert page.status_code == 200
    assert broken_promises(page.content.decode(), language.strip("/") or "ko") == []


@pytest.mark.parametrize("name", FIXED)
def test_no_page_leads_a_browser_to_another_host_or_sets_a_cookie(name: str) -> None:
    page = Client().get(f"/en/{name}/")

    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page.content.decode())
    assert not page.cookies


def test_a_page_with_a_form_sets_the_cookie_named_on_the_privacy_page_and_no_other() -> None:
    assert set(Client().get("/en/say/").cookies) == {"csrftoken"}


def test_the_clocks_are_those_of_the_rulebook() -> None:
    before = words_of(Client().get("/en/how-it-works/"))
    amend("answer.complaint", "4", "More people")

    after = words_of(Client().get("/en/how-it-works/"))

    assert "Complaint 5 working days" in before
    assert "Complaint 4 working days" in after
    assert "Question 1 working day " in after
    assert "Danger 3 hours" in after


def test_every_rule_is_listed_with_its_number_its_reason_and_what_was_before() -> None:
    amend("answer.complaint", "6", "Fewer people")
    amend("answer.complaint", "4", "More people")

    page = Client().get("/en/rules/")

    words = words_of(page)
    assert all(f'id="{name}"' in page.content.decode() for name in rules.declared())
    assert words.index("Why: More people") < words.index("Why: Fewer people")
    assert "4 working days" in words
    assert ": 6. Why: Fewer people" in words
    assert "At the beginning: 5" in words
    assert "never changed" in words


def test_declared_days_stand_beside_the_rules() -> None:
    lifecycle_actions.declare_holiday(
        date(2026, 11, 25),
        name_ko="임시 공휴일",
        name_en="A free day",
        by=people.administrator(),
    )

    assert "A free day · City hall is closed." in words_of(Client().get("/en/rules/"))


def test_the_rulebook_page_costs_the_same_after_many_changes() -> None:
    with CaptureQueriesContext(connection) as young:
        Client().get("/en/rules/")
    for days in range(1, 12):
        amend("answer.idea", str(days), "Again")

    with CaptureQueriesContext(connection) as old:
        Client().get("/en/rules/")

    assert len(old) == len(young) <= 4


def test_my_account_asks_to_sign_in_first() -> None:
    page = Client().get("/en/me/")

    assert page.status_code == 302
    assert page["Location"].startswith("/en/accounts/login/")


def test_my_account_leads_an_officer_to_the_queue() -> None:
    officer = people.officer_of(people.make_office("roads"), name="준")

    page = people.signed_in_client(officer).get("/en/me/")

    html = page.content.decode()
    assert "roads office · officer" in words_of(page)
    assert 'href="/en/admin/triage/"' in html
    assert 'action="/en/accounts/logout/"' in html
    assert broken_promises(page.content.decode(), "en") == []


def test_my_account_shows_a_citizen_no_officers_door() -> None:
    page = people.signed_in_client(people.make_user(), second_factor=False).get("/en/me/")

    assert page.status_code == 200
    assert "/admin/" not in page.content.decode()


@pytest.mark.parametrize("way", ["accounts/2fa/", "accounts/sessions/", "accounts/email/"])
def test_each_way_of_my_account_opens(way: str) -> None:
    client = people.signed_in_client(people.officer_of(people.make_office("roads")))

    assert f'href="/en/{way}"' in client.get("/en/me/").content.decode()
    assert client.get(f"/en/{way}").status_code in (200, 302)
