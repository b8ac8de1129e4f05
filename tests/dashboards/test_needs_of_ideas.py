"""What of suggestions needs the mayor's office: late for long, or put off again and again."""

from datetime import timedelta

import pytest
from django.test import Client

from lifecycle import clock
from people.models import Office
from suggestions import tasks
from suggestions.models import Suggestion
from tests.pages.html import Node, read
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MAYOR = "/en/dashboard/mayor/"
DAY = timedelta(days=1)


@pytest.fixture
def buses() -> Office:
    return answering.department()


@pytest.fixture
def above() -> Client:
    return people.signed_in_client(people.mayors_officer())


def page(client: Client, query: str = "") -> Node:
    answer = client.get(f"{MAYOR}{query}")
    assert answer.status_code == 200
    return read(answer.content.decode())


def late(office: Office, days: int) -> Suggestion:
    """Its date passed so many days ago, and the sweep has run since."""
    idea = ideas.reviewed(office)
    Suggestion.objects.filter(pk=idea.pk).update(due_at=clock.now() - days * DAY)
    tasks.remind_of_suggestions()
    return idea


def put_off(office: Office) -> Suggestion:
    """Its answer was put off once more than the head may alone decide."""
    idea, jun, head = ideas.reviewed(office), people.officer_of(office), people.head_of(office)
    for by in (jun, jun, head, head):
        answering.put_off(idea, by=by)
    return idea


def test_each_kind_leads_to_exactly_its_rows(buses: Office, above: Client) -> None:
    rows = {"late_ideas": late(buses, 8), "put_off_ideas": put_off(buses)}
    late(buses, 4)

    box = page(above).with_class("needs")[0]

    assert "2 matters are stuck below" in box.text
    for name, idea in rows.items():
        (link,) = [a for a in box.all("a") if a.attrs["href"] == f"?show={name}"]
        assert link.attrs["data-rows"] == "1"
        for shown in (box, page(above, f"?show={name}")):
            assert f"/en/admin/suggestion/{idea.code}/" in {a.attrs["href"] for a in shown.all("a")}
        assert idea.code in above.get("/en/dashboard/mayor/needs.csv").content.decode()


def test_what_was_answered_meanwhile_needs_nobody(buses: Office, above: Client) -> None:
    idea = late(buses, 8)

    answering.declined(idea, by=people.head_of(buses))

    assert "Nothing needs you" in page(above).with_class("needs")[0].text


def test_the_page_of_an_office_counts_its_late_ones_and_leads_to_them(
    buses: Office, client: Client
) -> None:
    idea = late(buses, 1)
    late(people.make_office("parks"), 1)

    shown = read(client.get(f"/en/dashboard/office/{buses.slug}/").content.decode())

    hrefs = [(a, a.attrs.get("href", "")) for a in shown.all("a")]
    (link,) = [a for a, href in hrefs if "/suggestions/" in href and href.endswith("overdue=on")]
    assert link.attrs["data-rows"] == "1"
    listed = client.get(link.attrs["href"]).context["page"].rows
    assert [row.code for row in listed] == [idea.code]
