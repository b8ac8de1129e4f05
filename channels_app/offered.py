"""What higher floors show on the check page to whoever is about to send: each adds its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Offered:
    """A template and its needs; it is shown in place, nothing has to be chosen."""

    template: str
    needs: Any


# Text → what to show, or None (entered by AppConfig.ready).
before_sending: list[Callable[[str], Offered | None]] = []


def for_text(text: str) -> list[Offered]:
    """All that the floors above have for these words."""
    found = [offer(text) for offer in before_sending]
    return [one for one in found if one is not None]
