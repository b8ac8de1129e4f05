"""The Rulebook: every number of policy, versioned in rows, read through one function.

An app declares a rule's name, default, unit and words; the rows of `lifecycle.Rule` overrule the
default from their date on. The page /rules/ shows all of them.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.models import Rule

V = TypeVar("V", int, float, str)
Words = str | Promise
FRESH_FOR = 5.0  # seconds a process may trust what it read


class RuleValueError(ValueError):
    """The value does not fit the rule; its text is a plain sentence for the person who typed."""


@dataclass(frozen=True)
class Declared(Generic[V]):
    """A rule as the code knows it; `source` names the paper, statute or decision behind it."""

    name: str
    default: V
    unit: Words
    words: Words
    source: Words
    check: Callable[[V], object] | None = None

    def value(self) -> V:
        """What holds at `clock.now()`."""
        return cast("V", _book.value(self.name, self.default))

    def read(self, typed: str) -> V:
        """The typed text as a value of this rule. Raises RuleValueError."""
        try:
            value = type(self.default)(typed.strip())
            if self.check:
                self.check(value)
        except ValueError as problem:
            raise RuleValueError(_("This value does not fit the rule.")) from problem
        if not isinstance(value, str) and value < 0:
            raise RuleValueError(_("Write a number that is not below zero."))
        return value


_declared: dict[str, Declared[Any]] = {}


def declare(
    name: str,
    default: V,
    *,
    unit: Words,
    words: Words,
    source: Words,
    check: Callable[[V], object] | None = None,
) -> Declared[V]:
    """Enter a rule into the book. Raises ValueError for a name already taken."""
    if name in _declared:
        raise ValueError(f"rule {name} is declared twice")
    rule = Declared(name, default, unit, words, source, check)
    _declared[name] = rule
    return rule


def declared() -> dict[str, Declared[Any]]:
    """All rules, by name, in order."""
    return dict(sorted(_declared.items()))


class _Book:
    """The rows as this process last read them."""

    def __init__(self) -> None:
        self.read_at = float("-inf")
        self.versions: dict[str, list[tuple[datetime, Any]]] = {}

    def value(self, name: str, default: Any) -> Any:
        if time.monotonic() - self.read_at > FRESH_FOR:
            self._read()
        moment = clock.now()
        for since, value in reversed(self.versions.get(name, [])):
            if since <= moment:
                return value
        return default

    def _read(self) -> None:
        versions: dict[str, list[tuple[datetime, Any]]] = defaultdict(list)
        for name, since, value in Rule.objects.order_by("since").values_list(
            "name", "since", "value"
        ):
            versions[name].append((since, value))
        self.versions, self.read_at = versions, time.monotonic()


_book = _Book()


def forget() -> None:
    """Read the rows again at the next question (after an amendment)."""
    _book.read_at = float("-inf")
