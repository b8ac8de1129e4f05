"""Come back: its author adds words, answers a question, says "fixed" or "not solved", appeals.

The private link is the proof, so no `by`: whoever has it is the author.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import deadlines
from channels_app.models import Addition, AdditionKind, Message, Round
from channels_app.states import IN_HAND, Cause, MessageStatus
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from channels_app.text.tone import tone_of
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import Office, User


@transaction.atomic
def add_words(message: Message, *, text: str, flood: bool = False) -> Addition:
    """Something to add; where the office asked, it is the answer and the clock runs again.

    The same words sent twice are kept once. What the door calls a `flood` is for the office only.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_added_to:
        raise WrongTurnError(f"{message!r}: nobody reads on")
    if not message.is_waiting_for_author:
        known = _known(message, text)
        return known or _add(message, AdditionKind.MORE, text, flood=flood)
    addition = _add(message, AdditionKind.REPLY, text, flood=flood)
    go_on(message, Cause.HEARD)
    return addition


@transaction.atomic
def stop_waiting(message: Message) -> Message:
    """The author did not answer in time: the clock runs again. Safe to run twice."""
    message = Message.objects.locked(message.pk)
    over = message.waiting_until is not None and message.waiting_until <= clock.now()
    if over and message.status in IN_HAND:
        go_on(message, Cause.WAITED)
    return message


def go_on(message: Message, cause: str) -> None:
    """End the waiting; the row is locked. What was not waited comes off the date again."""
    if not message.is_waiting_for_author:
        raise WrongTurnError(f"{message!r} waits for nobody")
    message.move(message.status, by=None, cause=cause, **message.end_of_waiting())


@transaction.atomic
def read_words(message: Message, *, upto: datetime, by: User) -> bool:
    """Somebody of the office has seen all that was added up to this moment; whether that is all."""
    message = Message.objects.locked(message.pk)
    if not message.is_new_words_reader(by):
        raise PermissionDenied
    if not message.has_new_words or message.additions.filter(at__gt=upto).exists():
        return False
    message.new_words_since = None
    message.save(update_fields=["new_words_since"])
    return True


@transaction.atomic
def confirm_fixed(message: Message) -> Message:
    """ "Is it really fixed?" Yes. Asked after a closing answer only."""
    message = Message.objects.locked(message.pk)
    if message.status != MessageStatus.REPLIED:
        raise WrongTurnError(f"{message!r}: no answer has closed it")
    message.fixed = True
    message.save(update_fields=["fixed"])
    return message


@transaction.atomic
def reopen(message: Message, *, text: str, flood: bool = False) -> Message:
    """ "Not solved": once, within the Rulebook's days, back to the office under a new clock.

    What was joined to an answered matter goes to that matter's office as one of its own; what
    was set aside goes back to the centre. Raises WrongTurnError where its time is over.
    """
    message = Message.objects.locked(message.pk)
    lead = message.lead
    if not message.may_come_back:
        raise WrongTurnError(f"{message!r} can't be reopened now")
    _add(message, AdditionKind.REOPEN, text, flood=flood)
    if message.status == MessageStatus.SET_ASIDE:
        return _minded(message)
    if message.status == MessageStatus.JOINED and lead is not None:
        return _parted(message, lead)
    _new_clock(message, MessageStatus.ROUTED, Cause.REOPENED, round=Round.REOPENED, fixed=False)
    return message


def _minded(message: Message) -> Message:
    """Set aside, and its author says why that was wrong: a person at the centre reads it."""
    _new_clock(
        message,
        MessageStatus.RECEIVED,
        Cause.REOPENED,
        office=Office.objects.centre(),
        round=Round.REOPENED,
        set_aside_reason="",
        needs_reader=True,
    )
    return message


def _parted(message: Message, lead: Message) -> Message:
    """Joined, and the answer to the lead did not solve this one: a matter of its own."""
    _new_clock(
        message,
        MessageStatus.ROUTED,
        Cause.REOPENED,
        office=lead.office,
        round=Round.REOPENED,
        fixed=False,
        lead=None,
    )
    return message


@transaction.atomic
def appeal(message: Message, *, text: str, flood: bool = False) -> Message:
    """To the head of the office: once, after it was reopened, under a clock of its own."""
    message = Message.objects.locked(message.pk)
    if not message.may_go_to_the_head:
        raise WrongTurnError(f"{message!r} can't be appealed now")
    _add(message, AdditionKind.APPEAL, text, flood=flood)
    days = deadlines.APPEAL_DAYS.value()
    _new_clock(
        message,
        MessageStatus.ROUTED,
        Cause.APPEALED,
        days=days,
        round=Round.APPEALED,
        fixed=False,
    )
    return message


def _new_clock(
    message: Message,
    to: str,
    cause: str,
    *,
    days: int | None = None,
    office: Office | None = None,
    **columns: Any,
) -> None:
    """The first promise and the number of moves stay public; the rest begins anew."""
    moment = clock.now()
    message.move(
        to,
        by=None,
        cause=cause,
        office=office,
        due_at=_due(message, moment, days),
        clock_from=moment,
        clock_days=deadlines.answer_days(message.kind) if days is None else days,
        interims=0,
        replied_at=None,
        waiting_since=None,
        waiting_until=None,
        **columns,
    )


def _due(message: Message, moment: datetime, days: int | None) -> datetime:
    if days is None:
        return deadlines.answer_due(message.kind, moment)
    return workdays.due_after(moment, days)


def _known(message: Message, text: str) -> Addition | None:
    """The last thing its author added, where it is these very words: pressed twice."""
    last = message.additions.last()
    return last if last is not None and last.text == tidy(text) else None


def _add(message: Message, kind: str, text: str, *, flood: bool) -> Addition:
    """Keep the words. Raises ValueError where there are none."""
    if not (text := tidy(text)):
        raise ValueError("coming back needs words")
    moment = clock.now()
    if not message.has_new_words:
        message.new_words_since = moment
        message.save(update_fields=["new_words_since"])
    return Addition.objects.create(
        message=message,
        kind=kind,
        text=text,
        masked_text=mask(text),
        public=message.is_public and not flood and not tone_of(text),
        at=moment,
    )
