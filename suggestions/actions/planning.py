"""Plan: action items, each with an office and a date; the finish date follows the latest one."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from channels_app.models import Ground
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions.actions.stating import move_stating
from suggestions.models import ActionItem, Suggestion
from suggestions.models.items import WHOLE
from suggestions.states import DATED, REPORTED, Cause
from suggestions.states_of_committees import Horizon, ItemCause, ItemStatus


@dataclass(frozen=True)
class Planned:
    """One thing to be done: by which office, until which day."""

    title: str
    office: Office
    due_on: date
    horizon: str = Horizon.IMMEDIATE
    weight: int = 1
    partners: str = ""


def may_plan(suggestion: Suggestion, user: User) -> bool:
    """Whoever is in charge of it: its office, or the one that leads its committee."""
    return user.holds(suggestion.office)


@transaction.atomic
def plan_item(suggestion: Suggestion, planned: Planned, *, by: User) -> ActionItem:
    """One more thing to be done. A finish date that moves with it is said in its title."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not may_plan(suggestion, by):
        raise PermissionDenied
    if suggestion.status not in REPORTED:
        raise WrongTurnError(f"{suggestion!r} takes no action items now")
    item = add_item(suggestion, planned, by=by)
    settle_finish(suggestion, words=item.title, by=by)
    return item


def add_item(suggestion: Suggestion, planned: Planned, *, by: User) -> ActionItem:
    """The row, under the lock of its suggestion."""
    if not (title := mask(tidy(planned.title))):
        raise ValueError("an action item needs words")
    if planned.office.closed:
        raise PermissionDenied
    due_at = _in_time(planned.due_on)
    item = ActionItem(
        suggestion=suggestion,
        title=title[:200],
        partners=mask(tidy(planned.partners))[:200],
        horizon=Horizon(planned.horizon),
        weight=planned.weight,
        office=planned.office,
        first_due_at=due_at,
        due_at=due_at,
        planned_at=clock.now(),
    )
    item.save(force_insert=True)
    item.begin(by=by, public_text=item.title)
    return item


@transaction.atomic
def start_item(item: ActionItem, *, by: User, version: int | None = None) -> ActionItem:
    """Its office works on it, for the first time or again."""
    _suggestion, item = _held(item, by)
    item.move(
        ItemStatus.UNDER_WAY,
        by=by,
        only_from={ItemStatus.UNDER_REVIEW, ItemStatus.LONG_TERM, ItemStatus.BLOCKED},
        version=version,
        blocker="",
        why="",
    )
    return item


@transaction.atomic
def report_item(
    item: ActionItem, *, percent: int, by: User, version: int | None = None
) -> ActionItem:
    """How far it is. Raises ValueError for what is no share, or says "done"."""
    if not 0 <= percent < WHOLE:
        raise ValueError("a share is between 0 and 99; what is whole is done")
    _suggestion, item = _held(item, by)
    item.move(
        ItemStatus.UNDER_WAY,
        by=by,
        only_from={ItemStatus.UNDER_WAY},
        version=version,
        cause=ItemCause.PROGRESS,
        percent=percent,
    )
    return item


@transaction.atomic
def finish_item(
    item: ActionItem, *, words: str, by: User, version: int | None = None
) -> ActionItem:
    """It is done; `words` say what there is now."""
    suggestion, item = _held(item, by)
    item.move(
        ItemStatus.DONE,
        by=by,
        version=version,
        public_text=(words := _said(words)),
        percent=WHOLE,
        why=words,
        ended_at=clock.now(),
    )
    settle_finish(suggestion, words=words, by=by)
    return item


@transaction.atomic
def move_item(
    item: ActionItem, *, due_on: date, words: str, by: User, version: int | None = None
) -> ActionItem:
    """Another date; the first one and the number of moves stay, the reason is public."""
    suggestion, item = _held(item, by)
    due_at = _in_time(due_on)
    item.move(
        item.status,
        by=by,
        only_from={ItemStatus.UNDER_REVIEW, ItemStatus.UNDER_WAY, ItemStatus.BLOCKED},
        version=version,
        cause=ItemCause.MOVED,
        public_text=(words := _said(words)),
        due_at=due_at,
        moves=item.moves + (item.due_at is not None and due_at > item.due_at),
    )
    settle_finish(suggestion, words=words, by=by)
    return item


@transaction.atomic
def hand_item_over(
    item: ActionItem, *, to: Office, words: str, by: User, version: int | None = None
) -> ActionItem:
    """Another office is accountable for it from now on; the date stays."""
    if to.closed:
        raise PermissionDenied
    _suggestion, item = _held(item, by)
    item.move(
        item.status,
        by=by,
        only_from=_open_ones(),
        version=version,
        cause=ItemCause.HANDED,
        note=_said(words),
        office=to,
    )
    return item


