"""Screen: what everyone may read, what goes back to its author, what is no suggestion."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import actions as message_actions
from channels_app.models import Kind
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import rules
from suggestions.actions.rewriting import keep_version, leave_unread
from suggestions.actions.taking_up import open_to_support
from suggestions.actions.telling import tell_author
from suggestions.models import NotShown, Suggestion
from suggestions.states import Cause, SuggestionStatus


@transaction.atomic
def publish(suggestion: Suggestion, *, by: User, version: int | None = None) -> Suggestion:
    """Everyone may read and support it."""
    suggestion = _for_moderator(suggestion, by)
    suggestion.must_stand_at(version)
    return open_to_support(suggestion, by=by)


@transaction.atomic
def refuse(
    suggestion: Suggestion, *, reason: str, words: str, by: User, version: int | None = None
) -> Suggestion:
    """It is not shown; its author is told why, in `words` too, and may appeal once.

    Raises ValueError without words: a code alone explains nothing.
    """
    suggestion = _for_moderator(suggestion, by)
    suggestion.move(
        SuggestionStatus.REFUSED,
        by=by,
        version=version,
        note=_said(words),
        not_shown=NotShown(reason),
        ended_at=clock.now(),
    )
    tell_author(suggestion)
    return suggestion


@transaction.atomic
def send_back(
    suggestion: Suggestion, *, reason: str, words: str, by: User, version: int | None = None
) -> Suggestion:
    """Its author may correct it in the Rulebook's days; `words` say what is missing."""
    suggestion = _for_moderator(suggestion, by)
    suggestion.move(
        SuggestionStatus.RETURNED,
        by=by,
        version=version,
        note=_said(words),
        due_at=workdays.end_of_days(clock.now(), rules.CORRECT_DAYS.value()),
        not_shown=NotShown(reason),
    )
    tell_author(suggestion)
    return suggestion


@transaction.atomic
def correct(suggestion: Suggestion, *, text: str) -> Suggestion:
    """Its author wrote it anew, by the private link; a moderator looks again."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not (text := tidy(text)):
        raise ValueError("a correction needs words")
    moment = clock.now()
    leave_unread(suggestion)
    written = keep_version(suggestion, text)
    suggestion.move(
        SuggestionStatus.SUBMITTED,
        by=None,
        only_from={SuggestionStatus.RETURNED},
        cause=Cause.CORRECTED,
        office=Office.objects.centre(),
        due_at=workdays.due_after(moment, rules.SCREEN_DAYS.value()),
        title=written.title,
        masked_text=written.masked_text,
        not_shown="",
    )
    return suggestion


@transaction.atomic
def redirect(
    suggestion: Suggestion,
    *,
    words: str,
    by: User,
    kind: str = Kind.COMPLAINT,
    version: int | None = None,
) -> Suggestion:
    """No suggestion but a complaint or a question: an office answers it, under a new clock."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not by.is_at_centre:
        raise PermissionDenied
    suggestion.move(
        SuggestionStatus.REDIRECTED, by=by, version=version, note=_said(words), ended_at=clock.now()
    )
    message_actions.put_back(suggestion.message, by=by, kind=kind, note=words)
    return suggestion


@transaction.atomic
def withdraw(suggestion: Suggestion) -> Suggestion:
    """Its author takes it back, by the private link.

    Raises WrongTurnError where others support it already: it is theirs too by then.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not may_withdraw(suggestion):
        raise WrongTurnError(f"{suggestion!r}: others support it, or it is decided")
    suggestion.move(SuggestionStatus.WITHDRAWN, by=None, ended_at=clock.now())
    return suggestion


def may_withdraw(suggestion: Suggestion) -> bool:
    """Nobody else supports it, on paper either, and the city has not decided about it."""
    author = suggestion.message.contact_id
    others = suggestion.all_supports.counting().exclude(contact=author)
    return suggestion.may_be_withdrawn and not suggestion.on_paper and not others.exists()


@transaction.atomic
def give_up_uncorrected(suggestion: Suggestion) -> Suggestion:
    """Its author did not correct it in time, and is told so. Safe to run twice, or late."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if Suggestion.objects.never_corrected().filter(pk=suggestion.pk).exists():
        suggestion.move(SuggestionStatus.WITHDRAWN, by=None, ended_at=clock.now())
        if not suggestion.is_public:  # else by the step, as everybody who follows
            tell_author(suggestion)
    return suggestion


def _for_moderator(suggestion: Suggestion, by: User) -> Suggestion:
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_moderated_by(by):
        raise PermissionDenied
    return suggestion


def _said(words: str) -> str:
    if not (words := tidy(words)):
        raise ValueError("a decision against a suggestion needs words")
    return words
