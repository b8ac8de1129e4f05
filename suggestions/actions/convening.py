"""Convene: a committee is formed, seats are taken, it works, and it ends or lives on."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import actions as message_actions
from channels_app import sealing
from channels_app.models import Confirmation, Contact, ContactKind
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import rules_of_committees as rules
from suggestions.models import Committee, Mandate, Opinion, Seat, Suggestion
from suggestions.models.committees import day_of
from suggestions.states import REPORTED, SuggestionStatus
from suggestions.states_of_committees import (
    REPORTING,
    CommitteeCause,
    CommitteeStatus,
    ReportStatus,
    Side,
)

PURPOSE = "seat"


@dataclass(frozen=True)
class Founding:
    """What a committee is called, and what it is for, in both languages; `slug` its address."""

    slug: str
    name_ko: str
    name_en: str
    purpose_ko: str
    purpose_en: str


def may_form(user: User, office: Office) -> bool:
    """The listening team for any office; an office for itself."""
    return user.is_listening or user.holds(office)


@transaction.atomic
def form_committee(
    founding: Founding, *, office: Office, occasion: Suggestion, by: User
) -> Committee:
    """A committee led by this office, for this suggestion first; its office sits in it at once."""
    if not may_form(by, office) or office.closed or not occasion.is_public:
        raise PermissionDenied
    moment = clock.now()
    committee = Committee(
        slug=founding.slug,
        name_ko=tidy(founding.name_ko),
        name_en=tidy(founding.name_en),
        purpose_ko=mask(tidy(founding.purpose_ko)),
        purpose_en=mask(tidy(founding.purpose_en)),
        occasion=occasion,
        office=office,
        formed_at=moment,
        due_at=workdays.end_of_days(moment, rules.FORM_DAYS.value()),
    )
    committee.save(force_insert=True)
    committee.begin(by=by, public_text=f"{committee.name_ko}\n{committee.purpose_ko}")
    _seat(committee, Side.OFFICER, office=office, accepted_at=moment)
    return committee


@transaction.atomic
def seat_office(committee: Committee, *, office: Office, by: User) -> Seat:
    """Another office sits in it; whoever holds the office speaks for it."""
    committee = _run(committee, by)
    if office.closed:
        raise PermissionDenied
    known = committee.seats.filter(office=office, until__isnull=True).first()
    return known or _seat(committee, Side.OFFICER, office=office, accepted_at=clock.now())


@dataclass(frozen=True)
class Person:
    """Who shall sit: for which side, from where, and whether everyone may read the name."""

    side: str
    name: str
    organisation: str = ""
    shown: bool = False
    language: str = "ko"
    term_ends_on: date | None = None


@transaction.atomic
def seat_person(committee: Committee, person: Person, *, consent: str, by: User) -> Seat:
    """Somebody who agreed in person or on paper: `consent` says how. They sit at once."""
    committee = _run(committee, by)
    if not (consent := tidy(consent)):
        raise ValueError("a seat needs to say how its person agreed")
    moment = clock.now()
    return _seat(committee, Side(person.side), person=person, consent=consent, accepted_at=moment)


@transaction.atomic
def invite_to_seat(committee: Committee, person: Person, *, address: str, by: User) -> Seat:
    """Ask somebody by mail; they sit once they accept from there. Safe to ask again."""
    committee = _run(committee, by)
    contact = Contact.objects.reached_by(ContactKind.MAIL, address)
    seat = committee.seats.filter(contact=contact, until__isnull=True).first()
    if seat is None:
        seat = _seat(committee, Side(person.side), person=person, contact=contact)
    if seat.accepted_at is None:
        asked = message_actions.ask_to_confirm(
            committee.occasion.topic,
            contact,
            purpose=PURPOSE,
            language=person.language,
            most=rules.INVITATIONS.value(),
        )
        if asked is not None:
            seat.confirmation = asked
            seat.save(update_fields=["confirmation"])
    return seat


@transaction.atomic
def accept_seat(asked: Confirmation, *, shown: bool) -> Seat:
    """ "Yes, I will sit", by the link in the mail. Safe to press twice."""
    asked = message_actions.confirm_act(asked)
    seat = _seat_of(Seat.objects.get(confirmation=asked))
    if seat.until is not None:
        raise WrongTurnError(f"{seat!r} is given up")
    if seat.accepted_at is None:
        seat.accepted_at, seat.shown = clock.now(), shown
        seat.save(update_fields=["accepted_at", "shown"])
    return seat


@transaction.atomic
def give_up_seat(seat: Seat, *, by: User | None) -> Seat:
    """Its person leaves (`by` is None: by a link), or its term is over."""
    if by is not None:
        _run(seat.committee, by)
    seat = _seat_of(seat)
    if seat.until is None:
        seat.until = clock.now()
        seat.save(update_fields=["until"])
    return seat


@transaction.atomic
def forget_seat(seat: Seat) -> Seat:
    """Its person leaves and takes name, address and words along; that there was a seat stays."""
    seat = _seat_of(give_up_seat(seat, by=None))
    seat.name, seat.organisation, seat.consent = "", "", ""
    seat.shown, seat.contact, seat.nonce = False, None, sealing.fresh_nonce()
    seat.save()
    Opinion.objects.filter(seat=seat).update(words="")
    return seat


@transaction.atomic
def activate(committee: Committee, *, by: User, version: int | None = None) -> Committee:
    """It is complete and begins to work. Raises WrongTurnError while a side is missing."""
    committee = _run(committee, by)
    if missing := committee.missing_sides():
        raise WrongTurnError(f"{committee!r} lacks {missing}")
    moment = clock.now()
    committee.move(
        CommitteeStatus.ACTIVE,
        by=by,
        only_from={CommitteeStatus.FORMING},
        version=version,
        due_at=workdays.end_of_days(moment, rules.MEET_DAYS.value()),
        reports_from=day_of(moment),
    )
    return committee


@transaction.atomic
def fall_silent(committee: Committee) -> Committee:
    """It has not met for long; everyone can read that. Safe to run twice, or late."""
    committee = Committee.objects.locked(committee.pk)
    if Committee.objects.silent().filter(pk=committee.pk).exists():
        slept = committee.status == CommitteeStatus.DORMANT
        committee.move(
            CommitteeStatus.DORMANT,
            by=None,
            cause=CommitteeCause.FOLLOW_UP if slept else "",
            due_at=workdays.end_of_days(clock.now(), rules.MEET_DAYS.value()),
        )
    return committee


@transaction.atomic
def begin_closing(committee: Committee, *, by: User, version: int | None = None) -> Committee:
    """It takes nothing new, and reports until all it has is done."""
    committee = _run(committee, by)
    committee.move(
        CommitteeStatus.CLOSING,
        by=by,
        version=version,
        due_at=workdays.end_of_days(clock.now(), rules.CLOSE_DAYS.value()),
    )
    return committee


@transaction.atomic
def close_committee(
    committee: Committee, *, words: str, lives_on: bool, by: User, version: int | None = None
) -> Committee:
    """Nothing is owed any more, or WrongTurnError is raised; its last words are public.

    `lives_on`: its members go on as a network, without the city's duties.
    """
    committee = _run(committee, by)
    if owed := what_keeps_open(committee):
        raise WrongTurnError(f"{committee!r}: {owed}")
    if not (words := mask(tidy(words))):
        raise ValueError("closing a committee needs words for everyone")
    committee.move(
        CommitteeStatus.CLOSED,
        by=by,
        version=version,
        public_text=words,
        last_words=words,
        lives_on=lives_on,
        ended_at=clock.now(),
    )
    return committee


def what_keeps_open(committee: Committee) -> list[str]:
    """Why it can't close yet: "suggestions", "reports", "minutes"."""
    unfinished = {*REPORTED, SuggestionStatus.CLAIMED_DONE}
    kept = {
        "suggestions": committee.mandates.filter(
            until__isnull=True, suggestion__status__in=unfinished
        ),
        "reports": committee.reports.exclude(status=ReportStatus.PUBLISHED),
        "minutes": committee.meetings.without_minutes(),
    }
    return [name for name, rows in kept.items() if rows.exists()]


