"""One case: its public page only reads; its author's pages live under the private link."""

from datetime import datetime
from functools import wraps
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from channels_app import (
    actions,
    conversation,
    limits,
    maps,
    ratings,
    sealing,
    senders,
    splitting,
    timeline,
    ways,
)
from channels_app.forms import BackForm, BackgroundForm, ReportForm, TrackForm
from channels_app.models import (
    Attachment,
    Contact,
    Message,
    MessageStep,
    PhotoState,
    Publication,
    Reply,
    ReplyKind,
)
from channels_app.models.message_rows import MessageQuerySet
from channels_app.place_fields import RECEIPT_NUMBER
from channels_app.rate_form import RateForm

ADD_LABEL, ANSWER_LABEL = _("What do you want to add?"), _("Your answer")


class PrivateView(Protocol):
    """A view of a message whose private link was right."""

    def __call__(self, request: HttpRequest, message: Message) -> HttpResponse: ...


def by_private_link(view: PrivateView) -> "ViewByLink":
    """Only with the right token, which nothing may keep: no store, no index, no referrer."""

    @wraps(view)
    def wrapped(request: HttpRequest, code: str, token: str) -> HttpResponse:
        message = _messages().filter(code=code).first()
        if message is None or not sealing.same(token, message.token):
            return nothing_here(request)
        return keep_secret(view(request, message))

    return wrapped


class ViewByLink(Protocol):
    """A view addressed by code and token."""

    def __call__(self, request: HttpRequest, code: str, token: str) -> HttpResponse: ...


def keep_secret(page: HttpResponse) -> HttpResponse:
    """No store, no index, no referrer."""
    page["Cache-Control"] = "no-store, private"
    page["X-Robots-Tag"] = "noindex, nofollow"
    page["Referrer-Policy"] = "no-referrer"
    return page


def _messages() -> MessageQuerySet:
    return Message.objects.select_related(
        "office", "borough", "contact", "lead__office", "split_from"
    )


def nothing_here(request: HttpRequest) -> HttpResponse:
    """An unknown number and a private message look the same from outside."""
    return render(request, "channels_app/case_nothing.html", status=404)


@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """The public page: who owns it, by when, what happened so far."""
    message = _messages().filter(code=code).first()
    if message is None or message.publication in (Publication.PRIVATE, Publication.HELD):
        return nothing_here(request)
    if message.publication == Publication.HIDDEN:
        return render(request, "channels_app/case_hidden.html", {"message": message}, status=404)
    return render(request, "channels_app/case.html", case_needs(message))


@require_safe
@by_private_link
def case_private(request: HttpRequest, message: Message) -> HttpResponse:
    """The author's page: the same, with the original words, the whole answer, and the ways on."""
    needs = case_needs(message, private=True)
    needs |= {
        "ways": ways.ways_of(message),
        "sent": "sent" in request.GET,
        "back_form": BackForm(label=ask_label(message)),
        **_to_rate(message, needs["replies"]),
    }
    return render(request, "channels_app/case.html", needs)


def _to_rate(message: Message, replies: list[Reply]) -> dict[str, object]:
    """The two questions about the newest answer, as they were answered before."""
    reply = ratings.newest_to_rate(message, replies)
    if reply is None:
        return {}
    known = message.ratings.filter(reply=reply).first()
    until = ratings.until_of(reply)
    return {"rate_form": RateForm.of(known), "rated": known is not None, "rate_until": until}


def ask_label(message: Message) -> str:
    """What stands above the box: an answer to the question, or more words."""
    return str(ANSWER_LABEL if message.is_waiting_for_author else ADD_LABEL)


@require_safe
@by_private_link
def case_done(request: HttpRequest, message: Message) -> HttpResponse:
    """After sending: who has it, by when, what if not. Survives reload and bookmark."""
    needs = {
        **case_needs(message, private=True),
        "answered_like": _answered_like(request),
        "background": BackgroundForm(),
    }
    return render(request, "channels_app/done.html", needs)


def _answered_like(request: HttpRequest) -> Message | None:
    """The public answer that the author called the same matter on the check page."""
    code = request.GET.get("see", "")
    if not RECEIPT_NUMBER.fullmatch(code):
        return None
    return Message.objects.public().answered().filter(code=code).first()


