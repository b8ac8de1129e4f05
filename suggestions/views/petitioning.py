"""A new petition: one box and an address that its author confirms by mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from channels_app import actions as message_actions
from channels_app import kicks, limits, senders, tasks
from suggestions import actions, rules
from suggestions.forms import PetitionForm
from suggestions.views.knowing import known_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What is typed wrongly, or names a person, comes back with the words."""
    if request.method != "POST":
        return _page(request, PetitionForm())
    if request.POST.get("act") in ("look", "keep"):  # who says the same; the other language
        return _page(request, PetitionForm(initial=request.POST.dict()))
    form = PetitionForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if form.warns_of:
        return _page(request, form)
    key, sender = form.cleaned_data["client_key"], senders.Sender.of(request)
    said = form.said(get_language() or "ko")
    held = limits.reason_to_hold(
        said,
        session=sender.session,
        network=sender.network,
        honeypot=senders.is_machine(request, key),
    )
    try:
        message = actions.petition(form.said(get_language() or "ko", held=held), client_key=key)
    except message_actions.KeyReusedError as problem:
        sent_as = {"code": str(problem)}
        form.add_error(None, _("You sent this already as %(code)s.") % sent_as)
        return _page(request, form, status=422)
    kicks.kick_on_commit(tasks.route_waiting)
    kicks.kick_on_commit(tasks.send_due)
    return sender.remember(redirect(f"{message.private_url('case_done')}?petition=1"))


def _page(request: HttpRequest, form: PetitionForm, status: int = 200) -> HttpResponse:
    key, looked = form["client_key"].value(), request.POST.get("act") == "look"
    needs = {
        "form": form,
        "stamp": senders.stamp_for(request, key),
        "warns_of": form.warns_of if form.is_bound and form.is_valid() else None,
        "days": rules.PETITION_DAYS.value(),
        "looked": looked,
        "known": known_in(request, request.POST.get("text", "")) if looked else None,
    }
    return render(request, "suggestions/petition_new.html", needs, status=status)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A petition answers under its number like everything else."""
    return redirect("case", code)
