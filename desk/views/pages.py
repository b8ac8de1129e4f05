"""The queue and the case page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, Window, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from channels_app import deadlines, maps, timeline
from channels_app.keyset import page
from channels_app.models import Asked, Delivery, Lane, Message, Reading, Reminder
from channels_app.models.messages import MessageQuerySet
from channels_app.models.parts import AskedQuerySet
from channels_app.states import MessageStatus
from desk import forms
from desk.answer_form import AnswerForm
from desk.offers import Offer, offers
from desk.photos import photo_cards
from desk.talking import talk_of
from desk.views.finding import find, officer
from desk.writing import desk_of
from lifecycle import clock
from lifecycle.errors import OvertakenError
from people.models import Office, User


@dataclass(frozen=True)
class View:
    """One view of the queue with its count."""

    name: str
    words: str | Promise
    count: int


NAMES = {
    "all": _("All waiting"),
    "unrouted": _("Waiting for an office"),
    "asked": _("Asked of us"),
    "overdue": _("Overdue"),
    "at_work": _("At work"),
    "waiting": _("Waiting for the author"),
    "appeals": _("Appeals"),
    "put_off": _("Put off again and again"),
    "reported": _("Reported by readers"),
    "undelivered": _("Not delivered"),
    "set_aside": _("Set aside"),
}
JOINED_SHOWN = 20
DECISIONS = 20  # of one message that a page looks back at
ORDER = {
    "waiting": "waiting_until",
    "reported": "publication_due_at",
    "undelivered": "-received_at",
    "set_aside": "-received_at",
}


def _of_waiting() -> dict[str, Q]:
    """The views that are a part of all that waits."""
    return {
        "all": Q(),
        "unrouted": Q(status=MessageStatus.RECEIVED),
        "overdue": Q(due_at__lt=clock.now()),
        "at_work": Q(status=MessageStatus.AT_WORK),
        "waiting": Q(waiting_since__isnull=False),
        "put_off": Q(interims__gt=deadlines.INTERIMS_BY_HEAD.value()),
    }


def rows(name: str, user: User) -> MessageQuerySet | AskedQuerySet:
    """What one view shows that is this officer's business: messages, or parts they owe."""
    mine = Message.objects.visible_to(user) if user.is_at_centre else _of_offices(user)
    match name:
        case "asked":
            return Asked.objects.owed_by(user)
        case "appeals":
            led = Message.objects.filter(office__in=user.led)
            return (mine | led).unanswered().appealed()
        case "reported":
            return mine.reported()
        case "undelivered":
            return mine.filter(pk__in=Delivery.objects.troubled().values("message"))
        case "set_aside":
            return mine.filter(status=MessageStatus.SET_ASIDE)
    found = Message.objects.queue_of(user).filter(_of_waiting()[name])
    return found.prefetch_related(_told()) if name == "overdue" else found


def _told() -> Prefetch[Any, Any, Any]:
    """Who was told that the date which holds has passed."""
    reminders = Reminder.objects.outward().filter(due_at=F("message__due_at"))
    return Prefetch("reminders", reminders.order_by("at", "id"), to_attr="told")


def counts(user: User) -> dict[str, int]:
    """How much there is in each view; what waits is counted in one go."""
    waiting = {name: Count("pk", filter=which) for name, which in _of_waiting().items()}
    found: dict[str, int] = Message.objects.queue_of(user).aggregate(**waiting)
    return found | {name: rows(name, user).count() for name in NAMES if name not in found}


def _of_offices(user: User) -> MessageQuerySet:
    """Whatever its state: auditors and the mayor's office see all, officers their own."""
    if user.is_auditor or user.is_in_mayors_office:
        return Message.objects.all()
    return Message.objects.filter(office__in=user.offices)


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """My office's queue, overdue first; the centre sees all."""
    user = officer(request)
    shown = request.GET.get("show", "all")
    shown = shown if shown in NAMES else "all"
    found: QuerySet[Any] = rows(shown, user).select_related("office")
    if shown == "asked":
        found = found.select_related("message__office")
    numbers = counts(user)
    needs = {
        "page": page(found, by=ORDER.get(shown, "due_at"), key=request.GET.get("after", "")),
        "shown": shown,
        "views": [View(name, words, numbers[name]) for name, words in NAMES.items()],
        "officer": user,
        "paused": Lane.objects.all(),
        "moment": clock.now(),
    }
    return render(request, "desk/queue.html", needs)


