"""What an officer has just done, so that it can be taken back within seconds."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app import rules
from lifecycle import clock
from people.models import User


class Verb(models.TextChoices):
    """What was done, to one message or to many."""

    ROUTE = "route", _("given to an office")
    HAND_BACK = "hand_back", _("handed back")
    SET_ASIDE = "set_aside", _("set aside")
    JOIN = "join", _("joined")


class Deed(models.Model):
    """One press of a button: what became of each message, and how each stood before.

    `done` holds how each message stood (`actions.Stood`), `refused` a {"code", "why"} for each
    that was left as it is. Neither holds words of a citizen.
    """

    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=9, choices=Verb)
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
        verbose_name = _("deed")
        verbose_name_plural = _("deeds")
        indexes = [models.Index(fields=["by", "at"], name="deed_of_officer")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.by} · {self.at:%Y-%m-%d %H:%M}"

    @property
    def ends_at(self) -> datetime:
        """Until when it can be taken back."""
        return self.at + timedelta(seconds=rules.ANSWER_LEAVES_AFTER.value())

    def may_be_undone_by(self, user: User) -> bool:
        """By whoever did it, once, before the seconds are over."""
        return self.by_id == user.pk and self.undone_at is None and clock.now() <= self.ends_at
