"""The books must balance: every voice has its row, its owner, its way, and its one answer.

`check_ledger` reads the database it stands in and what the outside has received, and names
everything that is wrong at once. It shares no rule with the code it judges: states and turns are
written down here again. Tests, `./portal chaos` and `./portal drill` use it; it reads every row.
"""

import mailbox
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from channels_app.models import Delivery, Message, MessageStep, Reply
from lifecycle.record import verifying
from seoul_portal import ledger_of_ideas

Rows = Sequence[Message]
Lives = Mapping[int, Sequence[MessageStep]]
# Status → where its next Step may lead.
TURNS = {
    "": {"received"},
    "received": {"received", "routed", "set_aside", "joined", "taken_up"},
    "routed": {"routed", "received", "at_work", "answered", "set_aside", "joined", "taken_up"},
    "at_work": {"at_work", "answered", "set_aside"},
    "answered": {"replied", "routed", "at_work"},
    "set_aside": {"received", "routed"},  # the latter within seconds
    "replied": {"routed"},
    "joined": {"received", "routed"},
    "taken_up": {"received"},
}
# What moves a date, and what of it counts as moved by the office.
DATED = {
    "interim",
    "asked",
    "heard",
    "waited",
    "calendar",
    "reopened",
    "appealed",
    "undone",
    "redirected",
}
COUNTED = {"interim", "asked"}
FINISHED = {"replied", "set_aside", "joined", "taken_up"}
TROUBLED = {"unknown", "failed"}


def check_ledger(
    *,
    receipts: Iterable[str] = (),
    outside: Mapping[str, int] | None = None,
    settled: bool = True,
) -> None:
    """Raise AssertionError naming every entry that does not balance.

    `receipts` are the numbers people were shown, `outside` the copies the mail server has by
    Message-ID. While something may still wait for a sweep, say `settled=False`.
    """
    if wrong := wrong_entries(receipts=receipts, outside=outside, settled=settled):
        raise AssertionError("the ledger does not balance:\n" + "\n".join(wrong))


def wrong_entries(
    *,
    receipts: Iterable[str] = (),
    outside: Mapping[str, int] | None = None,
    settled: bool = True,
) -> list[str]:
    """Every entry that does not balance, in a sentence; the same arguments.

    All books are read at one moment, for workers may go on writing in them.
    """
    with _one_moment():
        rows, lives = list(Message.objects.select_related("office", "lead")), _lives()
        return [
            *_receipts(list(receipts)),
            *_messages(rows, settled=settled),
            *_steps(rows, lives),
            *_dates(rows, lives),
            *_answers(rows, lives),
            *_joined(rows),
            *_deliveries(settled=settled),
            *(_copies(outside) if outside is not None else ()),
            *ledger_of_ideas.wrong_entries(),
            *verifying.problems(),
        ]


@contextmanager
def _one_moment() -> Iterator[None]:
    """A snapshot for all questions; inside somebody's transaction there is only that one's view."""
    with transaction.atomic():
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def copies_in(maildir: Path) -> Counter[str]:
    """How often each Message-ID lies in a Maildir."""
    box = mailbox.Maildir(str(maildir), create=False)
    return Counter(str(mail["Message-ID"]) for mail in box)


def message_id(delivery: Delivery) -> str:
    """The Message-ID of a row of the outbox, written down a second time."""
    return f"<{delivery.code}.{delivery.key}@{settings.MAIL_DOMAIN}>"


def _receipts(numbers: list[str]) -> Iterator[str]:
    """Every number given out has one row, and no two people were given the same."""
    rows = Counter(Message.objects.filter(code__in=numbers).values_list("code", flat=True))
    for number in sorted(set(numbers)):
        if rows[number] != 1:
            yield f"{number}: {rows[number]} rows for a receipt that was shown"


