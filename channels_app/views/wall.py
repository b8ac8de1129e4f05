"""The wall of the Social Media Centre: citizens left, the city right (paper, note k)."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from channels_app.keyset import page
from channels_app.models import Attachment, Message, Reply
from channels_app.models.messages import MessageQuerySet
from channels_app.states import MessageStatus
from lifecycle import clock


@dataclass(frozen=True)
class Shown:
    """One view of the wall: its name in the address, its words, and the order of its rows."""

    name: str
    words: str | Promise
    by: str


VIEWS = (
    Shown("all", _("Everything"), "-received_at"),
    Shown("today", _("Came in today"), "-received_at"),
    Shown("answered", _("Answered today"), "-replied_at"),
    Shown("waiting", _("Waiting for an answer"), "due_at"),
    Shown("overdue", _("Overdue"), "due_at"),
)


# What is joined to another message waits for nothing of its own.
WAITING = (MessageStatus.RECEIVED, MessageStatus.ROUTED, MessageStatus.ANSWERED)


@dataclass(frozen=True)
class Counter:
    """A number and the view that shows exactly these rows."""

    name: str
    words: str | Promise
    count: int


def rows(name: str) -> MessageQuerySet:
    """The public messages of one view; what was set aside is no part of the conversation."""
    public = Message.objects.public().exclude(status=MessageStatus.SET_ASIDE)
    midnight = datetime.combine(clock.seoul().date(), time.min, clock.SEOUL)
    match name:
        case "today":
            return public.filter(received_at__gte=midnight)
        case "answered":
            return public.filter(replied_at__gte=midnight)
        case "waiting":
            return public.filter(status__in=WAITING)
        case "overdue":
            return rows("waiting").filter(due_at__lt=clock.now())
    return public


def counters() -> list[Counter]:
    """Four numbers, each counted from the rows its link shows."""
    return [Counter(view.name, view.words, rows(view.name).count()) for view in VIEWS[1:]]


@require_safe
def smc(request: HttpRequest) -> HttpResponse:
    """Newest first; the filter stands in the address."""
    shown = next((view for view in VIEWS if view.name == request.GET.get("show")), VIEWS[0])
    found = (
        rows(shown.name)
        .select_related("office", "borough", "lead")
        .prefetch_related(
            Prefetch(
                "replies", Reply.objects.published().select_related("office"), to_attr="answers"
            ),
            Prefetch("attachments", Attachment.objects.shown(), to_attr="photos_shown"),
        )
    )
    needs = {
        "page": page(found, by=shown.by, key=request.GET.get("after", "")),
        "shown": shown,
        "views": VIEWS,
        "counters": counters(),
        "moment": clock.now(),
    }
    return render(request, "channels_app/smc.html", needs)
