"""Invite: its author asks others to write along; they join by the link in their mail."""

from django.db import transaction

from channels_app import actions as message_actions
from channels_app.models import Confirmation, Contact, ContactKind
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from suggestions import talk_rules
from suggestions.actions.rewriting import may_be_rewritten
from suggestions.models import CoAuthor, Suggestion

PURPOSE = "coauthor"


@transaction.atomic
def invite_author(suggestion: Suggestion, *, address: str, language: str) -> CoAuthor | None:
    """By the private link. None where this address was asked too often today, or takes no mail.

    Raises WrongTurnError where the text stands already, or enough people write along.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not may_be_rewritten(suggestion):
        raise WrongTurnError(f"{suggestion!r}: its text stands")
    contact = Contact.objects.reached_by(ContactKind.MAIL, address)
    known = suggestion.coauthors.filter(contact=contact).first()
    if known is not None and known.left_at is None:
        return known
    others = suggestion.coauthors.filter(left_at=None)
    if others.count() >= talk_rules.COAUTHORS.value():
        raise WrongTurnError(f"{suggestion!r}: enough people write along")
    asked = message_actions.ask_to_confirm(
        suggestion.topic,
        contact,
        purpose=PURPOSE,
        language=language,
        most=talk_rules.MAILS.value(),
    )
    if asked is None:
        return None
    columns = {"confirmation": asked, "invited_at": clock.now(), "joined_at": None, "left_at": None}
    coauthor, _is_new = CoAuthor.objects.update_or_create(
        suggestion=suggestion, contact=contact, defaults=columns
    )
    return coauthor


@transaction.atomic
def join_in(asked: Confirmation) -> CoAuthor:
    """ "Yes, I write along", by the link in the mail. Safe to press twice.

    Raises WrongTurnError where the author has parted from them meanwhile.
    """
    asked = message_actions.confirm_act(asked)
    coauthor = CoAuthor.objects.select_for_update(of=("self",)).get(confirmation=asked)
    if coauthor.left_at is not None:
        raise WrongTurnError(f"{coauthor!r} does not write along any more")
    if coauthor.joined_at is None:
        coauthor.joined_at = clock.now()
        coauthor.save(update_fields=["joined_at"])
    return coauthor


@transaction.atomic
def part_from(coauthor: CoAuthor) -> CoAuthor:
    """Its author parts from them, or they leave; what they wrote stays. Safe to press twice."""
    coauthor = CoAuthor.objects.select_for_update(of=("self",)).get(pk=coauthor.pk)
    if coauthor.left_at is None:
        coauthor.left_at = clock.now()
        coauthor.save(update_fields=["left_at"])
    return coauthor
