"""How the wall stands, in three numbers; and the bell that says they may have changed.

The bell may always be lost: whoever listens also looks by itself every few seconds.
"""

from dataclasses import dataclass

from django.conf import settings

from channels_app import counts, kicks, tallies, valkey
from channels_app.live_rules import LIVE
from channels_app.rules import ON

STREAM = "/live/wall"  # answered before Django is asked, see seoul_portal/live
CHANNEL = "wall"


@dataclass(frozen=True)
class Numbers:
    """The newest message of the wall, how many there are, and how many have their answer."""

    last: int
    came: int
    answered: int


def numbers() -> Numbers | None:
    """What is true now, in two questions; None while live pages are switched off."""
    if LIVE.value() != ON:
        return None
    newest = tallies.conversation().order_by("-received_at", "-id").values_list("pk", flat=True)
    ever = dict.fromkeys(("came", "replied"), counts.FOR_EVER)
    kept = counts.sums("office", ever).values()
    return Numbers(
        last=newest.first() or 0,
        came=sum(row["came"] for row in kept),
        answered=sum(row["replied"] for row in kept),
    )


def ring_on_commit() -> None:
    """Something that the wall shows is about to change."""
    kicks.ring_on_commit(ring)


def ring() -> None:
    """Tell every process that has viewers. Raises RedisError."""
    with valkey.asked(settings.REDIS_URL) as client:
        client.publish(CHANNEL, b"")
