"""What a message about a deed carries along, for the button that takes it back."""

import re
from dataclasses import dataclass

from django import template
from django.contrib.messages.storage.base import Message

from channels_app import rules

register = template.Library()
UNDO = re.compile(r"undo-(\d+)")
BACK = re.compile(r"back-([A-Z]-\d{4}-\d{6,12})-(\d+)")


@dataclass(frozen=True)
class Leaving:
    """An answer about to leave: of which message, as which version."""

    code: str
    version: int


@register.filter
def deed(told: Message) -> int:
    """The key of the deed; 0 where there is none."""
    found = UNDO.search(told.extra_tags or "")
    return int(found[1]) if found else 0


@register.simple_tag
def undo_seconds() -> int:
    """How long the button is of use, from the moment of the deed on."""
    return rules.ANSWER_LEAVES_AFTER.value()


@register.filter
def taken_back(told: Message) -> Leaving | None:
    """The answer that can still be taken back."""
    found = BACK.search(told.extra_tags or "")
    return Leaving(found[1], int(found[2])) if found else None
