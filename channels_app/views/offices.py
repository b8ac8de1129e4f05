"""Who answers: every office and every borough in numbers, late ones first, early ones by name."""

from typing import Any

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from channels_app import ratings, tallies
from channels_app.models import Level, Reminder, Reply
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import MessageStatus
from channels_app.tallies import By
from lifecycle import clock
from people.models import Office, OfficeKind

LATE_SHOWN, PROMISES_SHOWN, ANSWERS_SHOWN = 20, 10, 5


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    """Every office that answers, boroughs' offices among them."""
    return _list(request, tallies.of_all(Office.objects.all(), "office"), "office")


@require_safe
def boroughs(request: HttpRequest) -> HttpResponse:
    """The 25, by where it is, whoever answers."""
    found = Office.objects.filter(kind=OfficeKind.BOROUGH)
    return _list(request, tallies.of_all(found, "borough"), "borough")


@require_safe
def department(request: HttpRequest, slug: str) -> HttpResponse:
    """One office: what it owes, what it promised, what it answered."""
    return _one(request, get_object_or_404(Office.objects.select_related("parent"), slug=slug))


@require_safe
def borough(request: HttpRequest, slug: str) -> HttpResponse:
    """One borough: what was said about it."""
    place = get_object_or_404(Office, slug=slug, kind=OfficeKind.BOROUGH)
    return _one(request, place, by="borough")


def _list(request: HttpRequest, city: tallies.City, by: By) -> HttpResponse:
    needs = {
        "city": city,
        "by": by,
        "moment": clock.now(),
        **_windows(),
    }
    return render(request, "channels_app/offices.html", needs)


def _one(request: HttpRequest, office: Office, by: By = "office") -> HttpResponse:
    rows = tallies.those_of(office, by).select_related("office")
    tally, not_shown = tallies.of_one(office, by)
    promised = rows.filter(status=MessageStatus.AT_WORK).order_by("due_at", "id")
    needs = {
        "office": office,
        "by": by,
        "trend": ratings.trend_of_office(office) if by == "office" else None,
        "tally": tally,
        "late": _late(rows)[:LATE_SHOWN],
        "promises": promised[:PROMISES_SHOWN],
        "answered": _answered(rows)[:ANSWERS_SHOWN],
        "not_shown": not_shown,
        "moment": clock.now(),
        **_windows(),
    }
    return render(request, "channels_app/office.html", needs)


def _late(rows: MessageQuerySet) -> MessageQuerySet:
    """The longest overdue first, each with who was told of it."""
    above = Reminder.objects.filter(
        level__in=(Level.HEAD, Level.MAYOR), due_at=F("message__due_at")
    )
    told = Prefetch("reminders", above, to_attr="told")
    return rows.filter(tallies.overdue()).order_by("due_at", "id").prefetch_related(told)


def _answered(rows: MessageQuerySet) -> MessageQuerySet:
    published = Reply.objects.published().select_related("office")
    newest = rows.filter(status=MessageStatus.REPLIED, replied_at__isnull=False).order_by(
        "-replied_at", "-id"
    )
    return newest.prefetch_related(Prefetch("replies", published, to_attr="answers"))


def _windows() -> dict[str, Any]:
    """Since when we count, and the city's own figure to stand beside."""
    return {
        "since_month": tallies.start_of(tallies.days_ago(tallies.INFLOW_DAYS)),
        "since_year": tallies.start_of(tallies.days_ago(tallies.PROMISE_DAYS)),
        "seoul": {"share": tallies.SEOUL_IN_TIME, "complaints": tallies.SEOUL_COMPLAINTS},
    }
