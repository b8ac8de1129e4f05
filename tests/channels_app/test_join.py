"""Joining: own receipt kept, one answer for all, and it can be parted again."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions, letters, tasks
from channels_app.actions import Said
from channels_app.models import Delivery, Message
from channels_app.states import MessageStatus
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User
from tests.channels_app.factories import answered_by, published_by, receive, routed_to
from tests.ledger import check_ledger
from tests.people import factories as people

pytestmark = pytest.mark.django_db
MINA, SORA = ("mail", "mina@example.org"), ("mail", "sora@example.org")


@pytest.fixture
def office() -> Office:
    return people.make_office("roads-of-the-test")


@pytest.fixture
def jun(office: Office) -> User:
    return people.officer_of(office)


def say_the_same(lead: Message | str, **said: Any) -> Message:
    """A voice whose author says on the check page: it is this matter."""
    people.centre()
    said = {"kind": "complaint", "text": "여기도 보도블록이 들렸어요", **said}
    return actions.receive(Said(same_as=str(lead), **said), client_key=uuid.uuid4())


def publish(message: Message, by: User, text: str = "고쳤습니다. 02-2133-1234") -> None:
    """The office's answer, after its seconds."""
    reply = actions.answer(message, text=text, by=by)
    with clock.at(reply.leaves_at):
        tasks.publish_answers()


def test_who_says_the_same_keeps_an_own_number_and_is_joined_at_once(office: Office) -> None:
    lead = routed_to(office)

    message = say_the_same(lead)

    assert message.status == MessageStatus.JOINED
    assert message.lead == lead
    assert message.office == office
    assert message.code != lead.code
    assert message.matter == lead
    assert message.steps.get(seq=1).by is None
    assert message not in Message.objects.waiting_to_be_routed()


@pytest.mark.parametrize("what", ["private", "held", "hidden", "replied", "unknown", "nonsense"])
def test_what_can_not_lead_leaves_the_voice_alone_and_loses_nothing(
    what: str, office: Office, jun: User
) -> None:
    made: dict[str, Callable[[], Message | str]] = {
        "private": lambda: routed_to(office, public=False),
        "held": lambda: receive(held="tone"),
        "hidden": lambda: actions.hide(routed_to(office), reason="personal", by=jun),
        "replied": lambda: published_by(jun, office),
        "unknown": lambda: "S-2026-999999",
        "nonsense": lambda: "' OR 1=1",
    }

    message = say_the_same(made[what]())

    assert message.status == MessageStatus.RECEIVED
    assert message.lead is None


def test_a_flood_joins_nothing_before_an_officer_has_looked(office: Office) -> None:
    assert say_the_same(routed_to(office), held="burst").lead is None


def test_a_danger_waits_for_no_slower_matter(office: Office) -> None:
    assert say_the_same(routed_to(office), kind="hazard").lead is None
    assert say_the_same(routed_to(office, kind="hazard"), kind="hazard").lead is not None


def test_one_answer_goes_to_each_who_left_an_address(office: Office, jun: User) -> None:
    lead = routed_to(office, contact=MINA)
    with_address = say_the_same(lead, contact=SORA)
    without = say_the_same(lead)

    publish(lead, jun)

    answers = Delivery.objects.filter(event="answer")
    assert {row.message for row in answers} == {lead, with_address}
    assert {row.reply.message for row in answers if row.reply} == {lead}
    without.refresh_from_db()
    assert without.status == MessageStatus.JOINED
    assert without.matter.status == MessageStatus.REPLIED
    check_ledger()


def test_who_is_joined_reads_the_answer_as_everyone_may(office: Office, jun: User) -> None:
    lead = routed_to(office, contact=MINA)
    say_the_same(lead, contact=SORA)
    for contact in (lead.contact, Message.objects.get(lead=lead).contact):
        assert contact is not None
        actions.confirm_contact(contact)

    publish(lead, jun, "담당자 휴대전화는 010-1234-5678입니다")

    mails = {
        row.told_of.code: letters.compose(row).body
        for row in Delivery.objects.filter(event="answer").select_related("message", "reply")
    }
    assert "010-1234-5678" in mails.pop(lead.code)
    assert "-1234" not in next(iter(mails.values()))


