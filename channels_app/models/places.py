"""Where in the city: what a message says of its place, and the outlines of the boroughs."""

from collections.abc import Mapping
from dataclasses import dataclass

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.text.homes import names_a_home
from lifecycle import clock
from people.models import Office, OfficeKind

# A hundredth of a degree of latitude is 1.1 km; these are about 100 and 10 metres.
DECIMALS_AT_A_HOME, DECIMALS = 3, 4
POSITION_IS_WHOLE = models.CheckConstraint(
    name="message_position_is_whole",
    condition=Q(latitude__isnull=True, longitude__isnull=True)
    | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
)


class Placed(models.Model):
    """Where the thing is that somebody speaks of: words, a borough, a position in WGS 84 degrees.

    `place` is what was written, for officers; `masked_place` the copy for everything public.
    """

    MAY_BE_AT_HOME = frozenset({"question", "idea"})  # kinds sent from where one sits

    kind: models.CharField[str, str]

    borough = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )
    place = models.CharField(max_length=200, blank=True, editable=False)
    masked_place = models.CharField(max_length=200, blank=True, editable=False)
    latitude = models.FloatField(null=True, editable=False)
    longitude = models.FloatField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def position(self) -> tuple[float, float] | None:
        """(latitude, longitude) as it came, for officers and the author."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def public_position(self) -> tuple[float, float] | None:
        """(latitude, longitude) for everything public: coarse where somebody may live."""
        if self.position is None:
            return None
        at_home = self.kind in self.MAY_BE_AT_HOME or names_a_home(self.place)
        decimals = DECIMALS_AT_A_HOME if at_home else DECIMALS
        return round(self.position[0], decimals), round(self.position[1], decimals)


class Boundary(models.Model):
    """The outline of one borough in WGS 84 degrees, as WKB in hex."""

    office = models.OneToOneField(Office, models.PROTECT, primary_key=True, related_name="boundary")
    shape = models.TextField()
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")

    def __str__(self) -> str:
        return str(self.office)


class BoroughDutyQuerySet(models.QuerySet["BoroughDuty"]):
    """Which duties."""

    def table(self) -> "DutyTable":
        """All rows as plain values."""
        return DutyTable(
            {
                (office, borough): active
                for office, borough, active in self.values_list("office_id", "borough_id", "active")
            }
        )


@dataclass(frozen=True)
class DutyTable:
    """Who does what in which borough; a row for one borough wins over the row for all."""

    rows: Mapping[tuple[int, int | None], bool]

    def may_be_of_boroughs(self, office: int) -> bool:
        """Some borough does what this department is asked for."""
        return any(active and of == office for (of, _borough), active in self.rows.items())

    def is_of(self, office: int, borough: int) -> bool:
        """This borough does it itself."""
        return self.rows.get((office, borough), self.rows.get((office, None), False))


@pghistory.track()
class BoroughDuty(models.Model):
    """What a borough does itself: a word of the routing table's office there goes to the borough.

    `office` is the department the keywords point at, `borough` the one that answers in its stead
    for places inside it; one row says the same for every borough when `borough` is empty, and a
    row of one borough that is not in use says: this one does not.
    """

    office = models.ForeignKey(
        Office,
        models.PROTECT,
        verbose_name=_("department"),
        related_name="+",
        limit_choices_to=~Q(kind__in=(OfficeKind.BOROUGH, OfficeKind.CENTRE)),
    )
    borough = models.ForeignKey(
        Office,
        models.PROTECT,
        verbose_name=_("borough (empty: all)"),
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=Q(kind=OfficeKind.BOROUGH),
    )
    active = models.BooleanField(_("in use"), default=True)

    objects = BoroughDutyQuerySet.as_manager()

    class Meta:
        ordering = ["office", "borough"]
        verbose_name = _("duty of the boroughs")
        verbose_name_plural = _("duties of the boroughs")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "borough"], name="boroughduty_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        borough = self.borough or _("every borough")
        return f"{self.office} → {borough}"
