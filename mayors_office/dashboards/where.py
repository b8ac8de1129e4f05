"""Where? The 25 boroughs as tiles, each with its number, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from channels_app import tallies
from mayors_office import population
from mayors_office.dashboards import words
from mayors_office.dashboards.look import Look, open_rows
from mayors_office.dashboards.panel import Cell, Panel, Row, counted, grouped
from mayors_office.dashboards.reading import Reading
from mayors_office.dashboards.versus import joined
from mayors_office.models import Trait
from people.models import Office

# Slug → row and column of the grid, and the name in syllables for a narrow tile.
GRID = {
    "dobong": (1, 5, "Do·bong"),
    "nowon": (1, 6, "No·won"),
    "eunpyeong": (2, 3, "Eun·pyeong"),
    "gangbuk": (2, 4, "Gang·buk"),
    "seongbuk": (2, 5, "Seong·buk"),
    "jungnang": (2, 6, "Jung·nang"),
    "gangseo": (3, 1, "Gang·seo"),
    "mapo": (3, 2, "Ma·po"),
    "seodaemun": (3, 3, "Seo·dae·mun"),
    "jongno": (3, 4, "Jong·no"),
    "dongdaemun": (3, 5, "Dong·dae·mun"),
    "yangcheon": (4, 1, "Yang·cheon"),
    "yeongdeungpo": (4, 2, "Yeong·deung·po"),
    "yongsan": (4, 3, "Yong·san"),
    "jung": (4, 4, "Jung"),
    "seongdong": (4, 5, "Seong·dong"),
    "gwangjin": (4, 6, "Gwang·jin"),
    "gangdong": (4, 7, "Gang·dong"),
    "guro": (5, 1, "Gu·ro"),
    "dongjak": (5, 2, "Dong·jak"),
    "gwanak": (5, 3, "Gwan·ak"),
    "seocho": (5, 4, "Seo·cho"),
    "gangnam": (5, 5, "Gang·nam"),
    "songpa": (5, 6, "Song·pa"),
    "geumcheon": (6, 2, "Geum·cheon"),
}
SOFT_HYPHEN = "\u00ad"
LEVELS = 4  # above none
NAMED = 3
PER = 10_000


@dataclass(frozen=True)
class Tile:
    """One borough: where it stands, how dark, its number, and where its rows are."""

    name: str
    whole_name: str
    number: str
    rows: int
    url: str
    level: int
    row: int
    column: int
    is_chosen: bool


@dataclass(frozen=True)
class Grid:
    """The tiles, what their shades mean, and the address of the other way of counting."""

    tiles: Sequence[Tile]
    legend: Sequence[tuple[int, str]]
    per_people: bool
    other_query: str


@dataclass(frozen=True)
class Borough:
    """What is open about one borough; `place` None for what names none."""

    place: Office | None
    open: int = 0
    overdue: int = 0

    @property
    def rate(self) -> float | None:
        """Open ones for ten thousand people."""
        figure = population.figure(Trait.BOROUGH, self.place.slug) if self.place else None
        return None if figure is None else PER * self.open / figure.people


def by_borough(reading: Reading) -> Panel:
    """Open answers by borough, wherever the look is: all of them stay on the map."""
    look = reading.look
    found = _counted(look, reading.boroughs)
    placed = [one for one in found if one.place]
    placed.sort(key=lambda one: (-one.open, str(one.place)))
    nowhere = next(one for one in found if one.place is None)
    everywhere = look.other(borough=None)
    return Panel(
        slug="where",
        heading=_("Where?"),
        finding=_finding(placed),
        of=_("Borough"),
        columns=(_("Open now"), _("Overdue now"), _("Open for 10,000 people")),
        rows=[_row(everywhere, one) for one in (*placed, nowhere)],
        sums=_sums(everywhere, found),
        figure="mayors_office/tiles.html",
        drawing=_grid(look, placed),
        notes=[_source()],
        folded=True,
    )


def _counted(look: Look, boroughs: Sequence[Office]) -> list[Borough]:
    rows = open_rows(look.other(borough=None)).values("borough")
    numbers = {
        row["borough"]: (row["open"], row["overdue"])
        for row in rows.annotate(open=Count("pk"), overdue=Count("pk", filter=tallies.overdue()))
    }
    return [
        Borough(place, *numbers.get(place.pk if place else None, (0, 0)))
        for place in (*boroughs, None)
    ]


def _where(one: Borough) -> dict[str, Any]:
    return {"borough": one.place} if one.place else {"nowhere": True}


def _row(look: Look, one: Borough) -> Row:
    return Row(
        one.place.area if one.place else _("No borough named"),
        [
            counted(one.open, look.wall("waiting", **_where(one))),
            counted(one.overdue, look.wall("overdue", **_where(one))),
            Cell(_rate(one.rate)),
        ],
    )


def _sums(look: Look, found: Sequence[Borough]) -> Row:
    return Row(
        _("All together"),
        [
            counted(sum(one.open for one in found), look.wall("waiting")),
            counted(sum(one.overdue for one in found), look.wall("overdue")),
            Cell(""),
        ],
    )


def _rate(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.2f}"


def _grid(look: Look, placed: Sequence[Borough]) -> Grid:
    values = {
        one.place.slug: (one.rate or 0.0) if look.people else float(one.open)
        for one in placed
        if one.place
    }
    most = max(values.values(), default=0.0)
    tiles = [_tile(look, one, values, most) for one in placed if one.place]
    return Grid(
        sorted(tiles, key=lambda tile: (tile.row, tile.column)),
        _legend(most, per_people=look.people),
        look.people,
        look.other(people=not look.people).query,
    )


def _tile(look: Look, one: Borough, values: dict[str, float], most: float) -> Tile:
    assert one.place is not None  # noqa: S101 - only these stand on the map
    row, column, syllables = GRID.get(one.place.slug, (6, 7, one.place.name_en))
    area = one.place.area
    english = get_language() == "en"
    value = values[one.place.slug]
    return Tile(
        name=syllables.replace("·", SOFT_HYPHEN) if english else area.removesuffix("구") or area,
        whole_name=area,
        number=_rate(value) if look.people else grouped(one.open),
        rows=one.open,
        url=look.other(borough=None).wall("waiting", borough=one.place),
        level=_level(value, most),
        row=row,
        column=column,
        is_chosen=look.borough == one.place,
    )


def _level(value: float, most: float) -> int:
    """0 for none; else which quarter of the most."""
    return 0 if not value else min(LEVELS, int(LEVELS * value / most - 1e-9) + 1)


def _legend(most: float, *, per_people: bool) -> list[tuple[int, str]]:
    """What each shade that can stand there means."""
    if per_people:
        ends = [most * level / LEVELS for level in range(LEVELS + 1)]
        told = [(level, f"≤ {ends[level]:.2f}") for level in range(1, LEVELS + 1)] if most else []
        return [(0, "0"), *told]
    found = [(0, "0")]
    for level in range(1, LEVELS + 1):
        inside = [n for n in range(1, int(most) + 1) if _level(n, most) == level]
        if inside:
            ends_at = f"{inside[0]}–{inside[-1]}" if len(inside) > 1 else str(inside[0])
            found.append((level, ends_at))
    return found


def _finding(placed: Sequence[Borough]) -> str:
    most = [one for one in placed if one.open][:NAMED]
    if not most:
        return _("Nothing that is open names a borough.")
    told = [
        _("%(area)s (%(open)s)") % {"area": one.place.area, "open": grouped(one.open)}
        for one in most
        if one.place
    ]
    first = _("Most is open in %(areas)s") % {"areas": words.listed(told)}
    quiet = sum(not one.open for one in placed)
    if not quiet:
        return joined(first, _("something is open in every borough"))
    return joined(first, _("nothing is open in %(quiet)d of 25") % {"quiet": quiet})


def _source() -> str:
    figure = population.figure(Trait.BOROUGH, "jongno")
    if figure is None:
        return ""
    return _("People: %(source)s, %(year)d.") % {
        "source": figure.source,
        "year": figure.day.year,
    }
