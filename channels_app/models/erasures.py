"""What was erased, when, and why: evidence that holds nothing of what it speaks of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lifecycle import rules
from lifecycle.models import APPEND_ONLY
from people.models import User


class ErasureCause(models.TextChoices):
    """Why something was erased."""

    RETENTION = "retention", _("its time was over")
    REQUEST = "request", _("the person asked for it")


class Erasure(models.Model):
    """One row whose personal columns were blanked (append-only).

    `kind` and `key` name the row (a receipt number, the keyed index of a contact), so that a
    restored backup can be erased again; `columns` says what was blanked, never what stood there.
    """

    cause = models.CharField(max_length=10, choices=ErasureCause)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    columns = models.JSONField(default=list)
    rule = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        indexes = [models.Index(fields=["kind", "key"], name="erasure_of")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind} {self.key}"

    @property
    def rule_words(self) -> str:
        """What its rule is about, as `/rules/` says it; its name where it is no rule any more."""
        rule = rules.declared().get(self.rule)
        return str(rule.words) if rule else self.rule


class Export(models.Model):
    """Somebody took personal data out: who, what, and the reason given (append-only)."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    reason = models.CharField(max_length=300)
    rows = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind} {self.key}"


class AccessReview(models.Model):
    """The monthly look at who read what citizens wrote: by whom, and what was found."""

    month = models.DateField(unique=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    findings = models.TextField(blank=True)

    class Meta:
        ordering = ["-month"]
        verbose_name = _("review of readings")
        verbose_name_plural = _("reviews of readings")
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
