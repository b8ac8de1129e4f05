"""What an office owes on suggestions and reports reaches it by mail, with its late messages."""

from datetime import timedelta

import pytest

from channels_app import duties
from channels_app import tasks as message_tasks
from channels_app.letters import compose
from channels_app.models import Delivery
from lifecycle import clock
from people.models import Office, User
from suggestions import actions, tasks
from suggestions import duties as late
from suggestions.models import Overdue, Suggestion
from tests.committees import rooms
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions.answering import DAY

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def buses() -> Office:
    return answering.department()


@pytest.fixture
def jun(buses: Office) -> User:
    return people.officer_of(buses)


@pytest.fixture
def idea(buses: Office, jun: User) -> Suggestion:
    people.mayors_office()
    return answering.reviewed(buses)


def sweep() -> None:
    tasks.remind_of_suggestions()
    list(actions.tell_of_late())
    message_tasks.remind()


def test_a_late_suggestion_is_told_by_mail_once_an_hour(idea: Suggestion, jun: User) -> None:
    assert idea.due_at is not None
    with clock.at(idea.due_at + MINUTE):
        sweep()
        sweep()
        mail = Delivery.objects.get(event="duty")
        letter = compose(mail)

    assert letter.to == jun.email
    assert idea.code in letter.body
    assert f"/admin/suggestion/{idea.code}/" in letter.body
    assert idea.message.text not in letter.body
    assert mail.message == idea.message


def test_what_was_answered_meanwhile_is_told_to_nobody(idea: Suggestion, jun: User) -> None:
    assert idea.due_at is not None
    with clock.at(idea.due_at + MINUTE):
        sweep()
        answering.put_off(idea, by=jun)
        mail = Delivery.objects.get(event="duty")

        assert duties.untold_because(mail) == duties.NOTHING_OWED


def test_each_level_is_told_even_to_the_same_office(idea: Suggestion, jun: User) -> None:
    due = idea.due_at
    assert due is not None
    for days in (0, 4, 8):
        with clock.at(due + days * DAY + MINUTE):
            sweep()

    told = list(idea.reminders.order_by("id").values_list("level", "delivery__office__slug"))
    assert [level for level, _office in told] == ["late", "head", "mayor"]
    assert None not in dict(told).values()


def test_a_report_is_told_by_mail_before_its_date(jun: User) -> None:
    room = rooms.at_work()
    report = rooms.report_of(room.committee)
    assert report.due_at is not None
    with clock.at(report.due_at - 2 * DAY):
        sweep()
        mail = report.told.get().delivery
        assert mail is not None
        body = compose(mail).body

    assert mail.office == room.office
    assert str(report) in body
    assert duties.untold_because(mail) == ""


def test_a_late_report_is_told_by_mail(jun: User) -> None:
    room = rooms.at_work(suggestions=2)
    report = rooms.report_of(room.committee)
    assert report.due_at is not None
    with clock.at(report.due_at + MINUTE):
        sweep()
        mail = report.told.get(level="late").delivery
        assert mail is not None
        assert mail.office == room.office
        body = compose(mail).body

    assert "/admin/reports/due/" in body
    assert str(report) in body


def test_a_late_item_a_promise_and_an_appeal_climb_to_the_head_and_the_mayor(jun: User) -> None:
    people.mayors_office()
    room = rooms.at_work()
    rooms.adopted(room, days=20)
    spoken = actions.Spoken("노선을 늘리겠습니다.", said_on=clock.seoul().date())
    actions.make_promise(spoken, speaker=room.office, by=room.jun)
    refused = answering.reviewed(room.office)
    answering.declined(refused, by=room.head)
    appeal = actions.appeal(Suggestion.objects.get(pk=refused.pk), text="다시 봐 주세요.")

    for days in (40, 44, 48, 49):
        with clock.at(clock.now() + days * DAY):
            sweep()
            sweep()

    item = room.suggestion.items.get()
    for rows in (
        Overdue.objects.filter(item=item),
        Overdue.objects.exclude(promise=None),
        Overdue.objects.filter(appeal=appeal),
    ):
        assert sorted(row.level for row in rows) == ["head", "late", "mayor"]
        assert not rows.filter(delivery=None).exists()


def test_the_mail_about_a_late_item_names_it_until_it_is_done(jun: User) -> None:
    room = rooms.at_work()
    rooms.adopted(room, days=20)
    item = room.suggestion.items.get()
    assert item.due_at is not None

    with clock.at(item.due_at + MINUTE):
        sweep()
        mail = Overdue.objects.get(item=item).delivery
        assert mail is not None
        told = compose(mail).text
        done = actions.start_item(item, by=room.jun)
        actions.finish_item(done, words="다닙니다.", by=room.jun)
        left = list(late.OF_BESIDE.still_true(mail))

    assert f"{room.suggestion.code} {item.title}" in told
    assert left == []
