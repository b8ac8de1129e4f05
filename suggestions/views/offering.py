"""Under the private link of a message: its author makes a suggestion of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app.models import Message
from channels_app.views.cases import by_private_link
from lifecycle.errors import WrongTurnError
from suggestions import actions, rules
from suggestions.models import Suggestion


@csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
@require_http_methods(["GET", "HEAD", "POST"])
@by_private_link
def offer(request: HttpRequest, message: Message) -> HttpResponse:
    """What changes for its author, the words that everyone would read, and one button."""
    was_one = Suggestion.objects.filter(message=message).exists()
    if request.method == "POST" and message.may_be_taken_up and not was_one:
        try:
            actions.offer(message)
        except WrongTurnError:  # somebody was faster: the office, or the same button
            message.refresh_from_db()
            was_one = True
        else:
            return redirect(f"{message.private_url()}?offered=1")
    needs = {
        "message": message,
        "may_offer": message.may_be_taken_up and not was_one,
        "answer_at": rules.ANSWER_AT.value(),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "suggestions/offer.html", needs, status=status)
