"""What an office is told of its dates: worked out as the mail leaves, for whoever holds it then."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse

from channels_app.models import Delivery, KnowledgeArticle, Level, Message, Reminder
from channels_app.states import IN_HAND
from lifecycle import clock
from people.models import Appointment, Role

NOBODY = "nobody holds this office"
NOTHING_OWED = "nothing of it is owed any more"
MOST_LINES = 50
ORDER = {level: number for number, level in enumerate(Level.values)}


@dataclass(frozen=True)
class Duty:
    """One line: which thing, of which office, by when, and how far past that; `level` a Level."""

    code: str
    office: str
    due_at: datetime
    level: str
    late: timedelta
    link: str

    @property
    def told_as(self) -> str:
        """Its level in words."""
        return str(Level(self.level).label)

    @property
    def is_late(self) -> bool:
        """Its date has passed."""
        return self.late > timedelta(0)

    @property
    def days(self) -> int:
        """Whole days past its date."""
        return self.late.days

    @property
    def hours(self) -> int:
        """Whole hours past its date."""
        return int(self.late.total_seconds() // 3600)


class Kind(Protocol):
    """Things of one kind whose dates offices owe.

    `untold` rows have an `office` and no `delivery` yet; `message_of` is the message a row leads
    to, if any; `still_true` says what holds of those that one mail tells of.
    """

    def untold(self) -> QuerySet[Any]:
        """Rows that no mail tells of yet."""

    def message_of(self, row: Any) -> Message | None:
        """The message that a row leads to."""

    def still_true(self, delivery: Delivery) -> Iterable[Duty]:
        """What holds of those that one mail tells of."""


@dataclass(frozen=True)
class Duties:
    """What one mail tells, most urgent first, and how many more there are."""

    lines: list[Duty]
    more: int
    queue: str
    stale: int = 0  # articles of the office whose review is due
    articles: str = ""

    @property
    def count(self) -> int:
        """Of how many things it tells."""
        return len(self.lines) + self.more


def owed(delivery: Delivery) -> Duties:
    """What still holds of it: each message once, at the highest level it came to."""
    found = _still_true(delivery)
    return Duties(
        lines=found[:MOST_LINES],
        more=len(found[MOST_LINES:]),
        queue=settings.SITE_URL + reverse("desk_triage"),
        stale=KnowledgeArticle.objects.stale().filter(office=delivery.office).count(),
        articles=f"{settings.SITE_URL}{reverse('desk_articles')}?show=stale",
    )


def holders(delivery: Delivery) -> list[str]:
    """The addresses of those who act for the office; what is for heads alone, its heads'."""
    posts = Appointment.objects.current().filter(
        office=delivery.office, role__in=(Role.OFFICER, Role.HEAD), user__is_active=True
    )
    levels = {duty.level for duty in _still_true(delivery)}
    heads = posts.filter(role=Role.HEAD) if levels == {Level.HEAD} else posts.none()
    told = heads if heads.exists() else posts
    return list(told.order_by("user__email").values_list("user__email", flat=True).distinct())


def untold_because(delivery: Delivery) -> str:
    """Why this mail must not leave; nothing where it may."""
    if not _still_true(delivery):
        return NOTHING_OWED
    return "" if holders(delivery) else NOBODY


def _still_true(delivery: Delivery) -> list[Duty]:
    """Of every kind, the most pressing first."""
    found = [duty for kind in kinds for duty in kind.still_true(delivery)]
    return sorted(found, key=lambda one: (one.due_at, one.code))


def highest(rows: Iterable[Any], of: Callable[[Any], Hashable]) -> list[Any]:
    """Of each thing the row of the highest level it came to."""
    found: dict[Hashable, Any] = {}
    for row in sorted(rows, key=lambda one: ORDER[one.level]):
        found[of(row)] = row
    return list(found.values())


class _OfMessages:
    """Messages: open, under the same date, and their authors are not waited for."""

    def untold(self) -> QuerySet[Reminder]:
        return Reminder.objects.untold()

    def message_of(self, row: Reminder) -> Message:
        return row.message

    def still_true(self, delivery: Delivery) -> Iterator[Duty]:
        found = delivery.reminders.filter(
            message__status__in=IN_HAND,
            message__due_at=F("due_at"),
            message__waiting_since__isnull=True,
        ).select_related("message__office")
        for row in highest(found, lambda one: one.message_id):
            message = row.message
            yield Duty(
                code=message.code,
                office=str(message.office),
                due_at=row.due_at,
                level=row.level,
                late=clock.now() - row.due_at,
                link=settings.SITE_URL + reverse("desk_case", args=[message.code]),
            )


# Each kind of thing that has dates; higher floors enter theirs (AppConfig.ready).
kinds: list[Kind] = [_OfMessages()]
