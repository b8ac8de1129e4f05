"""Who was not heard, month by month: the paragraph, the question, the listening team's reply."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lifecycle.errors import OvertakenError, WrongTurnError
from mayors_office import actions
from mayors_office.dashboards import heard as words
from mayors_office.forms import ReplyForm
from mayors_office.models import MonthQuestion
from people.models import Office, User

SHOWN = 24


@require_safe
def heard(request: HttpRequest) -> HttpResponse:
    """The last two years, newest first; for everybody."""
    user = request.user
    may_reply = isinstance(user, User) and user.is_staff and actions.may_reply(user)
    needs = {"months": _months(), "may_reply": may_reply}
    return render(request, "mayors_office/heard.html", needs)


@never_cache
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What the listening team has not answered yet."""
    _team(request)
    return _questions_page(request)


@never_cache
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The team says what it will do; everybody can read it at once."""
    user, question = _team(request), get_object_or_404(MonthQuestion, pk=pk)
    form = ReplyForm(request.POST, auto_id=f"{question.pk}-%s")
    if not form.is_valid():
        return _questions_page(request, wrong=form, pk=question.pk, status=422)
    try:
        actions.reply(question, text=form.cleaned_data["text"], by=user)
    except WrongTurnError as problem:
        raise OvertakenError(str(question)) from problem
    messages.success(request, _("Published: everybody can read your answer now."))
    return redirect("heard")


def _questions_page(
    request: HttpRequest, *, wrong: forms.Form | None = None, pk: int = 0, status: int = 200
) -> HttpResponse:
    open_ones = [one for one in _months() if not one["question"].reply]
    for one in open_ones:
        key = one["question"].pk
        one["form"] = wrong if wrong and key == pk else ReplyForm(auto_id=f"{key}-%s")
    needs = {"months": open_ones, "officer": request.user, "wrong": wrong}
    return render(request, "mayors_office/heard_questions.html", needs, status=status)


def _months() -> list[dict[str, Any]]:
    boroughs = list(Office.objects.boroughs())
    return [
        {
            "question": question,
            "month": words.month_words(question.month),
            "sentences": words.sentences(question, boroughs),
            "asked": words.asked(question),
        }
        for question in MonthQuestion.objects.all()[:SHOWN]
    ]


def _team(request: HttpRequest) -> User:
    """Raises PermissionDenied for everybody but the listening team."""
    user = cast("User", request.user)
    if not actions.may_reply(user):
        raise PermissionDenied
    return user
