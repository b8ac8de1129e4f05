"""Where a link to another message leads an officer."""

from django import template
from django.template import Context

from channels_app.models import Message
from desk.place import url_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_of(context: Context, message: Message) -> str:
    """Its page at the desk, in the list that is open; else its public page, or "" for none."""
    url = url_of(message, context["officer"])
    where = context.get("where") if message.may_be_seen_by(context["officer"]) else None
    return f"{url}{where or ''}"
