"""One answer to many suggestions of a list: written, looked at, given; each has its line."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from desk.ideas.bulk_answers import BulkAnswerForm, answerable
from desk.ideas.place import Place
from desk.views.finding import officer


@require_POST
def answer_many(request: HttpRequest) -> HttpResponse:
    """Nothing leaves before the officer has seen every answer as everyone will read it."""
    user = officer(request)
    if not user.offices:
        raise PermissionDenied
    rows = answerable(codes_of(request.POST.getlist("chosen")), user)
    form = BulkAnswerForm(request.POST).about(rows, user)
    if not form.is_valid():
        return answers_page(request, form, status=200 if form.asks else 422)
    deed = form.answer(user)
    return redirect(reverse("desk_ideas_done", args=[deed.pk]) + Place.of(user, request.GET).where)


def begin_answers(request: HttpRequest, chosen: Sequence[str]) -> HttpResponse:
    """The empty form for what was chosen on a list; what is not theirs to answer is named."""
    user = officer(request)
    rows = answerable(codes_of(chosen), user)
    return answers_page(request, BulkAnswerForm(initial={"chosen": chosen}).about(rows, user))


def codes_of(chosen: Sequence[str]) -> list[str]:
    """The numbers in the keys that a list has made."""
    return [key.partition(":")[0] for key in chosen]


def answers_page(request: HttpRequest, form: BulkAnswerForm, status: int = 200) -> HttpResponse:
    """The page with this form."""
    user = officer(request)
    chosen = form["chosen"].value() or []
    known = {row.code for row in form.rows}
    needs = {
        "officer": user,
        "form": form,
        "left": [code for code in codes_of(chosen) if code not in known],
        "place": Place.of(user, request.GET),
    }
    return render(request, "desk/ideas/answer_many.html", needs, status=status)
