"""The verbs of the desk: keep a draft, throw it away, send what was written."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import actions
from channels_app.models import Message, Reply
from desk.models import Draft, Writing
from lifecycle import clock
from people.models import User


@transaction.atomic
def keep_draft(message: Message, *, kind: str, words: Mapping[str, str], by: User) -> Draft | None:
    """Keep what was typed; None where there is nothing to keep, or nobody to keep it about.

    Who empties every field has thrown the draft away.
    """
    if not message.may_be_written_on_by(by):
        raise PermissionDenied
    held = {name: typed for name, typed in words.items() if typed.strip()}
    if not held:
        Draft.objects.filter(message=message, by=by).delete()
    if not held or message.is_erased or message.office is None:
        return None
    columns = {"office": message.office, "kind": kind, "words": held, "at": clock.now()}
    return Draft.objects.update_or_create(message=message, by=by, defaults=columns)[0]


@transaction.atomic
def drop_draft(draft: Draft, *, by: User) -> None:
    """Throw it away; safe to run twice."""
    if not draft.may_be_used_by(by):
        raise PermissionDenied
    Draft.objects.filter(pk=draft.pk).delete()


@transaction.atomic
def send(message: Message, typed: Mapping[str, Any], *, by: User) -> Reply:
    """Send what was written, by the action of its kind; its draft has served.

    The drafts of colleagues are theirs: an answer can be taken back, and a case be appealed.
    """
    reply = _written(message, typed, by)
    Draft.objects.filter(message=message, by=by).delete()
    return reply


def _written(message: Message, typed: Mapping[str, Any], by: User) -> Reply:
    said: dict[str, Any] = {"text": typed["answer"], "by": by, "version": typed["version"]}
    match typed["kind"]:
        case Writing.PROMISING:
            return actions.promise(message, finish_on=typed["finish_on"], **said)
        case Writing.INTERIM:
            return actions.put_off(message, until=typed["until"], **said)
        case Writing.PROGRESS:
            return actions.report_progress(message, **said)
        case Writing.QUESTION:
            return actions.ask_back(message, **said)
        case Writing.DECLINED:
            names = ("ground", "reason", "next_door", "will_do")
            refusal = actions.Refusal(**{name: typed[name] for name in names})
            return actions.answer(message, outcome=typed["kind"], refusal=refusal, **said)
    return actions.answer(message, outcome=typed["kind"], **said)
