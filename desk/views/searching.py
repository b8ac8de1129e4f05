"""Search at the desk: what the officer's offices may read, private messages among them."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from channels_app import sealing
from channels_app.models import Message, Reading
from channels_app.results import answer_to
from channels_app.search_form import SearchForm
from desk.place import url_of
from desk.search_forms import PersonForm
from desk.views.finding import officer

MOST_OF_ONE = 50  # messages of one person on the page


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Words and receipt numbers; what lies with others looks like what is not there."""
    user = officer(request)
    form = SearchForm(request.GET)
    needs = {"officer": user, "form": form, "person_form": PersonForm()}
    if not form.is_valid():
        return render(request, "desk/search.html", needs, status=422)
    mine = Message.objects.visible_to(user)
    exact = mine.filter(code=form.code).first() if form.code else form.of_number(mine)
    if form.code and exact:
        return redirect(url_of(exact, user))
    needs |= {
        "of_number": exact,
        "of_number_url": exact and url_of(exact, user),
        "answer": answer_to(
            form.asked(user=user),
            after=request.GET.get("after", ""),
            url_of=partial(url_of, user=user),
        ),
    }
    return render(request, "desk/search.html", needs)


@never_cache
@require_POST
def person(request: HttpRequest) -> HttpResponse:
    """All messages that came with one address: by its keyed index, and each one is noted.

    Posted, so that the address stands in no log and no history of a browser.
    """
    user = officer(request)
    if not user.is_at_centre:
        raise PermissionDenied
    form = PersonForm(request.POST)
    needs = {"officer": user, "form": SearchForm(), "person_form": form}
    if not form.is_valid():
        return render(request, "desk/search.html", needs, status=422)
    found = Message.objects.filter(contact__index=sealing.index_of(*form.cleaned_data["address"]))
    messages = list(found.select_related("office").order_by("-id")[:MOST_OF_ONE])
    Reading.log_all(messages, user, "desk_search_person")
    return render(request, "desk/search.html", {**needs, "messages_of_person": messages})
