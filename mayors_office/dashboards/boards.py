"""Which panels stand on which page, and the few numbers above them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mayors_office import spans
from mayors_office.dashboards import (
    accounts,
    before,
    channels,
    fate,
    ideas,
    late,
    promises,
    rated,
    speed,
    where,
    who,
    words,
)
from mayors_office.dashboards.look import Look
from mayors_office.dashboards.panel import Cell, Panel
from mayors_office.dashboards.reading import Reading
from mayors_office.dashboards.versus import against
from mayors_office.models import What
from people.models import Office

Make = Callable[[Reading], Panel]

CITY: Mapping[str, Make] = {
    "channels": channels.by_channel,
    "speed": speed.by_week,
    "late": late.by_office,
    "promises": promises.kept,
    "fate": fate.by_state,
    "ideas": ideas.by_disposition,
    "where": where.by_borough,
    "who": who.who,
    "rated": rated.by_month,
    "before": before.before_after,
    "pulse": channels.pulse,
    "slowest": speed.slowest,
}
OFFICE: Mapping[str, Make] = {
    "fate": fate.by_state,
    "speed": speed.by_week,
    "promises": promises.kept,
    "rated": rated.by_month,
    "channels": channels.by_channel,
    "slowest": speed.slowest,
}
# The accounts stand below the channels, before what was slowest.
MAYOR: Mapping[str, Make] = {
    **{slug: make for slug, make in CITY.items() if slug != "slowest"},
    "accounts": accounts.by_account,
    "slowest": speed.slowest,
}


@dataclass(frozen=True)
class Key:
    """One of the numbers above the panels."""

    words: str
    cell: Cell
    hint: str = ""
    state: str = ""


@dataclass(frozen=True)
class Board:
    """One page of panels."""

    look: Look
    keys: Sequence[Key]
    panels: Sequence[Panel]


def board(look: Look, makes: Mapping[str, Make], boroughs: Sequence[Office]) -> Board:
    """All panels of a page, from one reading."""
    reading = Reading(look, boroughs)
    panels = {slug: make(reading) for slug, make in makes.items()}
    return Board(look, _keys(reading, panels), list(panels.values()))


def panel_of(
    slug: str, look: Look, makes: Mapping[str, Make], boroughs: Sequence[Office]
) -> Panel | None:
    """One of them alone, for its file."""
    make = makes.get(slug)
    return make(Reading(look, boroughs)) if make else None


def _keys(reading: Reading, panels: Mapping[str, Panel]) -> list[Key]:
    """What came in, how fast, what is late, what was kept: as the panels say it."""
    came, now = panels["channels"].sums, reading.total()
    kept = panels["promises"].sums
    found = []
    if came:
        hint = against(now["came"], reading.total("before")["came"], reading.look.days)
        found.append(Key(_("Came in"), came.cells[0], hint))
    of = now["came"] - now["joined"] - now["taken_up"]
    half = spans.within(reading.spans.get((What.ANSWER, "now", 0), {}), 0.5, of=of)
    found.append(
        Key(_("Half answered within"), Cell(words.took(half)), _("of what came in in this time"))
    )
    late_panel = panels.get("late")
    if late_panel and late_panel.sums:
        number = late_panel.sums.cells[0]
        state = "late" if number.rows else ""
        found.append(Key(_("Overdue now"), number, _("however long ago it came"), state))
    if kept:
        found.append(Key(_("Share in time"), kept.cells[0], _("of the first answers")))
    return found
