"""What the officers' page of one suggestion shows: words, acts, facts, the way so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from channels_app.timeline import Entry
from desk.ideas.offer import IdeaForm, Offer
from desk.ideas.offers import offered
from lifecycle import clock
from people.models import User
from suggestions import actions, rules
from suggestions.models import Statement, Suggestion, SuggestionStep
from suggestions.states import Cause, SuggestionStatus

MINUTES_SHOWN = 5
MANY_A_MINUTE = 5
NETWORKS_SHOWN = 5
MANY_OF_A_NETWORK = 10


@dataclass(frozen=True)
class Act:
    """One act with its form, as the page shows it; open where something has to be put right."""

    offer: Offer
    form: IdeaForm

    @property
    def is_open(self) -> bool:
        """It came back with a question, or with errors."""
        return self.form.is_bound


def acts(suggestion: Suggestion, user: User, typed: tuple[str, IdeaForm] | None) -> list[Act]:
    """Every act of this moment; `typed` is the one that came back, with what was typed."""
    return [
        Act(offer, typed[1] if typed and typed[0] == offer.name else fresh(offer, suggestion, user))
        for offer in offered(suggestion, user)
    ]


def fresh(offer: Offer, suggestion: Suggestion, user: User) -> IdeaForm:
    """Its form before anybody types."""
    first = {"version": suggestion.version}
    return offer.form(initial=first, auto_id=ids_of(offer)).about(suggestion, user)


def ids_of(offer: Offer) -> str:
    """How the fields of this act are called on the page."""
    return f"{offer.name}_%s"


def entries(steps: Sequence[SuggestionStep], *, notes: bool) -> list[Entry]:
    """Newest first, with who did it; `notes` for those who may read originals."""
    before = None
    found = []
    for step in steps:
        until = step.due_at if step.due_at != before else None
        before = step.due_at
        found.append(Entry(step.at, _what(step), _more(step, notes=notes), until))
    return found[::-1]


def _what(step: SuggestionStep) -> str:
    words = str(SuggestionStatus(step.to_status).label)
    return f"{words}: {Cause(step.cause).label}" if step.cause else words


def _more(step: SuggestionStep, *, notes: bool) -> str:
    """What everyone reads of it, then who did it for which office, then the note."""
    statement: Statement | None = getattr(step, "statement", None)
    note = getattr(step, "note", None) if notes else None
    who = f"{step.by} ({step.by_office})" if step.by else ""
    said = [statement.text if statement else "", who, note.text if note else ""]
    return " · ".join(part for part in said if part)


def needs(
    suggestion: Suggestion, user: User, typed: tuple[str, IdeaForm] | None = None
) -> dict[str, Any]:
    """What the templates name."""
    message = suggestion.message
    may_read = message.may_be_read_by(user)
    return {
        "suggestion": suggestion,
        "message": message,
        "officer": user,
        "moment": clock.now(),
        "may_read": may_read,
        "may_open": message.may_be_seen_by(user),
        "words": message.words if may_read else suggestion.masked_text,
        "acts": acts(suggestion, user, typed),
        "wrong": typed[1] if typed and not typed[1].asks else None,
        "entries": entries(steps_of(suggestion), notes=may_read or user.is_listening),
        "followers": suggestion.topic.follows.active().count(),
        "answer_at": rules.ANSWER_AT.value(),
        "milestones": list(suggestion.milestones.select_related("office", "settled_by")),
        "paper": list(suggestion.paper.select_related("by", "taken_back_by")),
        "invalidations": list(suggestion.invalidations.select_related("by", "undone_by")),
        "appeals": list(suggestion.appeals.select_related("office", "decided_by")),
        **(_suspected(suggestion) if suggestion.may_be_moderated_by(user) else {}),
    }


def _suspected(suggestion: Suggestion) -> dict[str, Any]:
    """What a moderator looks at before they take supports out of the count."""
    return {
        "minutes": actions.busy_minutes(suggestion, least=MANY_A_MINUTE, most=MINUTES_SHOWN),
        "networks": actions.crowded_networks(
            suggestion, least=MANY_OF_A_NETWORK, most=NETWORKS_SHOWN
        ),
    }


def steps_of(suggestion: Suggestion, *, since: int = -1) -> list[SuggestionStep]:
    """With the people, offices and words of each; those after the version `since`."""
    steps = suggestion.steps.filter(seq__gt=since)
    return list(steps.select_related("office", "by_office", "by", "note", "statement"))


def overtaken_needs(
    suggestion: Suggestion, user: User, offer: Offer, form: IdeaForm
) -> dict[str, Any]:
    """What was typed beside what happened since the page was read; and the way on, if any."""
    seen = form.cleaned_data.get("version", suggestion.version)
    may_read = suggestion.message.may_be_read_by(user)
    may_go_on = offer.is_time(suggestion) and offer.is_theirs(suggestion, user)
    return {
        "suggestion": suggestion,
        "officer": user,
        "moment": clock.now(),
        "offer": offer,
        "typed": [(field.label, _shown(field)) for field in form.visible_fields()],
        "kept": [(name, value) for name, value in form.data.items() if name in form.fields],
        "may_go_on": may_go_on,
        "entries": entries(steps_of(suggestion, since=seen), notes=may_read or user.is_listening),
    }


def _shown(field: BoundField) -> str:
    """What was typed; a choice by its words."""
    value = field.value()
    choices = {str(key): str(words) for key, words in getattr(field.field, "choices", ())}
    return choices.get(str(value), str(value or ""))
