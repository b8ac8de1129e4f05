"""What became of all suggestions: each is in exactly one line, and the lines add up to all."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum, Value
from django.urls import reverse
from django.utils.http import urlencode

from channels_app.models import Publication
from channels_app.states import MessageStatus
from suggestions.models import StatusTally, Suggestion
from suggestions.states import (
    DISPOSITION_OF,
    STAGE_OF,
    UNSCREENED,
    Disposition,
    SuggestionStatus,
)


@dataclass(frozen=True)
class Line:
    """One disposition: how many everyone can read, which are at `url`, and how many not."""

    disposition: Disposition
    shown: int
    not_shown: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.shown + self.not_shown

    @property
    def url(self) -> str:
        """Exactly the rows of `shown`; "" where there are none."""
        if not self.shown:
            return ""
        return f"{reverse('suggestions')}?{urlencode({'became': self.disposition.value})}"


@dataclass(frozen=True)
class Numbers:
    """So many suggestions in every status, and how many of these everyone can read."""

    all: Mapping[str, int]
    shown: Mapping[str, int]

    @property
    def total(self) -> int:
        """All suggestions there are."""
        return sum(self.all.values())

    @property
    def total_shown(self) -> int:
        """All that everyone can read."""
        return sum(self.shown.values())

    @property
    def total_not_shown(self) -> int:
        """The others."""
        return self.total - self.total_shown

    @property
    def lines(self) -> list[Line]:
        """Every disposition, in its order."""
        return [
            Line(
                end, self._of(self.shown, end), self._of(self.all, end) - self._of(self.shown, end)
            )
            for end in Disposition
        ]

    @property
    def under_way(self) -> int:
        """Adopted, and being carried out."""
        return self.of_disposition(Disposition.UNDER_WAY)

    @property
    def implemented(self) -> int:
        """Done."""
        return self.of_disposition(Disposition.IMPLEMENTED)

    def of_disposition(self, disposition: str) -> int:
        """How many of this one everyone can read."""
        return self._of(self.shown, disposition)

    def narrowed(self, *, stage: str = "", disposition: str = "") -> int:
        """How many everyone can read that are in both; an empty one narrows nothing."""
        return sum(
            number
            for status, number in self.shown.items()
            if (not stage or STAGE_OF[status] == stage)
            and (not disposition or DISPOSITION_OF[status] == disposition)
        )

    @staticmethod
    def _of(numbers: Mapping[str, int], disposition: str) -> int:
        return sum(numbers[status] for status, end in DISPOSITION_OF.items() if end == disposition)


def numbers() -> Numbers:
    """At this moment, in one question whose cost does not grow."""
    tallied: Any = StatusTally.objects.order_by().values_list("status")
    counted = tallied.annotate(number=Sum("number"), is_unseen=Value(False))
    everything, unseen = Counter[str](), Counter[str]()
    for status, number, is_unseen in counted.union(_unseen(), all=True):
        (unseen if is_unseen else everything)[status] = number
    shown = {
        status.value: 0 if status in UNSCREENED else everything[status] - unseen[status]
        for status in SuggestionStatus
    }
    return Numbers({status.value: everything[status] for status in SuggestionStatus}, shown)


def _unseen() -> Any:
    """By status, those whose words were hidden after they had become a suggestion: few."""
    hidden = Suggestion.objects.filter(message__status=MessageStatus.TAKEN_UP).exclude(
        message__publication=Publication.PUBLIC
    )
    by_status: Any = hidden.order_by().values_list("status")
    return by_status.annotate(number=Count("pk"), is_unseen=Value(True))
