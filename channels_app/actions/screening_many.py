"""Screen many at once: a flood of the same words is one decision, reported row by row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from channels_app import rules
from channels_app.actions.readership import decide_all
from channels_app.actions.screening import set_aside
from channels_app.models import HiddenReason, Message, Publication, SetAsideReason
from channels_app.states import MessageStatus
from lifecycle import clock
from lifecycle.bulk import move_all
from people.models import Office, User


class Verdict(models.TextChoices):
    """What an officer decides about what is held, reported or decided before."""

    SHOW = "show", _("Show")
    HIDE = "hide", _("Hide")
    SET_ASIDE = "set_aside", _("Set aside")
    RESTORE = "restore", _("Take up again")


@dataclass(frozen=True)
class Screened:
    """What became of each: those decided now, and those somebody else was faster with."""

    went: Sequence[Message]
    overtaken: Sequence[Message]


Decide = Callable[[Sequence[Message], str, User], None]


@transaction.atomic
def screen_all(
    messages: Iterable[Message], verdict: str, *, by: User, reason: str = ""
) -> Screened:
    """Decide on all of them as they were read; a row that has changed since stays as it is.

    One transaction. `reason` as for the single act. Raises PermissionDenied where not one of
    them is this officer's business.
    """
    decide = DECIDE[Verdict(verdict)]
    seen = {message.pk: message for message in messages}
    rows = Message.objects.select_related("contact").all_locked(seen)
    own = [row for row in rows if row.may_be_screened_by(by)]
    if rows and not own:
        raise PermissionDenied
    went = [row for row in own if _stands_as(seen[row.pk], row) and FITS[verdict](row)]
    decide(went, reason, by)
    done = {row.pk for row in went}
    return Screened(went, [row for row in rows if row.pk not in done])


def _stands_as(seen: Message, row: Message) -> bool:
    """Nobody has decided or reported, moved or restored it since it was read."""
    names = ("status", "publication", "publication_due_at", "screened_at")
    return all(getattr(seen, name) == getattr(row, name) for name in names)


def _may_be_shown(row: Message) -> bool:
    unseen = row.is_held or row.is_hidden or row.is_reported
    return unseen and row.status != MessageStatus.SET_ASIDE and not row.is_gone


def _may_be_hidden(row: Message) -> bool:
    return row.wants_public and (row.is_public or row.is_undecided)


def _show(rows: Sequence[Message], reason: str, by: User) -> None:
    for to, some in groupby(sorted(rows, key=attrgetter("shown_as")), attrgetter("shown_as")):
        decide_all(list(some), to, by=by)


def _hide(rows: Sequence[Message], reason: str, by: User) -> None:
    decide_all(rows, Publication.HIDDEN, reason=HiddenReason(reason), by=by)


def _set_aside(rows: Sequence[Message], reason: str, by: User) -> None:
    """Those that others are joined to, or that wait for their author, go one by one."""
    reason = SetAsideReason(reason)
    leads = set(Message.objects.filter(lead__in=rows).values_list("lead_id", flat=True))
    for row in rows:
        if row.pk in leads or row.is_waiting_for_author:
            set_aside(row, reason=reason, by=by)
    alone = [row for row in rows if row.pk not in leads and not row.is_waiting_for_author]
    Message.objects.filter(pk__in=[row.pk for row in alone]).update(
        set_aside_reason=reason,
        publication_due_at=None,
        screened_at=clock.now(),
        screened_by=by,
    )
    _all_must_move(alone, MessageStatus.SET_ASIDE, by=by)


def _restore(rows: Sequence[Message], reason: str, by: User) -> None:
    _all_must_move(rows, MessageStatus.RECEIVED, by=by, office=Office.objects.centre())
    restored = Message.objects.filter(pk__in=[row.pk for row in rows])
    restored.update(set_aside_reason="", screened_at=None, screened_by=None)
    open_again = [row.pk for row in rows if row.is_open_question]
    restored.filter(pk__in=open_again).update(publication_due_at=rules.decide_by(clock.now()))


def _all_must_move(
    rows: Sequence[Message], to: str, *, by: User, office: Office | None = None
) -> None:
    """The rows are locked and fit: where one is refused all the same, nothing is done."""
    for problem in move_all(rows, to, by=by, office=office).refused.values():
        raise problem


FITS: Mapping[str, Callable[[Message], bool]] = {
    Verdict.SHOW: _may_be_shown,
    Verdict.HIDE: _may_be_hidden,
    Verdict.SET_ASIDE: lambda row: row.is_waiting and not row.is_appeal,
    Verdict.RESTORE: lambda row: row.status == MessageStatus.SET_ASIDE and not row.is_gone,
}
DECIDE: Mapping[str, Decide] = {
    Verdict.SHOW: _show,
    Verdict.HIDE: _hide,
    Verdict.SET_ASIDE: _set_aside,
    Verdict.RESTORE: _restore,
}
