"""Versions of the text: every one to read, with what changed; the author writes a new one."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from channels_app import kicks, limits, senders
from channels_app.keyset import page
from channels_app.tasks import send_due
from channels_app.views.cases import nothing_here
from lifecycle.errors import WrongTurnError
from suggestions import actions, difference
from suggestions.difference import Piece
from suggestions.models import CoAuthor, Suggestion, Version
from suggestions.talk_forms import InviteForm, RewriteForm
from suggestions.views.confirming import rewritten
from suggestions.views.links import by_author

ON_A_PAGE = 10


@dataclass(frozen=True)
class Written:
    """A version and what changed in it; the first one is whole."""

    version: Version
    pieces: list[Piece]


@require_safe
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Every version that everyone may read, the newest first."""
    suggestion = Suggestion.objects.public().select_related("message").filter(code=code).first()
    if suggestion is None:
        return nothing_here(request)
    shown = suggestion.versions.shown().exclude(masked_text="")
    found = page(shown, by="-at", key=request.GET.get("after", ""), size=ON_A_PAGE)
    oldest = min((row.number for row in found.rows), default=0)
    before = shown.filter(number__lt=oldest).order_by("-number").first()
    needs = {
        "suggestion": suggestion,
        "written": _compared([*found.rows, *([before] if before else [])], len(found.rows)),
        "next_key": found.next_key,
    }
    return render(request, "suggestions/versions.html", needs)


def _compared(rows: list[Version], count: int) -> list[Written]:
    """Each with the one before it; `rows` has that of the last one too, if there is one."""
    befores: list[Version | None] = [*rows[1:], None]
    return [
        Written(
            row,
            difference.between(before.masked_text, row.masked_text)
            if before
            else [Piece("same", row.masked_text)],
        )
        for row, before in list(zip(rows, befores, strict=True))[:count]
    ]


@csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
@require_http_methods(["GET", "HEAD", "POST"])
@by_author
def rewrite(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """Its author writes a new version, until an office has to answer."""
    newest = suggestion.versions.order_by("-number").first()
    typed = request.POST.get("text", "")
    form = RewriteForm(
        initial={"text": typed or (newest.text or newest.masked_text if newest else "")}
    )
    status = 200
    if request.method == "POST" and request.POST.get("act") != "keep":
        form = RewriteForm(request.POST)
        written = rewritten(form, suggestion)
        if written is not None:
            return redirect(f"{suggestion.message.private_url()}?version={written}")
        status = 422
    needs = {
        "suggestion": suggestion,
        "form": form,
        "may_rewrite": actions.may_be_rewritten(suggestion),
        "waiting": list(suggestion.versions.undecided()),
    }
    return render(request, "suggestions/rewrite.html", needs, status=status)


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
@by_author
def coauthors(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """Who writes along; the author invites by mail, and parts from them."""
    form, status, invited = InviteForm(), 200, ""
    if request.method == "POST" and request.POST.get("part"):
        _part(suggestion, request.POST["part"])
        return redirect(request.path)
    if request.method == "POST" and request.POST.get("act") != "keep":
        form = InviteForm(request.POST)
        sender = senders.Sender.of(request)
        status = _invite(suggestion, form, sender) if form.is_valid() else 422
        if status == 200:
            invited, form = form.cleaned_data["mail"], InviteForm()
    needs: dict[str, Any] = {
        "suggestion": suggestion,
        "form": form,
        "invited": invited,
        "may_invite": actions.may_be_rewritten(suggestion),
        "rows": list(suggestion.coauthors.filter(left_at=None).select_related("contact")),
    }
    return render(request, "suggestions/coauthors.html", needs, status=status)


def _invite(suggestion: Suggestion, form: InviteForm, sender: senders.Sender) -> int:
    """The status of the page; what is wrong stands in the form."""
    too_many = _("Many mails were asked for. None was sent; please try again tomorrow.")
    if not limits.may_follow(session=sender.session, network=sender.network):
        form.add_error("mail", too_many)
        return 429
    language = get_language() or "ko"
    try:
        made = actions.invite_author(
            suggestion, address=form.cleaned_data["mail"], language=language
        )
    except WrongTurnError:
        form.add_error(None, _("Nobody can be invited now: enough write along, or it is too late."))
        return 409
    if made is None:
        form.add_error("mail", too_many)
        return 429
    kicks.kick_on_commit(send_due)
    return 200


def _part(suggestion: Suggestion, named: str) -> None:
    row: CoAuthor | None = None
    if named.isdecimal() and len(named) < 19:
        row = suggestion.coauthors.filter(pk=int(named)).first()
    if row is not None:
        actions.part_from(row)
