"""The Rulebook's rows, and the days the calendar does not know by itself."""

from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lifecycle.models.tracked import APPEND_ONLY
from people.models import User


class Rule(models.Model):
    """One version of one number of policy. Never changed: a new version is a new row.

    A rule applies to rows received after `since`; open due dates stay.
    """

    name = models.CharField(_("rule"), max_length=60)
    value = models.JSONField(_("value"))
    since = models.DateTimeField(_("from"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        User, models.PROTECT, null=True, verbose_name=_("entered by"), related_name="+"
    )

    class Meta:
        ordering = ["name", "-since"]
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        constraints = [
            models.UniqueConstraint(fields=["name", "since"], name="rule_one_version_a_moment")
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Which entries of the calendar."""

    def not_recounted(self) -> Self:
        """Entered, and the open dates they touch have not been counted again yet."""
        return self.filter(recounted_at__isnull=True)


class Holiday(models.Model):
    """A day the city council or the government declares free, or takes back (관공서의 공휴일 규정).

    The calendar knows the lunar and the substitute holidays by itself; here stand the temporary
    ones. The newest entry of a day holds. `works` says that city hall works on that day after
    all. `recounted_at` is when the open dates were counted again.
    """

    day = models.DateField(_("day"))
    works = models.BooleanField(_("city hall works on this day"), default=False)
    name_ko = models.CharField(_("name (Korean)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=80)
    by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        verbose_name=_("entered by"),
        related_name="+",
        editable=False,
    )
    at = models.DateTimeField(_("entered at"), editable=False)
    recounted_at = models.DateTimeField(_("dates counted again at"), null=True, editable=False)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        verbose_name = _("temporary holiday")
        verbose_name_plural = _("temporary holidays")
        indexes = [
            models.Index(
                fields=["id"],
                name="holiday_to_recount",
                condition=models.Q(recounted_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name_ko}"

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name_ko
