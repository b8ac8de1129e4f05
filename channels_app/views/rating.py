"""Under the private link: was the answer clear, did its author feel heard? One page, one button."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app import actions, ratings, ways
from channels_app.models import Message, Reply
from channels_app.rate_form import RateForm
from channels_app.views.cases import by_private_link
from lifecycle.errors import WrongTurnError


@csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
@require_http_methods(["GET", "HEAD", "POST"])
@by_private_link
def rate(request: HttpRequest, message: Message) -> HttpResponse:
    """The two questions about the newest closing answer; it can be changed for a time."""
    reply = ratings.answer_to_rate(message)
    if reply is None:
        return _closed(request, message)
    known = message.ratings.filter(reply=reply).first()
    if request.method != "POST":
        return _page(request, message, reply, RateForm.of(known), said=known is not None)
    if request.POST.get("act") == "keep":  # the language was switched
        return _page(request, message, reply, RateForm(initial=request.POST.dict()))
    form = RateForm(request.POST)
    if not form.is_valid():
        return _page(request, message, reply, form, status=422)
    try:
        actions.rate(message, **form.cleaned_data)
    except WrongTurnError:  # its time ended while the form was filled in
        return _closed(request, message)
    return redirect(f"{message.private_url('case_rate')}?said=1")


def _page(
    request: HttpRequest,
    message: Message,
    reply: Reply,
    form: RateForm,
    *,
    said: bool = False,
    status: int = 200,
) -> HttpResponse:
    own = reply.message_id == message.pk
    needs = {
        "message": message,
        "reply": reply,
        "own": own,
        "answer_words": reply.text if own else reply.masked_text,
        "form": form,
        "said": said,
        "thanks": said and "said" in request.GET,
        "until": ratings.until_of(reply),
        "ways": ways.ways_of(message),
    }
    return render(request, "channels_app/rate.html", needs, status=status)


def _closed(request: HttpRequest, message: Message) -> HttpResponse:
    needs = {"message": message, "why": _why(message), "ways": ways.ways_of(message), "text": ""}
    status = 409 if request.method == "POST" else 200
    return render(request, "channels_app/way_closed.html", needs, status=status)


def _why(message: Message) -> str:
    if message.is_erased:
        return _("The words of this message were deleted, so nobody can go on with it.")
    if message.matter.replied_at is None:
        return _("There is no answer yet that you could judge.")
    days = {"days": ratings.RATE_DAYS.value()}
    return _("The %(days)d days after the answer are over.") % days
