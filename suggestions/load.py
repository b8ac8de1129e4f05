"""Who carries how much: open committees and due reports of each office, and the hours they take.

"This follow-up procedure demands almost one full-time SMG officer" (paper 5.3): so it is counted.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from lifecycle import clock
from people.models import Appointment, Office, Role
from suggestions.models import Committee, Mandate, ProgressReport
from suggestions.states_of_committees import COMMITTEE_FINAL

WEEKS = 4


@dataclass(frozen=True)
class Load:
    """One office now; `hours` are those its reports of the last four weeks tell."""

    office: Office
    committees: int
    alone: int  # suggestions it carries without a committee
    due: int
    late: int
    hours: Decimal
    officers: int

    @property
    def carried(self) -> int:
        """What it reports on: committees, and suggestions without one."""
        return self.committees + self.alone

    @property
    def meter(self) -> int:
        """Open committees × due reports, for each of its officers; rounded up."""
        return -(-self.carried * self.due // max(self.officers, 1))


def loads(offices: Iterable[int] | None = None) -> list[Load]:
    """Of these offices, or of all that carry something; the heaviest first. Five queries."""
    mine = Q() if offices is None else Q(office__in=list(offices))
    committees = _counted(Committee.objects.filter(mine).exclude(status__in=COMMITTEE_FINAL))
    live = Mandate.objects.live().of_offices_alone()
    alone = _counted(live.filter(_below(offices)), "suggestion__department")
    reports = ProgressReport.objects.filter(mine)
    late = Count("pk", filter=Q(due_at__lt=clock.now()))
    open_ones = reports.unfinished().order_by().values("office").annotate(n=Count("pk"), late=late)
    due = {row["office"]: (row["n"], row["late"]) for row in open_ones}
    lately = reports.filter(published_at__gt=clock.now() - timedelta(weeks=WEEKS))
    spent = lately.order_by().values("office").annotate(hours=Sum("hours"))
    hours = {row["office"]: row["hours"] for row in spent}
    keys = {*committees, *alone, *due, *hours}
    acting = Appointment.objects.current().filter(
        office__in=keys, role__in=(Role.OFFICER, Role.HEAD), user__is_active=True
    )
    officers = Counter(acting.values_list("office", flat=True))
    found = [
        Load(
            office,
            committees.get(key, 0),
            alone.get(key, 0),
            *due.get(key, (0, 0)),
            hours.get(key) or Decimal(0),
            officers[key],
        )
        for key, office in Office.objects.in_bulk(keys).items()
    ]
    return sorted(found, key=lambda one: (-one.meter, -one.late, -one.carried, one.office.name))


def _below(offices: Iterable[int] | None) -> Q:
    return Q() if offices is None else Q(suggestion__department__in=list(offices))


def _counted(rows: QuerySet[Any], by: str = "office") -> dict[int, int]:
    counted = rows.order_by().values(by).annotate(n=Count("pk"))
    return {row[by]: row["n"] for row in counted if row[by] is not None}