def test_an_officer_joins_what_is_theirs_on_both_sides(office: Office, jun: User) -> None:
    lead, message = routed_to(office), routed_to(office, public=False)

    message = actions.join(message, to=lead, by=jun)

    assert message.status == MessageStatus.JOINED
    assert message not in Message.objects.queue_of(jun)
    assert message.first_due_at == message.due_at
    sora = people.officer_of(people.make_office("water-of-the-test"))
    foreign = routed_to(people.make_office("water-of-the-test"))
    for by in (jun, sora, people.auditor()):
        with pytest.raises(PermissionDenied):
            actions.join(foreign, to=lead, by=by)


def test_an_author_can_not_name_what_only_the_office_may_read(office: Office) -> None:
    with pytest.raises(PermissionDenied):
        actions.join(receive(), to=routed_to(office, public=False), by=None)


@pytest.mark.parametrize("wrong", ["itself", "joined", "leads", "answered", "set aside"])
def test_chains_and_closed_leads_are_refused(wrong: str, office: Office, jun: User) -> None:
    message, other, third = (routed_to(office) for _n in range(3))
    lead = message if wrong == "itself" else other
    if wrong == "joined":
        actions.join(other, to=third, by=jun)
    if wrong == "leads":
        actions.join(third, to=message, by=jun)
    if wrong == "answered":
        actions.answer(other, text="고쳤습니다", by=jun)
    if wrong == "set aside":
        actions.set_aside(other, reason="spam", by=jun)

    with pytest.raises(WrongTurnError):
        actions.join(message, to=lead, by=jun)

    check_ledger(settled=False)


def test_a_page_that_has_had_its_day_joins_nothing(office: Office, jun: User) -> None:
    lead, message = routed_to(office), routed_to(office)

    with pytest.raises(OvertakenError):
        actions.join(message, to=lead, by=jun, version=0)


def test_parted_it_lies_with_the_centre_under_the_first_date(office: Office, jun: User) -> None:
    lead = routed_to(office)
    message = say_the_same(lead)

    message = actions.un_join(message, reason="다른 정류장이에요", by=jun)

    assert message.status == MessageStatus.RECEIVED
    assert message.office == people.centre()
    assert message.is_waiting_for_reader
    assert message.lead is None
    assert message.due_at == message.first_due_at
    with pytest.raises(WrongTurnError):
        actions.un_join(message, reason="다시", by=jun)


def test_parting_needs_a_reason_and_the_right_officer(office: Office, jun: User) -> None:
    message = say_the_same(routed_to(office))

    with pytest.raises(ValueError, match="reason"):
        actions.un_join(message, reason=" ", by=jun)
    with pytest.raises(PermissionDenied):
        actions.un_join(message, reason="다른 일", by=people.auditor())


def test_an_answer_that_is_not_theirs_any_more_never_leaves(office: Office, jun: User) -> None:
    lead = routed_to(office)
    message = say_the_same(lead, contact=SORA)
    publish(lead, jun)

    actions.un_join(message, reason="다른 정류장이에요", by=jun)

    assert Delivery.objects.get(message=message, event="answer").state == "cancelled"
    check_ledger()


def test_setting_the_lead_aside_parts_everybody(office: Office, jun: User) -> None:
    lead = routed_to(office)
    joined = [say_the_same(lead), say_the_same(lead, contact=SORA)]

    actions.set_aside(lead, reason="spam", by=jun)

    for message in joined:
        message.refresh_from_db()
        assert message.status == MessageStatus.RECEIVED
        assert message.needs_reader
    check_ledger()


def test_who_is_joined_after_the_answer_was_taken_back_gets_the_next_one(
    office: Office, jun: User
) -> None:
    reply = answered_by(jun, office)
    actions.take_back(reply.message, by=jun)
    message = say_the_same(reply.message, contact=MINA)

    publish(reply.message, jun)

    assert Delivery.objects.filter(message=message, event="answer").count() == 1
    check_ledger()
