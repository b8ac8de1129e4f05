"""The keyword table and the reasons of every routing decision."""

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from channels_app.models.messages import Message
from channels_app.text.routing import Term
from lifecycle.models import NEVER_EMPTIED
from people.models import Office, OfficeKind, User

PLACES = (OfficeKind.BOROUGH, OfficeKind.MAYOR)


class TextPattern(models.TextChoices):
    """Patterns the code knows by name; the table holds literals, never expressions."""

    BUS_ROUTE = "bus_route", _("a bus route")
    SUBWAY_LINE = "subway_line", _("a subway line")


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    """Which rules."""

    def terms(self) -> list[Term]:
        """The table as plain values, the names of offices among them: a mention decides.

        Not that of a borough: "in front of Jongno-gu Office" says where, not who.
        """
        rules = self.filter(active=True, office__closed=False).order_by("id")
        written = [
            Term(office, words, pattern, points, decides)
            for office, words, pattern, points, decides in rules.values_list(
                "office_id", "words", "pattern", "points", "decides"
            )
        ]
        mentions = [
            Term(pk, words=name, decides=kind not in PLACES)
            for pk, kind, *names in Office.objects.answering().values_list(
                "pk", "kind", "name_ko", "name_en"
            )
            for name in names
        ]
        return written + mentions


@pghistory.track()
class RoutingRule(models.Model):
    """One word that speaks for an office, with its points, or decides alone."""

    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("office"), related_name="routing_rules"
    )
    words = models.CharField(
        _("words"), max_length=40, blank=True, validators=[MinLengthValidator(2)]
    )
    pattern = models.CharField(_("or a pattern"), max_length=20, choices=TextPattern, blank=True)
    points = models.FloatField(_("points"), default=1.0, validators=[MinValueValidator(0.1)])
    decides = models.BooleanField(_("decides alone"), default=False)
    active = models.BooleanField(_("in use"), default=True)

    objects = RoutingRuleQuerySet.as_manager()

    class Meta:
        ordering = ["office", "words"]
        verbose_name = _("routing keyword")
        verbose_name_plural = _("routing keywords")
        constraints = [
            models.UniqueConstraint(fields=["office", "words", "pattern"], name="routingrule_once"),
            models.CheckConstraint(
                name="routingrule_words_or_pattern",
                condition=(~Q(words="") & Q(pattern="")) | (Q(words="") & ~Q(pattern="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words or self.get_pattern_display()} → {self.office}"

    def clean(self) -> None:
        """Exactly one of words and pattern."""
        self.words = self.words.strip()
        if bool(self.words) == bool(self.pattern):
            raise ValidationError(_("Give either words or a pattern, not both."))


# A decision may quote its message: its words may be blanked, once, and nothing else may change.
ONLY_BLANKED = (
    pgtrigger.Protect(name="append_only_delete", operation=pgtrigger.Delete),
    pgtrigger.ReadOnly(name="append_only", exclude=["reason", "candidates"]),
    pgtrigger.Protect(
        name="only_blanked",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "NEW.reason <> '' OR NEW.candidates <> '[]'::jsonb"
            " OR (OLD.reason = '' AND OLD.candidates = '[]'::jsonb)"
        ),
    ),
    NEVER_EMPTIED,
)


class RoutingDecision(models.Model):
    """Where a message was sent and why: by the rules (`by` None) or by an officer.

    `candidates` holds at most three {"office", "points", "words"}; every word quoted stands in
    the masked text or in the keyword table, never in the original alone. `instead_of` is the
    department the words point at, where a borough does that duty itself.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="routing_decisions")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    instead_of = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", db_index=False
    )
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    candidates = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        triggers = ONLY_BLANKED

    def __str__(self) -> str:
        return f"{self.message} → {self.office or '?'}"

    @property
    def borough_reason(self) -> str:
        """Why a borough has it, in words; nothing for any other decision."""
        if self.instead_of is None:
            return ""
        return gettext("The words point to %(department)s. Here %(borough)s does this itself.") % {
            "department": self.instead_of,
            "borough": self.office,
        }
