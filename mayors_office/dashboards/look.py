"""What somebody looks at: how many days, which borough or office; it is its own address."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from channels_app import tallies
from channels_app.wall_form import Wanted
from lifecycle import clock
from mayors_office.models import Scope
from people.models import Office

PERIODS = (7, 30, 90, 365)
USUAL = 30
# How many weeks a line shows beside each period: a single point is no line.
WEEKS = {7: 4, 30: 8, 90: 13, 365: 52}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """One choice of period and place. `people` shows the map per ten thousand people."""

    days: int = USUAL
    borough: Office | None = None
    office: Office | None = None
    people: bool = False

    @cached_property
    def today(self) -> date:
        """The last day that is counted."""
        return clock.seoul().date()

    @property
    def since(self) -> date:
        """The first day of the period."""
        return self.today - timedelta(days=self.days - 1)

    @property
    def before(self) -> tuple[date, date]:
        """The period of the same length before it."""
        return self.since - timedelta(days=self.days), self.since - ONE_DAY

    @property
    def weeks(self) -> list[tuple[date, date]]:
        """The weeks of the line, oldest first; the last one ends today."""
        ends = [self.today - timedelta(days=7 * back) for back in range(WEEKS[self.days])]
        return [(end - timedelta(days=6), end) for end in reversed(ends)]

    @property
    def scope(self) -> Scope:
        """Whose numbers."""
        if self.office:
            return Scope.OFFICE
        return Scope.BOROUGH if self.borough else Scope.CITY

    @property
    def place(self) -> Office | None:
        """The borough or office, if it is one."""
        return self.office or self.borough

    @property
    def rows_of_place(self) -> dict[str, Any]:
        """The same for rows of messages."""
        narrowed = {"office": self.office, "borough": self.borough}
        return {name: place for name, place in narrowed.items() if place}

    def wall(self, show: str = "all", **more: Any) -> str:
        """The address on the wall of the rows of one number: all there are, in this place."""
        wanted = Wanted(show=show, **{"office": self.office, "borough": self.borough, **more})
        return f"{reverse('smc')}?{wanted.query}"

    def came(self, show: str = "all", **more: Any) -> str:
        """The same, of what came in within the period."""
        return self.wall(show, **{"since": self.since, **more})

    @property
    def query(self) -> str:
        """As the address carries it; nothing where all is as usual."""
        chosen = {
            "days": str(self.days) if self.days != USUAL else "",
            "borough": self.borough.slug if self.borough else "",
            "per": "people" if self.people else "",
        }
        return urlencode({name: value for name, value in chosen.items() if value})

    def other(self, **changes: Any) -> "Look":
        """The same look with something else chosen."""
        return replace(self, **changes)


def open_rows(look: Look) -> Any:
    """What is still to be answered in this place: the partial index of open public rows."""
    return tallies.conversation().filter(tallies.waiting(), **look.rows_of_place).order_by()
