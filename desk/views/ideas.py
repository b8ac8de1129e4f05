"""Suggestions at the desk: the lists, the page of one, and the one door of every act on it."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from channels_app.models import Reading
from desk import actions as desk_actions
from desk.ideas.bulk import ANSWER, VERBS, BulkForm
from desk.ideas.dossier import ids_of, needs, overtaken_needs
from desk.ideas.lists import VIEWS
from desk.ideas.offer import IdeaForm, Offer
from desk.ideas.offers import OFFERS
from desk.ideas.place import Place, choices
from desk.models import IdeaDeed
from desk.queues import MOST_COUNTED, counted
from desk.reporting import WHY
from desk.views.bulk_answers import begin_answers
from desk.views.finding import officer
from desk.views.pages import Tab
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User
from suggestions import rules
from suggestions.models import Suggestion


@never_cache
@require_safe
def ideas(request: HttpRequest) -> HttpResponse:
    """One list of suggestions, what is due first; beside it the others with their counts."""
    return list_page(request, Place.of(officer(request), request.GET))


def list_page(
    request: HttpRequest, place: Place, bulk: BulkForm | None = None, status: int = 200
) -> HttpResponse:
    """The list; `bulk` came back with errors, shown as typed."""
    offices = list(Office.objects.answering())
    form = bulk or BulkForm()
    chosen = request.POST.getlist("chosen") if bulk else []
    shown: dict[str, Any] = {
        "place": place,
        "page": place.page(),
        "views": _tabs(place),
        "shown": place.view.name,
        "choices": choices(place, offices),
        "officer": place.user,
        "moment": clock.now(),
        "most_counted": MOST_COUNTED,
        "answer_at": rules.ANSWER_AT.value(),
        "bulk": form.with_offices(offices),
        "verbs": [verb for verb in VERBS.values() if verb.may(place.user)],
        "chosen": [key.partition(":")[0] for key in chosen],
    }
    return render(request, "desk/ideas/list.html", shown, status=status)


def _tabs(place: Place) -> list[Tab]:
    numbers = counted(
        {name: place.narrowed(view.rows(place.user)) for name, view in VIEWS.items()}, place.user
    )
    return [
        Tab(
            name,
            view.words,
            urlencode({"show": name, **place.narrowing}),
            numbers[name],
            view.first,
        )
        for name, view in VIEWS.items()
    ]


@never_cache
@require_safe
def idea(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one suggestion, and every act that is permitted on it now."""
    return idea_page(request, find(code))


def find(code: str) -> Suggestion:
    """By its number. Raises Http404."""
    known = Suggestion.objects.select_related(
        "message__office", "message__contact", "topic", "office", "department", "borough"
    )
    return get_object_or_404(known, code=code)


def idea_page(
    request: HttpRequest,
    suggestion: Suggestion,
    typed: tuple[str, IdeaForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; reading the original is written down before it is shown."""
    user = officer(request)
    if suggestion.message.may_be_read_by(user):
        Reading.log(suggestion.message, user, "desk_idea")
    shown = {**needs(suggestion, user, typed), "where": _where(request)}
    return render(request, "desk/ideas/idea.html", shown, status=status)


def _where(request: HttpRequest) -> str:
    """The list in which it was opened; "" for none."""
    return Place.of(officer(request), request.GET).where if "show" in request.GET else ""


@require_POST
def act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Do it, if the page of this moment has the button; else both texts side by side.

    What was typed comes back with its errors, or with the question that it raises.
    """
    offer = OFFERS.get(act)
    if offer is None:
        raise Http404
    suggestion, user = find(code), officer(request)
    is_time = offer.is_time(suggestion)
    if is_time and not offer.is_theirs(suggestion, user):
        raise PermissionDenied
    form = offer.form(request.POST, request.FILES, auto_id=ids_of(offer)).about(suggestion, user)
    is_right = form.is_valid()
    if not is_time or form.cleaned_data.get("version") != suggestion.version:
        return _overtaken(request, code, offer, form)
    if not is_right:
        return idea_page(request, suggestion, (act, form), status=200 if form.asks else 422)
    stood = copy(suggestion)
    try:
        told = offer.act(suggestion, form.cleaned_data, user)
    except (OvertakenError, WrongTurnError):
        return _overtaken(request, code, offer, form)
    messages.success(request, told)
    return _go_on(request, stood, offer, user)


def _go_on(request: HttpRequest, stood: Suggestion, offer: Offer, user: User) -> HttpResponse:
    """The next one of the list where the officer is done with it; else it stays open."""
    if "show" not in request.GET:
        return redirect("desk_idea", stood.code)
    place = Place.of(user, request.GET)
    if not offer.goes_on:
        return redirect(place.url_of(stood.code))
    code = place.next_to(stood)
    return redirect(place.url_of(code) if code else place.url)


def _overtaken(request: HttpRequest, code: str, offer: Offer, form: IdeaForm) -> HttpResponse:
    """409, and nothing that was typed is lost."""
    shown = overtaken_needs(find(code), officer(request), offer, form)
    shown["where"] = _where(request)
    return render(request, "desk/ideas/overtaken.html", shown, status=409)


@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """One act on all chosen suggestions; the report has a line for each."""
    user = officer(request)
    place = Place.of(user, request.GET)
    form = BulkForm(request.POST)
    if not form.is_valid():
        return list_page(request, place, form, status=422)
    if form.cleaned_data["verb"] == ANSWER:
        return begin_answers(request, form.cleaned_data["chosen"])
    verb = VERBS[form.cleaned_data["verb"]]
    if not verb.may(user):
        raise PermissionDenied
    read = dict(key.split(":") for key in form.cleaned_data["chosen"])
    known = Suggestion.objects.filter(code__in=read).values_list("pk", "code")
    deed = verb.act({pk: int(read[code]) for pk, code in known}, form.cleaned_data, user)
    return redirect(reverse("desk_ideas_done", args=[deed.pk]) + place.where)


@never_cache
@require_safe
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of each that was chosen."""
    user = officer(request)
    deed = get_object_or_404(IdeaDeed, pk=pk, by=user)
    codes = [row["code"] for row in (*deed.done, *deed.refused)]
    known = Suggestion.objects.filter(code__in=codes).select_related("office", "department")
    by_code = {one.code: one for one in known}
    shown = {
        "deed": deed,
        "moved": [by_code[row["code"]] for row in deed.done],
        "left": [(by_code[row["code"]], WHY[row["why"]]) for row in deed.refused],
        "may_undo": deed.may_be_undone_by(user),
        "officer": user,
        "moment": clock.now(),
        "place": Place.of(user, request.GET),
    }
    return render(request, "desk/ideas/done.html", shown)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give them back; what has moved on since stays, and is named."""
    user = officer(request)
    deed = get_object_or_404(IdeaDeed, pk=pk, by=user)
    if not deed.may_be_undone_by(user):
        raise OvertakenError(f"{deed!r} can't be taken back any more")
    desk_actions.undo_ideas(deed, by=user)
    messages.success(request, _("Taken back, where nothing has happened since."))
    where = Place.of(user, request.GET).where
    return redirect(reverse("desk_ideas_done", args=[deed.pk]) + where)
