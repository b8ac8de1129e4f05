"""Cases with a promise, a question, more time, a no, a return: for the tests of pages."""

from datetime import timedelta
from typing import Any

from channels_app import actions
from channels_app.actions import Refusal
from channels_app.models import Level, Message, Outcome, Reminder
from lifecycle import clock
from people.models import User
from tests.channels_app.factories import routed_to
from tests.pages import visits
from tests.people import factories as people

DAY = timedelta(days=1)
REFUSAL = Refusal(
    ground="legal",
    reason="The road belongs to the owner of the market, 010-1234-5678.",
    next_door="The market office opens at nine; ask at the city's legal advice, 120.",
    will_do="We write to the owner this week.",
)


def jun() -> User:
    """An officer of the office in charge."""
    return people.officer_of(visits.office())


def asked_back(**said: Any) -> Message:
    """The office has asked its author something."""
    message = routed_to(visits.office(), **{"contact": visits.MINA, **said})
    actions.ask_back(message, text="Which exit do you mean?", by=jun())
    return Message.objects.get(pk=message.pk)


def at_work(**said: Any) -> Message:
    """Promised, with a finish date; one more date since, and a word on how far it is."""
    message, by = routed_to(visits.office(), **said), jun()
    today = clock.seoul().date()
    actions.promise(message, text="We renew it.", finish_on=today + 20 * DAY, by=by)
    actions.put_off(message, text="The stones come late.", until=today + 40 * DAY, by=by)
    actions.report_progress(message, text="Half of it is done.", by=by)
    return Message.objects.get(pk=message.pk)


def late_at_work() -> Message:
    """The promised date has passed, and its head and the mayor's office were told."""
    with clock.at(clock.now() - 60 * DAY):
        message = at_work()
    assert message.due_at is not None
    for days, level in ((0, Level.LATE), (3, Level.HEAD), (7, Level.MAYOR)):
        Reminder.objects.create(
            message=message,
            level=level,
            due_at=message.due_at,
            at=message.due_at + days * DAY,
            office=visits.office(),
        )
    return message


def refused(**said: Any) -> Message:
    """The city says no."""
    message = routed_to(visits.office(), **said)
    reply = actions.answer(
        message, text="We can't.", by=jun(), outcome=Outcome.DECLINED, refusal=REFUSAL
    )
    with clock.at(reply.leaves_at):
        return actions.publish(reply)


def answered_again() -> Message:
    """Answered, not solved, answered once more."""
    message = visits.answered()
    actions.reopen(message, text="Still loose.")
    return _answered(message, jun())


def appealed() -> Message:
    """Its head has to decide."""
    return actions.appeal(answered_again(), text="Please look yourself.")


def appeal_answered() -> Message:
    """Its head has decided."""
    return _answered(appealed(), people.head_of(visits.office()))


def _answered(message: Message, by: User) -> Message:
    reply = actions.answer(
        Message.objects.get(pk=message.pk), text="Looked again.", by=by, outcome=Outcome.DONE
    )
    with clock.at(reply.leaves_at):
        return actions.publish(reply)
