"""What an officer does with a list: act on many at once, take it back, keep a view under a name."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from channels_app.models import Message
from desk import actions as desk_actions
from desk import forms
from desk.actions.deeds import REFUSALS, refusal_of
from desk.models import Deed, SavedView
from desk.place import Place
from desk.reporting import WHY, left_out
from desk.views.acts import stay, tell
from desk.views.finding import officer
from lifecycle.errors import OvertakenError
from people.models import User


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """One act on all chosen messages; what could not be done is named, one by one."""
    user = officer(request)
    if not user.offices:
        raise PermissionDenied
    place = Place.of(user, request.GET)
    form = forms.BulkForm(request.POST)
    if not form.is_valid():
        messages.warning(request, form.first_error)
        return redirect(place.url)
    typed = form.cleaned_data
    chosen, left = _chosen(typed["chosen"], user)
    try:
        deed = _done(typed, chosen, user)
    except ValidationError as problem:
        messages.warning(request, problem.messages[0])
        return redirect(place.url)
    except tuple(REFUSALS) as problem:  # of a single one
        told = {"code": chosen[0].code, "why": WHY[refusal_of(problem)]}
        messages.warning(request, _("%(code)s was left as it is: %(why)s.") % told)
        return redirect(place.url)
    if deed is not None and deed.done:
        tell(request, deed)
    _tell_left_out(request, deed, left)
    return redirect(place.url)


Left = list[tuple[str, str | Promise]]  # the number of what was left as it is, and why


def _chosen(keys: Sequence[str], user: User) -> tuple[list[Message], Left]:
    """The messages as they were read; those that have changed since, or are somebody else's."""
    seen = {code: int(version) for code, _colon, version in (key.partition(":") for key in keys)}
    rows = Message.objects.screenable_by(user).filter(code__in=seen).select_related("office")
    found = {row.code: row for row in rows}
    fresh = {code: row for code, row in found.items() if row.version == seen[code]}
    left = [
        (code, WHY["overtaken" if code in found else "not_yours"])
        for code in sorted(set(seen) - set(fresh))
    ]
    return list(fresh.values()), left


def _done(typed: dict[str, Any], chosen: list[Message], user: User) -> Deed | None:
    if not chosen:
        return None
    match typed["verb"]:
        case "route":
            return desk_actions.route(chosen, to=typed["office"], by=user)
        case "set_aside":
            return desk_actions.set_aside(chosen, reason=typed["reason"], by=user)
    return _joined(typed["lead"], chosen, user)


def _joined(typed: str, chosen: list[Message], user: User) -> Deed | None:
    """To the case that was named, or to the oldest of the chosen ones.

    Raises ValidationError for a number that can't lead.
    """
    lead = min(chosen, key=lambda one: one.pk)
    if typed.strip():
        form = forms.JoinForm({"lead": typed, "version": 0}).about(Message(), user)
        if not form.is_valid():
            raise ValidationError(form.errors["lead"][0])
        lead = form.cleaned_data["lead"]
    others = [one for one in chosen if one.pk != lead.pk]
    return desk_actions.join(others, to=lead, by=user) if others else None


def _tell_left_out(request: HttpRequest, deed: Deed | None, left: Left) -> None:
    """A line for each that was left as it is; one where nothing at all was done."""
    left = [*left, *(left_out(deed) if deed else [])]
    for code, why in left:
        messages.warning(
            request, _("%(code)s was left as it is: %(why)s.") % {"code": code, "why": why}
        )
    if not left and (deed is None or not deed.done):
        messages.warning(request, _("Nothing was done. Choose at least two to join them."))


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was just done, as long as the seconds run."""
    user = officer(request)
    deed = get_object_or_404(Deed, pk=pk, by=user)
    if not deed.may_be_undone_by(user):
        raise OvertakenError(f"{deed!r} can't be taken back any more")
    deed = desk_actions.undo(deed, by=user)
    count = len(deed.done) - len(deed.refused)
    if count:
        messages.success(request, _("Taken back: %(what)s") % {"what": sentence_of(deed)})
    for code, why in left_out(deed):
        messages.warning(
            request, _("%(code)s could not be taken back: %(why)s.") % {"code": code, "why": why}
        )
    if len(deed.done) == 1:
        return stay(request, deed.done[0]["code"])
    return redirect(Place.of(user, request.GET).url)


def sentence_of(deed: Deed) -> str:
    """The numbers it was about; many are only counted."""
    codes = [row["code"] for row in deed.done]
    return ", ".join(codes[:5]) + (" …" if len(codes) > 5 else "")


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the open view under a name."""
    user = officer(request)
    place = Place.of(user, request.GET)
    form = forms.SavedViewForm(request.POST).for_officer(user)
    if not form.is_valid():
        messages.warning(request, _("Give the view a name of at most 40 letters."))
        return redirect(place.url)
    typed = form.cleaned_data
    try:
        desk_actions.save_view(typed["name"], query=place.query, office=typed["office"], by=user)
    except ValueError:
        messages.warning(
            request,
            _("You have twenty saved views, or your office shares twenty. Delete one first."),
        )
    else:
        messages.success(request, _("The view is kept under “%(name)s”.") % typed)
    return redirect(place.url)


@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a saved view away."""
    user = officer(request)
    view = SavedView.objects.of(user).filter(pk=pk).first()
    if view is None:
        raise Http404
    desk_actions.drop_view(view, by=user)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("desk_triage")
