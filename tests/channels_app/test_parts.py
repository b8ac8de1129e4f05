"""Several offices for one answer: one owns it, others are asked for a part."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions, rules
from channels_app.models import Asked, Message
from lifecycle import clock, workdays
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User
from tests.channels_app.factories import receive, routed_to
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads() -> Office:
    return people.make_office("roads-of-the-test")


@pytest.fixture
def water() -> Office:
    return people.make_office("water-of-the-test")


@pytest.fixture
def jun(roads: Office) -> User:
    return people.officer_of(roads)


@pytest.fixture
def sora(water: Office) -> User:
    return people.officer_of(water)


@pytest.fixture
def asked(roads: Office, water: Office, jun: User) -> Asked:
    message = routed_to(roads, public=False)
    return actions.ask_office(message, office=water, question="관이 새나요?", by=jun)


def test_the_owner_and_its_clock_stay(asked: Asked, roads: Office) -> None:
    message = Message.objects.get(pk=asked.message_id)

    assert (message.office, message.status, message.version) == (roads, "routed", 1)
    assert message.due_at == message.first_due_at


def test_a_part_is_due_in_the_rulebooks_days_but_before_the_answer(
    roads: Office, water: Office, jun: User
) -> None:
    soon = actions.ask_office(routed_to(roads, kind="question"), office=water, question="?", by=jun)
    later = actions.ask_office(routed_to(roads, kind="idea"), office=water, question="?", by=jun)

    assert soon.due_at == soon.message.due_at
    assert later.due_at == workdays.end_of_workday(later.at, rules.PART_DAYS.value())


def test_where_the_answer_is_late_the_part_still_gets_its_days(
    roads: Office, water: Office, jun: User
) -> None:
    with clock.at(clock.now() - timedelta(days=60)):
        message = routed_to(roads)

    asked = actions.ask_office(message, office=water, question="?", by=jun)

    assert asked.due_at > clock.now()


def test_the_asked_office_may_read_while_it_owes_and_see_afterwards(
    asked: Asked, sora: User, jun: User
) -> None:
    message = asked.message
    assert message.may_be_seen_by(sora)
    assert message.may_be_read_by(sora)
    assert message in Message.objects.visible_to(sora)
    assert not message.may_be_answered_by(sora)
    assert not message.may_be_routed_by(sora)
    assert not message.may_be_screened_by(sora)

    actions.answer_part(asked, text="새지 않습니다", by=sora)

    assert message.may_be_seen_by(sora)
    assert not message.may_be_read_by(sora)


def test_nobody_else_sees_it_by_being_of_some_office(asked: Asked) -> None:
    stranger = people.officer_of(people.make_office("parks-of-the-test"))

    assert not asked.message.may_be_seen_by(stranger)
    assert asked.message not in Message.objects.visible_to(stranger)


def test_what_is_owed_is_found_by_the_asked_office_alone(
    asked: Asked, sora: User, jun: User
) -> None:
    assert list(Asked.objects.owed_by(sora)) == [asked]
    assert not Asked.objects.owed_by(jun)

    actions.answer(asked.message, text="고쳤습니다", by=jun)
    assert list(Asked.objects.owed_by(sora)) == [asked]

    with clock.at(clock.now() + timedelta(minutes=1)):
        actions.publish(asked.message.replies.get())
    assert not Asked.objects.owed_by(sora)


def test_an_answer_may_leave_while_a_part_is_owed_but_not_the_part_after_it(
    asked: Asked, sora: User, jun: User
) -> None:
    reply = actions.answer(asked.message, text="고쳤습니다", by=jun)
    with clock.at(reply.leaves_at):
        actions.publish(reply)

    with pytest.raises(WrongTurnError):
        actions.answer_part(asked, text="늦었네요", by=sora)


def test_an_office_is_asked_once_at_a_time_and_again_afterwards(
    asked: Asked, water: Office, jun: User, sora: User
) -> None:
    with pytest.raises(WrongTurnError):
        actions.ask_office(asked.message, office=water, question="또요?", by=jun)
    actions.answer_part(asked, text="새지 않습니다", by=sora)
    with pytest.raises(WrongTurnError):
        actions.answer_part(asked, text="두 번", by=sora)

    again = actions.ask_office(asked.message, office=water, question="정말요?", by=jun)

    assert again.pk != asked.pk


def test_who_is_not_in_charge_asks_nobody(asked: Asked, roads: Office, jun: User) -> None:
    parks = people.make_office("parks-of-the-test")
    for by in (
        people.centre_officer(),
        people.officer_of(parks),
        people.auditor(),
        people.mayors_officer(),
    ):
        with pytest.raises(PermissionDenied):
            actions.ask_office(asked.message, office=parks, question="?", by=by)
        with pytest.raises(PermissionDenied):
            actions.answer_part(asked, text="제가요", by=by)
    with pytest.raises(PermissionDenied):
        actions.answer_part(asked, text="제가요", by=jun)


def test_the_owner_does_not_ask_itself_nor_about_what_it_does_not_have(
    roads: Office, water: Office, jun: User
) -> None:
    message = routed_to(roads)
    with pytest.raises(WrongTurnError):
        actions.ask_office(message, office=roads, question="?", by=jun)
    with pytest.raises(OvertakenError):
        actions.ask_office(message, office=water, question="?", by=jun, version=0)
    with pytest.raises(ValueError, match="words"):
        actions.ask_office(message, office=water, question=" ", by=jun)
    with pytest.raises(PermissionDenied):
        actions.ask_office(receive(), office=water, question="?", by=jun)

    assert not Asked.objects.exists()


def test_a_closed_office_is_not_asked(roads: Office, water: Office, jun: User) -> None:
    Office.objects.filter(pk=water.pk).update(closed=True)
    water.refresh_from_db()

    with pytest.raises(PermissionDenied):
        actions.ask_office(routed_to(roads), office=water, question="?", by=jun)
