"""The discussion: read by everyone, joined by whoever confirms an address; "report this"."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app import kicks, limits, rules, senders
from channels_app.actions import Said
from channels_app.forms import ReportForm
from channels_app.models import ContactKind, Kind
from channels_app.tasks import send_due
from channels_app.views.cases import nothing_here
from lifecycle.errors import WrongTurnError
from suggestions import actions, discussion
from suggestions.models import Comment, Suggestion
from suggestions.talk_forms import CommentForm, WordsForm
from suggestions.views.links import by_author


def _public(code: str) -> Suggestion | None:
    found = Suggestion.objects.public().select_related("message", "topic")
    return found.filter(code=code).first()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, code: str) -> HttpResponse:
    """All of a discussion, one side or one thread of it, and the box."""
    suggestion = _public(code)
    if suggestion is None:
        return nothing_here(request)
    parent = _parent(request, suggestion)
    if request.method != "POST" or request.POST.get("act") == "keep":  # the language was switched
        return _page(request, suggestion, _fresh(request, parent))
    form = CommentForm(request.POST, parent=parent)
    if not suggestion.may_be_discussed:
        return _page(request, suggestion, form, status=409)
    if not form.is_valid():
        return _page(request, suggestion, form, status=422)
    sender = senders.Sender.of(request)
    answer = _asked(request, suggestion, form, sender)
    return sender.remember(answer)


def _fresh(request: HttpRequest, parent: Comment | None) -> CommentForm:
    """The empty box, or what was typed before the language was switched."""
    typed = {name: value for name, value in request.POST.items() if name in CommentForm.base_fields}
    first = {"stance": request.GET.get("stance", ""), "client_key": uuid.uuid4(), **typed}
    return CommentForm(initial=first, parent=parent)


def _parent(request: HttpRequest, suggestion: Suggestion) -> Comment | None:
    """The comment that is answered, if any."""
    named = request.POST.get("answer", "") or request.GET.get("answer", "")
    return _comment(suggestion, named) if named else None


def _comment(suggestion: Suggestion, named: str) -> Comment:
    """Raises Http404 for what is not shown here."""
    if not named.isdecimal() or len(named) > 18:
        raise Http404
    shown = suggestion.comments.shown().select_related("parent", "office")
    comment = shown.filter(pk=int(named)).first()
    if comment is None or (comment.parent is not None and not comment.parent.is_shown):
        raise Http404
    return comment


def _asked(
    request: HttpRequest, suggestion: Suggestion, form: CommentForm, sender: senders.Sender
) -> HttpResponse:
    """Words and address wait for the button in the mail; too many are given back as typed."""
    address = form.cleaned_data["mail"]
    may_ask = limits.is_within(
        "follows",  # mails to addresses that nobody has confirmed, whatever for
        of_session=rules.LIMIT_FOLLOWS.value(),
        of_network=rules.LIMIT_FOLLOWS_OF_NETWORK.value(),
        session=sender.session,
        network=sender.network,
    )
    if not may_ask:
        return _page(request, suggestion, form, status=429)
    said = Said(
        text=form.cleaned_data["text"], kind=Kind.IDEA, contact=(ContactKind.MAIL.value, address)
    )
    held = limits.reason_to_hold(
        said,
        session=sender.session,
        network=sender.network,
        honeypot=senders.is_machine(request, form.cleaned_data["client_key"]),
    )
    language = get_language() or "ko"
    try:
        comment = actions.ask_to_comment(
            suggestion, address=address, language=language, held=held, **form.said
        )
    except WrongTurnError:  # closed, or hidden, in this moment
        return _page(request, suggestion, form, status=409)
    if comment is None:
        return _page(request, suggestion, form, status=429)
    kicks.kick_on_commit(send_due)
    needs = {"suggestion": suggestion, "address": address, "comment": comment}
    return render(request, "suggestions/talk_asked.html", needs)


def _page(
    request: HttpRequest, suggestion: Suggestion, form: WordsForm, status: int = 200
) -> HttpResponse:
    one, stance = request.GET.get("thread", ""), request.GET.get("stance", "")
    key = request.GET.get("after", "")
    needs: dict[str, Any] = {
        "suggestion": suggestion,
        "form": form,
        "stamp": senders.stamp_for(request, form["client_key"].value()),
        "sides": discussion.sides(suggestion),
        "stance": stance,
        "one": one,
        "status": status,
    }
    if one:
        needs["threads"] = discussion.thread(_comment(suggestion, one), key=key)
    else:
        needs["threads"] = discussion.threads(suggestion, stance=stance, key=key)
    return render(request, "suggestions/talk.html", needs, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """ "Report this": hidden at once; a moderator decides."""
    suggestion = _public(code)
    if suggestion is None:
        return nothing_here(request)
    comment = _comment(suggestion, str(pk))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sender = senders.Sender.of(request)
        hides = limits.report_hides(session=sender.known_session, network=sender.network)
        actions.mind_comment(comment, words=form.cleaned_data["words"], hides=hides)
        needs = {"suggestion": suggestion, "hides": hides}
        return sender.remember(render(request, "suggestions/comment_reported.html", needs))
    needs = {"suggestion": suggestion, "comment": comment, "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "suggestions/comment_report.html", needs, status=status)


@csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
@require_http_methods(["GET", "HEAD", "POST"])
@by_author
def author_talk(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """Its author joins in, by the private link: no mail is needed."""
    parent = _parent(request, suggestion)
    stance = request.GET.get("stance", "")
    keeps = request.POST.get("act") == "keep"
    typed = request.POST if request.method == "POST" and not keeps else None
    first = {"stance": stance, **(request.POST.dict() if keeps else {})}
    form = WordsForm(typed, initial=first, parent=parent)
    needs = {"suggestion": suggestion, "form": form, "parent": parent}
    if not suggestion.may_be_discussed:
        status = 200 if typed is None else 409
        return render(request, "suggestions/author_talk.html", needs, status=status)
    if not form.is_valid():
        status = 200 if typed is None else 422
        return render(request, "suggestions/author_talk.html", needs, status=status)
    sender = senders.Sender.of(request)
    said = Said(text=form.cleaned_data["text"], kind=Kind.IDEA)
    held = limits.reason_to_hold(said, session=sender.session, network=sender.network)
    comment = actions.comment_as_author(suggestion, held=held, **form.said)
    told = "held" if comment.is_held else "said"
    return sender.remember(redirect(f"{suggestion.message.private_url()}?{told}=1"))
