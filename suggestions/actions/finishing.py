"""Finish: done means done only once somebody who asked for it agrees, or nobody objects in time.

Its author and the citizens of its committee judge by their private links: the link is the proof,
so those verbs take no `by`.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.validators import URLValidator
from django.db import transaction

from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from channels_app.text.tone import tone_of
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import rules_answering
from suggestions.actions.answering import in_the_name_of
from suggestions.actions.calling_on import call_on_seats
from suggestions.actions.convening import committee_of
from suggestions.models import Claim, Dispute, Judge, Result, Suggestion
from suggestions.states import Cause, SuggestionStatus
from suggestions.states_of_committees import Side

WEB_ADDRESS = URLValidator(schemes=["https", "http"])


@transaction.atomic
def claim_done(
    suggestion: Suggestion,
    *,
    result: str,
    text: str,
    by: User,
    address: str = "",
    version: int | None = None,
) -> Claim:
    """By the head, with evidence that everyone may check; from now on citizens may object.

    Raises ValueError without evidence in words, ValidationError for an address that is none.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_decided_by(by):
        raise PermissionDenied
    if not (text := mask(tidy(text))):
        raise ValueError("a claim needs evidence in words")
    if address:
        WEB_ADDRESS(address)
    office, moment = in_the_name_of(suggestion, by), clock.now()
    step = suggestion.move(
        SuggestionStatus.CLAIMED_DONE,
        by=by,
        only_from={SuggestionStatus.IMPLEMENTING},
        version=version,
        public_text="\n".join(part for part in (text, address) if part),
        due_at=workdays.end_of_days(moment, rules_answering.SILENT_DAYS.value()),
    )
    call_on_seats(committee_of(suggestion), sides=(Side.CITIZEN,))
    return Claim.objects.create(
        suggestion=suggestion,
        step_id=step.pk,
        result=Result(result),
        text=text,
        address=address,
        office=office,
        by=by,
        at=moment,
    )


@transaction.atomic
def confirm_done(suggestion: Suggestion, *, judge: str = Judge.AUTHOR) -> Suggestion:
    """ "Yes, it is done": by its author, or a citizen of its committee. Safe to press twice."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if _is_confirmed(suggestion):
        return suggestion
    _confirm(suggestion, Judge(judge))
    return suggestion


def _is_confirmed(suggestion: Suggestion) -> bool:
    done = suggestion.status in (SuggestionStatus.IMPLEMENTED, SuggestionStatus.EVALUATED)
    return done and suggestion.claims.filter(confirmed_at__isnull=False).exists()


@transaction.atomic
def confirm_by_silence(suggestion: Suggestion) -> Suggestion:
    """Nobody objected in time. Safe to run twice, or late."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if Suggestion.objects.claimed_without_dispute().filter(pk=suggestion.pk).exists():
        _confirm(suggestion, Judge.NOBODY, cause=Cause.SILENT)
    return suggestion


def _confirm(suggestion: Suggestion, judge: str, **move: Any) -> None:
    """From now on the listening team owes the survey, and in the end its evaluation."""
    moment = clock.now()
    suggestion.move(
        SuggestionStatus.IMPLEMENTED,
        by=None,
        only_from={SuggestionStatus.CLAIMED_DONE},
        office=Office.objects.listening_team(),
        due_at=workdays.end_of_days(moment, rules_answering.SURVEY_AFTER.value()),
        done_at=moment,
        **move,
    )
    claim = newest_claim(suggestion)
    claim.confirmed_at, claim.confirmed_by = moment, judge
    claim.save(update_fields=["confirmed_at", "confirmed_by"])


@transaction.atomic
def dispute_done(
    suggestion: Suggestion, *, text: str, judge: str = Judge.AUTHOR, flood: bool = False
) -> Dispute:
    """ "No, it is not done": back to the office, under a new date; both statements stay public.

    Words of a harsh tone, or of what the door calls a `flood`, are for the office alone. Of a
    citizen's seat only the masked words are kept. Raises ValueError without words.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not (text := tidy(text)):
        raise ValueError("a dispute needs words")
    if suggestion.status != SuggestionStatus.CLAIMED_DONE:
        raise WrongTurnError(f"{suggestion!r}: nobody claims that it is done")
    masked, claim, moment = mask(text), newest_claim(suggestion), clock.now()
    public = not flood and not tone_of(text)
    due_at = workdays.end_of_days(moment, rules_answering.DISPUTED_DAYS.value())
    suggestion.move(
        SuggestionStatus.IMPLEMENTING,
        by=None,
        cause=Cause.DISPUTED,
        due_at=due_at,
        finish_at=due_at,
        public_text=masked if public else "",
    )
    judge = Judge(judge)
    own = text if judge == Judge.AUTHOR else ""  # whose erasure finds it by the message
    return Dispute.objects.create(
        claim=claim, judge=judge, text=own, masked_text=masked, public=public, at=moment
    )


def newest_claim(suggestion: Suggestion) -> Claim:
    """The one that is judged now."""
    return suggestion.claims.select_related("suggestion__department").latest("at", "id")
