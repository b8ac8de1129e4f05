"""Sleep and wake: what gathers too little support in its time, and how it gets out of it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from lifecycle import clock, workdays
from people.models import Office, User
from suggestions import rules
from suggestions.actions.counting import closing_of_window, owed_by_office, review
from suggestions.actions.stating import move_stating
from suggestions.models import Suggestion
from suggestions.states import SUPPORTABLE, Cause, SuggestionStatus


@transaction.atomic
def fall_asleep(suggestion: Suggestion) -> Suggestion:
    """Its time for support is over; a petition is answered all the same. Safe to run twice."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not Suggestion.objects.window_closed().filter(pk=suggestion.pk).exists():
        return suggestion
    if suggestion.is_petition:
        review(suggestion, cause=Cause.STATUTE)
    else:
        suggestion.move(
            SuggestionStatus.DORMANT,
            by=None,
            cause=Cause.WINDOW,
            office=Office.objects.listening_team(),
            due_at=workdays.end_of_days(clock.now(), rules.SLEEP_DAYS.value()),
        )
    return suggestion


@transaction.atomic
def look_again(suggestion: Suggestion) -> Suggestion:
    """Asleep for long: it stands on the rescue list once more. Safe to run twice, or late."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    due_at = suggestion.due_at
    if suggestion.status == SuggestionStatus.DORMANT and due_at and due_at <= clock.now():
        suggestion.move(
            SuggestionStatus.DORMANT,
            by=None,
            cause=Cause.FOLLOW_UP,
            due_at=workdays.end_of_days(clock.now(), rules.SLEEP_DAYS.value()),
        )
    return suggestion


@transaction.atomic
def rescue(
    suggestion: Suggestion, *, reason: str, by: User, version: int | None = None
) -> Suggestion:
    """A moderator gives it more time for support, and says why."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_moderated_by(by):
        raise PermissionDenied
    move_stating(
        suggestion,
        SuggestionStatus.OPEN,
        words=reason,
        by=by,
        only_from=SUPPORTABLE,
        version=version,
        cause=Cause.RESCUED,
        due_at=closing_of_window(suggestion),
    )
    return suggestion


@transaction.atomic
def pick(
    suggestion: Suggestion, *, reason: str, by: User, version: int | None = None
) -> Suggestion:
    """The office has to answer, though too few support it yet; the reason is public.

    Thresholds are sufficient, never necessary.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_picked_by(by):
        raise PermissionDenied
    move_stating(
        suggestion,
        SuggestionStatus.UNDER_REVIEW,
        words=reason,
        by=by,
        only_from=SUPPORTABLE,
        version=version,
        cause=Cause.PICKED,
        **owed_by_office(suggestion),
    )
    return suggestion


@transaction.atomic
def assign(
    suggestion: Suggestion,
    *,
    to: Office,
    by: User,
    reason: str = "",
    version: int | None = None,
) -> Suggestion:
    """Another office shall answer; under review it takes the date along.

    Raises WrongTurnError once that date has passed: then it is answered.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_assigned_by(by) or to.closed:
        raise PermissionDenied
    suggestion.must_be_in_time()
    reviewed = suggestion.status == SuggestionStatus.UNDER_REVIEW
    suggestion.move(
        suggestion.status,
        by=by,
        only_from={*SUPPORTABLE, SuggestionStatus.UNDER_REVIEW},
        version=version,
        cause=Cause.ASSIGNED,
        note=reason,
        office=to if reviewed else None,
        department=to,
    )
    return suggestion
