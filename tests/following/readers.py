"""Those who follow, and the two sweeps that tell them."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from channels_app import actions, letters, rules, tasks
from channels_app.connectors.mail import Letter
from channels_app.models import Contact, Delivery, Follow, Message
from lifecycle import clock
from people.models import Office, User
from tests.channels_app.factories import receive
from tests.people import factories as people

SORA = "sora@example.org"


def roads() -> Office:
    """The office in charge."""
    return people.make_office("roads-to-follow", name_en="Straight Roads", name_ko="바른길과")


def follow(message: Message, address: str = SORA, *, language: str = "ko") -> Follow:
    """Somebody follows, and has pressed the button of the first mail."""
    actions.follow(message, address=address, language=language)
    contact = Contact.objects.reached_by("mail", address)
    return actions.confirm_follow(Follow.objects.get(contact=contact, topic__code=message.code))


def confirmed(address: str) -> tuple[str, str]:
    """An address that wants our mail, as somebody gives it with a message."""
    actions.confirm_contact(Contact.objects.reached_by("mail", address))
    return ("mail", address)


def sweep() -> None:
    """What the clock does every few seconds."""
    tasks.open_topics()
    with settled():
        tasks.tell()


def settled() -> AbstractContextManager[None]:
    """The moment from which on nobody can take back any more what was just done."""
    seconds = timedelta(seconds=rules.ANSWER_LEAVES_AFTER.value() + 1)
    return clock.at(clock.now() + seconds)


def owed(event: str = "", **filters: object) -> list[Delivery]:
    """Rows of the outbox about what changed, oldest first."""
    rows = Delivery.objects.exclude(event__in=("receipt", "follow"))
    rows = rows.filter(event=event) if event else rows
    return list(rows.filter(**filters).order_by("pk"))


def letter(row: Delivery) -> Letter:
    """The mail as it would leave now."""
    return letters.compose(Delivery.objects.get(pk=row.pk))


def route(message: Message, office: Office, by: User | None = None) -> Message:
    """An officer of the centre gives it to this office."""
    return actions.route(
        Message.objects.get(pk=message.pk), to=office, by=by or people.centre_officer()
    )


def answered(office: Office, answer: str, **said: Any) -> Message:
    """A public message with its answer on the case page."""
    message = route(receive(**said), office)
    reply = actions.answer(message, text=answer, by=people.officer_of(office))
    with clock.at(reply.leaves_at):
        return actions.publish(reply)
