"""How much waits for a decision, for the line that every officer's page begins with."""

from django import template

from channels_app.models import Message
from people.models import User

register = template.Library()


@register.simple_tag
def undecided(officer: User) -> int:
    """What is held or reported and this officer's to decide."""
    return Message.objects.undecided().screenable_by(officer).count()
