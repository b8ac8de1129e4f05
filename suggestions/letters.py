"""What the mails to authors say: composed from the rows at the moment they leave."""

from datetime import datetime, timedelta
from typing import Any

from channels_app.models import Delivery
from suggestions import actions, rules
from suggestions.models import Appeal, Suggestion
from suggestions.states import Cause


def decided(delivery: Delivery) -> dict[str, Any] | None:
    """What the template needs; None once something else has happened since."""
    suggestion = Suggestion.objects.filter(message=delivery.message).first()
    if suggestion is None or suggestion.version != delivery.since_seq:
        return None
    step = suggestion.steps.select_related("note").get(seq=suggestion.version)
    appeal = suggestion.appeals.exclude(decided_at=None).order_by("-decided_at").first()
    note = getattr(step, "note", None)
    return {
        "suggestion": suggestion,
        "decided": _which(suggestion, step.cause, appeal),
        "words": note.text if note else "",
        "appeal": appeal,
        "appeal_until": _appeal_until(suggestion),
    }


def _which(suggestion: Suggestion, cause: str, appeal: Appeal | None) -> str:
    if cause == Cause.UPHELD:
        return "upheld"
    if appeal is not None and not appeal.upheld and appeal.against == suggestion.status:
        return "rejected"
    return suggestion.status


def _appeal_until(suggestion: Suggestion) -> datetime | None:
    """The last moment for an appeal; None where there is none."""
    if suggestion.ended_at is None or not actions.may_be_appealed(suggestion):
        return None
    return suggestion.ended_at + timedelta(days=rules.APPEAL_WITHIN.value())
