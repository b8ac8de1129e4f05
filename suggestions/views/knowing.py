"""While somebody writes: what is suggested already, and what the city does already."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from channels_app import limits, senders
from suggestions import similar


@never_cache
@require_POST
def known(request: HttpRequest) -> HttpResponse:
    """A piece of a page for these words; they stand in the body, so that no log keeps them."""
    found = known_in(request, request.POST.get("text", ""))
    return render(request, "suggestions/known.html", {"known": found, "asked": True})


def known_in(request: HttpRequest, text: str) -> similar.Known:
    """What is like these words; nothing for whoever asks too often."""
    if not limits.may_read(network=senders.network_of(request)):
        return similar.Known((), ())
    return similar.known(text)
