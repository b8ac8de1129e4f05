"""Our mails: the first line is the subject; no word of the sender to an unconfirmed address."""

import pytest

from channels_app import actions, letters
from channels_app.connectors.mail import Letter
from channels_app.models import DeliveryEvent, Message
from tests.channels_app.factories import receive
from tests.pages import visits
from tests.people import factories as people

pytestmark = pytest.mark.django_db
FIRST_LINE = "This is a demonstration site, not an official site of Seoul Metropolitan Government."


def letter(message: Message, event: str, *, confirmed: bool) -> Letter:
    """The mail of this event, as it would leave now."""
    delivery = message.deliveries.get(event=event)
    if confirmed:
        actions.confirm_contact(delivery.recipient)
        delivery.recipient.refresh_from_db()
    return letters.compose(delivery)


def answered() -> Message:
    """Written in English, answered with signs that HTML would escape."""
    return visits.answered(text="The <secret> wish", contact=visits.MINA, language="en")


def test_the_first_mail_holds_number_and_link_and_no_word_of_the_sender() -> None:
    message = receive(text="The secret wish", contact=visits.MINA, language="en")

    mail = letter(message, DeliveryEvent.RECEIPT, confirmed=False)

    assert mail.subject == f"[{message.code}] Is this address yours?"
    assert mail.body.startswith(FIRST_LINE)
    assert visits.mail_link(message) in mail.body
    assert "This was not me" in mail.body
    assert "secret" not in mail.subject + mail.body
    assert message.token not in mail.body


def test_a_confirmed_address_gets_number_date_and_private_link() -> None:
    message = receive(contact=visits.MINA, language="en")

    mail = letter(message, DeliveryEvent.RECEIPT, confirmed=True)

    assert mail.subject == f"[{message.code}] We have received your message"
    assert message.private_url() in mail.body
    assert f"Receipt number: {message.code}" in mail.body
    assert "You hear from us by:" in mail.body
    assert visits.mail_link(message) in mail.body


def test_the_answer_goes_whole_to_a_confirmed_address() -> None:
    message = answered()

    mail = letter(message, DeliveryEvent.ANSWER, confirmed=True)

    assert mail.body.startswith(FIRST_LINE)
    assert "Fixed. Ask paving@seoul.go.kr" in mail.body
    assert "Paving Office" in mail.body
    assert message.private_url() in mail.body


def test_an_unconfirmed_address_hears_only_that_an_answer_is_ready() -> None:
    message = answered()

    mail = letter(message, DeliveryEvent.ANSWER, confirmed=False)

    assert "An answer is ready." in mail.body
    assert "Fixed" not in mail.body
    assert "secret" not in mail.body
    assert visits.mail_link(message) in mail.body


def test_a_question_that_leaves_after_its_answer_does_not_say_that_the_clock_stands() -> None:
    message = receive(contact=visits.MINA, language="en")
    roads = people.make_office("roads")
    actions.route(message, to=roads, by=people.centre_officer())
    actions.ask_back(message, text="Which exit?", by=people.officer_of(roads))

    before = letter(Message.objects.get(pk=message.pk), DeliveryEvent.ANSWER, confirmed=True)
    actions.add_words(message, text="Exit 3.")
    after = letter(Message.objects.get(pk=message.pk), DeliveryEvent.ANSWER, confirmed=True)

    assert "Until then the clock stands" in before.body
    assert "Until then the clock stands" not in after.body
    assert "its clock runs again" in after.body
    assert message.private_url() in after.body


def test_a_mail_speaks_the_language_the_person_wrote_from() -> None:
    message = receive(contact=visits.MINA, language="ko")

    mail = letter(message, DeliveryEvent.RECEIPT, confirmed=True)

    assert "잘 받았습니다" in mail.subject
    assert "&" not in mail.body
