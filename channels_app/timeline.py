"""What happened to a message so far, in sentences: for its page, from its Steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import pairwise
from operator import attrgetter

from django.utils.translation import gettext as _

from channels_app.models import Addition, AdditionKind, Asked, Level, Message, MessageStep, Reminder
from channels_app.states import STAGE_OF, Cause, MessageStatus, Stage

# Written but not left, or taken back before it left: nothing a reader has to know.
INWARD = {
    (MessageStatus.ROUTED, MessageStatus.ANSWERED),
    (MessageStatus.ANSWERED, MessageStatus.ROUTED),
    (MessageStatus.AT_WORK, MessageStatus.ANSWERED),
    (MessageStatus.ANSWERED, MessageStatus.AT_WORK),
}

COMING_BACK = {Cause.REOPENED, Cause.APPEALED}


@dataclass(frozen=True)
class Entry:
    """One line of the way so far. `until` is the date that holds from then on, if it changed."""

    at: datetime
    what: str
    more: str = ""
    until: datetime | None = None
    is_finish: bool = False


@dataclass(frozen=True)
class StageMark:
    """One of the four public stages: done (with its date), current, skipped or to come.

    Its author said that it is not solved: "before" was reached once and is to come again,
    "earlier" was reached in a former turn, and this one did without.
    """

    name: str
    state: str
    at: datetime | None


def entries(
    message: Message,
    steps: Sequence[MessageStep],
    *,
    parts: Sequence[Asked] = (),
    additions: Sequence[Addition] = (),
    reminders: Sequence[Reminder] = (),
    matter: Message | None = None,
    inward: bool = False,
    notes: bool = False,
) -> list[Entry]:
    """Newest first. `inward` also tells officers what happened inside the office, and who did it.

    `notes` adds what officers wrote, for those who may read originals: a note may quote one.
    `matter` is the lead whose answer is shown, where the message is joined to one.
    """
    moved = {step.seq for step in _with_another_date(steps)}
    shown = [step for step in steps if inward or (step.from_status, step.to_status) not in INWARD]
    told = [
        _entry(message, step, inward=inward, notes=notes, moved=step.seq in moved) for step in shown
    ]
    asked = [entry for part in parts for entry in _of_part(part, inward=inward)]
    asked += [_of_addition(one) for one in additions if one.kind == AdditionKind.MORE]
    asked += [_of_reminder(one) for one in reminders]
    if matter is not None and matter != message and matter.replied_at:
        office = {"office": matter.office}
        asked.append(Entry(matter.replied_at, _("Answered"), _("By %(office)s.") % office))
    in_time = attrgetter("at")
    return list(merge(told, sorted(asked, key=in_time), key=in_time))[::-1]


def moves_of_date(message: Message, steps: Sequence[MessageStep]) -> list[Entry]:
    """Every time the date changed after the first promise: when, why, and to what; oldest first."""
    return [
        _entry(message, step, inward=False, notes=False, moved=True)
        for step in _with_another_date(steps)
        if step.from_status
    ]


def _with_another_date(steps: Sequence[MessageStep]) -> list[MessageStep]:
    first = [step for step in steps if not step.from_status]
    later = [step for before, step in pairwise(steps) if step.due_at != before.due_at]
    return first + later


def _entry(message: Message, step: MessageStep, *, inward: bool, notes: bool, moved: bool) -> Entry:
    what, more = _words(message, step)
    if inward:
        who = [str(step.by)] if step.by else []
        note = getattr(step, "note", None) if notes else None
        more = " · ".join([part for part in (more, *who, str(note) if note else "") if part])
    until = step.due_at if moved else None
    return Entry(step.at, what, more, until, step.to_status == MessageStatus.AT_WORK)


def _of_addition(addition: Addition) -> Entry:
    return Entry(addition.at, _("Its author added something"))


def _of_reminder(reminder: Reminder) -> Entry:
    """Who was told that it is late; outside no name of a person."""
    office = {"office": reminder.office}
    match reminder.level:
        case Level.HEAD:
            return Entry(reminder.at, _("Late: the head of the office was told"))
        case Level.MAYOR:
            return Entry(reminder.at, _("Late: the mayor's office was told"))
        case Level.SOON:
            return Entry(reminder.at, _("The date comes near: %(office)s was told") % office)
        case _:
            return Entry(reminder.due_at, _("The date has passed without an answer"))


def _of_part(asked: Asked, *, inward: bool) -> Iterator[Entry]:
    """Outside only which office helps; what offices write to each other stays between them."""
    office = {"office": asked.office}
    by, given_by = (str(asked.by), str(asked.answered_by)) if inward else ("", "")
    yield Entry(asked.at, _("Asked %(office)s for a part") % office, by)
    if asked.answered_at:
        yield Entry(asked.answered_at, _("%(office)s gave its part") % office, given_by)


def _words(message: Message, step: MessageStep) -> tuple[str, str]:
    turn = (step.from_status, step.to_status)
    office = {"office": step.office, "by": step.by_office}
    if step.cause:
        return _words_of_cause(step)
    if {MessageStatus.JOINED, MessageStatus.TAKEN_UP}.intersection(turn):
        return _words_of_joining(step)
    if MessageStatus.ANSWERED in turn:
        return _words_of_answering(step)
    match turn:
        case ("", _received):
            return _words_of_receiving(message, step)
        case (MessageStatus.RECEIVED, MessageStatus.ROUTED):
            how = _("Found by rules.") if step.by is None else _("Read by %(by)s.") % office
            return _("Given to %(office)s") % office, how
        case (MessageStatus.ROUTED, MessageStatus.ROUTED):
            return _("Passed on to %(office)s") % office, _("By %(by)s.") % office
        case (MessageStatus.ROUTED, MessageStatus.RECEIVED):
            return _("Handed back to find the right office"), _("By %(by)s.") % office
        case (_came, MessageStatus.AT_WORK):
            return _("Work promised, with a finish date"), _("By %(by)s.") % office
        case (_came, MessageStatus.SET_ASIDE):
            return _("Set aside"), message.get_set_aside_reason_display()
        case _:
            return _("Taken up again"), _("By %(by)s.") % office


def _came_in(message: Message) -> str:
    if message.is_on_behalf:
        return _("Came in through %(channel)s. An officer wrote it down for its author.")
    return _("Came in through %(channel)s.")


def _words_of_receiving(message: Message, step: MessageStep) -> tuple[str, str]:
    if message.split_from_id is not None:
        return _("Split off from another message of the same person"), _by(step)
    channel = {"channel": message.get_channel_display()}
    return _("Received"), _came_in(message) % channel


def _words_of_answering(step: MessageStep) -> tuple[str, str]:
    office = {"office": step.office, "by": step.by_office}
    if step.to_status == MessageStatus.ANSWERED:
        return _("Answer written"), _("By %(by)s.") % office
    if step.to_status == MessageStatus.REPLIED:
        return _("Answered"), _("By %(office)s.") % office
    return _("Answer taken back before it left"), _("By %(by)s.") % office


def _words_of_cause(step: MessageStep) -> tuple[str, str]:
    office = {"office": step.office, "by": step.by_office}
    match step.cause:
        case Cause.CALENDAR:
            return _("The date moved with the calendar"), _("A holiday was declared or taken back.")
        case Cause.INTERIM:
            return _("The office needs more time"), _("By %(by)s.") % office
        case Cause.ASKED:
            return _("A question to its author: the clock stands"), _("By %(by)s.") % office
        case Cause.HEARD:
            return _("Its author answered: the clock runs again"), ""
        case Cause.WAITED:
            return _("No answer from its author: the clock runs again"), ""
        case Cause.PROGRESS:
            return _("The office says how far it is"), _("By %(by)s.") % office
        case Cause.REOPENED:
            return _("Not solved, says its author"), _("Back to %(office)s.") % office
        case Cause.UNDONE:
            return _("The step before was taken back"), _("By %(by)s.") % office
        case Cause.APPEALED:
            what = _("Its author appealed")
            return what, _("The head of %(office)s decides.") % office
        case _:
            return _words_of_splitting(step)


def _words_of_splitting(step: MessageStep) -> tuple[str, str]:
    match step.cause:
        case Cause.SPLIT:
            return _("A second matter was split off, with a number of its own"), _by(step)
        case Cause.REDIRECTED:
            return _("No suggestion: an office answers it as a message"), _by(step)
        case Cause.ONE_AGAIN:
            return _("Taken together again: it was one matter"), _by(step)
        case _:
            return _("Changed"), ""


def _by(step: MessageStep) -> str:
    return _("By %(by)s.") % {"by": step.by_office}


def _words_of_joining(step: MessageStep) -> tuple[str, str]:
    by = _("By %(by)s.") % {"by": step.by_office}
    if step.to_status == MessageStatus.TAKEN_UP:
        return _("Taken up as a suggestion"), by if step.by else _("Its author wished so.")
    if step.to_status == MessageStatus.JOINED:
        return _("Joined to the same matter"), by if step.by else _("Its author said so.")
    how = by if step.by else _("The other message is no longer there.")
    return _("Parted again: it is a matter of its own"), how


def stages(message: Message, steps: Sequence[MessageStep]) -> list[StageMark]:
    """All four, so that a reader sees what is still to come.

    `message` is the one whose answer counts, `steps` the way of the one that is read.
    """
    reached: dict[Stage, datetime] = {}
    before: dict[Stage, datetime] = {}
    for step in steps:
        if step.cause in COMING_BACK:  # from here on the stages are reached anew
            before, reached = reached | before, {}
        reached.setdefault(STAGE_OF[step.to_status], step.at)
    if message.replied_at:
        reached[Stage.ANSWERED] = message.replied_at
    order = list(Stage)
    here = order.index(_stage(message, steps))
    anew = min((order.index(stage) for stage in reached), default=0)
    return [
        _mark(stage, here - place, message.status, now=reached.get(stage), once=before.get(stage))
        if stage in reached or not anew < place < here or stage not in before
        # In an earlier turn, and not needed in this one: its moment stands out of the row.
        else StageMark(str(stage.label), "earlier", before[stage])
        for place, stage in enumerate(order)
    ]


def _stage(message: Message, steps: Sequence[MessageStep]) -> Stage:
    """An answer that has not left yet changes nothing: promised work is still at work."""
    last = steps[-1] if steps else None
    if last and message.status == last.to_status == MessageStatus.ANSWERED:
        return STAGE_OF[last.from_status]
    return message.stage


def _mark(
    stage: Stage, passed: int, status: str, *, now: datetime | None, once: datetime | None
) -> StageMark:
    """`passed` counts the stages that have come since; `once` is when it was reached before."""
    name = str(stage.label)
    if passed == 0:
        return StageMark(name, "done" if status == MessageStatus.REPLIED else "current", now)
    if passed < 0:
        return StageMark(name, "before", once) if once else StageMark(name, "to_come", None)
    if at := now or once:
        return StageMark(name, "done", at)
    return StageMark(name, "skipped", None)
