"""What happened to a message so far, in sentences: for its page, from its Steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from operator import attrgetter

from django.utils.translation import gettext as _

from channels_app.models import Asked, Message, MessageStep
from channels_app.states import STAGE_OF, MessageStatus, Stage

# Written but not left, or taken back before it left: nothing a reader has to know.
INWARD = {
    (MessageStatus.ROUTED, MessageStatus.ANSWERED),
    (MessageStatus.ANSWERED, MessageStatus.ROUTED),
}


@dataclass(frozen=True)
class Entry:
    """One line of the way so far."""

    at: datetime
    what: str
    more: str = ""


@dataclass(frozen=True)
class StageMark:
    """One of the four public stages: done (with its date), current, skipped or to come."""

    name: str
    state: str
    at: datetime | None


def entries(
    message: Message,
    steps: Sequence[MessageStep],
    *,
    parts: Sequence[Asked] = (),
    matter: Message | None = None,
    inward: bool = False,
    notes: bool = False,
) -> list[Entry]:
    """Newest first. `inward` also tells officers what happened inside the office, and who did it.

    `notes` adds what officers wrote, for those who may read originals: a note may quote one.
    `matter` is the lead whose answer is shown, where the message is joined to one.
    """
    shown = [step for step in steps if inward or (step.from_status, step.to_status) not in INWARD]
    told = [_entry(message, step, inward=inward, notes=notes) for step in shown]
    asked = [entry for part in parts for entry in _of_part(part, inward=inward)]
    if matter is not None and matter != message and matter.replied_at:
        office = {"office": matter.office}
        asked.append(Entry(matter.replied_at, _("Answered"), _("By %(office)s.") % office))
    in_time = attrgetter("at")
    return list(merge(told, sorted(asked, key=in_time), key=in_time))[::-1]


def _entry(message: Message, step: MessageStep, *, inward: bool, notes: bool) -> Entry:
    what, more = _words(message, step)
    if inward:
        who = [str(step.by)] if step.by else []
        note = getattr(step, "note", None) if notes else None
        more = " · ".join([part for part in (more, *who, str(note) if note else "") if part])
    return Entry(step.at, what, more)


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
    if MessageStatus.JOINED in turn:
        return _words_of_joining(step)
    match turn:
        case ("", _received):
            channel = {"channel": message.get_channel_display()}
            return _("Received"), _("Came in through %(channel)s.") % channel
        case (MessageStatus.RECEIVED, MessageStatus.ROUTED):
            how = _("Found by rules.") if step.by is None else _("Read by %(by)s.") % office
            return _("Given to %(office)s") % office, how
        case (MessageStatus.ROUTED, MessageStatus.ROUTED):
            return _("Passed on to %(office)s") % office, _("By %(by)s.") % office
        case (MessageStatus.ROUTED, MessageStatus.RECEIVED):
            return _("Handed back to find the right office"), _("By %(by)s.") % office
        case (MessageStatus.ROUTED, MessageStatus.ANSWERED):
            return _("Answer written"), _("By %(by)s.") % office
        case (MessageStatus.ANSWERED, MessageStatus.ROUTED):
            return _("Answer taken back before it left"), _("By %(by)s.") % office
        case (_came, MessageStatus.REPLIED):
            return _("Answered"), _("By %(office)s.") % office
        case (_came, MessageStatus.SET_ASIDE):
            return _("Set aside"), message.get_set_aside_reason_display()
        case _:
            return _("Taken up again"), _("By %(by)s.") % office


def _words_of_joining(step: MessageStep) -> tuple[str, str]:
    by = _("By %(by)s.") % {"by": step.by_office}
    if step.to_status == MessageStatus.JOINED:
        return _("Joined to the same matter"), by if step.by else _("Its author said so.")
    how = by if step.by else _("The other message is no longer there.")
    return _("Parted again: it is a matter of its own"), how


def stages(message: Message, steps: Sequence[MessageStep]) -> list[StageMark]:
    """All four, so that a reader sees what is still to come.

    `message` is the one whose answer counts, `steps` the way of the one that is read.
    """
    reached: dict[Stage, datetime] = {}
    for step in steps:
        reached.setdefault(STAGE_OF[step.to_status], step.at)
    if message.replied_at:
        reached.setdefault(Stage.ANSWERED, message.replied_at)
    order = list(Stage)
    here = order.index(message.stage)
    return [
        StageMark(
            str(stage.label), _mark(place, here, message, stage in reached), reached.get(stage)
        )
        for place, stage in enumerate(order)
    ]


def _mark(place: int, here: int, message: Message, was_there: bool) -> str:
    if place == here:
        return "done" if message.status == MessageStatus.REPLIED else "current"
    if place > here:
        return "to_come"
    return "done" if was_there else "skipped"
