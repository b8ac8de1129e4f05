"""Meet: called with an agenda, held, and within days everyone can read what was said."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import rules_of_committees as rules
from suggestions.actions.calling_on import call_on_seats
from suggestions.models import Attendance, Committee, Meeting, Seat
from suggestions.models.meetings import minutes_due
from suggestions.states_of_committees import CommitteeCause, CommitteeStatus

WAKES = {CommitteeStatus.ACTIVE, CommitteeStatus.DORMANT}


@transaction.atomic
def call_meeting(
    committee: Committee, *, starts_at: datetime, place: str, agenda: str, by: User
) -> Meeting:
    """Everyone can read when, where and about what; its members get a mail."""
    committee = _run(committee, by)
    place, agenda = mask(tidy(place)), mask(tidy(agenda))
    if committee.is_final:
        raise WrongTurnError(f"{committee!r} is closed")
    if not place or not agenda:
        raise ValueError("a meeting needs a place and an agenda")
    call_on_seats(committee)
    return Meeting.objects.create(
        committee=committee,
        starts_at=starts_at,
        place=place,
        agenda=agenda,
        minutes_due_at=minutes_due(starts_at),
        called_at=clock.now(),
        called_by=by,
    )


@transaction.atomic
def call_off(meeting: Meeting, *, why: str, by: User) -> Meeting:
    """It does not take place; everyone can read why, and its members get a mail."""
    meeting = _held(meeting, by)
    if not (why := mask(tidy(why))):
        raise ValueError("calling off needs a reason")
    if meeting.called_off_at is not None or meeting.published_at is not None:
        raise WrongTurnError(f"{meeting!r} can't be called off now")
    meeting.called_off_at, meeting.why_off = clock.now(), why[:200]
    meeting.save(update_fields=["called_off_at", "why_off"])
    call_on_seats(meeting.committee)
    return meeting


@transaction.atomic
def publish_minutes(
    meeting: Meeting, *, minutes: str, present: Iterable[Seat], by: User
) -> Meeting:
    """What was said, and who came. The committee's time without a meeting begins anew."""
    meeting = _held(meeting, by)
    if not (minutes := mask(tidy(minutes))):
        raise ValueError("minutes need words")
    if not meeting.owes_minutes:
        raise WrongTurnError(f"{meeting!r} owes no minutes")
    meeting.minutes, meeting.published_at = minutes, clock.now()
    meeting.save(update_fields=["minutes", "published_at"])
    theirs = Seat.objects.filter(
        committee=meeting.committee_id, pk__in=[seat.pk for seat in present]
    )
    Attendance.objects.bulk_create(Attendance(meeting=meeting, seat=seat) for seat in theirs)
    _met(Committee.objects.locked(meeting.committee_id), meeting, by, minutes)
    return meeting


def _met(committee: Committee, meeting: Meeting, by: User, minutes: str) -> None:
    """Only a meeting later than the one known counts; a committee that sleeps wakes up."""
    if committee.met_at is not None and committee.met_at >= meeting.starts_at:
        return
    if committee.status not in WAKES:
        Committee.objects.filter(pk=committee.pk).update(met_at=meeting.starts_at)
        return
    committee.move(
        CommitteeStatus.ACTIVE,
        by=by,
        cause=CommitteeCause.MET,
        public_text=minutes,
        due_at=workdays.end_of_days(meeting.starts_at, rules.MEET_DAYS.value()),
        met_at=meeting.starts_at,
    )


def _run(committee: Committee, by: User) -> Committee:
    committee = Committee.objects.locked(committee.pk)
    if not committee.may_be_run_by(by):
        raise PermissionDenied
    return committee


def _held(meeting: Meeting, by: User) -> Meeting:
    """Under the lock of its committee."""
    _run(meeting.committee, by)
    return Meeting.objects.select_related("committee").get(pk=meeting.pk)
