"""The officers' pages of the knowledge base: the list, and writing one article."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app import actions
from channels_app.keyset import page
from channels_app.models import KnowledgeArticle, Message
from channels_app.models.articles import KnowledgeArticleQuerySet
from channels_app.text import plain
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from desk.article_form import ArticleForm, of_answer, of_article
from desk.article_history import changes_of
from desk.articles import made_from, may_be_made_from
from desk.views.finding import find, officer
from lifecycle.errors import OvertakenError
from people.models import User

BECAUSE = 300


@dataclass(frozen=True)
class Filter:
    """One way to look at the articles, with their number."""

    name: str
    words: str | Promise
    count: int


NAMES = {
    "all": gettext_lazy("All that is shown"),
    "stale": gettext_lazy("Due for review"),
    "mine": gettext_lazy("Of my offices"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
ORDER = {"stale": "review_by", "withdrawn": "-withdrawn_at"}


def rows(name: str, user: User) -> KnowledgeArticleQuerySet:
    """What is stale or withdrawn and this officer's to keep; the rest whoever keeps it."""
    articles = KnowledgeArticle.objects.visible_to(user)
    if name in ("all", "mine"):
        shown = articles.shown()
        return shown.of(user) if name == "mine" else shown
    found = articles.stale() if name == "stale" else articles.withdrawn()
    keeps_all = user.is_at_centre or user.is_at_call_centre or user.is_auditor
    return found if keeps_all else found.of(user)


@never_cache
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """The list, by a filter that stands in the address."""
    user = officer(request)
    shown = request.GET.get("show", "all")
    shown = shown if shown in NAMES else "all"
    listed = rows(shown, user).listed("tally")
    needs = {
        "officer": user,
        "shown": shown,
        "filters": [Filter(name, words, rows(name, user).count()) for name, words in NAMES.items()],
        "page": page(listed, by=ORDER.get(shown, "-changed_at"), key=request.GET.get("after", "")),
    }
    return render(request, "desk/articles.html", needs)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new one, with nothing in it."""
    user = officer(request)
    if not user.offices:
        raise PermissionDenied
    return _written(request, {}, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_from(request: HttpRequest, code: str) -> HttpResponse:
    """A new one from the answer to a case: its masked words stand there already."""
    message = find(request, code)
    reply = made_from(message)
    if reply is None:
        raise Http404
    if not may_be_made_from(message, officer(request)):
        raise PermissionDenied
    return _written(request, of_answer(message, reply), message)


def _written(request: HttpRequest, initial: dict[str, Any], source: Message | None) -> HttpResponse:
    user = officer(request)
    form = ArticleForm(request.POST or None, initial=initial).for_officer(user)
    if form.is_valid() and request.POST.get("act") == "publish":
        article = actions.write_article(
            form.cleaned_data, office=form.cleaned_data["office"], by=user, source=source
        )
        messages.success(request, _("Everyone can read it now."))
        return redirect("desk_article", article.pk)
    needs: dict[str, Any] = {"form": form, "source": source}
    if source is not None:
        made = KnowledgeArticle.objects.visible_to(user).filter(source=source)
        needs["made_before"] = list(made.listed())
    return _form_page(request, form, needs)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article with its history; for those who keep it the form and its acts."""
    user, found = officer(request), _found(request, pk)
    if not found.may_be_kept_by(user):
        if request.method == "POST":
            raise PermissionDenied
        needs = {"officer": user, "article": found, "changes": changes_of(found)}
        return render(request, "desk/article.html", needs)
    form = ArticleForm(request.POST or None, initial=of_article(found)).for_officer(user)
    if form.is_valid() and request.POST.get("act") == "publish":
        try:
            actions.revise_article(
                found,
                form.cleaned_data,
                office=form.cleaned_data["office"],
                by=user,
                seen=_seen(form.cleaned_data["seen"]),
            )
        except OvertakenError:
            return _overtaken(request, _found(request, pk))
        messages.success(request, _("The new words are shown now. You have reviewed it too."))
        return redirect("desk_article", found.pk)
    needs = {"form": form, "article": found, "source": found.source, "changes": changes_of(found)}
    return _form_page(request, form, needs)


def _overtaken(request: HttpRequest, now: KnowledgeArticle) -> HttpResponse:
    """The words stay in the form, beside what somebody has made of the article meanwhile."""
    typed = request.POST.copy()
    typed["seen"] = now.changed_at.isoformat()
    form = ArticleForm(typed).for_officer(officer(request))
    form.full_clean()
    form.add_error(
        None,
        _(
            "Somebody has changed this article meanwhile; what they changed stands below."
            " Your words are still here. Publish again, and they replace theirs."
        ),
    )
    needs = {"form": form, "article": now, "source": now.source, "changes": changes_of(now)}
    return _form_page(request, form, needs)


def _form_page(request: HttpRequest, form: ArticleForm, needs: dict[str, Any]) -> HttpResponse:
    """The form; where its words are looked at, as everyone would read them, with advice."""
    wrong = form.is_bound and not form.is_valid()
    needs |= {"officer": officer(request), "wrong": form if wrong else None}
    if form.is_bound and not wrong:
        needs |= {
            "findings": plain.findings(form.said),
            "covered": mask(form.said) if mask(form.said) != form.said else "",
            "looked": True,
        }
    return render(request, "desk/article.html", needs, status=422 if wrong else 200)


def _seen(typed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(typed)
    except ValueError:
        return None


def _found(request: HttpRequest, pk: int) -> KnowledgeArticle:
    """Raises Http404 for what this officer may not see."""
    seen = KnowledgeArticle.objects.visible_to(officer(request))
    return get_object_or_404(seen.listed("source", "tally"), pk=pk)


@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """It still holds."""
    actions.review_article(_found(request, pk), by=officer(request))
    messages.success(request, _("Thank you. The next review is a while away."))
    return redirect("desk_article", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the pages; the reason is needed."""
    because = tidy(request.POST.get("because", ""))[:BECAUSE]
    found = _found(request, pk)
    if not because:
        messages.error(request, _("Write why it is withdrawn."))
        return redirect("desk_article", pk)
    actions.withdraw_article(found, because=because, by=officer(request))
    messages.success(request, _("Nobody else reads it any more. You can put it back."))
    return redirect("desk_article", pk)


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """On the pages again."""
    actions.put_back_article(_found(request, pk), by=officer(request))
    messages.success(request, _("Everyone can read it again."))
    return redirect("desk_article", pk)
