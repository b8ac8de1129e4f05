"""Whether a case page offers to make an article from its answer."""

from django import template

from channels_app.models import Message
from desk.articles import may_be_made_from
from people.models import User

register = template.Library()


@register.simple_tag
def makes_article(message: Message, officer: User) -> bool:
    """The answer is sent, and this officer keeps the articles of the office in charge."""
    return message.status == "replied" and may_be_made_from(message, officer)
