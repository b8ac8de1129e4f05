"""Who are we hearing from? Answered freely, and stored apart from every message."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Office


class AgeGroup(models.TextChoices):
    """How old."""

    UNDER_20 = "0-19", _("under 20")
    UNDER_40 = "20-39", _("20 to 39")
    UNDER_65 = "40-64", _("40 to 64")
    FROM_65 = "65+", _("65 or older")


class Gender(models.TextChoices):
    """As the person says."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", _("other")


class YesNo(models.TextChoices):
    """A plain question."""

    YES = "yes", _("yes")
    NO = "no", _("no")


class Background(models.Model):
    """What one sender chose to say of themselves: with borough and month only.

    No key leads to a message, a contact or a moment; groups below five people are never shown.
    Its own key is drawn by lot: a running number would tell who spoke after whom.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.DateField()  # its first day
    borough = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    age = models.CharField(max_length=5, choices=AgeGroup, blank=True)
    gender = models.CharField(max_length=5, choices=Gender, blank=True)
    disability = models.CharField(max_length=3, choices=YesNo, blank=True)
    first_time = models.CharField(max_length=3, choices=YesNo, blank=True)

    class Meta:
        ordering = ["month"]
        verbose_name = _("who spoke")
        verbose_name_plural = _("who spoke")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
