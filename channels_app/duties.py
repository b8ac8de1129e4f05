"""What an office is told of its dates: worked out as the mail leaves, for whoever holds it then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from channels_app.models import Delivery, KnowledgeArticle, Level, Reminder
from channels_app.states import IN_HAND
from lifecycle import clock
from people.models import Appointment, Role

NOBODY = "nobody holds this office"
NOTHING_OWED = "nothing of it is owed any more"
MOST_LINES = 50
ORDER = {level: number for number, level in enumerate(Level.values)}


@dataclass(frozen=True)
class Duty:
    """One line: which message, of which office, by when, and how far past that."""

    code: str
    office: str
    due_at: datetime
    level: str
    late: timedelta
    link: str

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
        """Of how many messages it tells."""
        return len(self.lines) + self.more


def owed(delivery: Delivery) -> Duties:
    """What still holds of it: each message once, at the highest level it came to."""
    found = [_duty(reminder) for reminder in _still_true(delivery)]
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
    levels = {reminder.level for reminder in _still_true(delivery)}
    heads = posts.filter(role=Role.HEAD) if levels == {Level.HEAD} else posts.none()
    told = heads if heads.exists() else posts
    return list(told.order_by("user__email").values_list("user__email", flat=True).distinct())


def untold_because(delivery: Delivery) -> str:
    """Why this mail must not leave; nothing where it may."""
    if not _still_true(delivery):
        return NOTHING_OWED
    return "" if holders(delivery) else NOBODY


def _still_true(delivery: Delivery) -> list[Reminder]:
    """Open, under the same date, and its author is not waited for."""
    found = delivery.reminders.filter(
        message__status__in=IN_HAND,
        message__due_at=F("due_at"),
        message__waiting_since__isnull=True,
    ).select_related("message__office")
    highest: dict[int, Reminder] = {}
    for reminder in sorted(found, key=lambda one: ORDER[one.level]):
        highest[reminder.message_id] = reminder
    return sorted(highest.values(), key=lambda one: (one.due_at, one.message_id))


def _duty(reminder: Reminder) -> Duty:
    message = reminder.message
    return Duty(
        code=message.code,
        office=str(message.office),
        due_at=reminder.due_at,
        level=reminder.get_level_display(),
        late=clock.now() - reminder.due_at,
        link=settings.SITE_URL + reverse("desk_case", args=[message.code]),
    )
