"""Appeal: its author minds a decision, once; somebody else decides about it."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import Office, OfficeKind, User
from suggestions import rules
from suggestions.actions.counting import owed_by_office
from suggestions.actions.telling import tell_author
from suggestions.models import Appeal, Suggestion, SuggestionStep
from suggestions.states import Cause, SuggestionStatus

# Where an upheld appeal leads from each status it can be about.
LEADS_TO = {
    SuggestionStatus.REFUSED: SuggestionStatus.SUBMITTED,
    SuggestionStatus.DECLINED: SuggestionStatus.UNDER_REVIEW,
    SuggestionStatus.IN_PLACE: SuggestionStatus.UNDER_REVIEW,
}


def may_be_appealed(suggestion: Suggestion) -> bool:
    """Its author may still say why that is wrong: once against each decision, in time."""
    if suggestion.status not in LEADS_TO or suggestion.ended_at is None:
        return False
    until = suggestion.ended_at + timedelta(days=rules.APPEAL_WITHIN.value())
    known = suggestion.appeals.filter(against=suggestion.status)
    return clock.now() <= until and not known.exists()


@transaction.atomic
def appeal(suggestion: Suggestion, *, text: str) -> Appeal:
    """By its author, by the private link. Raises WrongTurnError where its time is over."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not (text := tidy(text)):
        raise ValueError("an appeal needs words")
    if not may_be_appealed(suggestion):
        raise WrongTurnError(f"{suggestion!r} can't be appealed now")
    moment = clock.now()
    return Appeal.objects.create(
        suggestion=suggestion,
        against=suggestion.status,
        text=text,
        masked_text=mask(text),
        office=judge_of(suggestion),
        at=moment,
        due_at=workdays.due_after(moment, rules.APPEAL_DAYS.value()),
    )


def judge_of(suggestion: Suggestion) -> Office:
    """About what is not shown: the listening team; about an office's no: the head above.

    That is above whoever heads the office, for nobody decides about their own decision; above
    all are the mayor and, for what the mayor's office decided, the listening team.
    """
    if suggestion.status == SuggestionStatus.REFUSED or suggestion.office is None:
        return Office.objects.listening_team()
    decided = suggestion.office.headed_by or suggestion.office
    mayor = Office.objects.filter(kind=OfficeKind.MAYOR, closed=False).order_by("pk").first()
    if decided.parent is not None and decided.parent.headed_by is not None:
        return decided.parent.headed_by
    return mayor if mayor is not None and mayor != decided else Office.objects.listening_team()


def may_decide(appeal: Appeal, user: User) -> bool:
    """Never whoever took the decision or worded it; another moderator, or the head above."""
    steps = SuggestionStep.objects.filter(root=appeal.suggestion_id, to_status=appeal.against)
    if steps.filter(by=user).exists():
        return False
    if appeal.against == SuggestionStatus.REFUSED:
        return appeal.suggestion.may_be_moderated_by(user)
    return user.heads(appeal.office)


@transaction.atomic
def uphold(appeal: Appeal, *, reason: str, by: User) -> Appeal:
    """Its author was right: the suggestion is looked at again, under a new clock."""
    suggestion, appeal = _open_one(appeal, by)
    reason = _said(reason)
    suggestion.move(
        LEADS_TO[SuggestionStatus(appeal.against)],
        by=by,
        only_from={SuggestionStatus(appeal.against)},
        cause=Cause.UPHELD,
        public_text=reason,
        ended_at=None,
        **_owed_anew(suggestion, appeal),
    )
    decided = _decide(appeal, upheld=True, reason=reason, by=by)
    tell_author(suggestion)
    return decided


def _owed_anew(suggestion: Suggestion, appeal: Appeal) -> dict[str, Any]:
    """Another moderator looks at what was not shown; the office answers again what it declined."""
    if appeal.against != SuggestionStatus.REFUSED:
        return owed_by_office(suggestion)
    due_at = workdays.due_after(clock.now(), rules.SCREEN_DAYS.value())
    return {"office": Office.objects.centre(), "due_at": due_at, "not_shown": ""}


@transaction.atomic
def reject(appeal: Appeal, *, reason: str, by: User) -> Appeal:
    """The decision stands; the reason is public."""
    suggestion, appeal = _open_one(appeal, by)
    decided = _decide(appeal, upheld=False, reason=_said(reason), by=by)
    tell_author(suggestion)
    return decided


def _said(reason: str) -> str:
    """As everyone may read it. Raises ValueError where there is nothing to read."""
    if not (reason := mask(tidy(reason))):
        raise ValueError("deciding about an appeal needs a reason")
    return reason


def _open_one(appeal: Appeal, by: User) -> tuple[Suggestion, Appeal]:
    suggestion = Suggestion.objects.locked(appeal.suggestion_id)
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    if not may_decide(appeal, by):
        raise PermissionDenied
    if not appeal.is_open:
        raise WrongTurnError(f"{appeal!r} is decided")
    return suggestion, appeal


def _decide(appeal: Appeal, *, upheld: bool, reason: str, by: User) -> Appeal:
    appeal.upheld, appeal.reason = upheld, reason
    appeal.decided_at, appeal.decided_by = clock.now(), by
    appeal.save(update_fields=["upheld", "reason", "decided_at", "decided_by"])
    return appeal
