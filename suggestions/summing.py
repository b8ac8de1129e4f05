"""The draft of a summary: the system names what was said most, an officer writes what it means."""

from collections.abc import Sequence

from django.db.models import Count, Q

from channels_app.text.titles import title_of
from suggestions.models import Comment, Stance, Suggestion
from suggestions.talk_states import WordState

EACH = 5  # comments of one side
SENTENCE = 160
FIELD_OF = {
    Stance.FOR: "arguments_for",
    Stance.AGAINST: "arguments_against",
    Stance.IMPROVE: "improvements",
}


def proposal(suggestion: Suggestion) -> dict[str, str]:
    """For each side the first sentences of what was answered most, the older ones first."""
    return {name: _lines(_most_answered(suggestion, side)) for side, name in FIELD_OF.items()}


def _most_answered(suggestion: Suggestion, side: Stance) -> Sequence[Comment]:
    rows = suggestion.comments.shown().filter(stance=side)
    answered = Count("answers", filter=Q(answers__state=WordState.SHOWN))
    return list(rows.annotate(answered=answered).order_by("-answered", "at", "id")[:EACH])


def _lines(comments: Sequence[Comment]) -> str:
    found = dict.fromkeys(title_of(one.masked_text, SENTENCE) for one in comments)
    return "\n".join(f"- {line}" for line in found if line)
