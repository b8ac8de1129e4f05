"""Mails that came in: which mailboxes are read, and what waits for a person to decide."""

from dataclasses import dataclass
from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from channels_app import actions, inbox, kicks, media, tasks
from channels_app.connectors import reading_mail
from channels_app.keyset import page
from channels_app.models import Account, Enclosure, InboundEvent, Reading
from channels_app.models.inbound import InboundEventQuerySet
from channels_app.states import InboundState
from channels_app.text.masking import mask
from desk.views.finding import find, officer
from people.models import User

SHOWN = 2000  # characters of a mail that is looked at before somebody decides
MOST_COUNTED = 1000
NAMES = {
    InboundState.KEPT: gettext_lazy("Wait for a person"),
    InboundState.AUTOMATIC: gettext_lazy("Written by machines"),
    InboundState.SETTLED: gettext_lazy("Nothing to do"),
}


@dataclass(frozen=True)
class Filter:
    """One way to look at them, with their number."""

    name: str
    words: str | Promise
    count: int


@never_cache
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Mailboxes with their health, and what became no message."""
    user = officer(request)
    accounts = list(Account.objects.visible_to(user).select_related("office"))
    if not (accounts or user.is_at_centre):
        raise PermissionDenied
    asked = request.GET.get("show", "")
    shown = asked if asked in NAMES else InboundState.KEPT
    events = _events(user)
    listed = events.filter(state=shown).select_related("account__office")
    rows = page(listed, by="-received_at", key=request.GET.get("after", ""))
    for event in rows.rows:
        event.subject = mask(event.ref.get("subject", ""))  # type: ignore[attr-defined]  # for the template
    needs = {
        "officer": user,
        "accounts": accounts,
        "shown": shown,
        "filters": [
            Filter(name, words, events.filter(state=name)[:MOST_COUNTED].count())
            for name, words in NAMES.items()
        ],
        "page": rows,
    }
    return render(request, "desk/mail.html", needs)


@never_cache
@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, masked: enough to see whether a person wrote it."""
    user = officer(request)
    found = _found(user, pk)
    try:
        words = mask(inbox.words_of(found))[:SHOWN] if found.has_file else ""
    except Exception:  # it lies here because it can't be read
        words = ""
    needs = {
        "officer": user,
        "event": found,
        "subject": mask(found.ref.get("subject", "")),
        "words": words,
        "may_decide": found.account.may_be_kept_by(user),
    }
    return render(request, "desk/mail_event.html", needs)


@require_POST
def want(request: HttpRequest, pk: int) -> HttpResponse:
    """It is a voice after all."""
    actions.want_event(_found(officer(request), pk), by=officer(request))
    kicks.kick_on_commit(tasks.take_in_events)
    messages.success(request, _("It is taken in as a message within a minute."))
    return redirect("desk_mail")


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Seen, and nothing is to be done."""
    actions.settle_event(_found(officer(request), pk), by=officer(request))
    messages.success(request, _("Put away. You find it under “Nothing to do”."))
    return redirect("desk_mail")


@never_cache
@require_safe
def original(request: HttpRequest, code: str, pk: str) -> HttpResponseBase:
    """The mail as it came, for those who may read the original; that they did is written down."""
    found = _of_case(request, code, pk)
    path = media.path_of(media.inbound_of(found.key))
    name = f"{code}.{'eml' if found.kind == 'mail' else 'json'}"
    return _file(path.read_bytes() if path.exists() else None, name)


@never_cache
@require_safe
def enclosure(request: HttpRequest, code: str, pk: str, number: str) -> HttpResponseBase:
    """A file that came along; it can only be saved, never opened on this site."""
    found = _of_case(request, code, pk)
    row = get_object_or_404(Enclosure, event=found, number=int(number))
    path = media.path_of(media.inbound_of(found.key))
    if not path.exists():
        raise Http404
    enclosures = reading_mail.read(path.read_bytes()).enclosures
    content = enclosures[row.number].content if row.number < len(enclosures) else None
    return _file(content, row.name or f"{code}-{row.number + 1}.bin")


def _events(user: User) -> InboundEventQuerySet:
    return InboundEvent.objects.visible_to(user)


def _found(user: User, pk: int) -> InboundEvent:
    rows = _events(user).filter(state__in=NAMES).select_related("account__office")
    return get_object_or_404(rows, pk=pk)


def _of_case(request: HttpRequest, code: str, pk: str) -> InboundEvent:
    message, user = find(request, code), officer(request)
    if not message.may_be_read_by(user):
        raise PermissionDenied
    found = get_object_or_404(InboundEvent.objects.filter(size__gt=0), pk=pk, message=message)
    Reading.log(message, user, "desk_mail_file")
    return found


def _file(content: bytes | None, name: str) -> HttpResponseBase:
    """To be saved, whatever it is. Raises Http404 where it is gone."""
    if content is None:
        raise Http404
    response = FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
