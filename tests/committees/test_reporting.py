"""Every fortnight one report: whole, countersigned, late in public, answering what was said."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from channels_app import actions as message_actions
from channels_app.models import Level, Message, Notice
from channels_app.states import MessageStatus
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Role
from suggestions import actions
from suggestions.actions import Draft, LineDraft, WordsMissingError
from suggestions.models import LateReport, ProgressReport
from suggestions.models.reports import next_report_due, report_due
from suggestions.parts.reports import PART
from suggestions.states_of_committees import ReportStatus
from tests.committees import rooms
from tests.committees.rooms import DAY, Room
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return rooms.at_work(suggestions=2)


def next_report(room: Room) -> ProgressReport:
    """A fortnight later."""
    with clock.at(clock.now() + 14 * DAY):
        return rooms.report_of(room.committee)


def test_a_report_has_a_line_for_each_live_suggestion(room: Room) -> None:
    rooms.adopted(room)
    report = rooms.published(rooms.report_of(room.committee), by=room.jun)

    assert report.status == ReportStatus.PUBLISHED
    assert {line.suggestion_id for line in report.lines.all()} == {
        one.pk for one in room.suggestions
    }
    line = report.lines.get(suggestion=room.suggestion)
    assert (line.percent, line.stands_at) == (0, "adopted")
    assert line.finish_at == room.suggestion.finish_at
    assert report.steps.latest("seq").text_digest


def test_what_citizens_could_not_read_is_masked(room: Room) -> None:
    done = "김민아(010-1234-5678)에게 알렸습니다."
    report = rooms.published(rooms.report_of(room.committee), by=room.jun, done=done)

    assert all("010-1234-5678" not in line.done for line in report.lines.all())


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ({"hours": None}, "hours"),
        ({"lines": {}}, "done_"),
        ({"no_change": True}, "because"),
    ],
)
def test_an_unfinished_draft_is_kept_and_not_published(
    more: dict[str, object], missing: str, room: Room
) -> None:
    report = rooms.report_of(room.committee)
    report = actions.draft_report(report, rooms.words(report, **more), by=room.jun)  # type: ignore[arg-type]

    with pytest.raises(WordsMissingError) as refused:
        actions.publish_report(report, by=room.jun)

    assert str(refused.value.args[0]).startswith(missing)
    report.refresh_from_db()
    assert report.status == ReportStatus.DRAFTED


def test_nothing_changed_needs_a_reason_and_twice_in_a_row_is_flagged(room: Room) -> None:
    nothing = {"lines": {}, "no_change": True, "because": "예산 심의를 기다립니다."}
    first = rooms.published(rooms.report_of(room.committee), by=room.jun, **nothing)

    second = rooms.published(next_report(room), by=room.jun, **nothing)

    assert (first.flagged, second.flagged) == (False, True)


def test_a_finish_date_that_moved_since_the_last_report_needs_a_reason(room: Room) -> None:
    adopted = rooms.adopted(room)
    rooms.published(rooms.report_of(room.committee), by=room.jun)
    item = adopted.items.get()
    actions.move_item(item, due_on=rooms.day(60), words="차가 늦습니다.", by=room.jun)
    report = next_report(room)
    said = {adopted.pk: LineDraft(done="차를 주문했습니다.")}
    actions.draft_report(report, Draft(lines=said, hours=Decimal(1)), by=room.jun)

    with pytest.raises(WordsMissingError, match=f"moved_{adopted.pk}"):
        actions.publish_report(report, by=room.jun)

    rooms.published(report, by=room.jun)


def test_a_member_writes_and_an_officer_countersigns(room: Room) -> None:
    report = rooms.report_of(room.committee)
    written = actions.draft_report_as_seat(report, rooms.words(report), seat=room.citizen)

    signed = actions.publish_report(written, by=room.jun, version=written.version)

    assert (signed.by_seat, signed.published_by) == (room.citizen, room.jun)
    assert [step.by for step in signed.steps.all()] == [None, None, room.jun]


def test_what_an_officer_rewrites_is_no_longer_the_members(room: Room) -> None:
    report = rooms.report_of(room.committee)
    actions.draft_report_as_seat(report, rooms.words(report), seat=room.citizen)

    report = rooms.published(report, by=room.jun)

    assert report.by_seat is None


def test_who_has_left_or_sits_elsewhere_writes_nothing(room: Room) -> None:
    report = rooms.report_of(room.committee)
    elsewhere = rooms.at_work("parks").citizen
    actions.give_up_seat(room.civic, by=None)

    for seat in (elsewhere, room.civic):
        seat.refresh_from_db()
        with pytest.raises(PermissionDenied):
            actions.draft_report_as_seat(report, rooms.words(report), seat=seat)

    assert ProgressReport.objects.get(pk=report.pk).status == ReportStatus.DUE


def test_two_who_write_at_once_do_not_overwrite_each_other(room: Room) -> None:
    report = rooms.report_of(room.committee)
    actions.draft_report(report, rooms.words(report), by=room.jun, version=0)

    with pytest.raises(OvertakenError):
        actions.draft_report_as_seat(report, rooms.words(report), seat=room.citizen, version=0)


def test_what_is_published_is_never_written_again(room: Room) -> None:
    report = rooms.published(rooms.report_of(room.committee), by=room.jun)

    with pytest.raises(WrongTurnError):
        actions.draft_report(report, rooms.words(report), by=room.jun)


def test_a_late_report_is_told_of_level_by_level_once_each(room: Room) -> None:
    mayors = people.mayors_office()
    report = rooms.report_of(room.committee)
    assert report.due_at is not None
    for days, levels in ((0, ["late"]), (2, ["late"]), (4, ["late", "head"]), (8, None)):
        with clock.at(report.due_at + days * DAY + timedelta(minutes=1)):
            list(actions.tell_of_late())
            assert list(actions.tell_of_late()) == []
        told = list(report.told.values_list("level", flat=True))
        assert told == (levels or ["late", "head", "mayor"])

    assert report.told.get(level="head").office == room.office
    assert report.told.get(level="mayor").office == mayors
    assert report.was_late is False  # its date lies ahead of now


@pytest.mark.parametrize("alone", [False, True])
def test_whoever_follows_hears_of_a_late_report_that_nobody_began(room: Room, alone: bool) -> None:
    concerned = [rooms.adopted_directly()] if alone else room.suggestions
    for mandate in concerned[0].mandates.filter(committee=None):
        actions.open_reports_of_office(mandate)
    report = concerned[0].reports.get() if alone else rooms.report_of(room.committee)
    assert report.due_at is not None

    with clock.at(report.due_at + timedelta(minutes=1)):
        list(actions.tell_of_late())
        list(actions.tell_of_late())

    told = Notice.objects.filter(key=f"no-report-{report.pk}")
    assert {one.topic_id for one in told} == {one.topic_id for one in concerned}
    assert all(one.is_late for one in told)
    (late,) = [one for one in PART.entries(concerned[0]) if "1" in one.what]
    assert late.at > report.due_at


def test_what_came_in_since_the_draft_needs_its_line(room: Room) -> None:
    report = rooms.report_of(room.committee)
    report = actions.draft_report(report, rooms.words(report), by=room.jun)
    another = ideas.reviewed(room.office)
    actions.send_to_committee(another, to=room.committee, reason=rooms.WHY, by=room.head)

    with pytest.raises(WordsMissingError, match=f"done_{another.pk}"):
        actions.publish_report(report, by=room.jun)

    assert rooms.published(report, by=room.jun).lines.filter(suggestion=another).exists()


def test_the_next_report_is_the_oldest_that_is_owed_or_the_one_after_the_newest(
    room: Room,
) -> None:
    reports_from = room.committee.reports_from
    assert reports_from is not None
    assert next_report_due(room.suggestion) == report_due(reports_from, 1)
    report = rooms.report_of(room.committee)
    with clock.at(clock.now() + 20 * DAY):
        rooms.report_of(room.committee)
        assert next_report_due(room.suggestion) == report.due_at

    rooms.published(report, by=room.jun)

    with clock.at(clock.now() + 20 * DAY):
        assert next_report_due(room.suggestion) == report_due(reports_from, 2)
    assert next_report_due(ideas.reviewed(room.office)) is None


def test_its_office_is_reminded_before_the_date_and_nobody_else_reads_of_it(room: Room) -> None:
    report = rooms.report_of(room.committee)
    assert report.due_at is not None
    for days in (4, 2.9, 2):
        with clock.at(report.due_at - days * DAY):
            list(actions.tell_of_late())

    soon = report.told.get()
    assert (soon.level, soon.office) == ("soon", room.office)
    assert soon.at == report.due_at - 2.9 * DAY
    for path in (room.committee.get_absolute_url(), room.suggestion.get_absolute_url()):
        assert str(Level.SOON.label) not in Client().get(path).content.decode()
    with clock.at(report.due_at + 9 * DAY):
        list(actions.tell_of_late())
    assert list(report.told.outward().values_list("level", flat=True)) == ["late", "head", "mayor"]


def test_a_beat_that_rested_reminds_of_nothing_that_is_late_already(room: Room) -> None:
    report = rooms.report_of(room.committee)
    assert report.due_at is not None

    with clock.at(report.due_at + DAY):
        list(actions.tell_of_late())

    assert list(report.told.values_list("level", flat=True)) == ["late"]


def test_a_report_that_was_published_is_no_longer_told_of(room: Room) -> None:
    report = rooms.published(rooms.report_of(room.committee), by=room.jun)

    assert report.due_at is not None
    with clock.at(report.due_at + 9 * DAY):
        list(actions.tell_of_late())
        assert not report.was_late

    assert not LateReport.objects.exists()


def said_about(report: ProgressReport, text: str = "왜 두 노선뿐인가요?") -> Message:
    return actions.say_about(report, text=text, contact=None, language="ko").message


def test_what_is_said_about_a_report_lies_with_its_office_and_the_next_one_answers(
    room: Room,
) -> None:
    first = rooms.published(rooms.report_of(room.committee), by=room.jun)
    message = said_about(first)
    assert (message.kind, message.channel) == ("question", "web")
    assert Message.objects.get(pk=message.pk).office == room.office
    report = next_report(room)
    actions.draft_report(report, rooms.words(report), by=room.jun)

    with pytest.raises(WordsMissingError, match="answer_"):
        actions.publish_report(report, by=room.jun)

    (open_one,) = actions.unanswered(report)
    answers = {open_one.pk: "차가 두 대뿐이라서요."}
    rooms.published(report, by=room.jun, answers=answers)
    feedback = first.feedback.get()
    assert (feedback.answered_in, feedback.answer) == (report, "차가 두 대뿐이라서요.")
    assert Message.objects.get(pk=message.pk).status == MessageStatus.ANSWERED


def test_what_was_answered_meanwhile_as_a_message_is_answered_in_the_report_too(
    room: Room,
) -> None:
    first = rooms.published(rooms.report_of(room.committee), by=room.jun)
    message_actions.answer(said_about(first), text="차가 없어서요.", by=room.jun)
    report = next_report(room)
    (open_one,) = actions.unanswered(report)

    rooms.published(report, by=room.jun, answers={open_one.pk: "위와 같습니다."})

    assert actions.unanswered(next_report(room)) == []


def test_the_same_form_sent_twice_is_said_once(room: Room) -> None:
    report = rooms.published(rooms.report_of(room.committee), by=room.jun)
    key = uuid.uuid4()

    for _time in range(2):
        actions.say_about(report, text="왜요?", contact=None, language="ko", client_key=key)

    assert report.feedback.count() == 1


def test_the_next_holder_of_the_office_publishes_what_the_one_before_began(room: Room) -> None:
    report = rooms.report_of(room.committee)
    actions.draft_report(report, rooms.words(report), by=room.jun)
    successor = people.officer_of(room.office)
    room.jun.appointments.filter(role=Role.OFFICER).update(until=clock.now())
    room.jun.__dict__.pop("posts")

    with pytest.raises(PermissionDenied):
        actions.publish_report(report, by=room.jun)
    actions.publish_report(report, by=successor)

    assert ProgressReport.objects.get(pk=report.pk).published_by == successor
