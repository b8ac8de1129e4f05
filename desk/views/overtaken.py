"""Somebody was faster: what was written stands beside what has happened meanwhile."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from channels_app import timeline
from channels_app.models import Message
from desk.answer_form import from_words
from desk.offers import offers
from desk.place import Place
from desk.views.finding import officer
from desk.writing import drafts_on

STEPS_SHOWN = 5
WRITTEN = ("answer", "reason", "next_door", "will_do")


def overtaken_page(
    request: HttpRequest, message: Message, words: Mapping[str, str], *, seen: int
) -> HttpResponse:
    """409: both texts side by side; the own one is kept as a draft and can be gone on with.

    `words` were typed, with their kind, on a page that showed the older version `seen`.
    """
    user = officer(request)
    steps = list(
        message.steps.filter(seq__gt=seen).select_related("office", "by_office", "by", "note")
    )
    replies = message.replies.select_related("office", "by").order_by("-written_at")[:1]
    may_read = message.may_be_read_by(user)
    offer = offers(message, user)["answer"]
    needs = {
        "message": message,
        "officer": user,
        "mine": [words[name] for name in WRITTEN if words.get(name)],
        "theirs": list(replies),
        "drafts": [draft for draft in drafts_on(message) if draft.by_id != user.pk],
        "entries": timeline.entries(message, steps, inward=True, notes=may_read)[:STEPS_SHOWN],
        "may_read": may_read,
        "form": from_words(message, user, words, kind=words["kind"]),
        "may_go_on": offer.is_theirs and offer.is_time,
        "where": Place.of(user, request.GET).where if "show" in request.GET else "",
    }
    return render(request, "desk/overtaken.html", needs, status=409)