@transaction.atomic
def block_item(
    item: ActionItem, *, blocker: str, words: str, by: User, version: int | None = None
) -> ActionItem:
    """Something stands in the way; `start_item` goes on."""
    _suggestion, item = _held(item, by)
    item.move(
        ItemStatus.BLOCKED,
        by=by,
        only_from={ItemStatus.UNDER_WAY},
        version=version,
        public_text=(words := _said(words)),
        blocker=Ground(blocker),
        why=words,
    )
    return item


@transaction.atomic
def postpone_item(
    item: ActionItem, *, due_on: date, words: str, by: User, version: int | None = None
) -> ActionItem:
    """Into the long-term review, until a day on which it is looked at again."""
    suggestion, item = _held(item, by)
    due_at = _in_time(due_on)
    item.move(
        ItemStatus.LONG_TERM,
        by=by,
        only_from={ItemStatus.UNDER_REVIEW, ItemStatus.UNDER_WAY},
        version=version,
        public_text=(words := _said(words)),
        horizon=Horizon.LONG_TERM,
        due_at=due_at,
        moves=item.moves + (item.due_at is not None and due_at > item.due_at),
        why=words,
    )
    settle_finish(suggestion, words=words, by=by)
    return item


@transaction.atomic
def cancel_item(
    item: ActionItem, *, words: str, by: User, version: int | None = None
) -> ActionItem:
    """It will not be done; the reason is public. What was adopted keeps at least one item."""
    suggestion, item = _held(item, by)
    others = suggestion.items.exclude(pk=item.pk).exclude(status=ItemStatus.CANCELLED)
    if suggestion.status in DATED and not others.exists():
        raise WrongTurnError(f"{item!r} is the last one of {suggestion!r}")
    item.move(
        ItemStatus.CANCELLED,
        by=by,
        version=version,
        public_text=(words := _said(words)),
        blocker="",
        why=words,
        ended_at=clock.now(),
    )
    settle_finish(suggestion, words=words, by=by)
    return item


def settle_finish(suggestion: Suggestion, *, words: str, by: User) -> None:
    """Its finish date is the latest date of an open item; a later one counts as moved.

    Raises PermissionDenied for who may not put it off: as with an answer, two times by the office
    in charge, from then on by its head.
    """
    if suggestion.status not in DATED:
        return
    latest = finish_of(suggestion)
    if latest is None or latest == suggestion.finish_at:
        return
    later = suggestion.finish_at is not None and latest > suggestion.finish_at
    if later and not suggestion.may_be_put_off_by(by):
        raise PermissionDenied
    move_stating(
        suggestion,
        suggestion.status,
        words=words,
        by=by,
        cause=Cause.INTERIM if later else Cause.PLANNED,
        due_at=latest,
        finish_at=latest,
        first_finish_at=suggestion.first_finish_at or latest,
        moves=suggestion.moves + later,
        interims=suggestion.interims + later,
    )


def may_be_due(suggestion: Suggestion, day: date, user: User) -> bool:
    """Whether this officer may date something of it so, though the finish date moved with it."""
    finish = suggestion.finish_at
    moves = suggestion.status in DATED and finish is not None and workdays.close_of(day) > finish
    return not moves or suggestion.may_be_put_off_by(user)


def finish_of(suggestion: Suggestion) -> datetime | None:
    """The latest date of what is still open."""
    found: datetime | None = suggestion.items.open().aggregate(at=Max("due_at"))["at"]
    return found


def _held(item: ActionItem, by: User) -> tuple[Suggestion, ActionItem]:
    """Both, under the lock of the suggestion; in time, and this officer's."""
    suggestion = Suggestion.objects.locked(item.suggestion_id)
    item = ActionItem.objects.locked(item.pk)
    item.suggestion = suggestion
    if not item.may_be_kept_by(by):
        raise PermissionDenied
    if suggestion.status not in REPORTED:
        raise WrongTurnError(f"{suggestion!r} is not worked on now")
    return suggestion, item


def _open_ones() -> Set[Any]:
    return {
        ItemStatus.UNDER_REVIEW,
        ItemStatus.UNDER_WAY,
        ItemStatus.LONG_TERM,
        ItemStatus.BLOCKED,
    }


def _in_time(day: date) -> datetime:
    """Close of business on this day. Raises ValueError for a day that is over."""
    due_at = workdays.close_of(day)
    if due_at <= clock.now():
        raise ValueError("a date has to lie ahead")
    return due_at


def _said(words: str) -> str:
    if not (words := mask(tidy(words))):
        raise ValueError("this step of an action item needs words for everyone")
    return words
