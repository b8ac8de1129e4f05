"""Bring a file of voices: keep it sealed while it is looked at, then take in its good rows."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction

from channels_app import rules_entering, sealing
from channels_app.actions.entering import enter
from channels_app.actions.receiving import Said
from channels_app.models import Sheet
from channels_app.models.on_behalf import channels_of
from channels_app.text.normal import tidy
from lifecycle import clock
from lifecycle.models import digest
from people.models import User

log = logging.getLogger(__name__)
CHUNK = 100  # rows of one transaction
Found = tuple[str, dict[str, Any]]  # the name of a problem and what it is about


@dataclass(frozen=True)
class Line:
    """One row of a file: what was said, or what is wrong with it."""

    number: int
    said: Said | None = None
    wrong: list[Found] = field(default_factory=list)


@transaction.atomic
def bring(
    text: str, *, name: str, channel: str, rows: int, wrong: Sequence[Line], by: User
) -> Sheet:
    """Keep what was found in a file, and its words sealed until somebody says: take them in.

    A file that was taken in before gives what was found then, whoever brings it; one that waits
    to be taken in is as it was brought last.
    """
    if channel not in channels_of(by):
        raise PermissionDenied
    found = {
        "by": by,
        "at": clock.now(),
        "name": tidy(name)[:100],
        "channel": channel,
        "sealed": sealing.seal(text),
        "rows": rows,
        "wrong": [[line.number, line.wrong] for line in wrong],
    }
    sheet, _is_new = Sheet.objects.select_for_update().get_or_create(
        digest=digest(text), defaults=found
    )
    if sheet.is_gone or not sheet.is_wanted:
        Sheet.objects.filter(pk=sheet.pk).update(**found)
    return Sheet.objects.get(pk=sheet.pk)


@transaction.atomic
def want(sheet: Sheet, *, by: User) -> Sheet:
    """Take the good rows in from now on; safe to say twice."""
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if not sheet.may_be_seen_by(by):
        raise PermissionDenied
    if sheet.sealed and not sheet.is_wanted:
        sheet.asked_at = clock.now()
        sheet.save(update_fields=["asked_at"])
    return sheet


@transaction.atomic
def take_in(sheet: Sheet, *, read: Callable[[Sheet], Iterable[Line]], most: int = CHUNK) -> Sheet:
    """The next rows of a wanted file, in one transaction; somebody else at it leaves it to them.

    `read` gives the rows that are left. Every row has a key of its own, so that none is ever
    taken in twice.
    """
    found = Sheet.objects.to_take_in().filter(pk=sheet.pk)
    locked = found.select_for_update(skip_locked=True, of=("self",)).first()
    if locked is None:
        return Sheet.objects.get(pk=sheet.pk)
    wrong, chunk = locked.problems, list(islice(read(locked), most))
    for line in chunk:
        code, problem = _take(locked, line)
        if problem:
            wrong[line.number] = problem
        else:
            locked.taken.append([line.number, code])
    locked.done += len(chunk)
    locked.wrong = sorted([number, found] for number, found in wrong.items())
    if locked.done >= locked.rows or not chunk:
        locked.ended_at, locked.sealed = clock.now(), ""
    locked.save(update_fields=["done", "wrong", "taken", "ended_at", "sealed"])
    return locked


@transaction.atomic
def give_up(sheet: Sheet, *, by: User) -> Sheet:
    """Stop taking in a file that can't be finished; what was taken in stays."""
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if not (sheet.may_be_seen_by(by) or by.may_operate):
        raise PermissionDenied
    if sheet.is_wanted and not sheet.is_over:
        sheet.ended_at, sheet.sealed = clock.now(), ""
        sheet.save(update_fields=["ended_at", "sealed"])
    return sheet


def forget_sheets() -> int:
    """Blank the words of files that were looked through and then left lying."""
    late = Sheet.lying_since(rules_entering.SHEET_KEPT.value())
    return Sheet.objects.left_lying(since=late).update(sealed="")


def _take(sheet: Sheet, line: Line) -> tuple[str, list[Found]]:
    """Its receipt number, or what is wrong with it. One poisoned row stops no other."""
    if line.said is None:
        return "", line.wrong
    try:
        with transaction.atomic():
            message = enter(line.said, by=sheet.by, client_key=sheet.key_of(line.number))
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        log.warning("row %d of sheet %s: %s", line.number, sheet.pk, type(problem).__name__)
        return "", [("failed", {})]
    return message.code, []
