"""Where in the city: the outlines of the boroughs, once somebody has imported them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Office


class Boundary(models.Model):
    """The outline of one borough in WGS 84 degrees, as WKB in hex."""

    office = models.OneToOneField(Office, models.PROTECT, primary_key=True, related_name="boundary")
    shape = models.TextField()

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")

    def __str__(self) -> str:
        return str(self.office)


class BoroughDuty(models.Model):
    """What a borough does itself: a word of the routing table's office there goes to the borough.

    `office` is the department the keywords point at, `borough` the one that answers in its stead
    for places inside it; one row says the same for every borough when `borough` is empty.
    """

    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("department"), related_name="+"
    )
    borough = models.ForeignKey(
        Office,
        models.PROTECT,
        verbose_name=_("borough"),
        null=True,
        blank=True,
        related_name="+",
    )
    active = models.BooleanField(_("in use"), default=True)

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
        return f"{self.office} → {self.borough or _('every borough')}"
