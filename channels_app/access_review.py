"""The monthly look at who read what citizens wrote: the counts, and what is unusual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, F, Min, When
from django.db.models.functions import TruncDate

from channels_app import rules
from channels_app.models import AccessReview, Reading
from channels_app.models.readings import ReadingQuerySet, at_odd_hours, is_elsewhere
from lifecycle import clock
from people.models import Office, User

MOST = 200  # lines of each list; a note says so where there are more


@dataclass(frozen=True)
class Month:
    """A month since the first reading, and whether somebody has looked at it."""

    first: date
    review: AccessReview | None

    @property
    def name(self) -> str:
        """As it stands in an address."""
        return f"{self.first:%Y-%m}"

    @property
    def last(self) -> date:
        """Its last day."""
        return _next(self.first) - timedelta(days=1)

    @property
    def is_over(self) -> bool:
        """It can be looked at as a whole."""
        return self.last < clock.seoul().date()

    @property
    def is_unreviewed(self) -> bool:
        """Over, and nobody has looked."""
        return self.is_over and self.review is None


@dataclass(frozen=True)
class Figure:
    """A number and the address of exactly the rows it counts."""

    count: int
    query: str


@dataclass(frozen=True)
class Line:
    """What one officer read in one office's name."""

    user: User
    office: Office | None
    all: Figure
    odd: Figure
    elsewhere: Figure


@dataclass(frozen=True)
class Unusual:
    """One officer, one day or one person's words, and how often."""

    user: User
    what: str
    readings: Figure


@dataclass(frozen=True)
class Shown:
    """All of a month that a reviewer looks at."""

    total: int
    lines: Sequence[Line]
    busy_days: Sequence[Unusual]
    same_person: Sequence[Unusual]
    is_cut: bool


def months_with_readings() -> list[Month]:
    """From this month back to the first one with a reading, newest first."""
    oldest = Reading.objects.aggregate(at=Min("at"))["at"]
    if oldest is None:
        return []
    reviews = {review.month: review for review in AccessReview.objects.select_related("by")}
    first, found = clock.seoul(oldest).date().replace(day=1), []
    while first <= clock.seoul().date():
        found.append(Month(first, reviews.get(first)))
        first = _next(first)
    return found[::-1]


def month_of(first: date) -> Shown:
    """Counted by the database, in few questions, however many readings there are."""
    last = _next(first) - timedelta(days=1)
    rows = Reading.objects.between(first, last).order_by()
    counted = list(_counted(rows, first, last))
    busy, same = list(_busy(rows)), list(_same(rows))
    users = User.objects.in_bulk({row["user"] for row in (*counted, *busy, *same)})
    offices = Office.objects.in_bulk({row["office"] for row in counted if row["office"]})
    return Shown(
        total=rows.count(),
        lines=[
            _line(row, users[row["user"]], offices.get(row["office"]), first, last)
            for row in counted[:MOST]
        ],
        busy_days=[_busy_day(row, users[row["user"]]) for row in busy[:MOST]],
        same_person=[_same_person(row, users[row["user"]], first, last) for row in same[:MOST]],
        is_cut=max(len(counted), len(busy), len(same)) > MOST,
    )


def _counted(rows: ReadingQuerySet, first: date, last: date) -> Any:
    """By officer and office; those with something unusual come first."""
    return (
        rows.values("user", "office")
        .annotate(
            count=Count("pk"),
            odd=Count("pk", filter=at_odd_hours(first, last)),
            elsewhere=Count("pk", filter=is_elsewhere()),
        )
        .order_by("-elsewhere", "-odd", "-count", "user", "office")[: MOST + 1]
    )


def _busy(rows: ReadingQuerySet) -> Any:
    by_day = rows.values("user", day=TruncDate("at", tzinfo=clock.SEOUL)).annotate(
        count=Count("pk")
    )
    many = by_day.filter(count__gt=rules.READINGS_IN_A_DAY.value())
    return many.order_by("-count", "user", "day")[: MOST + 1]


def _same(rows: ReadingQuerySet) -> Any:
    """By person, as far as an address shows that it is one; else by message."""
    person = Case(
        When(message__contact__isnull=False, then="message__contact"), default=-F("message")
    )
    by_person = rows.values("user", person=person).annotate(
        count=Count("pk"), code=Min("message__code")
    )
    often = by_person.filter(count__gt=rules.READINGS_OF_ONE.value())
    return often.order_by("-count", "user", "code")[: MOST + 1]


def _line(row: Any, user: User, office: Office | None, first: date, last: date) -> Line:
    asked = {"officer": user.email, "office": office.slug if office else "none"}
    return Line(
        user,
        office,
        _figure(row["count"], first, last, **asked),
        _figure(row["odd"], first, last, **asked, only="odd"),
        _figure(row["elsewhere"], first, last, **asked, only="elsewhere"),
    )


def _busy_day(row: Any, user: User) -> Unusual:
    day = row["day"]
    return Unusual(user, f"{day:%Y-%m-%d}", _figure(row["count"], day, day, officer=user.email))


def _same_person(row: Any, user: User, first: date, last: date) -> Unusual:
    asked = {"officer": user.email, "receipt": row["code"]}
    return Unusual(user, row["code"], _figure(row["count"], first, last, **asked))


def _figure(count: int, first: date, last: date, **asked: str) -> Figure:
    days = {"first": first.isoformat(), "last": last.isoformat()}
    return Figure(count, urlencode({**asked, **days}))


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
