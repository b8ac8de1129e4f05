"""Adopt or drop: a department's head alone, or a committee in which a citizen concurs."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.models import Ground
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import rules_of_committees as rules
from suggestions.actions.answering import keep, must_be_own
from suggestions.actions.calling_on import call_on_seats
from suggestions.actions.convening import committee_of, sits_for
from suggestions.actions.planning import Planned, add_item, finish_of
from suggestions.actions.stating import move_stating
from suggestions.models import (
    AnswerOutcome,
    Committee,
    DropProposal,
    Mandate,
    Obstacle,
    Opinion,
    Seat,
    Suggestion,
)
from suggestions.states import Cause, SuggestionStatus
from suggestions.states_of_committees import TAKING, Side


def may_be_sent_by(suggestion: Suggestion, user: User) -> bool:
    """To a committee: the listening team, or the head of its department."""
    return user.is_listening or user.heads(suggestion.department)


def may_be_adopted_directly_by(suggestion: Suggestion, user: User) -> bool:
    """Without a committee: the head of its department alone."""
    return suggestion.department is not None and user.heads(suggestion.department)


def may_be_decided_by(suggestion: Suggestion, user: User) -> bool:
    """Adopted or dropped by its committee: an officer who sits in it."""
    committee = committee_of(suggestion)
    return committee is not None and committee.may_decide_by(user)


def may_be_worked_on_by(suggestion: Suggestion, user: User) -> bool:
    """Begun, blocked, unblocked: whoever is in charge of it."""
    return user.holds(suggestion.office)


@transaction.atomic
def send_to_committee(
    suggestion: Suggestion,
    *,
    to: Committee,
    reason: str,
    by: User,
    version: int | None = None,
) -> Suggestion:
    """Officers, civic groups and experts decide about it together; the reason is public.

    Raises WrongTurnError where the committee is not at work, or a side of it is missing.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not may_be_sent_by(suggestion, by):
        raise PermissionDenied
    committee = Committee.objects.locked(to.pk)
    if committee.status not in TAKING or committee.missing_sides():
        raise WrongTurnError(f"{committee!r} can't take {suggestion!r} now")
    step = move_stating(
        suggestion,
        SuggestionStatus.IN_COMMITTEE,
        words=reason,
        by=by,
        only_from={SuggestionStatus.UNDER_REVIEW, SuggestionStatus.DISCUSSED},
        version=version,
        office=committee.office,
        due_at=workdays.end_of_days(clock.now(), rules.DECIDE_DAYS.value()),
    )
    keep(suggestion, step, outcome=AnswerOutcome.IN_COMMITTEE, words=step.statement.text, by=by)
    Mandate.objects.create(suggestion=suggestion, committee=committee, since=clock.now())
    return suggestion


@transaction.atomic
def adopt_directly(
    suggestion: Suggestion,
    items: Sequence[Planned],
    *,
    words: str,
    by: User,
    version: int | None = None,
) -> Suggestion:
    """Its department does it, and reports by itself. Raises ValueError without an action item."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not may_be_adopted_directly_by(suggestion, by):
        raise PermissionDenied
    suggestion.must_stand_at(version)
    if suggestion.status != SuggestionStatus.UNDER_REVIEW:
        raise WrongTurnError(f"{suggestion!r} is not under review")
    Mandate.objects.create(suggestion=suggestion, since=clock.now())
    return _adopt(suggestion, items, words=words, by=by, office=suggestion.department)


@transaction.atomic
def adopt(
    suggestion: Suggestion,
    items: Sequence[Planned] = (),
    *,
    words: str,
    by: User,
    version: int | None = None,
) -> Suggestion:
    """The committee says yes. Raises ValueError without an action item, its office and date."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not may_be_decided_by(suggestion, by):
        raise PermissionDenied
    suggestion.must_stand_at(version)
    if suggestion.status != SuggestionStatus.IN_COMMITTEE:
        raise WrongTurnError(f"{suggestion!r} is in no committee")
    DropProposal.objects.filter(suggestion=suggestion, settled_at=None).update(
        settled_at=clock.now()
    )
    return _adopt(suggestion, items, words=words, by=by)


def _adopt(
    suggestion: Suggestion, items: Sequence[Planned], *, words: str, by: User, **move: Any
) -> Suggestion:
    for planned in items:
        add_item(suggestion, planned, by=by)
    if (finish := finish_of(suggestion)) is None:
        raise ValueError("adopting needs an action item with an office and a date")
    step = move_stating(
        suggestion,
        SuggestionStatus.ADOPTED,
        words=words,
        by=by,
        due_at=finish,
        finish_at=finish,
        first_finish_at=suggestion.first_finish_at or finish,
        interims=0,
        **move,
    )
    keep(suggestion, step, outcome=AnswerOutcome.ADOPTED, words=step.statement.text, by=by)
    return suggestion


@transaction.atomic
def start_work(
    suggestion: Suggestion, *, words: str, by: User, version: int | None = None
) -> Suggestion:
    """What was adopted is begun."""
    suggestion = _worked_on(suggestion, by)
    move_stating(
        suggestion,
        SuggestionStatus.IMPLEMENTING,
        words=words,
        by=by,
        only_from={SuggestionStatus.ADOPTED},
        version=version,
    )
    return suggestion


