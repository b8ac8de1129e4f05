"""Enter on behalf: the way of every voice, and what an officer answers in the same breath."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions
from channels_app.actions import Said
from channels_app.models import Delivery, Message, Reply
from lifecycle import clock
from people.models import OfficeKind, User
from tests.channels_app import factories as voices
from tests.ledger import check_ledger
from tests.people import factories as people

pytestmark = pytest.mark.django_db
SAID = Said(text="여권은 어디서 만드나요?", kind="question", channel="phone")


@pytest.fixture
def nari() -> User:
    people.centre()
    return people.officer_of(people.make_office("dasan", OfficeKind.CALL_CENTRE))


def test_what_is_answered_on_the_spot_is_answered_by_the_call_centre(nari: User) -> None:
    message = actions.answer_on_the_spot(SAID, text="구청에서요", by=nari, client_key=uuid.uuid4())

    assert message.status == "answered"
    assert message.office is not None
    assert message.office.slug == "dasan"
    assert [step.to_status for step in message.steps.all()] == ["received", "routed", "answered"]
    assert Reply.objects.get().by == nari
    with clock.at(Reply.objects.get().leaves_at):
        actions.publish(Reply.objects.get())
    check_ledger()


def test_pressed_twice_it_is_answered_once(nari: User) -> None:
    key = uuid.uuid4()

    for _n in range(2):
        actions.answer_on_the_spot(SAID, text="구청에서요", by=nari, client_key=key)

    assert (Message.objects.count(), Reply.objects.count()) == (1, 1)


def test_another_office_leaves_it_to_the_centre_with_a_note() -> None:
    people.centre()
    jun = people.officer_of(people.make_office("roads"))
    said = Said(text="창구에서", kind="question", channel="counter", note="말로 답함")

    message = actions.answer_on_the_spot(said, text="네", by=jun, client_key=uuid.uuid4())

    assert message.status == "received"
    assert str(message.steps.get().note) == "말로 답함"
    assert not Reply.objects.exists()


def test_only_who_wrote_it_down_takes_it(nari: User) -> None:
    message = actions.enter(SAID, by=nari, client_key=uuid.uuid4())
    colleague = people.officer_of(nari.posts[0].office)

    with pytest.raises(PermissionDenied):
        actions.keep(message, by=colleague)

    actions.keep(message, by=nari)


def test_what_a_citizen_sent_is_nobodys_to_take(nari: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.keep(voices.receive(), by=nari)


@pytest.mark.parametrize("days", [-1, 40])
def test_an_action_takes_no_impossible_day_either(nari: User, days: int) -> None:
    said = Said(
        text="편지", kind="idea", channel="letter", came_at=clock.now() - timedelta(days=days)
    )

    with pytest.raises(ValueError, match="receipt"):
        actions.enter(said, by=nari, client_key=None)


def test_nobody_enters_what_came_through_the_site(nari: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.enter(Said(text="말", kind="idea"), by=nari, client_key=None)


def test_a_joined_call_gets_the_answer_of_its_lead(nari: User) -> None:
    jun = people.officer_of(people.make_office("roads"))
    lead = voices.routed_to(jun.posts[0].office)
    said = Said(text="나도요", kind="complaint", channel="phone", same_as=lead.code,
                contact=("mail", "mina@example.org"))  # fmt: skip

    message = actions.enter(said, by=nari, client_key=uuid.uuid4())
    with clock.at(clock.now() + timedelta(minutes=1)):
        reply = actions.answer(lead, text="고쳤습니다", by=jun)
    with clock.at(reply.leaves_at):
        actions.publish(reply)

    assert message.lead == lead
    assert Delivery.objects.filter(message=message, event="answer").exists()
    check_ledger()


def test_erasing_takes_the_words_and_leaves_who_wrote_them_down(nari: User) -> None:
    said = Said(text="말", kind="idea", channel="phone", note="속상해하심")
    message = actions.enter(said, by=nari, client_key=uuid.uuid4())

    actions.erase_message(message, by=None, withdraw=True)

    message.refresh_from_db()
    assert (message.text, message.entered_by) == ("", nari)
    assert str(message.steps.get(seq=0).note) == ""
