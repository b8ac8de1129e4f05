"""One conversation: what its author and the city said, in order of time, for every reader.

The author's page, the public page and the officers' page show the same turns; what differs is
whose words are whole, and what an officer alone has to see.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from channels_app.models import Addition, Message, Reply


@dataclass(frozen=True)
class Turn:
    """One thing that one side said. `words` are what this reader may read, or nothing."""

    at: datetime
    words: str
    whole: bool
    addition: Addition | None = None
    reply: Reply | None = None
    is_new: bool = False
    is_last: bool = False

    @property
    def is_authors(self) -> bool:
        """Its author speaks, not the city."""
        return self.addition is not None


def for_author(
    message: Message, replies: Iterable[Reply], additions: Iterable[Addition]
) -> list[Turn]:
    """Its own whole; what answers the matter it was joined to, as everyone may read it."""
    said = [
        Turn(_at(reply), reply.text if own else reply.masked_text, whole=own, reply=reply)
        for reply in replies
        for own in [reply.message_id == message.pk]
    ]
    added = [
        Turn(one.at, one.text or one.masked_text, whole=True, addition=one) for one in additions
    ]
    return _in_time(said + added)


def for_everyone(replies: Iterable[Reply], additions: Iterable[Addition]) -> list[Turn]:
    """Masked, all of it."""
    said = [Turn(_at(reply), reply.masked_text, whole=False, reply=reply) for reply in replies]
    added = [Turn(one.at, one.masked_text, whole=False, addition=one) for one in additions]
    return _in_time(said + added)


def for_officer(
    replies: Iterable[Reply],
    additions: Iterable[Addition],
    *,
    may_read: bool,
    new_since: datetime | None,
) -> list[Turn]:
    """Also what has not left yet or was taken back; whole to who may read originals.

    What its author added from `new_since` on, nobody of the office has read.
    """
    said = [
        Turn(_at(reply), reply.text if may_read else reply.masked_text, may_read, reply=reply)
        for reply in replies
    ]
    added = [
        Turn(
            one.at,
            (may_read and one.text) or one.masked_text,
            may_read,
            addition=one,
            is_new=new_since is not None and one.at >= new_since,
        )
        for one in additions
    ]
    return _in_time(said + added)


def _at(reply: Reply) -> datetime:
    return reply.published_at or reply.written_at


def _in_time(turns: list[Turn]) -> list[Turn]:
    """Oldest first; the last one knows that it is."""
    ordered = sorted(turns, key=lambda turn: turn.at)
    if len(ordered) > 1:
        ordered[-1] = replace(ordered[-1], is_last=True)
    return ordered
