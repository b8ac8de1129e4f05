"""Was it clear? Did you feel heard? Which answer can be rated now, and what was said, in shares.

The numbers are of ratings, whoever may read the message; words stay with the office. A share is
named only where enough people have said something; below that it reads "3 of 4".
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app import rules
from channels_app.models import Felt, Message, Rating, Reply, ReplyKind
from channels_app.models.ratings import RatingQuerySet
from lifecycle import clock
from lifecycle.rules import declare
from people.models import Office

RATE_DAYS = declare(
    "rate.days",
    30,
    unit=gettext_lazy("days after the answer"),
    words=gettext_lazy("How long its author may say whether an answer was clear, and change that"),
    source=rules.OURS,
)
SHARE_FROM = declare(
    "rate.share_from",
    10,
    unit=gettext_lazy("ratings"),
    words=gettext_lazy("From how many ratings on a share is named; below, only the numbers"),
    source=rules.OURS,
)
MONTHS = 12  # what a page looks back at


@dataclass(frozen=True)
class Share:
    """How many of how many said yes."""

    yes: int
    number: int

    @property
    def percent(self) -> int | None:
        """Whole percent; None where too few have said something."""
        if not self.number or self.number < SHARE_FROM.value():
            return None
        return (200 * self.yes + self.number) // (2 * self.number)

    def __str__(self) -> str:
        if not self.number:
            return _("nobody yet")
        if (percent := self.percent) is not None:
            return f"{percent} %"
        return _("%(yes)d of %(number)d") % {"yes": self.yes, "number": self.number}


@dataclass(frozen=True)
class Rated:
    """What was said in some time: of `number` ratings, how many found it clear and felt heard."""

    number: int = 0
    clear_yes: int = 0
    heard_yes: int = 0

    @property
    def clear(self) -> Share:
        """Share "it was clear"."""
        return Share(self.clear_yes, self.number)

    @property
    def heard(self) -> Share:
        """Share "I felt heard"."""
        return Share(self.heard_yes, self.number)

    def __add__(self, other: "Rated") -> "Rated":
        return Rated(
            self.number + other.number,
            self.clear_yes + other.clear_yes,
            self.heard_yes + other.heard_yes,
        )


@dataclass(frozen=True)
class MonthRated:
    """One calendar month on Seoul's clock, named by its first day."""

    month: date
    rated: Rated


@dataclass(frozen=True)
class Trend:
    """The last months, oldest first, those without a rating among them; and all of them together.

    Empty months at the start are left out.
    """

    months: list[MonthRated]

    @property
    def whole(self) -> Rated:
        """All months together."""
        return sum((month.rated for month in self.months), Rated())

    @property
    def share_from(self) -> int:
        """From how many ratings on a share is named."""
        return SHARE_FROM.value()

    def __bool__(self) -> bool:
        return bool(self.whole.number)


COUNTS: dict[str, Any] = {
    "number": Count("pk"),
    "clear_yes": Count("pk", filter=Q(clear=Felt.YES)),
    "heard_yes": Count("pk", filter=Q(heard=Felt.YES)),
}


def trend_of_office(office: Office, *, months: int = MONTHS) -> Trend:
    """What was said of the answers of one office, month by month. One query."""
    return _trend(Rating.objects.of_office(office), months)


def trend_of_city(*, months: int = MONTHS) -> Trend:
    """The same of all offices together. One query."""
    return _trend(Rating.objects.all(), months)


def by_office(since: datetime, until: datetime) -> dict[int, Rated]:
    """What was said of each office's answers in this time, by the office's key. One query."""
    rows = Rating.objects.between(since, until).order_by().values("office").annotate(**COUNTS)
    return {row["office"]: _rated(row) for row in rows}


def of_reply_or_message(message: Message, replies: Iterable[Reply]) -> list[Rating]:
    """For its office: what was said of these answers, and by this author of any; in time."""
    about = Q(message=message) | Q(reply__in=[reply.pk for reply in replies])
    return list(Rating.objects.filter(about).select_related("message", "reply", "office"))


def answer_to_rate(message: Message) -> Reply | None:
    """The newest closing answer this author got, while there is still time to say how it was."""
    given = Reply.objects.filter(message=message.matter, kind=ReplyKind.CLOSING).published()
    return newest_to_rate(message, given.select_related("office").order_by("published_at", "pk"))


def newest_to_rate(message: Message, given: Iterable[Reply]) -> Reply | None:
    """The same, of what its author got so far, oldest first."""
    newest = next((reply for reply in reversed(list(given)) if reply.is_closing), None)
    if newest is None or message.is_erased or clock.now() > until_of(newest):
        return None
    return newest


def until_of(reply: Reply) -> datetime:
    """The last moment for a rating of this answer, which has left."""
    return (reply.published_at or clock.now()) + timedelta(days=RATE_DAYS.value())


def _trend(ratings: RatingQuerySet, months: int) -> Trend:
    listed = _last_months(months)
    since = datetime.combine(listed[0], time.min, clock.SEOUL)
    found: dict[date, Rated] = defaultdict(Rated)
    month = TruncMonth("at", tzinfo=clock.SEOUL)
    rows = ratings.filter(at__gte=since).annotate(month=month).order_by().values("month")
    for row in rows.annotate(**COUNTS):
        found[row["month"].date()] = _rated(row)
    begun = [month for month in listed if month >= min(found, default=date.max)]
    return Trend([MonthRated(month, found[month]) for month in begun])


def _rated(row: dict[str, Any]) -> Rated:
    return Rated(row["number"], row["clear_yes"], row["heard_yes"])


def _last_months(number: int) -> list[date]:
    """The first days of the last months, this one last."""
    today = clock.seoul(clock.now()).date()
    here = today.year * 12 + today.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(here - number + 1, here + 1)]
