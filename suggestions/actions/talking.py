"""Talk: a comment is only added, without a lock on the suggestion; moderators decide on it."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from channels_app import actions as message_actions
from channels_app import rules as message_rules
from channels_app.models import Confirmation, Contact, ContactKind, HeldReason, HiddenReason
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from channels_app.text.tone import is_harsh
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import talk_rules
from suggestions.models import Badge, Comment, Stance, Suggestion
from suggestions.talk_states import WordState

PURPOSE = "comment"


@transaction.atomic
def ask_to_comment(
    suggestion: Suggestion,
    *,
    address: str,
    language: str,
    text: str,
    stance: str = "",
    parent: Comment | None = None,
    held: str = "",
) -> Comment | None:
    """Somebody typed words and a mail address: both wait until they confirm it from there.

    None where the address was asked too often today: nothing is kept. Raises ValueError without
    words or a side, WrongTurnError where nobody may say anything now.
    """
    comment = _new(suggestion, text=text, stance=stance, parent=parent, held=held)
    contact = Contact.objects.reached_by(ContactKind.MAIL, address)
    asked = message_actions.ask_to_confirm(
        suggestion.topic,
        contact,
        purpose=PURPOSE,
        language=language,
        most=talk_rules.MAILS.value(),
    )
    if asked is None:
        return None
    comment.contact, comment.confirmation = contact, asked
    comment.state, comment.due_at = WordState.PENDING, None
    comment.save(force_insert=True)
    return comment


@transaction.atomic
def confirm_comment(asked: Confirmation) -> Comment:
    """ "Yes, I wrote this", by the link in the mail. Safe to press twice."""
    asked = message_actions.confirm_act(asked)
    comment = Comment.objects.select_for_update(of=("self",)).get(confirmation=asked)
    if comment.state != WordState.PENDING:
        return comment
    _must_be_open(comment.suggestion)
    moment = clock.now()
    if comment.held_reason:
        due_at = message_rules.decide_by(moment)
        comment.become(WordState.HELD, at=moment, due_at=due_at)
    else:
        comment.become(WordState.SHOWN, at=moment)
    return comment


@transaction.atomic
def comment_as_author(
    suggestion: Suggestion,
    *,
    text: str,
    stance: str = "",
    parent: Comment | None = None,
    held: str = "",
) -> Comment:
    """By the private link of the suggestion, which is proof enough."""
    comment = _new(suggestion, text=text, stance=stance, parent=parent, held=held)
    comment.badge = Badge.AUTHOR
    comment.save(force_insert=True)
    return comment


@transaction.atomic
def comment_as_officer(
    suggestion: Suggestion,
    *,
    text: str,
    by: User,
    stance: str = "",
    parent: Comment | None = None,
) -> Comment:
    """Signed with the officer's office, and never with a name. Raises PermissionDenied."""
    if not may_speak_for_city(by):
        raise PermissionDenied
    comment = _new(suggestion, text=text, stance=stance, parent=parent)
    office = by.acting_for(suggestion.office)
    comment.badge, comment.by, comment.office = Badge.OFFICIAL, by, office
    comment.text = comment.masked_text  # what an officer says to everyone has no other original
    comment.state, comment.held_reason, comment.due_at = WordState.SHOWN, "", None
    comment.save(force_insert=True)
    return comment


def may_speak_for_city(user: User) -> bool:
    """Whoever acts for an office today."""
    return bool(user.offices)


def _new(
    suggestion: Suggestion, *, text: str, stance: str, parent: Comment | None, held: str = ""
) -> Comment:
    """Not saved. An answer to an answer joins its thread: there are two levels, no more."""
    _must_be_open(suggestion)
    if not (text := tidy(text)):
        raise ValueError("a comment needs words")
    if parent is not None:
        stance = ""
        parent = parent.parent or parent
        if parent.suggestion_id != suggestion.pk or not parent.is_shown:
            raise WrongTurnError(f"{parent!r} can't be answered")
    elif stance not in Stance.values:
        raise ValueError("a comment takes a side")
    moment = clock.now()
    held = held or (HeldReason.TONE if is_harsh(text) else "")
    return Comment(
        suggestion=suggestion,
        parent=parent,
        stance=stance,
        text=text,
        masked_text=mask(text),
        at=moment,
        state=WordState.HELD if held else WordState.SHOWN,
        held_reason=held,
        due_at=message_rules.decide_by(moment) if held else None,
    )


