"""Committees in public: who sits in them, what they report; and the private page of a seat."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from channels_app.letters import compose
from channels_app.models import Delivery, Message
from lifecycle import clock
from suggestions import actions
from suggestions.actions import Person
from suggestions.models import DropProposal, Opinion, ProgressReport, Seat, Suggestion
from suggestions.states_of_committees import ReportStatus, Side
from suggestions.there import there_is
from tests.committees import rooms
from tests.committees.rooms import DAY, Room
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    """It began six weeks ago; its first report is published, the second one is late."""
    with clock.at(clock.now() - 41 * DAY):
        room = rooms.at_work(suggestions=2)
        rooms.adopted(room)
        rooms.published(rooms.report_of(room.committee), by=room.jun)
    rooms.report_of(room.committee)
    list(actions.tell_of_late())
    return room


def words_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_everyone_sees_members_by_side_and_what_is_late(client: Client, room: Room) -> None:
    words = words_of(client, room.committee.get_absolute_url())

    assert room.committee.name in words
    assert "최수아 · 밤길 모임" in words
    assert room.suggestion.code in words
    assert "1 on time, 1 late" in words_of(client, f"/en{room.committee.get_absolute_url()}")


def test_the_next_thing_to_happen_is_the_report_that_is_owed(client: Client, room: Room) -> None:
    owed = room.committee.reports.get(number=2)
    assert owed.due_at is not None
    paths = [one.get_absolute_url() for one in room.suggestions]
    adopted, decided_later = (words_of(client, f"/en{path}") for path in paths)

    by = f'<dt>Next report by</dt> <dd><strong><time datetime="{clock.seoul(owed.due_at):%Y-%m-%d}"'
    assert by in adopted
    assert "every two weeks" in adopted
    assert adopted.count("To be finished by") == 1
    assert "Decision by" in decided_later
    assert "Progress report 2 is late" in decided_later
    assert "· on time" in decided_later
    calendar = client.get(f"/en/s/{room.suggestion.code}/due.ics").content.decode()
    assert calendar.count("BEGIN:VEVENT") == 2
    assert f"DTSTART:{owed.due_at:%Y%m%dT%H%M%SZ}" in calendar
    assert "· Next report by" in calendar


def test_a_draft_is_nobodys_to_read(client: Client, room: Room) -> None:
    report = room.committee.reports.get(number=2)
    actions.draft_report(report, rooms.words(report, done="아직 비밀"), by=room.jun)

    words = words_of(client, room.committee.get_absolute_url())

    assert "아직 비밀" not in words
    assert client.get(report.get_absolute_url()).status_code == 404


def test_a_name_is_public_only_with_consent(client: Client, room: Room) -> None:
    hidden = Person(side=Side.CITIZEN, name="홍비밀", organisation="", shown=False)
    actions.seat_person(room.committee, hidden, consent="전화", by=room.jun)

    assert "홍비밀" not in words_of(client, room.committee.get_absolute_url())


def test_a_reader_asks_back_and_the_words_are_kept_where_something_is_wrong(
    client: Client, room: Room
) -> None:
    report = room.committee.reports.get(number=1)
    path = report.get_absolute_url()
    wrong = client.post(
        path, {"text": "왜 두 노선뿐인가요?", "contact": "nobody", "client_key": uuid.uuid4()}
    )
    assert wrong.status_code == 422
    assert "왜 두 노선뿐인가요?" in wrong.content.decode()

    form = {"text": "왜 두 노선뿐인가요?", "contact": "", "client_key": uuid.uuid4()}
    done = client.post(path, form)

    message = Message.objects.get(kind="question")
    assert (done.status_code, done["Location"]) == (302, message.private_url("case_done"))
    assert report.feedback.get().message == message


def test_the_calendar_names_meetings_and_due_dates(client: Client, room: Room) -> None:
    actions.call_meeting(
        room.committee,
        starts_at=clock.now() + DAY,
        place="시민청; 2층",
        agenda="노선",
        by=room.jun,
    )

    answer = client.get(f"{room.committee.get_absolute_url()}dates.ics")

    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == room.committee.reports.count() + 1
    assert "시민청\\; 2층" in text.replace("\r\n ", "")


def test_an_invitation_by_mail_leads_to_a_seat(client: Client, room: Room) -> None:
    person = Person(side=Side.CITIZEN, name="정하은", organisation="밤길 모임")
    actions.invite_to_seat(room.committee, person, address="sora@example.org", by=room.jun)
    letter = compose(Delivery.objects.get(event="confirm"))
    (link,) = [word for word in letter.body.split() if "/confirm/seat/" in word]
    path = link.partition("//")[2].partition("/")[2]

    asks = client.get(f"/{path}")
    accepts = client.post(f"/{path}", {"shown": "on"})

    assert asks.status_code == 200
    assert "정하은" not in letter.body
    seat = Seat.objects.get(name="정하은")
    assert accepts["Location"] == seat.private_url()
    assert seat.is_sitting
    assert seat.shown
    assert client.get(seat.private_url())["Referrer-Policy"] == "no-referrer"


def test_a_member_writes_the_report_from_the_private_page(client: Client, room: Room) -> None:
    report = room.committee.reports.get(number=2)
    path = f"{room.citizen.private_url()}reports/2/"
    page = words_of(client, path)
    assert "version" in page

    form = {"version": 0, "hours": "2", f"done_{room.suggestion.pk}": "버스를 보러 갔어요."}
    assert client.post(path, form).status_code == 302

    report.refresh_from_db()
    assert (report.status, report.by_seat) == (ReportStatus.DRAFTED, room.citizen)


def test_a_citizen_says_what_they_think_of_a_no(client: Client, room: Room) -> None:
    second = room.suggestions[1]
    proposal = actions.propose_drop(second, **rooms.NO, by=room.jun)
    path = f"{room.citizen.private_url()}opinion/{proposal.pk}/"
    assert client.post(path, {"words": "음"}).status_code == 422

    client.post(path, {"concurs": "yes", "words": "알겠어요"})

    assert Opinion.objects.get(proposal=proposal).concurs
    civic = f"{room.civic.private_url()}opinion/{proposal.pk}/"
    assert client.post(civic, {"concurs": "yes"}).status_code == 403
    assert DropProposal.objects.get().opinions.count() == 1


def test_a_seat_that_is_given_up_has_no_page(client: Client, room: Room) -> None:
    path = room.citizen.private_url()

    client.post(f"{path}leave/", {"act": "leave"})

    assert client.get(path).status_code == 404


def part_of(name: str) -> Callable[[Any], dict[str, Any]]:
    part = import_module(f"suggestions.parts.{name}").PART
    return lambda suggestion: part.needs(suggestion, False, there_is(suggestion))


def test_the_parts_of_a_suggestions_page(room: Room) -> None:
    items, reports = part_of("items"), part_of("reports")

    assert items(room.suggestion)["percent"] == 0
    assert [line.report.number for line in reports(room.suggestion)["lines"]] == [1]
    assert reports(room.suggestion)["committee"] == room.committee
    assert items(ideas.reviewed(room.office)) == {}
    assert reports(ideas.reviewed(room.office)) == {}


@pytest.mark.parametrize(("name", "queries"), [("items", 2), ("reports", 6)])
def test_a_part_asks_the_same_however_much_there_is(
    name: str, queries: int, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fresh = Suggestion.objects.select_related("office", "department").get(pk=room.suggestion.pk)
    for number in range(3):
        actions.plan_item(fresh, rooms.planned(room.office, title=f"일 {number}"), by=room.jun)
    with django_assert_num_queries(queries):
        part_of(name)(fresh)


def queries_of(client: Client, path: str) -> int:
    client.get(path)  # what a process reads once
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_pages_ask_the_same_at_few_and_at_many_rows(client: Client, room: Room) -> None:
    report = room.committee.reports.get(number=1)
    paths = ("/committees/", room.committee.get_absolute_url(), report.get_absolute_url())
    few = [queries_of(client, path) for path in paths]

    for number in range(2, 8):
        with clock.at(clock.now() + timedelta(days=14 * number)):
            fresh = rooms.report_of(room.committee)
            rooms.published(fresh, by=room.jun)
            rooms.seated(room.committee, Side.CITIZEN, by=room.jun, name=f"사람{number}")
            another = ideas.reviewed(room.office)
            actions.send_to_committee(another, to=room.committee, reason=rooms.WHY, by=room.head)
        rooms.formed(room.office, room.suggestion, by=room.jun)

    for number in range(3):
        actions.say_about(report, text=f"왜요 {number}", contact=None, language="ko")

    assert [queries_of(client, path) for path in paths] == few
    assert max(few) <= 15
    assert ProgressReport.objects.count() > 7


def test_committees_come_page_by_page_and_each_group_has_its_own(
    client: Client, room: Room
) -> None:
    for _number in range(22):
        rooms.formed(room.office, room.suggestion, by=room.jun)
    network, over = (rooms.formed(room.office, room.suggestion, by=room.jun) for _n in range(2))
    actions.close_committee(network, words="끝", lives_on=True, by=room.jun)
    actions.close_committee(over, words="끝", lives_on=False, by=room.jun)

    first = client.get("/committees/")
    page = first.context["page"]
    second = client.get("/committees/", {"which": "open", "after": page.next_key}).context["page"]

    assert [name_and_number[2] for name_and_number in first.context["numbers"]] == [23, 1, 1]
    assert (len(page.rows), len(second.rows), second.next_key) == (20, 3, "")
    assert room.committee in second.rows
    assert network.name in words_of(client, "/committees/?which=networks")
    assert over.name in words_of(client, "/committees/?which=over")
    assert over.name not in words_of(client, "/committees/?which=networks")
    assert client.get("/committees/?which=nonsense").context["which"] == "open"
