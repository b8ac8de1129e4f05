"""A petition: its author gathers signatures, and a statute has the city answer."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models import Message, Publication
from channels_app.states import MessageStatus

WAITING = (MessageStatus.RECEIVED, MessageStatus.ROUTED)


class PetitionQuerySet(models.QuerySet["Petition"]):
    """Which petitions."""

    def confirmed(self) -> Self:
        """Their authors have confirmed their address, and only the office can read them yet."""
        return self.filter(
            opened_at__isnull=True,
            message__publication=Publication.PRIVATE,
            message__status__in=WAITING,
            message__contact__confirmed_at__isnull=False,
            message__contact__refused_at__isnull=True,
        ).order_by("id")


class Petition(models.Model):
    """What its author called a petition: a message that everyone may read once that is confirmed.

    Until then only the office reads it. From then on it is a suggestion of the kind `petition`.
    """

    message = models.OneToOneField(Message, models.PROTECT, related_name="petition")
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        indexes = [
            models.Index(fields=["id"], name="petition_unopened", condition=Q(opened_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.message_id}"
