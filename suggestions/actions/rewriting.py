"""Rewrite: its author, or who writes along, publishes a new version; every version stays."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import actions as message_actions
from channels_app import rules as message_rules
from channels_app.models import HeldReason, HiddenReason, Topic
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from channels_app.text.titles import title_of
from channels_app.text.tone import is_harsh
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import talk_rules
from suggestions.actions.telling import tell_author
from suggestions.models import CoAuthor, Compared, Suggestion, Version
from suggestions.states import REWRITABLE, Cause
from suggestions.talk_states import WordState

ONE_DAY = timedelta(days=1)


def keep_version(
    suggestion: Suggestion, text: str, *, coauthor: CoAuthor | None = None, held: str = ""
) -> Version:
    """Write down the next wording; the suggestion is locked, or new."""
    newest = suggestion.versions.order_by("-number").values_list("number", flat=True).first()
    masked, moment = mask(text), clock.now()
    return Version.objects.create(
        suggestion=suggestion,
        number=(newest or 0) + 1,
        title=title_of(masked),
        text=text,
        masked_text=masked,
        coauthor=coauthor,
        at=moment,
        state=WordState.HELD if held else WordState.SHOWN,
        held_reason=held,
        due_at=message_rules.decide_by(moment) if held else None,
    )


def leave_unread(suggestion: Suggestion) -> None:
    """Nobody could read the wordings so far, and nobody shall: its author corrects them."""
    suggestion.versions.update(state=WordState.HIDDEN, hidden_reason=HiddenReason.AUTHOR)


@transaction.atomic
def rewrite(suggestion: Suggestion, *, text: str, coauthor: CoAuthor | None = None) -> Version:
    """A new version, by the private link of its author or of who writes along.

    Everyone reads it at once, unless a word in it needs a person's eye or too many came today:
    then it waits. Raises ValueError without new words, WrongTurnError where its time is over.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if coauthor is not None and not _writes_along(coauthor, suggestion):
        raise PermissionDenied
    if not may_be_rewritten(suggestion):
        raise WrongTurnError(f"{suggestion!r}: its text stands")
    text = tidy(text)
    if not text or mask(text) == suggestion.masked_text:
        raise ValueError("a new version needs new words")
    version = keep_version(suggestion, text, coauthor=coauthor, held=_held(suggestion, text))
    if version.is_shown:
        _put_in_force(suggestion, version, by=None)
    return version


def may_be_rewritten(suggestion: Suggestion) -> bool:
    """No office has to answer yet, so nobody's answer is about other words than they read."""
    return suggestion.status in REWRITABLE and suggestion.is_public


def _writes_along(coauthor: CoAuthor, suggestion: Suggestion) -> bool:
    """As the row stands now: the author may have parted from them in this moment."""
    coauthor = CoAuthor.objects.select_for_update(of=("self",)).get(pk=coauthor.pk)
    return coauthor.writes_along and coauthor.suggestion_id == suggestion.pk


def _held(suggestion: Suggestion, text: str) -> str:
    if is_harsh(text):
        return HeldReason.TONE
    today = suggestion.versions.filter(at__gt=clock.now() - ONE_DAY, number__gt=1)
    return HeldReason.BURST if today.count() >= talk_rules.VERSIONS.value() else ""


def _put_in_force(suggestion: Suggestion, version: Version, *, by: User | None) -> None:
    """What everyone reads from now on; followers are told by the step. The row is locked."""
    suggestion.move(
        suggestion.status,
        by=by,
        only_from=REWRITABLE,
        cause=Cause.REWRITTEN,
        public_text=f"{version.title}\n{version.masked_text}",
        title=version.title,
        masked_text=version.masked_text,
    )
    Topic.objects.filter(pk=suggestion.topic_id).update(
        title=version.title, text=version.masked_text
    )
    Compared.objects.filter(suggestion=suggestion).delete()


@transaction.atomic
def show_version(version: Version, *, by: User) -> Version:
    """A moderator lets it through: a co-author is told by mail, all others by the step.

    Raises WrongTurnError where a newer one is read already.
    """
    suggestion, version = _undecided(version, by)
    newer = suggestion.versions.shown().filter(number__gt=version.number)
    if newer.exists():
        raise WrongTurnError(f"{version!r}: everyone reads a newer one")
    version.become(WordState.SHOWN, due_at=None, decided_at=clock.now(), decided_by=by)
    _put_in_force(suggestion, version, by=by)
    _tell_coauthor(version)
    return version


@transaction.atomic
def hide_version(version: Version, *, reason: str, by: User) -> Version:
    """It is not shown; whoever wrote it reads the reason, and the text before it stays."""
    suggestion, version = _undecided(version, by)
    version.become(
        WordState.HIDDEN,
        hidden_reason=HiddenReason(reason),
        due_at=None,
        decided_at=clock.now(),
        decided_by=by,
    )
    if version.coauthor is None:
        tell_author(suggestion)
    _tell_coauthor(version)
    return version


def _tell_coauthor(version: Version) -> None:
    if version.coauthor is not None and version.coauthor.confirmation is not None:
        message_actions.tell_decision(version.coauthor.confirmation)


def _undecided(version: Version, by: User) -> tuple[Suggestion, Version]:
    suggestion = Suggestion.objects.locked(version.suggestion_id)
    if not suggestion.may_be_moderated_by(by):
        raise PermissionDenied
    version = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if not version.is_held:
        raise WrongTurnError(f"{version!r} is decided")
    return suggestion, version
