"""Settle: what the city owed once so many people supported something is done, in public words."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions.models import Milestone, Suggestion


def may_settle(milestone: Milestone, user: User) -> bool:
    """Whoever acts for the office that owes it."""
    return user.holds(milestone.office)


@transaction.atomic
def settle(milestone: Milestone, *, words: str, by: User) -> Milestone:
    """The office has decided, or answered; `words` are for everyone.

    Raises ValueError without words, WrongTurnError where nothing is owed any more.
    """
    Suggestion.objects.locked(milestone.suggestion_id)
    milestone = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    if not may_settle(milestone, by):
        raise PermissionDenied
    if not milestone.is_owed:
        raise WrongTurnError(f"{milestone!r} is settled, or was never reached")
    if not (words := mask(tidy(words))):
        raise ValueError("settling a threshold needs words")
    milestone.settled_at, milestone.settled_by, milestone.words = clock.now(), by, words
    milestone.save(update_fields=["settled_at", "settled_by", "words"])
    return milestone
