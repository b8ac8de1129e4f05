"""Who is missing? What people freely told of themselves, beside the people who live here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import AgeGroup, Gender, YesNo
from mayors_office import population
from mayors_office.dashboards import words
from mayors_office.dashboards.panel import Cell, Panel, Row, bars, grouped, percent
from mayors_office.dashboards.reading import Reading
from mayors_office.dashboards.versus import joined
from mayors_office.listening import CHOICES, first_of
from mayors_office.models import Count, Heard, Scope, Trait
from mayors_office.small import LEAST
from people.models import Office

LABELS: Mapping[str, Any] = {
    Trait.AGE: AgeGroup,
    Trait.GENDER: Gender,
    Trait.DISABILITY: YesNo,
    Trait.FIRST_TIME: YesNo,
}


@dataclass(frozen=True)
class Group:
    """One group over the months in which its number may be shown.

    `people` of `all` who answered the question in the same months; None where no month shows it.
    """

    trait: str
    name: str
    people: int | None
    all: int

    @property
    def index(self) -> int | None:
        """100 where the group was heard as much as its part of the city."""
        figure = population.figure(self.trait, self.name)
        if not self.people or figure is None:
            return None
        return round(100 * self.people / self.all / figure.share)


def groups_of(rows: Sequence[Heard]) -> list[Group]:
    """Sums over months, of released numbers alone: nothing hidden is in any of them."""
    told = {(row.month, row.trait): row.people for row in rows if not row.group}
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    known: list[tuple[str, str]] = []
    for row in rows:
        if not row.group:
            continue
        known.append((row.trait, row.group))
        everybody = told.get((row.month, row.trait))
        if row.people is not None and everybody is not None:
            sums[row.trait, row.group][0] += row.people
            sums[row.trait, row.group][1] += everybody
    return [
        Group(trait, name, *sums.get((trait, name), (None, 0)))
        for trait, name in dict.fromkeys(known)
    ]


def who(reading: Reading) -> Panel:
    """The last twelve months that are over, the city as a whole."""
    look = reading.look
    last = first_of(look.today)
    first = date(last.year - 1, last.month, 1)
    rows = list(Heard.objects.filter(month__gte=first, month__lt=last))
    came = Count.objects.filter(scope=Scope.CITY, day__gte=first, day__lt=last).aggregate(
        all=Sum("came", default=0)
    )["all"]
    told = sum(row.people or 0 for row in rows if row.trait == Trait.AGE and not row.group)
    groups = groups_of(rows)
    areas = {place.slug: place.area for place in reading.boroughs}
    told_of = {group.trait for group in groups if group.people is not None}
    shown = [
        (_name(group, areas), group)
        for group in sorted(groups, key=_order)
        if group.trait in told_of and (group.trait != Trait.BOROUGH or group.people is not None)
    ]
    lengths = bars([group.index or 0 for _name_, group in shown])
    return Panel(
        slug="who",
        heading=_("Who is missing?"),
        finding=_finding(groups, areas, told, came),
        of=_("Group"),
        columns=(_("People"), _("Part of those who said"), _("Part of the city"), _("Index")),
        rows=[
            _row(name, group, length) for (name, group), length in zip(shown, lengths, strict=True)
        ],
        notes=[*_untold(groups, told_of), *_notes(groups)],
        folded=False,
    )


def _order(group: Group) -> tuple[int, int, str]:
    order = list(Trait.values).index(group.trait)
    names = CHOICES.get(group.trait, ())
    return order, names.index(group.name) if group.name in names else 0, group.name


def _name(group: Group, areas: dict[str, str]) -> str:
    return _label(group.trait, group.name, areas)


def label(trait: str, name: str, boroughs: Sequence[Office]) -> str:
    """A group in words."""
    return _label(trait, name, {place.slug: place.area for place in boroughs})


def _label(trait: str, name: str, areas: dict[str, str]) -> str:
    if trait == Trait.BOROUGH:
        return areas.get(name, name)
    said = LABELS[Trait(trait)](name).label
    return _("%(trait)s: %(group)s") % {"trait": Trait(trait).label, "group": said}


def _row(name: str, group: Group, length: int) -> Row:
    figure, index = population.figure(group.trait, group.name), group.index
    if group.people is None:
        cells = [Cell(_("hidden"), value=""), Cell("–", value="")]
    else:
        cells = [
            Cell(grouped(group.people), value=group.people),
            Cell(percent(group.people, group.all)),
        ]
    part = percent(figure.people, figure.all) if figure else "–"
    cells += [Cell(part), Cell("–" if index is None else str(index))]
    low = index is not None and index < LOW
    return Row(name, cells, bar=None if index is None else length, state="late" if low else "")


PART = 100  # heard as much as its part of the city
LOW = 50  # heard at half of its part of the city, or less


def least_heard(groups: Sequence[Group]) -> Group | None:
    """Whose index is the lowest, if it is below its part of the city."""
    known = [group for group in groups if group.index is not None and group.index < PART]
    return min(known, key=lambda group: (group.index or 0, group.name), default=None)


def _finding(groups: Sequence[Group], areas: dict[str, str], told: int, came: int) -> str:
    rate = _("%(rate)s of those who wrote told us their age") % {"rate": percent(told, came)}
    least = least_heard(groups)
    if least is None and any(group.index for group in groups):
        return joined(_("Nobody we can compare was heard less than their part of the city"), rate)
    if least is None:
        return joined(_("Too few have told us who they are to say who is missing"), rate)
    first = _("Heard least: “%(group)s”, %(index)d where 100 would be their part of the city")
    return joined(first % {"group": _name(least, areas), "index": least.index}, rate)


def _untold(groups: Sequence[Group], told_of: set[str]) -> list[str]:
    """Of which questions nothing can be shown at all."""
    asked = dict.fromkeys(group.trait for group in sorted(groups, key=_order))
    silent = [str(Trait(trait).label) for trait in asked if trait not in told_of]
    if not silent:
        return []
    return [_("Too few said anything else about: %(traits)s.") % {"traits": words.listed(silent)}]


def _notes(groups: Sequence[Group]) -> list[str]:
    hidden = sum(group.people is None for group in groups if group.trait == Trait.BOROUGH)
    notes = [
        _(
            "Everybody may answer four questions after sending. The answers are kept apart from"
            " every message, and a month is counted once it is over. This panel is about the whole"
            " city and the last twelve whole months, whatever is chosen above."
        ),
        _("Groups below %(least)d people are not shown, nor what would give them away.")
        % {"least": LEAST},
    ]
    if hidden:
        notes.append(
            ngettext(
                "%(number)d borough is not shown for this reason.",
                "%(number)d boroughs are not shown for this reason.",
                hidden,
            )
            % {"number": hidden}
        )
    figures = population.figures().values()
    sources = dict.fromkeys((figure.source, figure.day.year) for figure in figures)
    told = "; ".join(f"{source}, {year}" for source, year in sources)
    notes.append(_("Figures of the city: %(sources)s.") % {"sources": told})
    return notes
