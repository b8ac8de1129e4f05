"""False supports go out of the count by a rule, in bulk, with a public note; and come back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import rules
from suggestions.actions.counting import closing_of_window, latch, most_voices, wake
from suggestions.actions.stating import move_stating
from suggestions.actions.supporting import record
from suggestions.models import (
    Cluster,
    Invalidation,
    Milestone,
    PaperSignatures,
    Suggestion,
    Support,
    SupportChange,
    Threshold,
)
from suggestions.models.supports import SupportQuerySet
from suggestions.states import Cause, SuggestionStatus, SupportState


@transaction.atomic
def invalidate(
    suggestion: Suggestion, supports: SupportQuerySet, *, rule: str, public_note: str, by: User
) -> Invalidation:
    """Those of these supports that count don't count any more; `rule` says which they are.

    Raises ValueError without a public note, WrongTurnError where none of them counts.
    """
    suggestion = _for_moderator(suggestion, by)
    if not (public_note := mask(tidy(public_note))):
        raise ValueError("taking supports out of the count needs a public note")
    counting = supports.counting().filter(suggestion=suggestion)
    rows = list(counting.select_for_update(of=("self",)).order_by("id"))
    if not rows:
        raise WrongTurnError(f"{suggestion!r}: none of these counts")
    made = Invalidation.objects.create(
        suggestion=suggestion,
        rule=rule[:200],
        public_note=public_note,
        people=len(rows),
        by=by,
        at=clock.now(),
    )
    _turn_all(rows, SupportState.INVALIDATED, by=by, invalidation=made)
    return made


@transaction.atomic
def revalidate(made: Invalidation, *, by: User) -> Invalidation:
    """That was wrong: each of them counts again, but for those whose address was erased since.

    Safe to press twice.
    """
    _for_moderator(made.suggestion, by)
    made = Invalidation.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if made.undone_at is None:
        invalid = made.supports.filter(state=SupportState.INVALIDATED, contact__erased_at=None)
        rows = list(invalid.select_for_update(of=("self",)).order_by("id"))
        _turn_all(rows, SupportState.VALID, by=by, invalidation=None)
        made.undone_at, made.undone_by = clock.now(), by
        made.save(update_fields=["undone_at", "undone_by"])
    return made


def _turn_all(rows: list[Support], to: str, *, by: User, invalidation: Invalidation | None) -> None:
    """The rows are locked, and all in the same state."""
    changes = []
    for row in rows:
        came_from, row.state = row.state, to
        changes.append(record(row, came_from, by=by))
    held = Support.objects.filter(pk__in=[row.pk for row in rows])
    held.update(state=to, invalidation=invalidation)
    SupportChange.objects.bulk_create(changes)


def may_be_unlatched(suggestion: Suggestion) -> bool:
    """Supports were false, all is counted, and fewer than the threshold are left.

    Its own, and those of the cluster that it leads: either may have reached the threshold.
    """
    together = [suggestion, *Cluster.objects.beside(suggestion)]
    if not Invalidation.objects.filter(suggestion__in=together, undone_at=None).exists():
        return False
    uncounted = SupportChange.objects.filter(suggestion__in=together, counted=False).exists()
    return not uncounted and most_voices(suggestion) < rules.ANSWER_AT.value()


@transaction.atomic
def unlatch(suggestion: Suggestion, *, words: str, by: User) -> Suggestion:
    """So many supports were false that the threshold was never reached: it gathers support again.

    The only way back over a threshold; its note is public. Raises WrongTurnError unless supports
    were taken out of the count and fewer people than the threshold are left.
    """
    suggestion = _for_moderator(suggestion, by)
    voices = most_voices(suggestion)
    if not may_be_unlatched(suggestion):
        raise WrongTurnError(f"{suggestion!r}: the threshold stands")
    crossed = Milestone.objects.filter(suggestion=suggestion, undone_at=None)
    never_reached = Q(people__gt=voices) | Q(threshold=Threshold.ANSWER)
    crossed.filter(never_reached).update(undone_at=clock.now())
    move_stating(
        suggestion,
        SuggestionStatus.OPEN,
        words=words,
        by=by,
        only_from={SuggestionStatus.UNDER_REVIEW},
        cause=Cause.FALSE,
        reached_at=None,
        office=Office.objects.listening_team(),
        due_at=closing_of_window(suggestion),
    )
    return suggestion


@transaction.atomic
def enter_paper(suggestion: Suggestion, *, people: int, words: str, by: User) -> PaperSignatures:
    """So many people signed on paper; counted apart, and at once.

    Raises ValueError without words, WrongTurnError where it is not screened, or over.
    """
    suggestion = _for_moderator(suggestion, by)
    if not suggestion.may_be_signed:
        raise WrongTurnError(f"{suggestion!r} takes no signatures now")
    if people < 1 or not (words := tidy(words)):
        raise ValueError("signatures on paper need their number and where they come from")
    made = PaperSignatures.objects.create(
        suggestion=suggestion, people=people, words=mask(words)[:200], by=by, at=clock.now()
    )
    suggestion.on_paper += people
    suggestion.save(update_fields=["on_paper"])
    latch(suggestion, suggestion.voices)
    if suggestion.status == SuggestionStatus.DORMANT:
        wake(suggestion)
    Cluster.objects.of(suggestion).update(changed=True)
    return made


@transaction.atomic
def take_paper_back(made: PaperSignatures, *, by: User) -> PaperSignatures:
    """Counted or entered wrongly. Safe to press twice."""
    suggestion = _for_moderator(made.suggestion, by)
    made = PaperSignatures.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if made.taken_back_at is None:
        made.taken_back_at, made.taken_back_by = clock.now(), by
        made.save(update_fields=["taken_back_at", "taken_back_by"])
        suggestion.on_paper -= made.people
        suggestion.save(update_fields=["on_paper"])
    return made


def _for_moderator(suggestion: Suggestion, by: User) -> Suggestion:
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_moderated_by(by):
        raise PermissionDenied
    return suggestion
