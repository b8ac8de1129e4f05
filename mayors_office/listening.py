"""Who was heard in a month: counted once when it is over, with small groups hidden for good."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Count, Max, Min

from channels_app.models import AgeGroup, Background, Gender, YesNo
from lifecycle import clock
from mayors_office.models import Heard, Trait
from mayors_office.small import protected
from people.models import Office

PATIENCE = timedelta(hours=1)
CHOICES: Mapping[str, tuple[str, ...]] = {
    Trait.AGE: tuple(AgeGroup.values),
    Trait.GENDER: tuple(Gender.values),
    Trait.DISABILITY: tuple(YesNo.values),
    Trait.FIRST_TIME: tuple(YesNo.values),
}


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return first_of(month + timedelta(days=31))


def this_month() -> date:
    """The month that is not over yet, by its first day.

    Who answers in the last second of a month may be written in the first of the next one.
    """
    return first_of(clock.seoul(clock.now() - PATIENCE).date())


def open_months() -> list[date]:
    """Months that are over, have answers, and are not closed yet; oldest first."""
    ends = Background.objects.aggregate(first=Min("month"), last=Max("month"))
    if ends["first"] is None:
        return []
    this = this_month()
    closed = set(Heard.objects.order_by().values_list("month", flat=True).distinct())
    month = min([first_of(ends["first"]), *closed])
    found = []
    while month < this:
        if month not in closed:
            found.append(month)
        month = next_month(month)
    return found


def all_closed_until(month: date) -> bool:
    """Every month before this one is closed; none was left out on the way."""
    ends = Heard.objects.aggregate(
        first=Min("month"), last=Max("month"), number=Count("month", distinct=True)
    )
    first, last = ends["first"], ends["last"]
    if first is None or next_month(last) < month:
        return False
    return bool(ends["number"] == 12 * (last.year - first.year) + last.month - first.month + 1)


def tables(month: date) -> list[Heard]:
    """Every protected table of a month, as rows that can be kept."""
    rows: list[Heard] = []
    for trait in Trait.values:
        everybody, groups = protected(_counted(month, trait))
        shown = {"": everybody, **groups}
        rows += [
            Heard(month=month, trait=trait, group=group, people=people)
            for group, people in shown.items()
        ]
    return rows


def _counted(month: date, trait: str) -> dict[str, int]:
    """How many said what; a group nobody named is there with none."""
    of_month = Background.objects.filter(month=month).order_by()
    if trait == Trait.BOROUGH:
        slugs = Office.objects.boroughs().values_list("slug", flat=True)
        said = of_month.filter(borough__isnull=False).values_list("borough__slug")
        return dict.fromkeys(slugs, 0) | dict(said.annotate(number=Count("pk")))
    said = of_month.exclude(**{trait: ""}).values_list(trait)
    return dict.fromkeys(CHOICES[trait], 0) | dict(said.annotate(number=Count("pk")))
