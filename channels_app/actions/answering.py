"""Answer: a closing one with ten seconds to take it back; a promise; and what comes in between."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import deadlines, live, rules
from channels_app.actions.receiving import queue
from channels_app.models import DeliveryEvent, Message, Outcome, Reply, ReplyKind
from channels_app.states import WITH_OFFICE, Cause, MessageStatus
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import User


@dataclass(frozen=True)
class Refusal:
    """What an answer that says no has to say.

    `ground` is a Ground; `reason` in words; `next_door` where the person can go from here;
    `will_do` one thing the city does all the same.
    """

    ground: str
    reason: str
    next_door: str
    will_do: str

    def tidied(self) -> "Refusal":
        """Without loose ends. Raises ValueError where one of them is empty."""
        tidy_one = Refusal(self.ground, tidy(self.reason), tidy(self.next_door), tidy(self.will_do))
        if not all((tidy_one.ground, tidy_one.reason, tidy_one.next_door, tidy_one.will_do)):
            raise ValueError("a refusal names its ground, a reason, a next door and one thing")
        return tidy_one


@transaction.atomic
def answer(
    message: Message,
    *,
    text: str,
    by: User,
    outcome: str = Outcome.EXPLAINED,
    refusal: Refusal | None = None,
    version: int | None = None,
) -> Reply:
    """Write the office's closing answer; it leaves after the Rulebook's seconds.

    Raises ValueError without words, or where the city says no without a whole refusal.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_answered_by(by):
        raise PermissionDenied
    if (outcome == Outcome.DECLINED) != (refusal is not None):
        raise ValueError("a refusal belongs to an answer that says no, and to no other")
    said = _said(refusal.tidied()) if refusal else {}
    text = _words(text)
    message.move(
        MessageStatus.ANSWERED,
        by=by,
        only_from=WITH_OFFICE,
        version=version,
    )
    return _reply(message, ReplyKind.CLOSING, text, by, outcome=outcome, **said)


def _said(refusal: Refusal) -> dict[str, str]:
    return {
        "ground": refusal.ground,
        "reason": refusal.reason,
        "next_door": refusal.next_door,
        "will_do": refusal.will_do,
    }


@transaction.atomic
def take_back(message: Message, *, by: User, version: int | None = None) -> Reply:
    """Undo an answer that has not left: a compensating Step; the words are kept for the officer.

    Raises WrongTurnError once it has left.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_answered_by(by):
        raise PermissionDenied
    message.must_stand_at(version)
    if message.status != MessageStatus.ANSWERED:
        raise WrongTurnError(f"{message!r}: nothing is about to leave")
    message.move(came_from(message), by=by, version=version)
    reply = message.replies.get(published_at=None, taken_back_at=None)
    reply.taken_back_at = clock.now()
    reply.save(update_fields=["taken_back_at"])
    return reply


def came_from(message: Message) -> str:
    """Where a message stood before the answer that is about to leave."""
    return message.steps.filter(seq=message.version).get().from_status


@transaction.atomic
def publish(reply: Reply) -> Message:
    """Put a written answer onto the case page and into the outbox; safe to run twice.

    It is the answer of everybody whose message is joined to this one: a copy for each.
    """
    message = Message.objects.locked(reply.message_id)
    reply = Reply.objects.select_for_update().get(pk=reply.pk)
    if reply.published_at or reply.taken_back_at:
        return message
    moment = clock.now()
    message.move(
        MessageStatus.REPLIED,
        by=None,
        public_text=reply.masked_text if message.is_public else "",
        replied_at=moment,
        **_met(message, moment),
        **message.end_of_waiting(),
    )
    reply.published_at = moment
    reply.save(update_fields=["published_at"])
    _tell(message, reply)
    if message.is_public:
        live.ring_on_commit()
    return message


@transaction.atomic
def promise(
    message: Message, *, text: str, finish_on: date, by: User, version: int | None = None
) -> Reply:
    """A promising answer: work with a finish date. Published and sent at once.

    The answer clock counts as met; `due_at` becomes the close of business on that day. Raises
    ValueError for a day that is not after today.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_answered_by(by):
        raise PermissionDenied
    text, finish_at = _words(text), _later(finish_on, than=clock.now())
    moment = clock.now()
    met = _met(message, moment)
    message.move(
        MessageStatus.AT_WORK,
        by=by,
        only_from={MessageStatus.ROUTED},
        version=version,
        due_at=finish_at,
        public_text=mask(text) if message.is_public else "",
        clock_days=None,
        interims=0,
        first_finish_at=message.first_finish_at or finish_at,
        **met,
        **_no_longer_waiting(),
    )
    return _publish_now(message, ReplyKind.PROMISING, text, by, new_due_at=finish_at)


