"""One poisoned row must not stop the others: it is tried alone, remembered, and left to rest."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from lifecycle.errors import database_is_away
from lifecycle.models import Heartbeat, Stumble

log = logging.getLogger(__name__)
AT_ONCE = 200
Q = TypeVar("Q", bound="QuerySet[Any]")
T = TypeVar("T", bound=Model)


@contextmanager
def spared(what: str, of: object) -> Iterator[None]:
    """What fails in this block is logged, and stays what it is.

    Raises OperationalError and InterfaceError where the database is away.
    """
    try:
        yield
    except Exception as problem:
        if database_is_away(problem):
            raise
        log.exception("%s failed: %s", what, of)


class Turn:
    """One turn of a sweep: what failed three times rests for an hour, and is then tried again.

    What it stumbled over before is read once; a sweep that stumbles over nothing asks no more.
    """

    def __init__(self, sweep: str) -> None:
        self.sweep = sweep
        self._known = {(one.kind, one.key): one for one in Stumble.objects.filter(sweep=sweep)}

    def resting(self, kind: str) -> list[int]:
        """Keys of this kind that are left out now."""
        return [key for (of, key), one in self._known.items() if of == kind and one.rests]

    def awake(self, rows: Q) -> Q:
        """Without those that rest."""
        resting = self.resting(kind_of(rows.model))
        return rows.exclude(pk__in=resting) if resting else rows

    @contextmanager
    def alone(self, kind: str, key: int) -> Iterator[None]:
        """One row: what fails is logged and remembered, what goes well is forgotten."""
        try:
            yield
        except Exception as problem:
            if database_is_away(problem):
                raise
            log.exception("%s failed: %s %s", self.sweep, kind, key)
            Stumble.over(self.sweep, kind, key)
        else:
            self.passed(kind, [key])

    def each(self, act: Callable[[T], object], rows: Iterable[T]) -> None:
        """Every row alone, one after the other; the sweep beats after each."""
        for row in rows:
            with self.alone(kind_of(type(row)), row.pk):
                act(row)
            Heartbeat.beat(self.sweep)  # a long backlog is progress too

    def in_batches(
        self, act: Callable[[list[int]], object], pks: list[int], model: type[Model]
    ) -> None:
        """A batch in one transaction; where something in it is wrong, each in one of its own."""
        kind = kind_of(model)
        for start in range(0, len(pks), AT_ONCE):
            batch = pks[start : start + AT_ONCE]
            try:
                act(batch)
            except Exception as problem:
                if database_is_away(problem):
                    raise
                why = type(problem).__name__
                log.warning("%s one by one: %s in %d", self.sweep, why, len(batch))
                for pk in batch:
                    with self.alone(kind, pk):
                        act([pk])
            else:
                self.passed(kind, batch)
            Heartbeat.beat(self.sweep)  # a long backlog is progress too

    def passed(self, kind: str, keys: Iterable[int]) -> None:
        """These are done."""
        done = [key for key in keys if (kind, key) in self._known]
        if done:
            Stumble.objects.filter(sweep=self.sweep, kind=kind, key__in=done).delete()


def kind_of(model: type[Model]) -> str:
    """How a stumble names what kind of row it is about."""
    return str(model._meta.model_name)
