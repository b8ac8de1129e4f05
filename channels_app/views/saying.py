"""Two pages to send: the box, the check page; then the page with the receipt number."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from channels_app import actions, kicks, routing_guess, rules, tasks
from channels_app.forms import CheckForm, SayForm
from channels_app.models import Kind
from channels_app.text.kinds import likely_kind
from channels_app.text.masking import holds_personal_data
from lifecycle import clock, workdays


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, kind: str = "") -> HttpResponse:
    """The box alone; a POST brings a text back to be changed."""
    if kind and kind not in Kind.values:
        raise Http404
    form = SayForm(initial={"text": request.POST.get("text", "")})
    return render(request, "channels_app/say.html", {"form": form, "kind": kind, "Kind": Kind})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Page two: what was typed, who will read it, and the choices, preselected."""
    if request.method != "POST":
        return redirect("say")
    kind = request.POST.get("kind", "")
    form = SayForm(request.POST)
    if not form.is_valid():
        needs = {"form": form, "kind": kind if kind in Kind.values else "", "Kind": Kind}
        return render(request, "channels_app/say.html", needs, status=422)
    text = form.cleaned_data["text"]
    kind = kind if kind in Kind.values else likely_kind(text)
    return _check_page(request, CheckForm(initial=CheckForm.first_choices(text, kind)), text)


@never_cache
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Take it in, commit, and only then show the receipt number."""
    form = CheckForm(request.POST)
    text = request.POST.get("text", "")
    if not form.is_valid():
        if form.errors.keys() & {"text", "client_key"}:
            return check(request)  # the text itself, or a key nobody gave out: page two anew
        return _check_page(request, form, text, status=422)
    try:
        message = actions.receive(
            form.said(get_language() or "ko"), client_key=form.cleaned_data["client_key"]
        )
    except actions.KeyReusedError as problem:
        return _check_page(request, _asked_again(form, str(problem)), text, status=422)
    kicks.kick_on_commit(tasks.route_one, message.pk)
    return redirect(message.private_url("case_done"))


def _check_page(
    request: HttpRequest, form: CheckForm, text: str, status: int = 200
) -> HttpResponse:
    moment = clock.now()
    kind = str(form["kind"].value() or Kind.COMPLAINT)
    needs = {
        "form": form,
        "text": text,
        "is_hazard": kind == Kind.HAZARD,
        "holds_personal_data": holds_personal_data(text),
        "read_by": workdays.add_working_hours(moment, rules.ROUTE_BY_PERSON.value()),
        "probable_office": routing_guess.probable_office(text),
    }
    return render(request, "channels_app/check.html", needs, status=status)


def _asked_again(form: CheckForm, code: str) -> CheckForm:
    """Sent before, then changed: the second version is a message of its own, if wanted."""
    typed = dict(form.data.items())
    typed["client_key"] = str(uuid.uuid4())
    again = CheckForm(typed)
    again.add_error(
        None,
        _("You sent this already as %(code)s. Press Send again to send it as a new message.")
        % {"code": code},
    )
    return again
