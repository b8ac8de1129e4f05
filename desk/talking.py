"""The exchange on the case page: turns, ratings, what was split off; and that it was read."""

from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from channels_app import actions, conversation, ratings, splitting
from channels_app.models import Addition, Message, Reply
from people.models import User


def talk_of(
    message: Message, user: User, replies: list[Reply], additions: list[Addition], *, may_read: bool
) -> dict[str, Any]:
    """For the templates. Opening the page as an officer of the office in charge is reading."""
    new_since: datetime | None = message.new_words_since
    if additions and may_read and new_since and message.is_new_words_reader(user):
        actions.read_words(message, upto=additions[-1].at, by=user)
    return {
        "replies": replies,
        "additions": additions,
        "turns": conversation.for_officer(
            replies, additions, may_read=may_read, new_since=new_since
        ),
        "family": _family(message),
        "others_rated": _rated(message, replies),
    }


def _family(message: Message) -> splitting.Family:
    """Asked for only where something was split off: the page of a case knows that already."""
    if message.split_from_id is None and not getattr(message, "has_split", True):
        return splitting.Family(None, [])
    family = splitting.family_of(message)
    linked = [*family.others, *filter(None, [family.first])]
    prefetch_related_objects(linked, "asked")  # who may open them
    return family


def _rated(message: Message, replies: list[Reply]) -> list[Any]:
    """Each answer gets what was said of it, as `rated`; the rest is of another case's answers."""
    if not replies and not getattr(message, "has_ratings", True):
        return []
    said = ratings.of_reply_or_message(message, replies)
    for reply in replies:
        reply.rated = [one for one in said if one.reply_id == reply.pk]  # type: ignore[attr-defined]  # for the template
    own = {reply.pk for reply in replies}
    return [one for one in said if one.reply_id not in own]
