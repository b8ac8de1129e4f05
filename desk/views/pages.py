"""The desk: the list with one message open, and the full page of one message."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from channels_app.models import Asked, KnowledgeArticle, Lane, Message, Reading
from desk import forms, presence
from desk.answer_form import AnswerForm
from desk.dossier import beside, matter, read_once
from desk.models import SavedView
from desk.place import Place, choices
from desk.queues import MOST_COUNTED, VIEWS, counted, messages_of
from desk.templatetags.screening import waiting_for
from desk.views.finding import find, officer
from lifecycle import clock
from lifecycle.errors import OvertakenError
from lifecycle.models import Heartbeat
from people.models import Office

MOVING = ("route_waiting", "publish_answers", "send_due")  # what an officer waits for


@dataclass(frozen=True)
class Tab:
    """A view in the margin with its count; more than MOST_COUNTED is only "so many and more"."""

    name: str
    words: str | Promise
    query: str
    counted: int
    first: bool = True
    pk: int = 0  # of a view that was saved under a name
    may_go: bool = False  # whether this officer may delete it

    @property
    def count(self) -> int:
        """What is shown."""
        return min(self.counted, MOST_COUNTED)

    @property
    def is_capped(self) -> bool:
        """There are more."""
        return self.counted > MOST_COUNTED


@dataclass(frozen=True)
class Item:
    """One line of the list: a message, or the part that is owed to it; who else looks at it."""

    message: Message
    asked: Asked | None
    looking: list[str]


@never_cache
@require_safe
def triage(request: HttpRequest) -> HttpResponse:
    """My office's list, what is overdue first; its first message is open. The centre sees all."""
    return triage_page(request, Place.of(officer(request), request.GET), None)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The address of former days."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("desk_triage") + (f"?{query}" if query else ""), permanent=True)


@never_cache
@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one message, and every act that is permitted on it.

    With a view in its address it is opened in the list of that view.
    """
    return case_page(request, find(request, code))


@never_cache
@require_safe
def beside_part(request: HttpRequest, code: str) -> HttpResponse:
    """What lies beside an open message, for the list that has opened it: a part of a page."""
    message, user = find(request, code), officer(request)
    read_once(message)
    where = Place.of(user, request.GET).where if "show" in request.GET else ""
    return render(request, "desk/beside.html", {**beside(message, user), "where": where})


@never_cache
@require_safe
def pulse(request: HttpRequest) -> JsonResponse:
    """Every few seconds, for an open page: the counts, and who else looks at what is open."""
    user = officer(request)
    place = Place.of(user, request.GET)
    looking: list[str] = []
    if code := request.GET.get("case", "")[:20]:
        message = find(request, code)
        presence.look(message.pk, user)
        looking = presence.others([message.pk], user).get(message.pk, [])
    margin = _margin(place)
    tabs = (*margin["views"], *margin["saved"])
    counts = {tab.name: f"{tab.count}{'+' if tab.is_capped else ''}" for tab in tabs}
    return JsonResponse({"counts": counts, "looking": looking})


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
    if "show" in request.GET:
        place = Place.of(user, request.GET)
        return triage_page(request, place, message, wrong=wrong, draft=draft)
    read_once(message)
    if message.may_be_read_by(user):
        Reading.log(message, user, "desk_case")
    offices = list(Office.objects.answering())
    needs = {
        **beside(message, user),
        **matter(message, user, offices, wrong=wrong, draft=draft),
        "where": "",
    }
    return render(request, "desk/case.html", needs, status=422 if wrong else 200)


def triage_page(
    request: HttpRequest,
    place: Place,
    message: Message | None,
    *,
    wrong: forms.ActForm | None = None,
    draft: AnswerForm | None = None,
) -> HttpResponse:
    """The list of a view with one message open: this one, or the first nobody else looks at."""
    user, one = place.user, place.page()
    listed = messages_of(one.rows)
    if message is None and listed:
        codes = {row.pk: row.code for row in listed}
        message = find(request, codes[presence.take_first(list(codes), user)])
    looked_at = presence.others([row.pk for row in listed], user)
    margin = _margin(place)
    offices = list(Office.objects.answering())
    needs: dict[str, Any] = {
        "place": place,
        "page": one,
        "items": [
            Item(each, row if isinstance(row, Asked) else None, looked_at.get(each.pk, []))
            for row, each in zip(one.rows, listed, strict=True)
        ],
        "sees_many": len(user.offices) != 1 or user.is_at_centre,
        "shown": place.view.name,
        **margin,
        "choices": choices(place, offices),
        "offices": offices,
        "officer": user,
        "moment": clock.now(),
        "where": place.where,
        "message": message,
        "aside_reasons": forms.OFFICERS_SET_ASIDE_FOR,
        "may_act_on_many": any(row.may_be_screened_by(user) for row in listed),
    }
    if message is not None:
        read_once(message)
        if message.may_be_read_by(user):
            Reading.log(message, user, "desk_case")
        needs |= matter(message, user, offices, wrong=wrong, draft=draft)
    return render(request, "desk/triage.html", needs, status=422 if wrong else 200)


def _margin(place: Place) -> dict[str, Any]:
    """Every view with its count under the filters of the place, in one statement.

    And what was saved under a name, what waits on the publication desk, which mails wait for a
    person, which articles have to be looked at again, which channels stand still, and whether the
    workers do.
    """
    user = place.user
    rows: dict[str, QuerySet[Any]] = {
        name: place.narrowed(view.rows(user)) for name, view in VIEWS.items()
    }
    kept = {f"saved_{view.pk}": view for view in SavedView.objects.of(user)}
    for name, view in kept.items():
        other = Place.of(user, QueryDict(view.query))
        rows[name] = other.narrowed(other.view.rows(user))
    silent = Heartbeat.objects.silent(*MOVING)
    rows |= {
        **waiting_for(user),
        "stale": KnowledgeArticle.objects.stale().of(user),
        "paused": Lane.objects.all(),
        "silent": silent,
    }
    numbers = counted(rows, user)
    return {
        "views": [
            Tab(
                name,
                view.words,
                urlencode({"show": name, **place.narrowing}),
                numbers[name],
                view.first or (view.owed and numbers[name] > 0),
            )
            for name, view in VIEWS.items()
        ],
        "saved": [
            Tab(
                name,
                view.name,
                view.query,
                numbers[name],
                pk=view.pk,
                may_go=view.may_be_deleted_by(user),
            )
            for name, view in kept.items()
        ],
        **{name: numbers[name] for name in waiting_for(user)},
        "stale": numbers["stale"],
        "paused": list(Lane.objects.all()) if numbers["paused"] else [],
        "silent": silent.earliest("last_done_at") if numbers["silent"] else None,
    }
