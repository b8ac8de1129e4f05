"""Sum up: when the review starts, its office writes what the discussion came to; all read it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock
from people.models import User
from suggestions.models import Suggestion, Summary
from suggestions.states import Cause, SuggestionStatus


@transaction.atomic
def sum_up(
    suggestion: Suggestion,
    *,
    arguments_for: str,
    arguments_against: str,
    improvements: str,
    by: User,
    version: int | None = None,
) -> Summary:
    """Write the one summary, or write it anew; the step keeps the digest of its words.

    Raises ValueError without any words, WrongTurnError before the review and after it, or once
    its date has passed.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not may_sum_up(suggestion, by):
        raise PermissionDenied
    suggestion.must_be_in_time()
    summary = Summary(
        suggestion=suggestion,
        arguments_for=mask(tidy(arguments_for)),
        arguments_against=mask(tidy(arguments_against)),
        improvements=mask(tidy(improvements)),
        comments=suggestion.comments.shown().count(),
        office=by.acting_for(suggestion.office),
        by=by,
        at=clock.now(),
    )
    if not summary.text:
        raise ValueError("a summary needs words")
    suggestion.move(
        SuggestionStatus.UNDER_REVIEW,
        by=by,
        only_from={SuggestionStatus.UNDER_REVIEW},
        version=version,
        cause=Cause.SUMMED_UP,
        public_text=summary.text,
    )
    summary.save()
    return summary


def may_sum_up(suggestion: Suggestion, user: User) -> bool:
    """The office that answers, or the listening team."""
    return user.is_listening or user.holds(suggestion.office)
