"""The preview: the page as the citizen will read it, before anything leaves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from channels_app.models import Follow, Message, Outcome, Reading, Reply, ReplyKind
from channels_app.text import plain
from channels_app.text.masking import holds_personal_data, mask
from desk.answer_form import NEEDS, AnswerForm
from desk.models import CLOSING, Writing
from desk.place import Place
from desk.views.finding import officer
from lifecycle import clock

SAID = ("reason", "next_door", "will_do")


def preview_page(request: HttpRequest, message: Message, form: AnswerForm) -> HttpResponse:
    """As the citizen will see it, and the original beside it: a reading."""
    Reading.log(message, officer(request), "desk_preview")
    reply = _as_it_will_be(message, form.cleaned_data)
    said = [reply.text, *(getattr(reply, name) for name in SAID)]
    needs = {
        "message": message,
        "where": Place.of(officer(request), request.GET).where if "show" in request.GET else "",
        "officer": officer(request),
        "form": form,
        "reply": reply,
        "text": reply.text,
        "public_text": reply.masked_text,
        "is_covered": any(holds_personal_data(text) for text in said),
        "findings": plain.findings("\n".join(said)),
        "moved_to": _moved_to(form),
        **_readers(message, reply),
    }
    return render(request, "desk/preview.html", needs)


def _as_it_will_be(message: Message, typed: dict[str, Any]) -> Reply:
    """The reply as it would be written, unsaved: the public page's own parts show it."""
    kind: str = typed["kind"]
    closes = kind in CLOSING
    is_no = kind == Outcome.DECLINED
    return Reply(
        message=message,
        office=message.office,
        kind=ReplyKind.CLOSING if closes else kind,
        outcome=kind if closes else "",
        text=typed["answer"],
        masked_text=mask(typed["answer"]),
        new_due_at=typed["new_due_at"],
        **{name: typed[name] if is_no else "" for name in NEEDS[Writing.DECLINED]},
    )


def _moved_to(form: AnswerForm) -> Any:
    """The working day a date was moved to, where the chosen one is a day off."""
    due = form.cleaned_data["new_due_at"]
    chosen = form.cleaned_data.get("finish_on" if form.chosen == Writing.PROMISING else "until")
    return due if due and clock.seoul(due).date() != chosen else None


def _readers(message: Message, reply: Reply) -> dict[str, Any]:
    """Who gets it: its author, those joined to it, those who follow it."""
    if reply.kind == ReplyKind.QUESTION:
        return {"joined_count": 0, "followers": 0}
    followers = Follow.objects.active().filter(topic=message.topic_id)
    is_told = message.is_public and message.topic_id is not None
    return {
        "joined_count": message.joined.count(),
        "followers": followers.count() if is_told else 0,
    }
