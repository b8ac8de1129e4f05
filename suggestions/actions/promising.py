"""Promise: what somebody says for the city is written down, taken on by an office, and settled."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.validators import URLValidator
from django.db import transaction

from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from people.models import Office, User
from suggestions import rules_answering
from suggestions.models import Promise, SaidAt, Suggestion
from suggestions.states_of_promises import ENDS, PromiseStatus

WEB_ADDRESS = URLValidator(schemes=["https", "http"])


@dataclass(frozen=True)
class Spoken:
    """The words, and where everyone can find them: `second` is the moment in a recording."""

    words: str
    said_on: date
    said_at: str = SaidAt.OTHER
    source: str = ""
    address: str = ""
    second: int | None = None
    language: str = "ko"

    def columns(self) -> dict[str, Any]:
        """As everyone may read it. Raises ValueError without words, or for a day to come."""
        if not (words := mask(tidy(self.words))) or self.said_on > clock.seoul().date():
            raise ValueError("a promise needs its words, and a day on which they were said")
        if self.address:
            WEB_ADDRESS(self.address)
        return {
            "words": words,
            "said_on": self.said_on,
            "said_at": SaidAt(self.said_at).value,
            "source": mask(tidy(self.source))[:200],
            "address": self.address,
            "second": self.second,
            "language": self.language,
        }


def may_make(speaker: Office, user: User) -> bool:
    """Written down: by whoever acts for the speaker's office, or the listening team."""
    return user.holds(speaker) or user.is_listening


@transaction.atomic
def make_promise(
    spoken: Spoken, *, speaker: Office, by: User, suggestion: Suggestion | None = None
) -> Promise:
    """It stands on the public list from now on; an office has to take it on in time."""
    if not may_make(speaker, by):
        raise PermissionDenied
    moment = clock.now()
    due_at = workdays.due_after(moment, rules_answering.TAKE_ON_DAYS.value())
    return _begin(spoken.columns(), speaker, due_at, by=by, suggestion=suggestion)


def _begin(
    columns: dict[str, Any],
    speaker: Office,
    due_at: datetime,
    *,
    by: User,
    suggestion: Suggestion | None,
    replaces: Promise | None = None,
) -> Promise:
    promise = Promise(
        speaker=speaker,
        office=speaker,
        due_at=due_at,
        suggestion=suggestion,
        replaces=replaces,
        made_at=clock.now(),
        **columns,
    )
    promise.save(force_insert=True)
    promise.begin(by=by, public_text=promise.words)
    return promise


@transaction.atomic
def accept(
    promise: Promise, *, office: Office, finish_on: date, by: User, version: int | None = None
) -> Promise:
    """The head of an office takes it on, and names the day."""
    promise = Promise.objects.locked(promise.pk)
    if not by.heads(office) or office.closed:
        raise PermissionDenied
    promise.move(
        PromiseStatus.ACCEPTED,
        by=by,
        only_from={PromiseStatus.MADE},
        version=version,
        office=office,
        due_at=_close_of(finish_on),
    )
    return promise


@transaction.atomic
def settle_promise(
    promise: Promise, *, end: str, words: str, by: User, version: int | None = None
) -> Promise:
    """Kept, partly kept or broken, and how everyone can see it.

    Raises ValueError without words, or for what is no end of a promise.
    """
    promise = Promise.objects.locked(promise.pk)
    if not promise.may_be_settled_by(by):
        raise PermissionDenied
    if end not in ENDS:
        raise ValueError(end)
    _end(promise, end, words, by=by, version=version)
    return promise


@transaction.atomic
def change(
    promise: Promise,
    spoken: Spoken,
    *,
    reason: str,
    finish_on: date,
    by: User,
    version: int | None = None,
) -> Promise:
    """Another promise takes its place, other words or another day; the reason is public.

    Returns the new one, taken on by the same office; the old one stays on the list.
    """
    promise = Promise.objects.locked(promise.pk)
    if not promise.may_be_settled_by(by):
        raise PermissionDenied
    office, due_at = promise.office, _close_of(finish_on)
    _end(promise, PromiseStatus.CHANGED, reason, by=by, version=version)
    new = _begin(
        spoken.columns(),
        promise.speaker,
        due_at,
        by=by,
        suggestion=promise.suggestion,
        replaces=promise,
    )
    new.move(PromiseStatus.ACCEPTED, by=by, office=office)
    return new


def _end(promise: Promise, to: str, words: str, *, by: User, version: int | None) -> None:
    if not (words := mask(tidy(words))):
        raise ValueError("the end of a promise needs words")
    promise.move(
        to,
        by=by,
        version=version,
        public_text=words,
        end_words=words,
        ended_at=clock.now(),
    )


def _close_of(day: date) -> datetime:
    """Raises ValueError for a day that is over."""
    if (moment := workdays.close_of(day)) <= clock.now():
        raise ValueError("a promise is to be kept on a day to come")
    return moment