def _messages(rows: Rows, *, settled: bool) -> Iterator[str]:
    """Routed, answered, set aside or in a named queue; owner and date as long as it is open."""
    for row in rows:
        if row.status not in TURNS:
            yield f"{row.code}: unheard-of status {row.status!r}"
        if row.status not in FINISHED and (row.office is None or row.due_at is None):
            yield f"{row.code}: {row.status} without owner or date"
        if settled and row.status == "received" and not row.needs_reader:
            yield f"{row.code}: neither routed nor waiting for a reader"
        if (row.status == "set_aside") != bool(row.set_aside_reason):
            yield f"{row.code}: {row.status} with reason {row.set_aside_reason!r} for setting aside"
        if settled and row.status == "answered":
            yield f"{row.code}: its answer never left"
        if row.waiting_until and row.status in FINISHED:
            yield f"{row.code}: {row.status}, and still waits for its author"


def _lives() -> Lives:
    """The Steps of each message, in order."""
    lives: dict[int, list[MessageStep]] = {}
    for step in MessageStep.objects.order_by("root_id", "seq").iterator():
        lives.setdefault(step.root_id, []).append(step)
    return lives


def _dates(rows: Rows, lives: Lives) -> Iterator[str]:
    """The first promise stands, and a date moves for a cause that is named."""
    for row in rows:
        life = lives.get(row.pk, [])
        if life and row.first_due_at != life[0].due_at:
            yield f"{row.code}: first promised for {life[0].due_at}, now says {row.first_due_at}"
        if row.moves != sum(step.cause in COUNTED for step in life):
            yield f"{row.code}: moved {row.moves} times, its steps say otherwise"
        for before, step in pairwise(life):
            if step.due_at != before.due_at and not _may_move_date(before, step):
                yield f"{row.code}: step {step} moves its date without a cause"
            turns = step.from_status == step.to_status and step.to_status != "routed"
            if turns and not step.cause:
                yield f"{row.code}: step {step} without a cause"


def _may_move_date(before: MessageStep, step: MessageStep) -> bool:
    """By one of the causes; by a promise; or nobody waits for its author any more."""
    if step.cause in DATED or (step.from_status, step.to_status) == ("routed", "at_work"):
        return True
    earlier = step.due_at is not None and before.due_at is not None and step.due_at < before.due_at
    return earlier and step.to_status in FINISHED


def _steps(rows: Rows, lives: Lives) -> Iterator[str]:
    """Gapless from 0 to the version, along the table, and replayed they give the row."""
    for row in rows:
        life = lives.get(row.pk, [])
        if [step.seq for step in life] != list(range(row.version + 1)):
            yield f"{row.code}: steps {[step.seq for step in life]} for version {row.version}"
            continue
        stood = ""
        for step in life:
            if step.from_status != stood or step.to_status not in TURNS.get(stood, ()):
                yield f"{row.code}: step {step} while it stood at {stood!r}"
            stood = step.to_status
        last = life[-1]
        if (last.to_status, last.office_id, last.due_at) != (row.status, row.office_id, row.due_at):
            yield f"{row.code}: its steps end elsewhere than the row ({last})"


def _answers(rows: Rows, lives: Lives) -> Iterator[str]:
    """An answer under way belongs to a message that says so; a published one is owed once."""
    under_way = Counter(
        Reply.objects.filter(published_at=None, taken_back_at=None).values_list(
            "message_id", flat=True
        )
    )
    published = Reply.objects.filter(published_at__isnull=False)
    kinds = Counter(published.values_list("message_id", "kind"))
    joined: dict[int, list[Message]] = {}
    for row in rows:
        joined.setdefault(row.lead_id or 0, []).append(row)
        if under_way[row.pk] != (row.status == "answered"):
            yield f"{row.code}: {row.status} with {under_way[row.pk]} answers under way"
        owed = Counter(kind for step in lives.get(row.pk, []) if (kind := _said_by(step)))
        for kind in SAID_BY.values():
            if owed[kind] != kinds[row.pk, kind]:
                yield f"{row.code}: {kinds[row.pk, kind]} words {kind}, steps say {owed[kind]}"
    sent = Counter(Delivery.objects.filter(event="answer").values_list("reply_id", "message_id"))
    for reply in published.select_related("message"):
        joined_then = _joined_when(reply, joined.get(reply.message_id, ()), lives)
        for each in (reply.message, *joined_then):
            if each.contact_id and sent[reply.pk, each.pk] != 1:
                yield f"{each.code}: {sent[reply.pk, each.pk]} deliveries of one answer"


