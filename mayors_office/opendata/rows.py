"""The rows of a month, batch by batch: each its own short statement, whatever there is in all.

Only what everyone may read at the moment of reading; the originals are never loaded.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Min

from channels_app import tallies
from channels_app.models import Message, Reply, ReplyKind
from lifecycle import clock
from mayors_office.models import Count

AT_ONCE = 1000
ONE_DAY = timedelta(days=1)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the next one."""
    return month_of(month + timedelta(days=31))


def months() -> Iterator[date]:
    """From the first public message to now."""
    first = Message.objects.public().aggregate(at=Min("received_at"))["at"]
    month, last = month_of(clock.seoul(first).date()) if first else None, clock.seoul().date()
    while month is not None and month <= last:
        yield month
        month = month_after(month)


def messages(month: date, *, at_once: int = AT_ONCE) -> Iterator[Sequence[Message]]:
    """Public messages of a month in the order in which they came, so many at once."""
    shown = tallies.conversation().select_related("office", "borough").defer("text", "place")
    moment, pk = tallies.start_of(month), 0
    rows = shown.filter(received_at__lt=tallies.start_of(month_after(month)))
    while batch := list(
        rows.filter(received_at__gte=moment)
        .exclude(received_at=moment, pk__lte=pk)
        .order_by("received_at", "pk")[:at_once]
    ):
        yield batch
        moment, pk = batch[-1].received_at, batch[-1].pk


def answers(said: Sequence[Message]) -> Iterator[Reply]:
    """What the city said about these, in their order; what it asked an author is left out."""
    found: dict[int, list[Reply]] = defaultdict(list)
    replies = Reply.objects.published().exclude(kind=ReplyKind.QUESTION).filter(message__in=said)
    for reply in replies.select_related("office").defer("text").order_by("published_at", "pk"):
        found[reply.message_id].append(reply)
    for message in said:
        for reply in found[message.pk]:
            reply.message = message
            yield reply


def days(month: date) -> Iterator[Count]:
    """The counts of every day of a month, of what everyone may read; a statement a day."""
    day = month
    while day < month_after(month):
        counted = Count.objects.filter(day=day, shown=True).select_related("place")
        yield from counted.order_by("scope", "place__slug", "channel")
        day += ONE_DAY
