"""Two matters in one voice: whether words stand in it, and what leads from one to the other."""

from dataclasses import dataclass

from channels_app.models import Message, SetAsideReason
from channels_app.models.message_rows import MessageQuerySet


def is_from(text: str, whole: str) -> bool:
    """Whether every line stands in the whole, in its order; spaces and line breaks aside."""
    left = _squeezed(whole)
    lines = [line for line in map(_squeezed, text.splitlines()) if line]
    for line in lines:
        _before, found, left = left.partition(line)
        if not found:
            return False
    return bool(lines)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True)
class Family:
    """What one message was split off from, and what was split off from it."""

    first: Message | None
    others: list[Message]

    def __bool__(self) -> bool:
        return self.first is not None or bool(self.others)


def family_of(message: Message, *, public: bool = False) -> Family:
    """Both ways; for everyone only what everyone may read. What was put together again is gone."""
    first = message.split_from
    if first is not None and public and not first.is_public:
        first = None
    return Family(first, list(_others(message, public=public)))


def _others(message: Message, *, public: bool) -> MessageQuerySet:
    others = Message.objects.filter(split_from=message).select_related("office")
    others = others.exclude(set_aside_reason=SetAsideReason.SPLIT).order_by("pk")
    return others.public() if public else others
