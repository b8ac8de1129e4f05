"""The author's own data, under the private link: see it, take it, have it erased."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from channels_app import actions, blanking, keeping
from channels_app.models import Message
from channels_app.own_data import own_data
from channels_app.views.cases import by_private_link
from lifecycle.errors import WrongTurnError


@require_safe
@by_private_link
def data(request: HttpRequest, message: Message) -> HttpResponse:
    """What is held about this message, for how long, and the two ways on."""
    needs = {
        "message": message,
        "left": blanking.is_left(message),
        "rule": keeping.rule_of(message),
    }
    return render(request, "channels_app/own_data.html", needs)


@require_safe
@by_private_link
def download(request: HttpRequest, message: Message) -> HttpResponse:
    """Everything, as one file a program can read and a person too."""
    return as_file(message)


@csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
@require_http_methods(["GET", "HEAD", "POST"])
@by_private_link
def erase(request: HttpRequest, message: Message) -> HttpResponse:
    """What goes, what stays, and the button: one more where everyone can read a copy."""
    if not blanking.is_left(message):
        return redirect(message.private_url("own_data"))
    if request.method == "POST":
        withdraw = request.POST.get("act") == "withdraw"
        with suppress(WrongTurnError):  # pressed twice: the page says what is left
            actions.erase_message(message, by=None, withdraw=withdraw)
        return redirect(message.private_url("own_data"))
    needs = {
        "message": message,
        "stays_public": blanking.stays_public(message),
        "is_last": blanking.takes_contact(message),
    }
    return render(request, "channels_app/erase.html", needs)


def as_file(message: Message) -> JsonResponse:
    """The own data of a message, to be saved."""
    page = JsonResponse(own_data(message), json_dumps_params={"ensure_ascii": False, "indent": 1})
    page["Content-Disposition"] = f'attachment; filename="{message.code}.json"'
    page["Cache-Control"] = "no-store, private"
    return page