@never_cache
@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one message, and every act that is permitted on it."""
    return case_page(request, find(request, code))


def case_page(
    request: HttpRequest,
    message: Message,
    *,
    wrong: forms.ActForm | None = None,
    draft: AnswerForm | None = None,
) -> HttpResponse:
    """The page; `wrong` came back with errors and `draft` from its preview, shown as typed.

    Raises OvertakenError where `wrong` was filled in on a page that has had its day.
    """
    user = officer(request)
    if wrong is not None and wrong.cleaned_data.get("version") != message.version:
        raise OvertakenError(message.code)
    _read_once(message)
    offices = list(Office.objects.answering())
    may_read, offered = message.may_be_read_by(user), offers(message, user)
    if may_read:
        Reading.log(message, user, "desk_case")
    steps = list(message.steps.select_related("office", "by_office", "by", "note"))
    parts, joined = list(message.asked.all()), _joined(message)
    replies = list(message.replies.select_related("office", "by"))
    needs = {
        "message": message,
        "officer": user,
        "may_read": may_read,
        "parts": parts,
        "owed_part": next((part for part in parts if part.is_owed_by(user)), None),
        "open_parts": sum(part.answered_at is None for part in parts),
        "bound": message.status == MessageStatus.ROUTED and message.is_for_the_centre,
        "words": message.words if may_read else message.masked_text,
        **talk_of(message, user, replies, may_read=may_read),
        "entries": timeline.entries(message, steps, parts=parts, inward=True, notes=may_read),
        **_routing(message, offices),
        "deliveries": [row for row in message.deliveries.all() if row.is_of_author],
        "changes": list(message.publication_changes.select_related("by")),
        "photo_cards": photo_cards(message, user, wrong),
        "joined": joined,
        "joined_count": joined[0].in_all if joined else 0,
        "map": maps.map_of(message.position if may_read else message.public_position),
        "moment": clock.now(),
        "wrong": wrong,
        **_forms(message, offered, offices, wrong),
        **desk_of(message, user, offered["answer"], wrong or draft),
    }
    return render(request, "desk/case.html", needs, status=422 if wrong else 200)


def _read_once(message: Message) -> None:
    """What the page and the rules of its acts both ask for."""
    asked = Asked.objects.select_related("office", "by", "answered_by")
    deliveries = Delivery.objects.select_related("contact")
    prefetch_related_objects(
        [message], Prefetch("asked", asked), Prefetch("deliveries", deliveries)
    )


def _joined(message: Message) -> list[Any]:
    """The first ones, each knowing as `in_all` how many there are."""
    if not message.leads_others:
        return []
    counted = message.joined.annotate(in_all=Window(Count("pk")))
    return list(counted.order_by("pk")[:JOINED_SHOWN])


def _forms(
    message: Message,
    offered: Mapping[str, Offer],
    offices: list[Office],
    typed: forms.ActForm | None,
) -> dict[str, forms.ActForm | bool | None]:
    """A form for each act that this user may take now, None for the others."""
    made = {
        f"{act}_form": (
            _made(offer.form, message, f"{act}_form", typed, offices)
            if offer.is_theirs and offer.is_time
            else None
        )
        for act, offer in offered.items()
        if offer.form is not AnswerForm
    }
    rarer = (form for name, form in made.items() if name != "answer_part_form")
    return {**made, "may_act": any(rarer)}


def _made(
    kind: type[forms.ActForm],
    message: Message,
    name: str,
    typed: forms.ActForm | None,
    offices: list[Office],
) -> forms.ActForm:
    form = (
        typed
        if type(typed) is kind and kind is not forms.ActForm
        else kind(initial={**kind.first(message), "version": message.version}, auto_id=f"{name}_%s")
    )
    return form.for_message(message, offices) if isinstance(form, forms.OfficeForm) else form


@dataclass(frozen=True)
class Suggested:
    """An office the rules thought of, with its points and the words that gave them."""

    office: Office
    points: float
    words: list[str]


def _routing(message: Message, answering: list[Office]) -> dict[str, Any]:
    """The newest opinion of the rules, best first; and whom the last office wanted instead."""
    decisions = list(
        message.routing_decisions.select_related("office", "instead_of").order_by("-id")[:DECISIONS]
    )
    by_rules = next((one for one in decisions if one.by_id is None), None)
    wanted = decisions[0] if decisions and decisions[0].by_id and not decisions[0].office else None
    thought_of = by_rules.candidates if by_rules else []
    proposed = wanted.candidates if wanted else []
    offices = {office.pk: office for office in answering}
    return {
        "candidates": [
            Suggested(offices[row["office"]], row["points"], row["words"])
            for row in thought_of
            if row["office"] in offices
        ],
        "borough_reason": by_rules.borough_reason if by_rules else "",
        "wanted": next((offices.get(row["office"]) for row in proposed), None),
    }
