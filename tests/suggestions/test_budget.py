"""Lines of yearly budgets: kept by their office, read by everyone, on the suggestion's own page."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import actions as message_actions
from lifecycle import rules
from people.models import Office
from suggestions.models import BudgetRow, Suggestion
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
ADD = "/admin/suggestions/budgetrow/add/"


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses", name_en="Night Bus Office")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.opened(buses)


def row(idea: Suggestion, year: int = 2026, planned: int = 1_500_000, **more: Any) -> BudgetRow:
    said = {"office": idea.department, "title": "차 두 대", **more}
    return BudgetRow.objects.create(suggestion=idea, year=year, planned=planned, **said)


def words_of(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def typed(buses: Office, idea: Suggestion, **more: Any) -> dict[str, Any]:
    said = {"office": buses.pk, "suggestion": idea.code, "year": 2026, "title": "차 두 대"}
    return {**said, "planned": 1_500_000, "spent": "", **more}


def test_an_office_enters_a_line_by_the_receipt_number(buses: Office, idea: Suggestion) -> None:
    jun = people.signed_in_client(people.officer_of(buses))

    assert jun.post(ADD, typed(buses, idea)).status_code == 302

    line = BudgetRow.objects.get()
    assert (line.suggestion, line.office, line.spent) == (idea, buses, None)
    change = f"/admin/suggestions/budgetrow/{line.pk}/change/"
    assert f'value="{idea.code}"' in jun.get(change).content.decode()


def test_an_unknown_number_and_a_line_that_stands_there_are_refused_in_words(
    buses: Office, idea: Suggestion
) -> None:
    jun = people.signed_in_client(people.officer_of(buses))
    row(idea)

    for wrong, field in (({"suggestion": "S-2026-999999"}, "suggestion"), ({}, "__all__")):
        page = jun.post(ADD, typed(buses, idea, **wrong))
        assert field in page.context["adminform"].form.errors
    assert BudgetRow.objects.count() == 1


def test_another_office_enters_nothing_for_this_one(buses: Office, idea: Suggestion) -> None:
    sora = people.signed_in_client(people.officer_of(people.make_office("parks")))

    page = sora.post(ADD, typed(buses, idea))

    assert "office" in page.context["adminform"].form.errors
    assert not BudgetRow.objects.exists()


def test_everyone_reads_it_year_by_year_and_with_the_suggestion(
    client: Client, idea: Suggestion
) -> None:
    row(idea, planned=1_500_000, spent=1_200_000)
    row(idea, 2025, 7_000, title="조사")

    newest, older = (words_of(client, f"/en/budget/{year}") for year in ("", "?year=2025"))
    own = words_of(client, f"/en/s/{idea.code}/")

    assert "2026: 1,500,000 won planned · 1,200,000 won spent" in newest
    assert "조사" not in newest
    assert "2025: 7,000 won planned" in older
    assert idea.title in older
    assert "In the budget" in own
    assert "차 두 대" in own
    assert "조사" in own


def test_what_not_everyone_may_read_has_no_line_in_public(client: Client, idea: Suggestion) -> None:
    row(idea)
    message_actions.hide(idea.message, reason="personal", by=people.centre_officer())

    assert "No budget has a line" in words_of(client, "/en/budget/")


def test_many_lines_come_page_by_page_for_the_same_questions(
    client: Client, buses: Office, idea: Suggestion
) -> None:
    def asked() -> int:
        rules.forget()
        with CaptureQueriesContext(connection) as caught:
            client.get("/en/budget/")
        return len(caught)

    row(idea)
    asked()
    few = asked()
    for number in range(24):
        row(ideas.opened(buses), planned=number)

    assert asked() == few <= 15
    first = client.get("/en/budget/").context["page"]
    rest = client.get(f"/en/budget/?year=2026&after={first.next_key}").context["page"]
    assert (len(first.rows), len(rest.rows), rest.next_key) == (20, 5, "")
