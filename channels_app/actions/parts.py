"""Several offices for one answer: ask another one for its part, and give it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from channels_app import rules
from channels_app.models import Asked, Message
from channels_app.states import WITH_OFFICE
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import Office, User


@transaction.atomic
def ask_office(
    message: Message,
    *,
    office: Office,
    question: str,
    by: User,
    due_at: datetime | None = None,
    version: int | None = None,
) -> Asked:
    """Ask another office for its part; the answer and its date stay the asking office's own.

    Without a date the Rulebook's days, but no later than the answer itself is promised. Raises
    WrongTurnError where the office is asked already.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_asked_about_by(by) or office.closed:
        raise PermissionDenied
    message.must_stand_at(version)
    if message.status not in WITH_OFFICE or office == message.office:
        raise WrongTurnError(f"{message!r} can't be asked about: {message.status}, {office}")
    question = tidy(question)
    if not question:
        raise ValueError("asking needs words")
    moment = clock.now()
    try:
        with transaction.atomic():
            return Asked.objects.create(
                message=message,
                office=office,
                question=question,
                due_at=due_at or _due_at(message, moment),
                by=by,
                at=moment,
            )
    except IntegrityError as twice:
        raise WrongTurnError(f"{office} is asked already") from twice


def _due_at(message: Message, moment: datetime) -> datetime:
    """The Rulebook's days, but before the answer is due, where that is still to come."""
    usual = workdays.end_of_workday(moment, rules.PART_DAYS.value())
    promised = message.due_at
    return min(usual, promised) if promised and promised > moment else usual


@transaction.atomic
def answer_part(asked: Asked, *, text: str, by: User) -> Asked:
    """What this office has to say; the asking office reads it on the case page."""
    message = Message.objects.locked(asked.message_id)
    asked = Asked.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if not asked.may_be_answered_by(by):
        raise PermissionDenied
    if asked.answered_at is not None or message.is_final:
        raise WrongTurnError(f"{asked!r} is not owed any more")
    text = tidy(text)
    if not text:
        raise ValueError("an answer needs words")
    asked.answer, asked.answered_by, asked.answered_at = text, by, clock.now()
    asked.save(update_fields=["answer", "answered_by", "answered_at"])
    return asked
