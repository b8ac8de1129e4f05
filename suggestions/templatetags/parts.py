"""A part of a suggestion's page, which sees its own names and nothing else."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from suggestions import wording
from suggestions.models import Suggestion
from suggestions.parts.page import Shown

register = template.Library()


@register.simple_tag(takes_context=True)
def part(context: Any, one: Shown) -> SafeString:
    """The part as its area made it."""
    request = context.get("request")
    return render_to_string(one.template, one.needs, request=request)


@register.filter
def date_means(suggestion: Suggestion) -> wording.Words:
    """What the date that holds means for this one."""
    return wording.DATES.get(suggestion.status, "")
