"""A discussion as it is read: threads of two levels, how many take which side."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise

from channels_app.keyset import page
from suggestions.models import Comment, Stance, Suggestion

ANSWERS = 10  # of one thread on a page with others; its own page has all


@dataclass(frozen=True)
class Thread:
    """A comment with its first answers, and how many more there are."""

    first: Comment
    answers: Sequence[Comment]
    more: int = 0


@dataclass(frozen=True)
class Threads:
    """One page of them and the key of the next ("" at the end)."""

    rows: Sequence[Thread]
    next_key: str = ""

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class Side:
    """How many comments take this side."""

    stance: str
    words: str | Promise
    count: int


def threads(suggestion: Suggestion, *, stance: str = "", key: str = "", size: int = 20) -> Threads:
    """Newest first; of one side, where it is named."""
    rows = suggestion.comments.shown().first_words().select_related("office")
    if stance in Stance.values:
        rows = rows.filter(stance=stance)
    found = page(rows, by="-at", key=key, size=size)
    answers = _answers([row.pk for row in found.rows])
    return Threads([_thread(row, answers[row.pk]) for row in found.rows], found.next_key)


def thread(first: Comment, *, key: str = "", size: int = 50) -> Threads:
    """One thread alone, its answers oldest first."""
    found = page(first.answers.shown().select_related("office"), by="at", key=key, size=size)
    return Threads([Thread(first, found.rows)], found.next_key)


def _answers(firsts: Sequence[int]) -> dict[int | None, list[Comment]]:
    """The first ones of each thread, and how many it has, in one query."""
    found: dict[int | None, list[Comment]] = defaultdict(list)
    rows = (
        Comment.objects.shown()
        .filter(parent__in=firsts)
        .annotate(
            place=Window(RowNumber(), partition_by=[F("parent")], order_by=[F("at"), F("id")]),
            in_thread=Window(Count("pk"), partition_by=[F("parent")]),
        )
        .filter(place__lte=ANSWERS)
        .select_related("office")
        .order_by("at", "id")
    )
    for row in rows:
        found[row.parent_id].append(row)
    return found


def _thread(first: Comment, answers: Sequence[Comment]) -> Thread:
    whole: int = getattr(answers[0], "in_thread", 0) if answers else 0
    return Thread(first, answers, max(0, whole - len(answers)))


def sides(suggestion: Suggestion) -> list[Side]:
    """The three of them, each with the number of threads its own list shows."""
    rows = suggestion.comments.shown().first_words().order_by()
    return sides_of(dict(rows.values_list("stance").annotate(Count("pk"))))


def sides_of(counts: Mapping[str, int]) -> list[Side]:
    """The same, where they are counted already."""
    return [Side(stance.value, stance.label, counts.get(stance.value, 0)) for stance in Stance]
