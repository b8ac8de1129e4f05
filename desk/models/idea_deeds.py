"""What was done to many suggestions at once: a line for each, and the way back, if any."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User


class IdeaVerb(models.TextChoices):
    """What was done."""

    ASSIGN = "assign", _("given to an office that would answer")
    PICK = "pick", _("to be reviewed without waiting for support")
    SEND_BACK = "send_back", _("sent back to their authors")
    REFUSE = "refuse", _("not shown")
    INTERIM = "interim", _("put off, with an interim answer")
    IN_PLACE = "in_place", _("answered: the city does it already")
    NO = "no", _("answered: the city says no")


class IdeaDeed(models.Model):
    """One press of a button: which suggestions moved, which did not and why.

    `done` holds a {"code", "version", "department"} for each that moved: how it stood before, and
    the version that it has since. `refused` holds a {"code", "why"}. Neither holds words of a
    citizen.
    """

    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=9, choices=IdeaVerb)
    done: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )
    refused: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        default=list
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("deed on suggestions")
        verbose_name_plural = _("deeds on suggestions")
        indexes = [models.Index(fields=["by", "at"], name="ideadeed_of_officer")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.by} · {self.at:%Y-%m-%d %H:%M}"

    def may_be_undone_by(self, user: User) -> bool:
        """Only another office is easily given back; nobody unreads a public reason or a mail."""
        return (
            self.by_id == user.pk
            and self.undone_at is None
            and self.verb == IdeaVerb.ASSIGN
            and bool(self.done)
        )
