"""/admin/comments/: what moderators of discussions decide, one press each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from channels_app import kicks
from channels_app.keyset import page
from channels_app.models import HiddenReason
from channels_app.tasks import send_due
from desk.comments import VIEWS, View, listed
from desk.views.finding import officer
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import actions
from suggestions.actions.talking import OFFICERS_HIDE_FOR
from suggestions.models import Alike, Comment, Version

ON_A_PAGE = 20
REASONS = [(reason.value, reason.label) for reason in OFFICERS_HIDE_FOR]


@dataclass(frozen=True)
class Verdict:
    """What a button does to one row, and the sentence afterwards."""

    model: type[Model]
    act: Callable[..., object]
    words: str | Promise
    says_why: bool = False


VERDICTS = {
    "show": Verdict(Comment, actions.show_comment, _("Everyone can read the comment.")),
    "hide": Verdict(
        Comment, actions.hide_comment, _("The comment is hidden. Its author is told why."), True
    ),
    "expert": Verdict(Comment, actions.name_expert, _("It is marked as an expert’s words.")),
    "citizen": Verdict(Comment, actions.name_citizen, _("It is marked as a citizen’s words.")),
    "show-version": Verdict(Version, actions.show_version, _("Everyone reads the new version.")),
    "hide-version": Verdict(
        Version, actions.hide_version, _("The version is not shown. Its author reads why."), True
    ),
    "same": Verdict(Alike, actions.confirm_alike, _("Both count their people together now.")),
    "different": Verdict(Alike, actions.reject_alike, _("They stay two. It is not asked again.")),
}


def _moderator(request: HttpRequest) -> User:
    """The centre and the listening team. Raises PermissionDenied."""
    user = officer(request)
    if not (user.is_at_centre or user.is_listening):
        raise PermissionDenied
    return user


@never_cache
@require_safe
def comments(request: HttpRequest) -> HttpResponse:
    """One list, oldest due first, with the number of each."""
    _moderator(request)
    view = VIEWS.get(request.GET.get("show", ""), VIEWS["held"])
    return _page(request, view)


def _page(request: HttpRequest, view: View, status: int = 200, **more: Any) -> HttpResponse:
    key = request.GET.get("after", "")
    found = page(listed(view), by=view.by, key=key, size=ON_A_PAGE)
    views = [
        {"name": one.name, "words": one.words, "count": one.rows().count() if one.owed else None}
        for one in VIEWS.values()
    ]
    needs = {
        "view": view,
        "views": views,
        "rows": found.rows,
        "next_key": found.next_key,
        "after": key,
        "reasons": REASONS,
        "moment": clock.now(),
        "officer": officer(request),
        **more,
    }
    return render(request, "desk/comments/list.html", needs, status=status)


@require_POST
def decide(request: HttpRequest, verb: str, pk: int) -> HttpResponse:
    """One verdict on one row; whoever was slower reads what became of it."""
    user = _moderator(request)
    verdict = VERDICTS.get(verb)
    if verdict is None:
        raise Http404
    row = get_object_or_404(verdict.model, pk=pk)
    view = VIEWS.get(request.POST.get("show", ""), VIEWS["held"])
    more = {}
    if verdict.says_why:
        reason = request.POST.get("reason", "")
        if reason not in OFFICERS_HIDE_FOR:
            wrong = {"wrong": pk, "wrong_words": _("Choose a reason.")}
            return _page(request, view, status=422, **wrong)
        more["reason"] = HiddenReason(reason)
    try:
        verdict.act(row, by=user, **more)
    except WrongTurnError:
        messages.warning(request, _("It had changed meanwhile, and was left as it is."))
    else:
        messages.success(request, str(verdict.words))
        kicks.kick_on_commit(send_due)
    return redirect(f"{reverse('desk_comments')}?show={view.name}")