# What a Step published, by its cause or, without one, by its two statuses.
SAID_BY = {
    "interim": "interim",
    "asked": "question",
    "progress": "progress",
    "routed at_work": "promising",
    "answered replied": "closing",
}


def _said_by(step: MessageStep) -> str | None:
    return SAID_BY.get(step.cause or f"{step.from_status} {step.to_status}")


def _joined_when(reply: Reply, joined: Rows, lives: Lives) -> Iterator[Message]:
    """Whose answer it was too; a question is one person's alone."""
    for row in joined:
        since = max(step.at for step in lives[row.pk] if step.to_status == "joined")
        if reply.kind != "question" and reply.published_at and since < reply.published_at:
            yield row


def _joined(rows: Rows) -> Iterator[str]:
    """Whoever is joined has a lead that is none itself; nobody else has one, or gets its mail."""
    for row in rows:
        if (row.status == "joined") != (row.lead is not None):
            yield f"{row.code}: {row.status} with lead {row.lead}"
        if row.lead is not None and row.lead.status in ("joined", "set_aside"):
            yield f"{row.code}: its lead {row.lead} is {row.lead.status}"
    foreign = Delivery.objects.filter(event="answer").exclude(message=F("reply__message"))
    for delivery in foreign.select_related("message", "reply"):
        # Parted later: what was under way then may have left, what was not is cancelled.
        told_of = delivery.told_of
        own = told_of.lead_id == getattr(delivery.reply, "message_id", None)
        own = own or told_of.round > 0  # its author read it and was not content
        if not own and delivery.state == "queued" and not delivery.repeated:
            yield f"{told_of.code}: waits for an answer that is not its own"


def _deliveries(*, settled: bool) -> Iterator[str]:
    """Nothing half-way, and whatever went wrong lies with somebody."""
    rows = Delivery.objects.select_related("message__office", "notice__topic", "follow__topic")
    for row in rows:
        if settled and row.state == "sending":
            yield f"{row.code}: {row.event} still leaving"
        if row.state in TROUBLED and row.message is not None and row.message.office is None:
            yield f"{row.code}: {row.event} {row.state}, and nobody's business"
        if row.state == "sent" and row.sent_at is None:
            yield f"{row.code}: {row.event} sent, but never"
        gone = row.state == "cancelled" and row.daily and row.contact_id is not None
        if gone and row.digest_id is None and not row.why:
            yield f"{row.code}: {row.event} waited for a day and is gone"


def _copies(outside: Mapping[str, int]) -> Iterator[str]:
    """Sent means there, once; or twice where the repeat is recorded, or thrice where then somebody
    had it sent again; and nothing unasked for."""
    mails = Delivery.objects.filter(channel="mail")
    mails = mails.select_related("message", "notice__topic", "follow__topic")
    rows = {message_id(row): row for row in mails}
    for name, row in rows.items():
        copies = outside.get(name, 0)
        if copies > 1 + row.repeated + (row.decided_by_id is not None):
            yield f"{name}: {copies} copies outside, repeated={row.repeated}, by={row.decided_by}"
        if row.state == "sent" and not copies:
            yield f"{name}: sent, but not outside"
        if row.state in ("queued", "cancelled") and not row.repeated and copies:
            yield f"{name}: {row.state}, but outside"
    for name in outside.keys() - rows.keys():
        yield f"{name}: outside without a row"
