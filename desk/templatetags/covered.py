"""Where the mask has been, for the eyes of an officer."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from channels_app.text.masking import SIGNS as STARS

register = template.Library()

SIGNS = re.compile("|".join(map(re.escape, STARS)))  # the longest first


@register.filter
def show_covered(masked: str) -> SafeString:
    """The masked text, escaped, with every covered place marked."""
    words = SIGNS.sub(lambda sign: f"<mark>{sign[0]}</mark>", conditional_escape(masked))
    return mark_safe(words)  # noqa: S308 - escaped before; only our own signs are wrapped