@transaction.atomic
def block(
    suggestion: Suggestion, *, code: str, words: str, by: User, version: int | None = None
) -> Suggestion:
    """Something stands in the way; everyone can read what, and the date stays."""
    suggestion = _worked_on(suggestion, by)
    if suggestion.obstacles.filter(cleared_at=None).exists():
        raise WrongTurnError(f"{suggestion!r} is blocked already")
    step = move_stating(
        suggestion,
        SuggestionStatus.IMPLEMENTING,
        words=words,
        by=by,
        only_from={SuggestionStatus.IMPLEMENTING},
        version=version,
        cause=Cause.BLOCKED,
    )
    Obstacle.objects.create(
        suggestion=suggestion, code=Ground(code), words=step.statement.text, at=clock.now(), by=by
    )
    return suggestion


@transaction.atomic
def unblock(
    suggestion: Suggestion, *, words: str, by: User, version: int | None = None
) -> Suggestion:
    """Nothing stands in the way any more."""
    suggestion = _worked_on(suggestion, by)
    held = suggestion.obstacles.filter(cleared_at=None)
    if not held.exists():
        raise WrongTurnError(f"{suggestion!r} is not blocked")
    move_stating(
        suggestion,
        SuggestionStatus.IMPLEMENTING,
        words=words,
        by=by,
        only_from={SuggestionStatus.IMPLEMENTING},
        version=version,
        cause=Cause.UNBLOCKED,
    )
    held.update(cleared_at=clock.now())
    return suggestion


@transaction.atomic
def propose_drop(
    suggestion: Suggestion, *, ground: str, words: str, alternative: str, next_door: str, by: User
) -> DropProposal:
    """The committee wants to say no: why, what the city does all the same, the next door.

    Nothing changes yet: its citizens are asked first. Raises ValueError where a part is missing.
    """
    suggestion = _in_committee(suggestion, by)
    if DropProposal.objects.filter(suggestion=suggestion, settled_at=None).exists():
        raise WrongTurnError(f"{suggestion!r}: that is proposed already")
    said = [mask(tidy(part)) for part in (words, alternative, next_door)]
    if not all(said):
        raise ValueError("a no needs a reason, an alternative and a next door")
    must_be_own(said[0])
    proposal = DropProposal.objects.create(
        suggestion=suggestion,
        ground=Ground(ground),
        words=said[0],
        alternative=said[1],
        next_door=said[2],
        by=by,
        at=clock.now(),
    )
    call_on_seats(committee_of(suggestion), sides=(Side.CITIZEN,))
    return proposal


@transaction.atomic
def say_opinion(proposal: DropProposal, *, seat: Seat, concurs: bool, words: str) -> Opinion:
    """A citizen of the committee, by the private link; they may think anew until it is settled."""
    Suggestion.objects.locked(proposal.suggestion_id)
    proposal = DropProposal.objects.select_related("suggestion").get(pk=proposal.pk)
    if not sits_for(proposal.suggestion, seat):
        raise PermissionDenied
    if proposal.settled_at is not None:
        raise WrongTurnError(f"{proposal!r} is settled")
    said = {"concurs": concurs, "words": mask(tidy(words)), "at": clock.now()}
    opinion, _is_new = Opinion.objects.update_or_create(proposal=proposal, seat=seat, defaults=said)
    return opinion


@transaction.atomic
def take_drop_back(proposal: DropProposal, *, by: User) -> DropProposal:
    """The committee goes on with it after all."""
    _in_committee(proposal.suggestion, by)
    open_ones = DropProposal.objects.filter(pk=proposal.pk, settled_at=None)
    if not open_ones.update(settled_at=clock.now()):
        raise WrongTurnError(f"{proposal!r} is settled")
    return DropProposal.objects.get(pk=proposal.pk)


@transaction.atomic
def drop(suggestion: Suggestion, *, by: User, version: int | None = None) -> Suggestion:
    """The committee says no. Raises WrongTurnError unless a citizen who sits in it concurs."""
    suggestion = _in_committee(suggestion, by)
    proposal = DropProposal.objects.filter(suggestion=suggestion, settled_at=None).first()
    if proposal is None or not concurring(proposal):
        raise WrongTurnError(f"{suggestion!r}: no citizen of the committee concurs")
    say_no(suggestion, proposal, by=by, version=version)
    DropProposal.objects.filter(pk=proposal.pk).update(settled_at=clock.now())
    Mandate.objects.filter(suggestion=suggestion, until=None).update(until=clock.now())
    return suggestion


def concurring(proposal: DropProposal) -> list[Seat]:
    """Which citizens of the committee agree with the proposed "no", and still sit in it."""
    opinions = proposal.opinions.filter(concurs=True).select_related("seat")
    return [one.seat for one in opinions if sits_for(proposal.suggestion, one.seat)]


def say_no(
    suggestion: Suggestion, proposal: DropProposal, *, by: User, version: int | None = None
) -> None:
    """The "no" itself, with all three parts for everyone; the suggestion is locked."""
    step = move_stating(
        suggestion,
        SuggestionStatus.DECLINED,
        words="\n\n".join((proposal.words, proposal.alternative, proposal.next_door)),
        by=by,
        only_from={SuggestionStatus.IN_COMMITTEE},
        version=version,
        ended_at=clock.now(),
    )
    keep(
        suggestion,
        step,
        outcome=AnswerOutcome.DECLINED,
        words=proposal.words,
        by=by,
        blocker=proposal.ground,
        alternative=proposal.alternative,
        next_door=proposal.next_door,
    )


def _in_committee(suggestion: Suggestion, by: User) -> Suggestion:
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not may_be_decided_by(suggestion, by):
        raise PermissionDenied
    if suggestion.status != SuggestionStatus.IN_COMMITTEE:
        raise WrongTurnError(f"{suggestion!r} is in no committee")
    return suggestion


def _worked_on(suggestion: Suggestion, by: User) -> Suggestion:
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not may_be_worked_on_by(suggestion, by):
        raise PermissionDenied
    return suggestion
