"""What its author can do about a message now, by when, and in plain words why not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from channels_app import deadlines
from channels_app.models import Kind, Message, Round
from channels_app.states import IN_HAND, MessageStatus
from lifecycle import clock, workdays

ASK, CONFIRM, REOPEN, APPEAL = "ask", "confirm", "reopen", "appeal"


@dataclass(frozen=True)
class Ways:
    """Which doors stand open under the private link."""

    ask: bool
    confirm: bool
    reopen: bool
    appeal: bool
    until: datetime | None
    is_asked: bool = False

    @property
    def only_words(self) -> bool:
        """Nothing but adding words, and nobody has asked for any."""
        return self.ask and not self.is_asked

    def __bool__(self) -> bool:
        return self.ask or self.confirm or self.reopen or self.appeal


def ways_of(message: Message) -> Ways:
    """Exactly what is possible now; `until` is the last moment for coming back."""
    return Ways(
        ask=message.may_be_added_to,
        confirm=message.may_be_confirmed,
        reopen=message.may_come_back,
        appeal=message.may_go_to_the_head,
        until=message.matter.may_come_back_until,
        is_asked=message.is_waiting_for_author,
    )


def due_of(way: str, message: Message) -> datetime | None:
    """By when an answer would come if its author went this way now; None where nothing moves."""
    moment = clock.now()
    if way == APPEAL:
        return workdays.due_after(moment, deadlines.APPEAL_DAYS.value())
    return deadlines.answer_due(message.kind, moment) if way == REOPEN else None


def told_if_late(message: Message) -> dict[str, datetime]:
    """When its head and the mayor's office will hear of it, if nobody answers till then."""
    if message.due_at is None:
        return {}
    if message.kind == Kind.HAZARD:
        head = timedelta(hours=deadlines.LATE_HAZARD_TO_HEAD.value())
        mayor = timedelta(hours=deadlines.LATE_HAZARD_TO_MAYOR.value())
    else:
        head = timedelta(days=deadlines.LATE_TO_HEAD.value())
        mayor = timedelta(days=deadlines.LATE_TO_MAYOR.value())
    moments = {"head": message.due_at + head, "mayor": message.due_at + mayor}
    return {who: at for who, at in moments.items() if at > clock.now()}


def why_closed(way: str, message: Message) -> str:
    """One sentence for a person who comes to a door that is shut."""
    if message.is_erased:
        return _("The words of this message were deleted, so nobody can go on with it.")
    if message.status == MessageStatus.TAKEN_UP:
        return _("This became a suggestion. What you can do about it stands on its page.")
    if way == ASK:
        return _why_no_words(message)
    if message.status == MessageStatus.TAKEN_UP:
        return _why_no_words(message)
    if message.status in (*IN_HAND, MessageStatus.ANSWERED):
        return _("The office is at it now: there is no answer yet that you could judge.")
    if way == CONFIRM:
        return _why_no_question(message)
    if message.round == Round.APPEALED:
        return _("You have appealed, and the head of the office has answered. That was the last.")
    if way == APPEAL and message.round == Round.FIRST:
        return _("Before an appeal, say that it is not solved: then the office looks again.")
    if way == REOPEN and message.round == Round.REOPENED and message.is_time_to_come_back:
        return _("You said once that it is not solved. Now the head of the office can decide.")
    return _why_too_late(message)


def _why_no_words(message: Message) -> str:
    match message.status:
        case MessageStatus.JOINED:
            return _("The office answers this together with the same matter of somebody else.")
        case MessageStatus.TAKEN_UP:
            return _("This is a suggestion now: its own page says what you can do.")
        case MessageStatus.SET_ASIDE:
            return _("This was set aside, so no office would read more words.")
        case MessageStatus.ANSWERED:
            return _("The answer is being sent at this moment.")
        case _:
            return _("This is answered, so no office would read more words here.")


def _why_no_question(message: Message) -> str:
    if message.fixed:
        return _("You told us that it is fixed. Thank you.")
    return _("We ask this only after an answer of its own.")


def _why_too_late(message: Message) -> str:
    if message.status == MessageStatus.JOINED and message.matter.replied_at is None:
        return _("The office is at it now: there is no answer yet that you could judge.")
    days = {"days": deadlines.REOPEN_DAYS.value()}
    return _("The %(days)d days after the answer are over.") % days
