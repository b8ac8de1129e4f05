"""How much waits for a decision, for the line that every officer's page begins with."""

from django import template
from django.template import Context

from channels_app.models import Message
from channels_app.models.message_rows import MessageQuerySet
from people.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def undecided(context: Context, officer: User) -> int:
    """What is held or reported and this officer's to decide; a page may have counted it already."""
    counted = context.get("undecided")
    return undecided_by(officer).count() if counted is None else int(counted)


def undecided_by(officer: User) -> MessageQuerySet:
    """The rows that number counts."""
    return Message.objects.undecided().screenable_by(officer)
