"""Support a suggestion: an address once, confirmed by its link; then one tap in this browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app import actions as message_actions
from channels_app import kicks, limits, sealing, senders, tasks
from channels_app.models import Confirmation, Contact
from channels_app.views.cases import keep_secret, nothing_here
from lifecycle.errors import WrongTurnError
from suggestions import actions, rules, voices
from suggestions.actions.supporting import PURPOSE
from suggestions.forms import SupportForm
from suggestions.models import Cluster, Suggestion, Support
from suggestions.views import showing


class ConfirmView(Protocol):
    """A view of a confirmation whose link was right, and of what it is about."""

    def __call__(
        self, request: HttpRequest, asked: Confirmation, support: Support
    ) -> HttpResponse: ...


# Anybody's page shows the button, without a cookie of its own: the voice's cookie is Lax, so no
# other site can press it, and without that cookie nothing counts before the link in the mail.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest, code: str) -> HttpResponse:
    """One tap for who has a voice here; for others one field, and the same words to everybody."""
    suggestion = showing.found(code)
    if suggestion is None or not suggestion.is_public:
        return nothing_here(request)
    voice = voices.of(request)
    act = request.POST.get("act", "")
    if act == "forget":
        return voices.forget(redirect("support", code))
    if voice is not None and act and voices.is_from_here(request):
        return _by_voice(request, suggestion, voice, act)
    if not suggestion.may_be_supported:
        return _page(request, suggestion, voice, status=409 if act else 200)
    if act == "ask":
        return _ask(request, suggestion)
    return _page(request, suggestion, voice)


def _by_voice(
    request: HttpRequest, suggestion: Suggestion, voice: Contact, act: str
) -> HttpResponse:
    """Its support, or taking it back; each may be pressed twice."""
    try:
        if act == "take_back":
            for row in Support.objects.filter(suggestion=suggestion, contact=voice):
                actions.take_support_back(row)
        elif act == "move":
            suggestion = _moved(request, suggestion, voice)
        elif act == "support":
            actions.support(suggestion, contact=voice, network=_neighbours(request))
        if act == "follow" or request.POST.get("follow"):
            _follow(suggestion, voice)
    except WrongTurnError:
        suggestion.refresh_from_db()
        return _page(request, suggestion, voice, status=409)
    return voices.remember(redirect("support", suggestion.code), voice)


def _moved(request: HttpRequest, suggestion: Suggestion, voice: Contact) -> Suggestion:
    """Its support stands at another one of the same cluster now. Raises WrongTurnError."""
    others = {one.code: one for one in Cluster.objects.beside(suggestion)}
    to = others.get(request.POST.get("to", ""), suggestion)
    row = Support.objects.filter(suggestion=suggestion, contact=voice).first()
    if row is None:
        raise WrongTurnError(f"{suggestion!r} has no support to move")
    return actions.move_support(row, to=to).suggestion


def _ask(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """The mail with the link; whoever supports it already is told the same."""
    form = SupportForm(request.POST)
    if not form.is_valid():
        return _page(request, suggestion, None, form=form, status=422)
    sender = senders.Sender.of(request)
    may_ask = limits.is_within(
        "supports",
        of_session=rules.LIMIT_SUPPORTS.value(),
        of_network=rules.LIMIT_SUPPORTS_OF_NETWORK.value(),
        session=sender.session,
        network=sender.network,
    )
    if not may_ask:
        page = _page(request, suggestion, None, form=form, status=429)
        return sender.remember(page)
    address, language = form.cleaned_data["mail"], get_language() or "ko"
    try:
        actions.ask_for_support(
            suggestion, address=address, language=language, network=_neighbours(request)
        )
    except WrongTurnError:  # its time ended in this moment
        suggestion.refresh_from_db()
        return _page(request, suggestion, None, form=form, status=409)
    kicks.kick_on_commit(tasks.send_due)
    needs = {"suggestion": suggestion, "address": address}
    return sender.remember(render(request, "suggestions/support_asked.html", needs))


def _neighbours(request: HttpRequest) -> str:
    """Where it comes from, as a name of the day that many of one neighbourhood share."""
    return limits.of_the_day(senders.group_of(senders.network_of(request)))


def _page(
    request: HttpRequest,
    suggestion: Suggestion,
    voice: Contact | None,
    *,
    form: SupportForm | None = None,
    status: int = 200,
) -> HttpResponse:
    own = Support.objects.filter(suggestion=suggestion, contact=voice).first() if voice else None
    needs = {
        "suggestion": suggestion,
        "voice": voice,
        "own": own,
        "others": Cluster.objects.beside(suggestion) if own and own.counts else [],
        "form": form or SupportForm(),
        "too_many": status == 429,
        "wanted": rules.ANSWER_AT.value(),
    }
    page = render(request, "suggestions/support.html", needs, status=status)
    page["X-Robots-Tag"] = "noindex"
    return page


def _follow(suggestion: Suggestion, contact: Contact) -> None:
    language = get_language() or "ko"
    message_actions.follow_confirmed(suggestion.topic, contact, language=language)


def by_confirm_link(view: ConfirmView) -> Callable[..., HttpResponse]:
    """Only with the right token, which nothing may keep. The token is the proof, not a cookie."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, token: str) -> HttpResponse:
        rows = Confirmation.objects.select_related("contact", "topic")
        asked = rows.filter(
            pk=pk, purpose=PURPOSE, contact__isnull=False, contact__erased_at=None
        ).first()
        if asked is None or not sealing.same(token, asked.token):
            return nothing_here(request)
        own = Support.objects.filter(suggestion__topic=asked.topic_id, contact=asked.contact_id)
        row = own.select_related("suggestion__message", "suggestion__topic").first()
        if row is None or not row.suggestion.is_public:
            return nothing_here(request)
        return keep_secret(view(request, asked, row))

    return wrapped


@by_confirm_link
def confirm(request: HttpRequest, asked: Confirmation, support: Support) -> HttpResponse:
    """The link in the mail: "Yes, I support it", "this was not me", and later "take it back"."""
    if request.method != "POST":
        return _confirm_page(request, asked, support)
    act = request.POST.get("act")
    if act == "refuse":
        return _refused(request, asked, support)
    try:
        if act == "take_back":
            actions.take_support_back(support)
        else:
            support = actions.confirm_support(asked)
    except WrongTurnError:
        support.refresh_from_db()
        return _confirm_page(request, asked, support, status=409)
    if act == "take_back":
        return redirect(_link(asked))
    contact = Contact.objects.get(pk=support.contact_id)
    if request.POST.get("follow"):
        _follow(support.suggestion, contact)
    return voices.remember(redirect(_link(asked)), contact)


def _refused(request: HttpRequest, asked: Confirmation, support: Support) -> HttpResponse:
    """Nothing counts, and nothing more comes to this address."""
    assert asked.contact is not None  # noqa: S101 - the link asks for it
    actions.take_support_back(support)
    message_actions.refuse_contact(asked.contact)
    return voices.forget(render(request, "channels_app/mail_refused.html"))


def _confirm_page(
    request: HttpRequest, asked: Confirmation, support: Support, status: int = 200
) -> HttpResponse:
    needs: dict[str, Any] = {
        "asked": asked,
        "support": support,
        "suggestion": support.suggestion,
        "others": Cluster.objects.beside(support.suggestion) if support.counts else [],
        "wanted": rules.ANSWER_AT.value(),
    }
    return render(request, "suggestions/confirm_support.html", needs, status=status)


def _link(asked: Confirmation) -> str:
    return reverse("confirm_support", args=[asked.pk, asked.token])