def _must_be_open(suggestion: Suggestion) -> None:
    if not suggestion.may_be_discussed:
        raise WrongTurnError(f"{suggestion!r} is not discussed now")


@transaction.atomic
def take_comment_back(comment: Comment) -> Comment:
    """Whoever wrote it does not want it read any more: its words go. Safe to press twice."""
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if not comment.is_taken_back:
        comment.become(
            WordState.HIDDEN,
            hidden_reason=HiddenReason.AUTHOR,
            text="",
            masked_text="",
            due_at=None,
        )
    return comment


@transaction.atomic
def mind_comment(comment: Comment, *, words: str = "", hides: bool = True) -> Comment:
    """A reader minds it: hidden at once; a moderator decides by the Rulebook's date.

    Without `hides` it stays, and a moderator looks. Raises WrongTurnError for what nobody reads.
    """
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if not comment.is_shown:
        raise WrongTurnError(f"{comment!r} is not shown")
    columns: dict[str, object] = {
        "reports": F("reports") + 1,
        "report_words": mask(tidy(words))[:500],
        "due_at": comment.due_at or message_rules.decide_by(clock.now()),
    }
    if hides:
        comment.become(WordState.HIDDEN, hidden_reason=HiddenReason.REPORTED, **columns)
    else:
        comment.become(WordState.SHOWN, **columns)
    comment.refresh_from_db(fields=["reports"])
    return comment


@transaction.atomic
def show_comment(comment: Comment, *, by: User) -> Comment:
    """A moderator lets everyone read it; its author is told where it was hidden."""
    comment = _for_moderator(comment, by)
    if comment.is_taken_back or comment.state == WordState.PENDING:
        raise WrongTurnError(f"{comment!r} can't be shown")
    if comment.is_shown and not comment.is_undecided:
        raise WrongTurnError(f"{comment!r} is shown")
    was_shown = comment.is_shown
    comment.become(WordState.SHOWN, hidden_reason="", **_decided(by))
    if comment.confirmation is not None and not was_shown:
        message_actions.tell_decision(comment.confirmation)
    return comment


@transaction.atomic
def hide_comment(comment: Comment, *, reason: str, by: User) -> Comment:
    """A moderator takes it from the page; its author is told why."""
    comment = _for_moderator(comment, by)
    if comment.is_taken_back or reason not in OFFICERS_HIDE_FOR:
        raise WrongTurnError(f"{comment!r} can't be hidden for {reason!r}")
    if comment.is_hidden and not comment.is_undecided:
        raise WrongTurnError(f"{comment!r} is hidden")
    comment.become(WordState.HIDDEN, hidden_reason=HiddenReason(reason), **_decided(by))
    if comment.confirmation is not None:
        message_actions.tell_decision(comment.confirmation)
    return comment


# Readers report, and authors take back: a moderator's reasons are the others.
OFFICERS_HIDE_FOR = (HiddenReason.PERSONAL, HiddenReason.ABUSE, HiddenReason.ADVERTISING)


@transaction.atomic
def name_expert(comment: Comment, *, by: User) -> Comment:
    """A moderator knows that whoever wrote this knows the matter."""
    return _badge(comment, Badge.CITIZEN, Badge.EXPERT, by)


@transaction.atomic
def name_citizen(comment: Comment, *, by: User) -> Comment:
    """No expert after all."""
    return _badge(comment, Badge.EXPERT, Badge.CITIZEN, by)


def _badge(comment: Comment, was: Badge, is_now: Badge, by: User) -> Comment:
    comment = _for_moderator(comment, by)
    if comment.badge != was:
        raise WrongTurnError(f"{comment!r} is by {comment.badge}")
    comment.badge = is_now
    comment.save(update_fields=["badge"])
    return comment


def _for_moderator(comment: Comment, by: User) -> Comment:
    held = Comment.objects.select_related("suggestion", "confirmation", "parent")
    comment = held.select_for_update(of=("self",)).get(pk=comment.pk)
    if not comment.suggestion.may_be_moderated_by(by):
        raise PermissionDenied
    return comment


def _decided(by: User) -> dict[str, object]:
    return {"due_at": None, "decided_at": clock.now(), "decided_by": by, "report_words": ""}


@transaction.atomic
def forget_unconfirmed(pks: Sequence[int]) -> int:
    """Delete what nobody confirmed in the Rulebook's days: it was never said. Safe to run twice."""
    rows = Comment.objects.to_forget().filter(pk__in=pks)
    held = rows.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
    return Comment.objects.filter(pk__in=list(held)).delete()[0]
