"""The part of the discussion: its summary, who asks for the same, comments, versions."""

from typing import Any

from suggestions import discussion
from suggestions.models import Cluster, Suggestion, Summary
from suggestions.parts.part import Part
from suggestions.talk_states import WordState

THREADS = 5  # on the page of the suggestion; the discussion's own page has all
NOT_READ = (WordState.HELD, WordState.HIDDEN)


def needs(suggestion: Suggestion, private: bool) -> dict[str, Any]:
    """Nothing before everyone can read it."""
    if not suggestion.is_public:
        return {}
    sides = discussion.sides(suggestion)
    cluster = Cluster.objects.filter(ended_at=None).of(suggestion).first()
    return {
        "suggestion": suggestion,
        "sides": sides,
        "total": sum(side.count for side in sides),
        "threads": discussion.threads(suggestion, size=THREADS),
        "summary": Summary.objects.select_related("office").filter(suggestion=suggestion).first(),
        "cluster": cluster,
        "members": cluster.suggestions() if cluster else [],
        "lead": {"pk": cluster.lead_id} if cluster else None,
        "versions": suggestion.versions.shown().exclude(masked_text="").count(),
        "coauthors": suggestion.coauthors.filter(joined_at__isnull=False, left_at=None).count(),
        "private": private,
        "link_token": suggestion.message.token if private else "",
        "waiting": _not_read(suggestion) if private else [],
    }


def _not_read(suggestion: Suggestion) -> list[Any]:
    """Versions that wait, or are hidden: its author is told why."""
    rows = suggestion.versions.filter(state__in=NOT_READ).exclude(hidden_reason="author")
    return list(rows.order_by("-number")[:3])


PART = Part("talk", "suggestions/parts/talk.html", needs)
