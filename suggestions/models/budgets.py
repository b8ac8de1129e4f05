"""Money for suggestions: what a yearly budget sets aside for one, and what was spent of it."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Office
from suggestions.models.suggestions import Suggestion


class BudgetRowQuerySet(models.QuerySet["BudgetRow"]):
    """Which rows."""

    def public(self) -> Self:
        """Of suggestions that everyone may read."""
        return self.filter(suggestion__in=Suggestion.objects.public())


class BudgetRow(models.Model):
    """One line of one year's budget, for one suggestion (LIFECYCLES 4.8); kept by its office.

    `planned` and `spent` are Korean won; `spent` is empty until the year's accounts are closed.
    """

    suggestion = models.ForeignKey(
        Suggestion, models.PROTECT, verbose_name=_("suggestion"), related_name="budget"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("office"), related_name="budget", db_index=False
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    title = models.CharField(_("what it is for"), max_length=120)
    planned = models.PositiveBigIntegerField(_("planned (won)"))
    spent = models.PositiveBigIntegerField(_("spent (won)"), null=True, blank=True)

    objects = BudgetRowQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-planned", "id"]
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "year", "title"],
                name="budgetrow_once",
                violation_error_message=_("This line stands there already."),
            ),
            models.CheckConstraint(
                name="budgetrow_of_a_year", condition=Q(year__gte=2000, year__lte=2100)
            ),
        ]
        indexes = [models.Index(fields=["year", "-planned", "-id"], name="budgetrow_of_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"
