"""The part of the discussion: its summary, who asks for the same, comments, versions."""

from typing import Any

from suggestions import discussion
from suggestions.models import Cluster, Suggestion, Summary
from suggestions.parts.part import Part
from suggestions.talk_states import WordState
from suggestions.there import There

THREADS = 5  # on the page of the suggestion; the discussion's own page has all
NOT_READ = (WordState.HELD, WordState.HIDDEN)


def needs(suggestion: Suggestion, private: bool, there: There) -> dict[str, Any]:
    """Nothing before everyone can read it."""
    if not suggestion.is_public:
        return {}
    sides = discussion.sides_of(there.stances)
    total = sum(side.count for side in sides)
    cluster = _cluster(suggestion) if there.has("memberships") else None
    return {
        "suggestion": suggestion,
        "sides": sides,
        "total": total,
        "threads": discussion.threads(suggestion, size=THREADS) if total else None,
        "summary": _summary(suggestion) if there.has("summary") else None,
        "cluster": cluster,
        "members": cluster.suggestions() if cluster else [],
        "lead": {"pk": cluster.lead_id} if cluster else None,
        "versions": there.versions,
        "coauthors": there.coauthors,
        "private": private,
        "link_token": suggestion.message.token if private else "",
        "waiting": _not_read(suggestion) if private else [],
    }


def _cluster(suggestion: Suggestion) -> Cluster | None:
    return Cluster.objects.filter(ended_at=None).of(suggestion).first()


def _summary(suggestion: Suggestion) -> Summary | None:
    return Summary.objects.select_related("office").filter(suggestion=suggestion).first()


def _not_read(suggestion: Suggestion) -> list[Any]:
    """Versions that wait, or are hidden: its author is told why."""
    rows = suggestion.versions.filter(state__in=NOT_READ).exclude(hidden_reason="author")
    return list(rows.order_by("-number")[:3])


PART = Part("talk", "suggestions/parts/talk.html", needs)
