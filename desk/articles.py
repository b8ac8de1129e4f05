"""Which answers can become an article, and who makes them."""

from channels_app.models import Message, Reply, ReplyKind
from channels_app.models.articles import may_keep_for
from people.models import User


def made_from(message: Message) -> Reply | None:
    """The newest closing answer that stands on the case page; None while there is none."""
    sent = message.replies.published().filter(kind=ReplyKind.CLOSING).exclude(masked_text="")
    return None if message.is_gone else sent.order_by("-published_at", "-pk").first()


def may_be_made_from(message: Message, user: User) -> bool:
    """Who keeps the articles of the office in charge, and may read what was asked."""
    if message.office is None or not message.may_be_read_by(user):
        return False
    return may_keep_for(message.office, user)
