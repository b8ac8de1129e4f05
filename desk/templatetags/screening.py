"""How much waits for a decision, for the line that every officer's page begins with."""

from typing import Any

from django import template
from django.db.models import QuerySet
from django.template import Context

from channels_app.models import Account, InboundEvent, Message
from channels_app.models.message_rows import MessageQuerySet
from desk.queues import counted
from people.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def waiting(context: Context, officer: User) -> dict[str, int]:
    """How many of each, by one statement; a page may have counted them already."""
    rows = waiting_for(officer)
    if all(name in context for name in rows):
        return {name: context[name] for name in rows}
    return counted(rows, officer)


def waiting_for(officer: User) -> dict[str, QuerySet[Any]]:
    """What is held or reported, mails nobody could make a message of, accounts that are theirs."""
    return {
        "undecided": undecided_by(officer),
        "kept_mails": InboundEvent.objects.visible_to(officer).kept(),
        "own_accounts": Account.objects.filter(office__in=officer.offices),
    }


def undecided_by(officer: User) -> MessageQuerySet:
    """What is held or reported and this officer's to decide."""
    return Message.objects.undecided().screenable_by(officer)
