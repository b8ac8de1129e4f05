"""Who may read it changes: the rows, the trace, and what the author is told."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from channels_app import live, rules
from channels_app.actions.receiving import FLOOD
from channels_app.models import (
    Delivery,
    DeliveryEvent,
    HiddenReason,
    Message,
    Publication,
    PublicationChange,
    Topic,
)
from channels_app.models.deliveries import DECIDED_OTHERWISE
from channels_app.states import DeliveryState, MessageStatus
from lifecycle import clock
from people.models import User

TOLD_BY = {Publication.PUBLIC: DeliveryEvent.SHOWN, Publication.HIDDEN: DeliveryEvent.HIDDEN}
MAY_HAVE_ARRIVED = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


def decide_all(
    rows: Sequence[Message], to: str, *, by: User, reason: str = "", words: str = ""
) -> None:
    """An officer lets everyone, or only the office, read these; or hides them.

    The rows are locked by the caller. A flood that is let through waits for no reader any more.
    """
    moment = clock.now()
    changes = _trace(rows, to, by=by, reason=reason, words=words, moment=moment)
    let_through = [row.pk for row in rows if row.is_held and to != Publication.HIDDEN]
    columns: dict[str, object] = {
        "publication": to,
        "hidden_reason": reason if to == Publication.HIDDEN else "",
        "publication_due_at": None,
        "screened_at": moment,
        "screened_by": by,
    }
    _write(rows, columns)
    flood = [row for row in rows if row.pk in let_through and _waits_as_flood(row)]
    _write(flood, {"needs_reader": False})
    _tell(changes)


def open_as_wanted(message: Message) -> None:
    """Its author has met the condition under which everyone may read it; the row is locked.

    What a door found reason to hold is looked at by an officer first, once.
    """
    moment = clock.now()
    unseen = message.held_reason and message.screened_at is None
    to = Publication.HELD if unseen else Publication.PUBLIC
    _trace([message], to, by=None, reason="", words="", moment=moment)
    decide_by = rules.decide_by(moment) if to == Publication.HELD else None
    _write([message], {"publication": to, "wants_public": True, "publication_due_at": decide_by})


def mind(message: Message, to: str, *, words: str) -> None:
    """A reader minds it: hidden, or still shown; an officer decides by the Rulebook's date."""
    reason = HiddenReason.REPORTED
    moment = clock.now()
    _trace([message], to, by=None, reason=reason, words=words, moment=moment)
    columns: dict[str, object] = {
        "publication": to,
        "hidden_reason": reason if to == Publication.HIDDEN else "",
        "publication_due_at": rules.decide_by(moment),
    }
    _write([message], columns)


def _waits_as_flood(message: Message) -> bool:
    return message.held_reason in FLOOD and message.status == MessageStatus.RECEIVED


def _write(rows: Sequence[Message], columns: dict[str, object]) -> None:
    """One UPDATE; the rows in memory follow."""
    if not rows:
        return
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(**columns)
    if to := columns.get("publication"):
        topics = {row.topic_id for row in rows if row.topic_id}
        shown = to == Publication.PUBLIC
        Topic.objects.filter(pk__in=topics).update(shown=shown)
        live.ring_on_commit()
    for row in rows:
        for name, value in columns.items():
            setattr(row, name, value)


def _trace(
    rows: Sequence[Message],
    to: str,
    *,
    by: User | None,
    reason: str,
    words: str,
    moment: datetime,
) -> list[PublicationChange]:
    return PublicationChange.objects.bulk_create(
        PublicationChange(
            message=row,
            came_from=row.publication,
            to=to,
            reason=reason,
            words=words,
            by=by,
            at=moment,
        )
        for row in rows
    )


def _tell(changes: Sequence[PublicationChange]) -> None:
    """Owe the authors word of it, unless it is what they know already.

    A notice leaves after the Rulebook's seconds; what is decided otherwise before cancels it, so
    that an undo tells nobody anything. Each decision that is told is a mail of its own.
    """
    reachable = [change for change in changes if change.message.contact_id]
    earlier = _notices([change.message_id for change in reachable])
    owed = []
    for change in reachable:
        known = _known(change.message, earlier[change.message_id])
        event = TOLD_BY.get(Publication(change.to))
        if event and event != known:
            owed.append(_notice(change, event))
    Delivery.objects.bulk_create(owed)


def _notices(messages: Sequence[int]) -> dict[int, list[Delivery]]:
    """What their authors were told before, or will be, oldest first."""
    found: dict[int, list[Delivery]] = defaultdict(list)
    if messages:
        rows = Delivery.objects.filter(message__in=messages, event__in=TOLD_BY.values())
        rows = rows.select_related("message")
        for row in rows.order_by("id").select_for_update(of=("self",)):
            found[row.told_of.pk].append(row)
    return found


def _known(message: Message, notices: Sequence[Delivery]) -> str:
    """What the author knows once nothing else leaves: what waits is cancelled."""
    known = "" if message.held_reason else DeliveryEvent.SHOWN.value
    for row in notices:
        if row.state == DeliveryState.QUEUED:
            row.become(DeliveryState.CANCELLED, why=DECIDED_OTHERWISE)
        elif row.state in MAY_HAVE_ARRIVED:
            known = row.event
    return known


def _notice(change: PublicationChange, event: str) -> Delivery:
    contact = change.message.contact
    assert contact is not None  # noqa: S101 - only those who can be reached come here
    return Delivery(
        event=event,
        message=change.message,
        change=change,
        contact=contact,
        channel=contact.kind,
        created_at=change.at,
        next_at=change.at + timedelta(seconds=rules.NOTICE_LEAVES_AFTER.value()),
    )
