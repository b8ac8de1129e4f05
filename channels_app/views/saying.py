"""Two pages to send: the box, the check page; then the page with the receipt number."""

import uuid
from dataclasses import replace
from operator import attrgetter
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from channels_app import (
    actions,
    kicks,
    knowledge,
    limits,
    maps,
    offered,
    routing_guess,
    rules,
    senders,
    similar,
    tasks,
)
from channels_app import photos as photo_headers
from channels_app.forms import CheckForm, SayForm
from channels_app.models import Kind, Message
from channels_app.personal import kinds_in
from channels_app.place_fields import RECEIPT_NUMBER
from channels_app.text.kinds import likely_kind
from channels_app.text.normal import tidy
from channels_app.views.photos import FormPhotos, stays_on_page, take_in
from lifecycle import clock, workdays

OFFERED = 3  # messages that may be the same matter, articles that may answer it


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, kind: str = "") -> HttpResponse:
    """The box alone; a POST brings a text back to be changed, with all that was chosen."""
    if kind and kind not in Kind.values:
        raise Http404
    form = SayForm(initial={"text": request.POST.get("text", "") or _about(request)})
    chosen = CheckForm.chosen_in(request.POST)
    needs = {
        "form": form,
        "kind": kind,
        "chosen": chosen,
        "Kind": Kind,
        "photos": take_in(request),
    }
    return render(request, "channels_app/say.html", needs)


def _about(request: HttpRequest) -> str:
    """The first words of a message that goes on with another one: its number."""
    code = request.GET.get("about", "")
    return _("About %(code)s:") % {"code": code} + "\n" if RECEIPT_NUMBER.fullmatch(code) else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Page two: what was typed, who will read it, and the choices, preselected."""
    if request.method != "POST":
        return redirect("say")
    kind, photos = request.POST.get("kind", ""), take_in(request)
    chosen = CheckForm.chosen_in(request.POST)
    form = SayForm(request.POST)
    if not form.is_valid():
        kind = kind if kind in Kind.values else ""
        chosen.pop("kind", None)
        needs = {"form": form, "kind": kind, "chosen": chosen, "Kind": Kind, "photos": photos}
        return render(request, "channels_app/say.html", needs, status=422)
    text = form.cleaned_data["text"]
    kind = kind if kind in Kind.values else likely_kind(text)
    first = {
        **CheckForm.first_choices(text, kind),
        **chosen,
        "kind": kind,
        "client_key": photos.draft,
    }
    status = 422 if photos.problems else 200
    return _check_page(request, CheckForm(initial=first), text, photos, status=status)


@never_cache
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Take it in, commit, and only then show the receipt number."""
    form = CheckForm(request.POST)
    text = tidy(request.POST.get("text", ""))
    if form.errors.keys() & {"text", "client_key"}:
        return check(request)  # the text itself, or a key nobody gave out: page two anew
    photos = take_in(request)
    if stays_on_page(request):
        form = CheckForm(initial=request.POST.dict())
        status = 422 if photos.problems else 200
        return _check_page(request, form, text, photos, status=status)
    if not form.is_valid() or photos.problems:
        return _check_page(request, form, text, photos, status=422)
    if photos.sent_as and photos.rows:  # added after it was sent
        return _sent_already(request, form, photos, photos.sent_as)
    key = form.cleaned_data["client_key"]
    sender = senders.Sender.of(request)
    said = replace(form.said(get_language() or "ko"), photos=bool(photos))
    held = limits.reason_to_hold(
        said,
        session=sender.session,
        network=sender.network,
        honeypot=senders.is_machine(request, key),
    )
    try:
        message = actions.receive(replace(said, held=held), client_key=key)
    except actions.KeyReusedError as problem:
        return _sent_already(request, form, photos, str(problem))
    kicks.kick_on_commit(tasks.route_waiting)
    if photos:
        kicks.kick_on_commit(tasks.draw_photos)
    return sender.remember(redirect(_done_url(message, said.same_as)))


def _check_page(
    request: HttpRequest, form: CheckForm, text: str, photos: FormPhotos, status: int = 200
) -> HttpResponse:
    moment = clock.now()
    kind = str(form["kind"].value() or Kind.COMPLAINT)
    needs = {
        "form": form,
        "text": text,
        "photos": photos,
        "stamp": senders.stamp_for(request, form["client_key"].value()),
        "is_hazard": kind == Kind.HAZARD,
        "personal_data": kinds_in(text),
        **_elsewhere(form, text, is_hazard=kind == Kind.HAZARD),
        "read_by": workdays.add_working_hours(moment, rules.ROUTE_BY_PERSON.value()),
        "probable_office": routing_guess.probable_office(text),
    }
    return render(request, "channels_app/check.html", needs, status=status)


def _elsewhere(form: CheckForm, text: str, *, is_hazard: bool) -> dict[str, object]:
    """What the page offers by itself: an answer, who said the same, the photo's place, a map."""
    borough, position = form.place_so_far()
    language = get_language() or "ko"
    alike = similar.similar_to(text, borough=borough, position=position, limit=2 * OFFERED)
    key = form["client_key"].value()
    return {
        # A danger is sent at once: nothing to read stands before it.
        "articles": [] if is_hazard else knowledge.fitting(text, language=language, limit=OFFERED),
        "offered": [] if is_hazard else offered.for_text(text),
        "similar": sorted(alike, key=attrgetter("is_answered"))[:OFFERED],  # open ones first
        "chosen": form["same_as"].value() or "",
        "position": position,
        "photo_position": photo_headers.suggested_position(key) if key else None,
        "map": maps.map_of(position),
    }


def _done_url(message: Message, same_as: str) -> str:
    """The page after sending; it also names the answered message that was called the same."""
    see = f"?{urlencode({'see': same_as})}" if same_as and not message.lead_id else ""
    return message.private_url("case_done") + see


def _sent_already(
    request: HttpRequest, form: CheckForm, photos: FormPhotos, code: str
) -> HttpResponse:
    """Under a key of its own, and with the photos that were not sent yet."""
    again = _asked_again(form, code)
    actions.move_photos(draft=photos.draft, to=uuid.UUID(again.data["client_key"]))
    return _check_page(request, again, again.data["text"], photos, status=422)


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
