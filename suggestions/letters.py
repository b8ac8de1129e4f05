"""What the mails to authors say: composed from the rows at the moment they leave."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from channels_app.models import Delivery
from suggestions import actions, rules
from suggestions.models import Appeal, Seat, Suggestion, Version
from suggestions.states import Cause
from suggestions.waiting import waiting_for


def decided(delivery: Delivery) -> dict[str, Any] | None:
    """What the template needs; None once something else has happened since.

    About words that wait for a confirmation their own rows tell, as they stand then.
    """
    if delivery.confirmation is not None:
        return {}
    known = Suggestion.objects.select_related("office")
    suggestion = known.filter(message=delivery.message).first()
    if suggestion is None or suggestion.version != delivery.since_seq:
        return None
    step = suggestion.steps.select_related("note").get(seq=suggestion.version)
    appeal = suggestion.appeals.exclude(decided_at=None).order_by("-decided_at").first()
    last_word = max(step.at, (appeal and appeal.decided_at) or step.at)
    version = _hidden_since(suggestion, last_word)
    note = getattr(step, "note", None) if version is None else None
    return {
        "suggestion": suggestion,
        "decided": _which(suggestion, step.cause, appeal) if version is None else "version",
        "version": version,
        "words": note.text if note else "",
        "appeal": appeal if version is None else None,
        "appeal_until": _appeal_until(suggestion),
    }


def of_seat(delivery: Delivery) -> dict[str, Any] | None:
    """What waits for somebody in a committee; None once they do not sit in it any more."""
    known = Seat.objects.sitting().select_related("committee")
    seat = known.filter(confirmation=delivery.confirmation_id).first()
    if seat is None:
        return None
    link = settings.SITE_URL + seat.private_url()
    return {"seat": seat, "seat_link": link, "waiting": waiting_for(seat)}


def _which(suggestion: Suggestion, cause: str, appeal: Appeal | None) -> str:
    if cause == Cause.UPHELD:
        return "upheld"
    if appeal is not None and not appeal.upheld and appeal.against == suggestion.status:
        return "rejected"
    return suggestion.status


def _hidden_since(suggestion: Suggestion, moment: datetime) -> Version | None:
    """Of its author's own versions the newest that a moderator has not let through since then."""
    hidden = suggestion.versions.filter(coauthor=None, decided_at__gte=moment)
    return hidden.exclude(hidden_reason="").order_by("decided_at").last()


def _appeal_until(suggestion: Suggestion) -> datetime | None:
    """The last moment for an appeal; None where there is none."""
    if suggestion.ended_at is None or not actions.may_be_appealed(suggestion):
        return None
    return suggestion.ended_at + timedelta(days=rules.APPEAL_WITHIN.value())
