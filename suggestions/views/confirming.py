"""The links in our mails: "yes, I wrote this", "yes, I write along", and what follows from it.

Each is a page with one POST, because mail scanners open links; the token is the proof.
"""

from collections.abc import Callable
from functools import wraps
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app import actions as message_actions
from channels_app import sealing
from channels_app.models import Confirmation
from channels_app.views.cases import keep_secret, nothing_here
from channels_app.views.following import ViewByKey
from lifecycle.errors import WrongTurnError
from suggestions import actions
from suggestions.models import Cluster, CoAuthor, Comment, Suggestion, Support
from suggestions.talk_forms import RewriteForm


class ConfirmView(Protocol):
    """A view of an act whose link was right, and whose address was not erased."""

    def __call__(self, request: HttpRequest, asked: Confirmation) -> HttpResponse: ...


def by_mail_link(purpose: str) -> Callable[[ConfirmView], ViewByKey]:
    """Only with the right token of an act of this purpose, which nothing may keep."""

    def made(view: ConfirmView) -> ViewByKey:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def wrapped(request: HttpRequest, pk: int, token: str) -> HttpResponse:
            found = Confirmation.objects.select_related("topic", "contact")
            asked = found.filter(pk=pk, purpose=purpose, contact__erased_at=None).first()
            if asked is None or asked.contact is None or not sealing.same(token, asked.token):
                return nothing_here(request)
            return keep_secret(view(request, asked))

        return wrapped

    return made


@by_mail_link("comment")
def confirm_comment(request: HttpRequest, asked: Confirmation) -> HttpResponse:
    """ "Yes, I wrote this"; later the same page says how it stands, and takes it back."""
    known = Comment.objects.select_related("suggestion__message", "confirmation", "parent")
    comment = known.filter(confirmation=asked).first()
    if comment is None:  # deleted, for nobody confirmed it in time
        return nothing_here(request)
    act = request.POST.get("act")
    if act == "refuse":
        return _refused(request, asked)
    closed = False
    if act == "confirm":
        try:
            comment = actions.confirm_comment(asked)
        except WrongTurnError:
            closed = True
    if act == "take_back":
        comment = actions.take_comment_back(comment)
    needs = {"comment": comment, "suggestion": comment.suggestion, "asked": asked, "closed": closed}
    return render(request, "suggestions/confirm_comment.html", needs, status=409 if closed else 200)


def _refused(request: HttpRequest, asked: Confirmation) -> HttpResponse:
    if asked.contact is not None:
        message_actions.refuse_contact(asked.contact)
    return render(request, "channels_app/mail_refused.html")


@by_mail_link("coauthor")
def confirm_coauthor(request: HttpRequest, asked: Confirmation) -> HttpResponse:
    """ "Yes, I write along"; from then on the same link is where they write, or leave."""
    known = CoAuthor.objects.select_related("suggestion__message", "confirmation")
    coauthor = known.filter(confirmation=asked).first()
    if coauthor is None:
        return nothing_here(request)
    act, status = request.POST.get("act"), 200
    if act == "refuse":
        return _refused(request, asked)
    if act == "leave":
        coauthor = actions.part_from(coauthor)
    if act == "confirm":
        try:
            coauthor = actions.join_in(asked)
        except WrongTurnError:
            coauthor.refresh_from_db()
            status = 409
    form = RewriteForm(initial={"text": coauthor.suggestion.masked_text})
    if act == "rewrite":
        form = RewriteForm(request.POST)
        written = _rewritten(form, coauthor)
        if written is not None:
            return redirect(f"{request.path}?written={written}")
        status = 422
    needs = {
        "asked": asked,
        "coauthor": coauthor,
        "suggestion": coauthor.suggestion,
        "may_rewrite": actions.may_be_rewritten(coauthor.suggestion),
        "form": form,
        "written": request.GET.get("written", ""),
    }
    return render(request, "suggestions/confirm_coauthor.html", needs, status=status)


def _rewritten(form: RewriteForm, coauthor: CoAuthor) -> str | None:
    """The state of the new version; None where the form says what is wrong."""
    return rewritten(form, coauthor.suggestion, coauthor) if coauthor.writes_along else None


def rewritten(
    form: RewriteForm, suggestion: Suggestion, coauthor: CoAuthor | None = None
) -> str | None:
    """Publish what was typed: the state of the new version. None where the form says why not."""
    if not form.is_valid():
        return None
    try:
        version = actions.rewrite(suggestion, text=form.cleaned_data["text"], coauthor=coauthor)
    except ValueError:
        form.add_error("text", form.NOTHING_NEW)
    except WrongTurnError:
        form.add_error(None, form.TOO_LATE)
    else:
        return str(version.state)
    return None


@by_mail_link("support")
def move(request: HttpRequest, asked: Confirmation) -> HttpResponse:
    """A support goes to another suggestion of the same cluster: one press, by its owner."""
    own = Support.objects.select_related("suggestion__message", "contact")
    row = own.filter(suggestion__topic=asked.topic_id, contact=asked.contact_id).first()
    if row is None:
        return nothing_here(request)
    others = Cluster.objects.beside(row.suggestion)
    needs = {"support": row, "suggestion": row.suggestion, "others": others}
    if request.method != "POST":
        return render(request, "suggestions/move_support.html", needs)
    to = next((one for one in others if one.code == request.POST.get("to")), row.suggestion)
    try:
        actions.move_support(row, to=to)
    except WrongTurnError:
        row.refresh_from_db()
        return render(request, "suggestions/move_support.html", needs | {"late": True}, status=409)
    return render(request, "suggestions/move_support.html", needs | {"moved": to})
