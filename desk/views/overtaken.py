"""Somebody was faster: what was written stands beside what has happened meanwhile."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from channels_app import timeline
from channels_app.models import Message
from desk.answer_form import AnswerForm, from_words
from desk.offers import offers
from desk.place import Place
from desk.views.finding import officer
from desk.writing import drafts_on

STEPS_SHOWN = 5


def overtaken_page(request: HttpRequest, message: Message, form: AnswerForm) -> HttpResponse:
    """409: both texts side by side; the own one is kept as a draft and can be gone on with.

    `form` was filled in on a page that showed an older version of the message.
    """
    user = officer(request)
    seen = form.cleaned_data["version"]
    steps = list(
        message.steps.filter(seq__gt=seen).select_related("office", "by_office", "by", "note")
    )
    replies = message.replies.select_related("office", "by").order_by("-written_at")[:1]
    may_read = message.may_be_read_by(user)
    offer = offers(message, user)["answer"]
    words = {name: str(value) for name, value in form.kept}
    needs = {
        "message": message,
        "officer": user,
        "mine": form.cleaned_data["answer"],
        "theirs": list(replies),
        "drafts": [draft for draft in drafts_on(message) if draft.by_id != user.pk],
        "entries": timeline.entries(message, steps, inward=True, notes=may_read)[:STEPS_SHOWN],
        "may_read": may_read,
        "form": from_words(message, user, words, kind=words.get("kind", "")),
        "may_go_on": offer.is_theirs and offer.is_time,
        "where": Place.of(user, request.GET).where if "show" in request.GET else "",
    }
    return render(request, "desk/overtaken.html", needs, status=409)
