"""The books must balance: every voice has its row, its owner, its way, and its one answer.

`check_ledger` reads the database the test stands in and what the outside has received, and names
everything that is wrong at once. It shares no rule with the code it judges: states and turns are
written down here again.
"""

import mailbox
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.db.models import F

from channels_app.models import Delivery, Message, MessageStep, Reply

# Status → where its next Step may lead.
TURNS = {
    "": {"received"},
    "received": {"routed", "set_aside", "joined"},
    "routed": {"routed", "received", "answered", "set_aside", "joined"},
    "answered": {"replied", "routed"},
    "set_aside": {"received"},
    "replied": set(),
    "joined": {"received"},
}
FINISHED = {"replied", "set_aside", "joined"}
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
    problems = [
        *_receipts(list(receipts)),
        *_messages(settled=settled),
        *_steps(),
        *_answers(),
        *_deliveries(settled=settled),
        *(_copies(outside) if outside is not None else ()),
    ]
    assert not problems, "the ledger does not balance:\n" + "\n".join(problems)


def copies_in(maildir: Path) -> Counter[str]:
    """How often each Message-ID lies in a Maildir."""
    box = mailbox.Maildir(str(maildir), create=False)
    return Counter(str(mail["Message-ID"]) for mail in box)


def message_id(delivery: Delivery) -> str:
    """The Message-ID of a row of the outbox, written down a second time."""
    return f"<{delivery.message.code}.{delivery.key}@{settings.MAIL_DOMAIN}>"


def _receipts(numbers: list[str]) -> Iterator[str]:
    """Every number given out has one row, and no two people were given the same."""
    rows = Counter(Message.objects.filter(code__in=numbers).values_list("code", flat=True))
    for number in sorted(set(numbers)):
        if rows[number] != 1:
            yield f"{number}: {rows[number]} rows for a receipt that was shown"


def _messages(*, settled: bool) -> Iterator[str]:
    """Routed, answered, set aside or in a named queue; owner and date as long as it is open."""
    for row in Message.objects.select_related("office"):
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


def _steps() -> Iterator[str]:
    """Gapless from 0 to the version, along the table, and replayed they give the row."""
    lives: dict[int, list[MessageStep]] = {}
    for step in MessageStep.objects.order_by("root_id", "seq"):
        lives.setdefault(step.root_id, []).append(step)
    for row in Message.objects.all():
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


def _answers() -> Iterator[str]:
    """An answer under way belongs to a message that says so; a published one is owed once."""
    under_way = Counter(
        Reply.objects.filter(published_at=None, taken_back_at=None).values_list(
            "message_id", flat=True
        )
    )
    published = set(
        Reply.objects.filter(published_at__isnull=False).values_list("message_id", flat=True)
    )
    for row in Message.objects.all():
        if under_way[row.pk] != (row.status == "answered"):
            yield f"{row.code}: {row.status} with {under_way[row.pk]} answers under way"
        if (row.status == "replied") != (row.pk in published):
            yield f"{row.code}: {row.status}, published answer: {row.pk in published}"
    rows = Counter(Delivery.objects.filter(event="answer").values_list("reply_id", "message_id"))
    for reply in Reply.objects.filter(published_at__isnull=False).select_related("message"):
        for each in (reply.message, *Message.objects.filter(lead=reply.message_id)):
            if each.contact_id and rows[reply.pk, each.pk] != 1:
                yield f"{each.code}: {rows[reply.pk, each.pk]} deliveries of one answer"
    yield from _joined()


def _joined() -> Iterator[str]:
    """Whoever is joined has a lead that is none itself; nobody else has one, or gets its mail."""
    for row in Message.objects.select_related("lead"):
        if (row.status == "joined") != (row.lead is not None):
            yield f"{row.code}: {row.status} with lead {row.lead}"
        if row.lead is not None and row.lead.status in ("joined", "set_aside"):
            yield f"{row.code}: its lead {row.lead} is {row.lead.status}"
    foreign = Delivery.objects.filter(event="answer").exclude(message=F("reply__message"))
    for delivery in foreign.select_related("message", "reply"):
        # Parted later: what was under way then may have left, what was not is cancelled.
        own = delivery.message.lead_id == getattr(delivery.reply, "message_id", None)
        if not own and delivery.state == "queued" and not delivery.repeated:
            yield f"{delivery.message.code}: waits for an answer that is not its own"


def _deliveries(*, settled: bool) -> Iterator[str]:
    """Nothing half-way, and whatever went wrong lies with somebody."""
    for row in Delivery.objects.select_related("message", "message__office"):
        if settled and row.state == "sending":
            yield f"{row.message.code}: {row.event} still leaving"
        if row.state in TROUBLED and row.message.office is None:
            yield f"{row.message.code}: {row.event} {row.state}, and nobody's business"
        if row.state == "sent" and row.sent_at is None:
            yield f"{row.message.code}: {row.event} sent, but never"


def _copies(outside: Mapping[str, int]) -> Iterator[str]:
    """Sent means there, once; or twice where the repeat is recorded, or thrice where then somebody
    had it sent again; and nothing unasked for."""
    rows = {message_id(row): row for row in Delivery.objects.select_related("message")}
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