def case_needs(message: Message, *, private: bool = False) -> dict[str, Any]:
    """What the case page shows; only the author reads originals."""
    steps = list(_steps(message))
    parts = list(message.asked.select_related("office"))
    matter = _matter(message, private=private)
    additions = list(message.additions.all() if private else message.additions.public())
    told, replies = list(matter.reminders.outward()), _replies(message, matter)
    return {
        "message": message,
        "matter": matter,
        "map": maps.map_of(message.position if private else message.public_position),
        "private": private,
        "words": message.words if private else message.masked_text,
        "replies": replies,
        "additions": additions,
        "has_additions": bool(additions),
        "turns": (
            conversation.for_author(message, replies, additions)
            if private
            else conversation.for_everyone(replies, additions)
        ),
        "family": splitting.family_of(message, public=not private),
        "stages": timeline.stages(matter, steps),
        "moves": timeline.moves_of_date(
            matter, steps if matter == message else list(_steps(matter))
        ),
        "told": [one for one in told if one.due_at == matter.due_at],
        "if_late": ways.told_if_late(matter),
        "entries": timeline.entries(
            message, steps, parts=parts, additions=additions, reminders=told, matter=matter
        ),
        "photos": _photos(message, private=private),
        "joined_count": message.joined.count(),
        "hidden_since": hidden_since(message) if private else None,
    }


def _steps(message: Message) -> QuerySet[MessageStep]:
    return message.steps.select_related("office", "by_office", "by")


def _replies(message: Message, matter: Message) -> list[Reply]:
    """All that was said to its author; what the lead's author was asked is theirs alone."""
    said = matter.replies.published().select_related("office").order_by("published_at")
    return list(said if matter == message else said.exclude(kind=ReplyKind.QUESTION))


def _matter(message: Message, *, private: bool) -> Message:
    """Whose answer the page shows: the lead's, but to strangers only where they may read that."""
    return message.matter if private or message.matter.is_public else message


def _photos(message: Message, *, private: bool) -> list[Attachment]:
    """What an officer let everyone see; for the author all of them, and how far each is."""
    own = Attachment.objects.filter(message=message).exclude(state=PhotoState.ERASED)
    return list(own if private else own.shown())


def hidden_since(message: Message) -> datetime | None:
    """For the author: when it was hidden, if it is."""
    return message.publication_changes.latest("at", "id").at if message.is_hidden else None


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str) -> HttpResponse:
    """ "Report this": hidden at once, decided by a person within the Rulebook's days.

    Who has reported many in an hour only asks for a look: nobody silences others by the dozen.
    """
    message = Message.objects.public().filter(code=code).first()
    if message is None:
        return case(request, code)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sender = senders.Sender.of(request)
        hides = limits.report_hides(session=sender.session, network=sender.network)
        message = (actions.report if hides else actions.flag)(
            message, words=form.cleaned_data["words"]
        )
        needs = {"message": message, "hides": hides}
        return sender.remember(render(request, "channels_app/reported.html", needs))
    status = 422 if form.is_bound and form.errors else 200
    needs = {"form": form, "message": message}
    return render(request, "channels_app/report.html", needs, status=status)


@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """Look up a receipt number; no account."""
    form = TrackForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("case", form.cleaned_data["code"])
    status = 422 if form.is_bound else 200
    return render(request, "channels_app/track.html", {"form": form}, status=status)


@csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
@require_http_methods(["GET", "HEAD", "POST"])
def mail_link(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The link in a mail: one button says "this is mine", one "this was not me".

    A page in between, because mail scanners open links.
    """
    message = _messages().filter(code=code).first()
    contact = message.contact if message else None
    if message is None or contact is None or not sealing.same(token, contact.token_for(code)):
        return nothing_here(request)
    if request.method == "POST":
        return keep_secret(_said_of_address(request, message, contact))
    needs = {"message": message, "contact": contact}
    return keep_secret(render(request, "channels_app/mail_link.html", needs))


def _said_of_address(request: HttpRequest, message: Message, contact: Contact) -> HttpResponse:
    if request.POST.get("act") == "refuse":
        actions.refuse_contact(contact)
        return render(request, "channels_app/mail_refused.html", {"message": message})
    actions.confirm_contact(contact)
    return redirect(f"{message.private_url()}#goes")
