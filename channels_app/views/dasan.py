"""Online Dasan: ready answers for everybody; whoever finds none asks, with the words kept."""

import uuid
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from channels_app import actions, knowledge, limits, senders
from channels_app.keyset import page
from channels_app.models import KnowledgeArticle
from channels_app.text.normal import tidy
from lifecycle import clock
from people.models import Office

TYPED = 300  # characters of a question to Online Dasan
FOUND, HELPFUL, LISTED = 20, 5, 12


@require_safe
def dasan(request: HttpRequest) -> HttpResponse:
    """Search, or what was looked at lately, of one office or of all."""
    query = tidy(request.GET.get("q", ""))[:TYPED]
    office = _office(request.GET.get("office", ""))
    needs: dict[str, Any] = {"query": query, "office": office}
    if query:
        needs["found"] = knowledge.searched(query, language=get_language() or "ko", limit=FOUND)
        return render(request, "channels_app/dasan.html", needs)
    rows = KnowledgeArticle.objects.shown().listed()
    rows = rows.filter(office=office) if office else rows
    after = request.GET.get("after", "")
    needs |= {
        "offices": _offices(),
        "page": page(rows, by="-reviewed_at", key=after, size=LISTED),
        "helpful": [] if office or after else list(KnowledgeArticle.objects.helpful()[:HELPFUL]),
    }
    return render(request, "channels_app/dasan.html", needs)


def _office(slug: str) -> Office | None:
    """As its address names it. Raises Http404."""
    return get_object_or_404(Office, slug=slug) if slug else None


def _offices() -> list[Office]:
    """Those that have articles, with how many, the most first."""
    shown = KnowledgeArticle.objects.shown().values("office").annotate(n=Count("pk"))
    counts = dict(shown.order_by().values_list("office", "n"))
    offices = list(Office.objects.filter(pk__in=counts))
    for office in offices:
        vars(office)["article_count"] = counts[office.pk]
    return sorted(offices, key=lambda office: (-counts[office.pk], office.name))


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One question with its answer; whoever came with other words can still ask them."""
    found = _found(slug)
    needs = {
        "article": found,
        "words": found.words,
        "query": tidy(request.GET.get("q", ""))[:TYPED],
        "thanks": request.GET.get("thanks", ""),
        "moment": clock.now(),
    }
    return render(request, "channels_app/article.html", needs)


def _found(slug: str) -> KnowledgeArticle:
    """Raises Http404 for what is withdrawn, and for what never was."""
    return get_object_or_404(KnowledgeArticle.objects.shown().listed("source"), slug=slug)


@require_POST
def helped(request: HttpRequest, slug: str) -> HttpResponse:
    """ "It helped" ends kindly, "I'll ask" goes on to the form with the words; a number is counted.

    From the check page the form ends here: nothing is sent, and photos kept for it are dropped.
    """
    found, said = _found(slug), request.POST.get("said", "")
    if said not in ("yes", "no"):
        raise Http404
    sender = senders.Sender.of(request)
    if limits.help_counts(session=sender.session, network=sender.network):
        actions.count_help(found, helped=said == "yes")
    if said == "yes":
        thanks = "unsent" if request.POST.get("from") == "check" else "yes"
        if key := _key(request):
            actions.drop_photos(draft=key)
        return sender.remember(redirect(f"{found.get_absolute_url()}?thanks={thanks}"))
    return sender.remember(_ask(request))


def _key(request: HttpRequest) -> uuid.UUID | None:
    """Under which photos are kept for a form that will not be sent."""
    try:
        return uuid.UUID(request.POST.get("client_key", ""))
    except ValueError:
        return None


def _ask(request: HttpRequest) -> HttpResponse:
    """To the form; 307 lets the browser post the typed words there once more."""
    typed = request.POST.get("text", "").strip()
    answer = redirect("say_kind", "question")
    if typed:
        answer.status_code = 307
    return answer
