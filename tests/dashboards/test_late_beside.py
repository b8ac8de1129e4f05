"""What is late beside answers stands on a list of the mayor's office, and leaves it when done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import deadlines
from lifecycle import clock
from mayors_office.dashboards import late_beside
from people.models import Office
from suggestions import actions
from suggestions.models import Appeal, Suggestion
from tests.committees import rooms
from tests.committees.rooms import DAY, Room
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MAYOR = "/en/dashboard/mayor/"


@pytest.fixture
def mayor() -> Client:
    return people.signed_in_client(people.mayors_officer())


def room_since(days: float) -> Room:
    """A committee since so many days, whose item was due a fortnight later, as was its report."""
    with clock.at(clock.now() - days * DAY):
        room = rooms.at_work()
        rooms.adopted(room, days=14)
        actions.open_reports_of_committee(room.committee)
        spoken = actions.Spoken("노선을 늘리겠습니다.", said_on=clock.seoul().date())
        actions.make_promise(spoken, speaker=room.office, by=room.jun)
    return room


def appealed(office: Office, days: float) -> Appeal:
    with clock.at(clock.now() - days * DAY):
        idea = ideas.reviewed(office)
        answering.declined(idea, by=people.head_of(office))
        return actions.appeal(Suggestion.objects.get(pk=idea.pk), text="다시 봐 주세요.")


def counts(client: Client) -> dict[str, int]:
    found = client.get(MAYOR).context["needs"]
    return {need.name: need.count for need in found if need.name in late_beside.KINDS}


def test_what_is_late_for_a_week_is_listed_with_the_way_to_it(mayor: Client) -> None:
    room = room_since(30)
    appeal = appealed(room.office, 60)
    item = room.suggestion.items.get()

    numbers = counts(mayor)
    html = mayor.get(MAYOR).content.decode()

    assert all(numbers.values()), numbers
    assert item.title in html
    for link in (
        f"/admin/reports/due/?report={room.committee.reports.earliest('number').pk}",
        f"/admin/suggestion/{room.suggestion.code}/",
        f"/admin/suggestion/{appeal.suggestion.code}/",
        "/admin/promises/",
    ):
        assert link in html
    for name, number in numbers.items():
        page = mayor.get(f"{MAYOR}?show={name}")
        assert page.context["count"] == len(page.context["lines"]) == number
    file = mayor.get("/en/dashboard/mayor/needs.csv").content.decode()
    assert item.title in file or room.suggestion.code in file


def test_what_is_late_for_a_day_is_not_the_mayors_yet(mayor: Client) -> None:
    room_since(15.5)

    assert counts(mayor) == dict.fromkeys(late_beside.KINDS, 0)


def test_what_was_done_has_left_the_list(mayor: Client) -> None:
    room = room_since(30)
    report = room.committee.reports.earliest("number")

    before = counts(mayor)
    rooms.published(report, by=room.jun)
    item = actions.start_item(room.suggestion.items.get(), by=room.jun)
    actions.finish_item(item, words="다닙니다.", by=room.jun)

    after = counts(mayor)
    assert (before["late_reports"], before["late_items"]) == (1, 1)
    assert (after["late_reports"], after["late_items"]) == (0, 0)


def test_the_days_are_the_rulebooks(mayor: Client) -> None:
    assert late_beside.KINDS["late_items"].days() == deadlines.LATE_TO_MAYOR.value()
    room_since(14 + deadlines.LATE_TO_MAYOR.value() - 2)

    assert counts(mayor)["late_items"] == 0


def test_the_page_costs_the_same_at_one_late_row_and_at_many(mayor: Client) -> None:
    room = room_since(30)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            mayor.get(MAYOR)
        return len(found)

    asked()
    few = asked()
    with clock.at(clock.now() - timedelta(days=30)):
        for number in range(8):
            given = rooms.planned(room.office, days=10, title=f"일 {number}")
            actions.plan_item(room.suggestion, given, by=room.jun)

    assert asked() == few
