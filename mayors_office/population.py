"""How many people there are: figures of the state, each with its day and source.

`population.csv` beside this file; an operator replaces a line by a newer one. A group without a
line has no figure to stand beside, and none is made up.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).with_name("population.csv")


@dataclass(frozen=True)
class Figure:
    """So many people of a group, among all of the same count."""

    people: int
    all: int
    day: date
    source_ko: str
    source_en: str

    @property
    def share(self) -> float:
        """Of one."""
        return self.people / self.all

    @property
    def source(self) -> str:
        """In the language of the page."""
        return self.source_en if get_language() == "en" else self.source_ko


@lru_cache(maxsize=1)
def figures() -> Mapping[tuple[str, str], Figure]:
    """(trait, group) → figure."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            (line["trait"], line["group"]): Figure(
                int(line["people"]),
                int(line["all"]),
                date.fromisoformat(line["day"]),
                line["source_ko"],
                line["source_en"],
            )
            for line in csv.DictReader(lines)
        }


def figure(trait: str, group: str) -> Figure | None:
    """The figure of a group, if there is one."""
    return figures().get((trait, group))