@transaction.atomic
def put_off(
    message: Message, *, text: str, until: date, by: User, version: int | None = None
) -> Reply:
    """An interim answer: why it takes longer, and the new date. Published and sent at once.

    Two times by the office, from then on by its head. Raises ValueError for a
    day that is not later than the date that holds, OvertakenError while its author is asked.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_put_off_by(by):
        raise PermissionDenied
    message.must_stand_at(version)
    if message.is_waiting_for_author:
        raise OvertakenError(f"{message!r} waits for its author: its date is not the office's")
    holds = max(message.due_at or clock.now(), clock.now())
    text, new_due_at = _words(text), _later(until, than=holds)
    _say(
        message,
        Cause.INTERIM,
        text,
        by,
        version=version,
        due_at=new_due_at,
        clock_days=None,
        interims=message.interims + 1,
        moves=message.moves + 1,
    )
    return _publish_now(message, ReplyKind.INTERIM, text, by, new_due_at=new_due_at)


@transaction.atomic
def report_progress(message: Message, *, text: str, by: User, version: int | None = None) -> Reply:
    """How far promised work is; no date moves. Published and sent at once."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_answered_by(by):
        raise PermissionDenied
    message.must_stand_at(version)
    if not message.is_at_work:
        raise WrongTurnError(f"{message!r}: no work is promised")
    text = _words(text)
    _say(message, Cause.PROGRESS, text, by, version=version)
    return _publish_now(message, ReplyKind.PROGRESS, text, by)


@transaction.atomic
def ask_back(message: Message, *, text: str, by: User, version: int | None = None) -> Reply:
    """Ask the author something: the clock stands until the answer, at most the Rulebook's days.

    Raises WrongTurnError where the author was asked already, or left no way to hear of it.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_answered_by(by):
        raise PermissionDenied
    message.must_stand_at(version)
    if message.is_waiting_for_author or message.contact is None or message.due_at is None:
        raise WrongTurnError(f"{message!r} can't be asked back")
    text, moment = _words(text), clock.now()
    most = timedelta(days=deadlines.WAIT_FOR_AUTHOR.value())
    _say(
        message,
        Cause.ASKED,
        text,
        by,
        version=version,
        due_at=message.due_at + most,
        clock_days=None,
        moves=message.moves + 1,
        waiting_since=moment,
        waiting_until=moment + most,
    )
    return _publish_now(message, ReplyKind.QUESTION, text, by)


def _words(text: str) -> str:
    if not (text := tidy(text)):
        raise ValueError("an answer needs words")
    return text


def _later(day: date, *, than: datetime) -> datetime:
    """The close of business on this day. Raises ValueError unless it is later."""
    if (moment := workdays.close_of(day)) <= than:
        raise ValueError("the new date must be later than the one that holds")
    return moment


def _met(message: Message, moment: datetime) -> dict[str, Any]:
    """The first answer, closing or promising, meets the clock; later ones change nothing of it.

    Days its author was given and nobody waited for make no answer timely.
    """
    if message.met_at is not None or message.due_at is None:
        return {}
    return {"met_at": moment, "met_due_at": message.due_at - message.waiting_left}


def _no_longer_waiting() -> dict[str, Any]:
    return {"waiting_since": None, "waiting_until": None}


def _say(
    message: Message, cause: str, text: str, by: User, *, version: int | None, **columns: Any
) -> None:
    """A Step of its own that leaves the status and publishes these words."""
    message.move(
        message.status,
        by=by,
        only_from=WITH_OFFICE,
        version=version,
        cause=cause,
        public_text=mask(text) if message.is_public else "",
        **columns,
    )


def _reply(message: Message, kind: str, text: str, by: User, **columns: Any) -> Reply:
    moment = clock.now()
    leaves_at = moment + timedelta(seconds=rules.ANSWER_LEAVES_AFTER.value())
    return Reply.objects.create(
        **{
            "message": message,
            "kind": kind,
            "office_id": message.office_id or 0,
            "by": by,
            "text": text,
            "masked_text": mask(text),
            "written_at": moment,
            "leaves_at": leaves_at,
            **columns,
        }
    )


def _publish_now(message: Message, kind: str, text: str, by: User, **columns: Any) -> Reply:
    moment = clock.now()
    reply = _reply(message, kind, text, by, leaves_at=moment, published_at=moment, **columns)
    _tell(message, reply)
    return reply


def _tell(message: Message, reply: Reply) -> None:
    """The author, and the authors of what is joined to it; a question is its author's alone."""
    joined = () if reply.kind == ReplyKind.QUESTION else message.joined.select_related("contact")
    for each in (message, *joined):
        if each.contact:
            queue(DeliveryEvent.ANSWER, each, each.contact, reply=reply)
