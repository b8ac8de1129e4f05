"""Was it clear? Did you feel heard? What its author says of a closing answer."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app.models.messages import Message
from channels_app.models.replies import Reply
from people.models import Office


class Felt(models.TextChoices):
    """An answer to either of the two questions."""

    YES = "yes", pgettext_lazy("rating", "Yes")
    PARTLY = "partly", pgettext_lazy("rating", "Partly")
    NO = "no", pgettext_lazy("rating", "No")


class RatingQuerySet(models.QuerySet["Rating"]):
    """Which of them."""

    def of_office(self, office: Office) -> Self:
        """What was said of the answers this office gave, wherever the case lies now."""
        return self.filter(office=office)

    def between(self, since: datetime, until: datetime) -> Self:
        """Said first from `since` on and before `until`."""
        return self.filter(at__gte=since, at__lt=until)


class Rating(models.Model):
    """What one author says of one closing answer: once, and changeable for a time.

    `office` is the one that gave the answer; `at` when it was first said, `changed_at` when it
    was last changed. The words are for that office; nothing of them is ever public. Whose message
    was joined to another one says it of the answer to that other one.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="ratings", db_index=False)
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="ratings")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    clear = models.CharField(max_length=6, choices=Felt)
    heard = models.CharField(max_length=6, choices=Felt)
    words = models.TextField(blank=True)
    masked_words = models.TextField(blank=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["message", "reply"], name="rating_once_an_answer")
        ]
        indexes = [
            models.Index(
                fields=["office", "at"], name="rating_of_office", include=["clear", "heard"]
            ),
            models.Index(
                fields=["at"], name="rating_by_time", include=["office", "clear", "heard"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.clear}, {self.heard}"