def committee_of(suggestion: Suggestion) -> Committee | None:
    """Which committee carries it; None where none does, or an office alone."""
    held = Mandate.objects.filter(suggestion=suggestion, until__isnull=True)
    mandate = held.select_related("committee__office").first()
    return mandate.committee if mandate else None


def sits_for(suggestion: Suggestion, seat: Seat) -> bool:
    """Whether this seat speaks for the citizens in the committee that carries the suggestion."""
    committee = committee_of(suggestion)
    return (
        seat.side == Side.CITIZEN
        and seat.is_sitting
        and committee is not None
        and seat.committee_id == committee.pk
    )


def _run(committee: Committee, by: User) -> Committee:
    """Locked, open, and this officer's to run."""
    committee = Committee.objects.locked(committee.pk)
    if not committee.may_be_run_by(by):
        raise PermissionDenied
    if committee.status not in {*REPORTING, CommitteeStatus.FORMING}:
        raise WrongTurnError(f"{committee!r} is closed")
    return committee


def _seat_of(seat: Seat) -> Seat:
    """Under the lock of its committee."""
    Committee.objects.locked(seat.committee_id)
    return Seat.objects.select_related("committee", "office").get(pk=seat.pk)


def _seat(
    committee: Committee, side: Side, *, person: Person | None = None, **columns: object
) -> Seat:
    if (person is None) != (side == Side.OFFICER):
        raise ValueError("officers sit for an office, everybody else in person")
    if person is not None:
        if not (name := tidy(person.name)):
            raise ValueError("a person needs a name")
        columns |= {
            "name": name,
            "organisation": tidy(person.organisation),
            "shown": person.shown,
            "language": person.language,
            "term_ends_on": person.term_ends_on,
        }
    made: Seat = Seat.objects.create(committee=committee, side=side, since=clock.now(), **columns)
    return made
