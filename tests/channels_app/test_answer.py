"""Answer: seconds to take it back, then on the page and in the outbox."""

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions, tasks
from channels_app.models import Delivery
from channels_app.states import MessageStatus
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User
from tests.channels_app.factories import answered_by, receive, routed_to
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return people.make_office("roads-of-the-test")


@pytest.fixture
def jun(office: Office) -> User:
    return people.officer_of(office)


def test_an_answer_is_not_public_before_it_has_left(office: Office, jun: User) -> None:
    reply = answered_by(jun, office)

    tasks.publish_answers()

    reply.refresh_from_db()
    assert reply.message.status == MessageStatus.ANSWERED
    assert reply.published_at is None


def test_after_its_seconds_it_stands_on_the_page_and_in_the_outbox(
    office: Office, jun: User
) -> None:
    reply = answered_by(jun, office, contact=("mail", "mina@example.org"))

    with clock.at(reply.leaves_at):
        tasks.publish_answers()
        tasks.publish_answers()

    reply.message.refresh_from_db()
    assert reply.message.status == MessageStatus.REPLIED
    assert reply.message.is_final
    assert reply.message.replied_at == reply.leaves_at
    assert Delivery.objects.filter(event="answer", reply=reply).count() == 1


def test_it_can_be_taken_back_and_its_words_are_kept(office: Office, jun: User) -> None:
    reply = answered_by(jun, office, "틀린 답")

    actions.take_back(reply.message, by=jun)
    with clock.at(reply.leaves_at):
        tasks.publish_answers()

    reply.refresh_from_db()
    assert reply.text == "틀린 답"
    assert reply.published_at is None
    assert reply.message.status == MessageStatus.ROUTED
    again = actions.answer(reply.message, text="맞는 답", by=jun)
    assert again != reply


def test_once_it_has_left_it_stays(office: Office, jun: User) -> None:
    reply = answered_by(jun, office)
    with clock.at(reply.leaves_at):
        actions.publish(reply)

    with pytest.raises(WrongTurnError):
        actions.take_back(reply.message, by=jun)


def test_only_the_office_in_charge_answers(office: Office) -> None:
    message = routed_to(office)

    for somebody in (people.centre_officer(), people.auditor(), people.mayors_officer()):
        with pytest.raises(PermissionDenied):
            actions.answer(message, text="제가요", by=somebody)


def test_a_relieved_officer_acts_no_more(office: Office, jun: User) -> None:
    message = routed_to(office)
    jun.appointments.update(until=clock.now())
    jun.__dict__.pop("posts", None)

    with pytest.raises(PermissionDenied):
        actions.answer(message, text="아직 저예요", by=jun)


def test_a_page_read_before_somebody_acted_can_not_answer(office: Office, jun: User) -> None:
    message = receive()
    seen = message.version
    actions.route(message, to=office, by=people.centre_officer())

    with pytest.raises(OvertakenError):
        actions.answer(message, text="늦었네요", by=jun, version=seen)


def test_the_public_copy_of_an_answer_is_masked(office: Office, jun: User) -> None:
    reply = answered_by(jun, office, "담당자 휴대전화는 010-1234-5678입니다")

    assert "010-1234-5678" in reply.text
    assert "-1234" not in reply.masked_text


def test_an_answer_needs_words(office: Office, jun: User) -> None:
    with pytest.raises(ValueError, match="words"):
        actions.answer(routed_to(office), text=" \u200b\n", by=jun)
