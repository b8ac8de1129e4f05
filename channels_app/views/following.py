"""Follow a public case by mail: asked for here, confirmed by its link, ended by one press."""

from collections.abc import Callable
from functools import wraps
from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app import actions, kicks, limits, sealing, senders, tasks
from channels_app.forms import FollowForm
from channels_app.models import Contact, Follow, Message, Topic, TopicKind
from channels_app.views.cases import case, keep_secret, nothing_here

HOW_OFTEN: dict[str, Callable[[Contact], object]] = {
    "daily": actions.hear_daily,
    "each": actions.hear_each,
}
OF_ALL = {
    "all": actions.end_all_follows,
    "undo_all": actions.follow_all_again,
    **HOW_OFTEN,
}


class FollowView(Protocol):
    """A view of a follow whose link was right."""

    def __call__(self, request: HttpRequest, follow: Follow) -> HttpResponse: ...


class ViewByKey(Protocol):
    """A view addressed by a follow's key and token."""

    def __call__(self, request: HttpRequest, pk: int, token: str) -> HttpResponse: ...


def by_follow_link(view: FollowView) -> ViewByKey:
    """Only with the right token, which nothing may keep. The token is the proof, not a cookie."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, token: str) -> HttpResponse:
        follow = Follow.objects.select_related("topic", "contact").filter(pk=pk).first()
        if follow is None or not sealing.same(token, follow.token):
            return nothing_here(request)
        return keep_secret(view(request, follow))

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """One field. The answer is the same whether or not the address follows already."""
    public = public_by(code)
    if public is None:
        return nothing_here(request) if request.method == "POST" else case(request, code)
    form = FollowForm(request.POST or None)
    needs: dict[str, object] = {"form": form, "public": public}
    if request.method == "POST" and form.is_valid():
        sender = senders.Sender.of(request)
        if not limits.may_follow(session=sender.session, network=sender.network):
            needs["too_many"] = True
            page = render(request, "channels_app/follow.html", needs, status=429)
            return sender.remember(page)
        needs["address"] = form.cleaned_data["mail"]
        return sender.remember(_asked(request, public, needs))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "channels_app/follow.html", needs, status=status)


def public_by(code: str) -> Message | Topic | None:
    """What everyone may read under this number: a message, or what is none or grew out of one."""
    grown = Topic.objects.exclude(kind=TopicKind.MESSAGE).filter(code=code).first()
    if grown is not None:
        return grown if grown.shown else None
    return Message.objects.public().filter(code=code).first()


def _asked(request: HttpRequest, public: Message | Topic, needs: dict[str, object]) -> HttpResponse:
    address, language = str(needs["address"]), get_language() or "ko"
    try:
        if isinstance(public, Topic):
            owed = actions.follow_topic(public, address=address, language=language)
        else:
            owed = actions.follow(public, address=address, language=language)
    except PermissionDenied:  # hidden in this moment
        return nothing_here(request)
    if owed is not None:
        kicks.kick_on_commit(tasks.send_due)
    return render(request, "channels_app/follow_asked.html", needs)


@by_follow_link
def follow_link(request: HttpRequest, follow: Follow) -> HttpResponse:
    """The link in the first mail: "Yes, tell me", or "this was not me"."""
    if request.method != "POST":
        return render(request, "channels_app/follow_link.html", {"follow": follow})
    if request.POST.get("act") == "refuse":
        actions.refuse_follow(follow)
        return render(request, "channels_app/mail_refused.html")
    follow = actions.confirm_follow(follow)
    return render(request, "channels_app/followed.html", {"follow": follow})


@by_follow_link
def unsubscribe(request: HttpRequest, follow: Follow) -> HttpResponse:
    """One button ends it, another one goes on; a mail program posts by itself (RFC 8058).

    Besides: how often, and the end of everything this address follows.
    """
    act = request.POST.get("act", "") if request.method == "POST" else None
    if act in OF_ALL and follow.contact is not None:
        OF_ALL[act](follow.contact)
        follow = Follow.objects.select_related("topic", "contact").get(pk=follow.pk)
    elif act is not None:
        follow = (actions.follow_again if act == "undo" else actions.end_follow)(follow)
    needs = {"code": follow.topic.code, "wants": follow.is_active, "contact": follow.contact}
    return render(request, "channels_app/unsubscribe.html", {**needs, "chosen": act in HOW_OFTEN})


@csrf_exempt  # the token is the proof, and a mail program has no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def mails(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The same for all that one address follows: the link in the mail of a day."""
    contact = Contact.objects.filter(pk=pk, erased_at=None).first()
    if contact is None or not sealing.same(token, contact.mails_token):
        return nothing_here(request)
    act = request.POST.get("act", "all") if request.method == "POST" else ""
    if act:
        OF_ALL.get(act, actions.end_all_follows)(contact)
        contact.refresh_from_db()
    count = Follow.objects.active().filter(contact=contact).count()
    needs = {"contact": contact, "count": count, "chosen": act in HOW_OFTEN}
    return keep_secret(render(request, "channels_app/mails.html", needs))


@csrf_exempt  # the token is the proof, and a mail program has no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The same for its author: the news end, the answer itself still comes."""
    message = Message.objects.filter(code=code).first()
    if message is None or not sealing.same(token, message.mute_token):
        return nothing_here(request)
    if request.method == "POST":
        undo = request.POST.get("act") == "undo"
        act: Callable[[Message], Message] = actions.unmute if undo else actions.mute
        message = act(message)
    needs = {"code": message.code, "wants": message.wants_news, "author": True}
    return keep_secret(render(request, "channels_app/unsubscribe.html", needs))
