"""Search: one field for words and receipt numbers; the filters stand in the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from channels_app.models import Message
from channels_app.results import answer_to
from channels_app.search_form import SearchForm
from channels_app.text.finding import words_of


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What everyone may read. A number nobody has, or only the office may read, looks the same."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return _page(request, form, {"answer": None}, status=422)
    if form.code:
        return redirect("case", form.code)
    needs = {
        "answer": answer_to(form.asked(), after=request.GET.get("after", "")),
        "of_number": form.of_number(Message.objects.public()),
    }
    return _page(request, form, needs)


def _page(
    request: HttpRequest, form: SearchForm, needs: dict[str, Any], status: int = 200
) -> HttpResponse:
    words = words_of(form.cleaned_data.get("q", ""))
    needs = {"form": form, "words": words, **needs}
    page = render(request, "channels_app/search.html", needs, status=status)
    page["X-Robots-Tag"] = "noindex"
    return page
