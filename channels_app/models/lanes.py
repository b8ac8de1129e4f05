"""A way out of the house, and whether it is open."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models.contacts import ContactKind
from lifecycle import clock


class LaneQuerySet(models.QuerySet["Lane"]):
    """Which lanes."""

    def to_try(self) -> Self:
        """Paused, and it is time to see whether we are let in again."""
        return self.filter(try_at__lte=clock.now())


class Lane(models.Model):
    """One channel that is paused since our own sign-in there was refused; open ones have no row.

    While the row stands nothing of this channel leaves and nothing is lost. `try_at` is when the
    sign-in alone is tried again; letters wait until it succeeds.
    """

    channel = models.CharField(max_length=5, choices=ContactKind, primary_key=True)
    paused_at = models.DateTimeField()
    try_at = models.DateTimeField()
    why = models.CharField(max_length=200)

    objects = LaneQuerySet.as_manager()

    class Meta:
        verbose_name = _("paused channel")
        verbose_name_plural = _("paused channels")

    def __str__(self) -> str:
        return f"{self.channel}: {self.why}"

    @staticmethod
    def pause(channel: str, *, why: str, try_at: datetime) -> bool:
        """Close the lane; whether it was open until now, so that one alert is given."""
        row = Lane(channel=channel, paused_at=clock.now(), try_at=try_at, why=why[:200])
        Lane.objects.bulk_create([row], ignore_conflicts=True)
        return bool(Lane.objects.filter(channel=channel, paused_at=row.paused_at).count())

    def claim_try(self, *, until: datetime) -> bool:
        """One sender tries the sign-in, the others see it again at `until`."""
        mine = Lane.objects.filter(channel=self.channel, try_at=self.try_at)
        return bool(mine.update(try_at=until))
