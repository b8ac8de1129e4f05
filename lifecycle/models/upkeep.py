"""Does the portal move? Heartbeats, rows that nobody gets done, alarms, backups and drills."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.models.tracked import APPEND_ONLY

SILENT_AFTER = timedelta(seconds=60)
POISON = 3  # failures after which a row rests, and a person is told
REST = timedelta(hours=1)


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    """Which sweeps."""

    def silent(self, *sweeps: str) -> Self:
        """Those of these that were through once, and not in the last minute."""
        return self.filter(sweep__in=sweeps, last_done_at__lt=clock.now() - SILENT_AFTER)


class Heartbeat(models.Model):
    """When a sweep last finished: progress, not merely a process that is there."""

    sweep = models.CharField(max_length=60, primary_key=True)
    last_done_at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return self.sweep

    @staticmethod
    def beat(sweep: str) -> None:
        """The sweep has been through everything that was due."""
        moment = clock.now()
        Heartbeat.objects.bulk_create(
            [Heartbeat(sweep=sweep, last_done_at=moment)],
            update_conflicts=True,
            unique_fields=["sweep"],
            update_fields=["last_done_at"],
        )


class Eldest(models.Model):
    """The oldest row that a sweep has not done, and since when it is the oldest.

    For queues whose rows carry no time of their own: the row is at least as old as this.
    """

    sweep = models.CharField(max_length=60, primary_key=True)
    row = models.BigIntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sweep}: {self.row}"

    @staticmethod
    def seen(sweep: str, row: int) -> datetime:
        """This one is the oldest now; since when it is."""
        known = Eldest.objects.filter(sweep=sweep).first()
        if known is not None and known.row == row:
            return known.since
        since = clock.now()
        Eldest.objects.bulk_create(
            [Eldest(sweep=sweep, row=row, since=since)],
            update_conflicts=True,
            unique_fields=["sweep"],
            update_fields=["row", "since"],
        )
        return since

    @staticmethod
    def note(sweep: str, row: int | None) -> None:
        """What a round has left over; None where nothing waits any more."""
        if row is None:
            Eldest.objects.filter(sweep=sweep).delete()
        else:
            Eldest.seen(sweep, row)


class StumbleQuerySet(models.QuerySet["Stumble"]):
    """Which rows."""

    def poisoned(self) -> Self:
        """Failed too often, and lately: what was not tried again since is no longer due."""
        since = clock.now() - 3 * REST
        return self.filter(tries__gte=POISON, at__gt=since).order_by("at", "id")

    def forgotten(self) -> Self:
        """Not tried for so long that the row must have left its queue in another way."""
        return self.filter(at__lt=clock.now() - 24 * REST)


class Stumble(models.Model):
    """A row over which a sweep stumbled, how often and when last; gone once it gets past it."""

    sweep = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    key = models.BigIntegerField()
    tries = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = StumbleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["sweep", "kind", "key"], name="stumble_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sweep}: {self.kind} {self.key}"

    @staticmethod
    def over(sweep: str, kind: str, key: int) -> None:
        """Once more."""
        moment = clock.now()
        known = Stumble.objects.filter(sweep=sweep, kind=kind, key=key)
        if not known.update(tries=F("tries") + 1, at=moment):
            one = Stumble(sweep=sweep, kind=kind, key=key, tries=1, at=moment)
            Stumble.objects.bulk_create([one], ignore_conflicts=True)

    @property
    def rests(self) -> bool:
        """It is left out for now, so that it keeps nobody else waiting."""
        return self.tries >= POISON and self.at > clock.now() - REST


class AlarmQuerySet(models.QuerySet["Alarm"]):
    """Which alarms."""

    def ringing(self) -> Self:
        """Begun and not over, the oldest first."""
        return self.filter(ended_at__isnull=True).order_by("began_at", "id")


class Alarm(models.Model):
    """Something was later than the Rulebook lets it be, from when to when.

    `name` is the kind and, after a colon, what of that kind it is about.
    """

    name = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="alarm_once_at_a_time", condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def begin(name: str) -> bool:
        """It rings from now on; False where it rang already: one alarm, however many look."""
        moment = clock.now()
        Alarm.objects.bulk_create([Alarm(name=name, began_at=moment)], ignore_conflicts=True)
        return Alarm.objects.ringing().filter(name=name, began_at=moment).exists()

    def end(self) -> bool:
        """It is over; False where somebody else has said so before."""
        return bool(Alarm.objects.ringing().filter(pk=self.pk).update(ended_at=clock.now()))


class UpkeepKind(models.TextChoices):
    """What was done for the day on which everything is lost."""

    BACKUP = "backup", _("backup")
    BASE = "base", _("base backup")
    RESTORE = "restore", _("restore")
    DRILL = "drill", _("restore drill")


BACKUPS = (UpkeepKind.BACKUP, UpkeepKind.BASE)


class UpkeepQuerySet(models.QuerySet["Upkeep"]):
    """Which entries."""

    def latest_good(self, *kinds: str) -> "Upkeep | None":
        """The last of these kinds that went well."""
        return self.filter(kind__in=kinds, ok=True).order_by("-at", "-id").first()

    def latest_of(self, *kinds: str) -> "Upkeep | None":
        """The last of these kinds, however it went."""
        return self.filter(kind__in=kinds).order_by("-at", "-id").first()


class Upkeep(models.Model):
    """One backup, restore or drill, and how it went (append-only).

    A backup is entered once it lies there, so it is not in itself: a restore enters the backup it
    came from again. A drill is entered by the portal that ordered it, never in what it restored.
    """

    kind = models.CharField(max_length=7, choices=UpkeepKind)
    at = models.DateTimeField()
    ok = models.BooleanField()
    seconds = models.FloatField()
    size = models.BigIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)

    objects = UpkeepQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M} {'ok' if self.ok else self.words}"

    @staticmethod
    def enter(
        kind: str,
        *,
        ok: bool = True,
        seconds: float = 0.0,
        size: int = 0,
        words: str = "",
        at: datetime | None = None,
    ) -> "Upkeep":
        """Write down what was done; now, unless it was done before."""
        return Upkeep.objects.create(
            kind=kind, at=at or clock.now(), ok=ok, seconds=seconds, size=size, words=words[:300]
        )

    @property
    def megabytes(self) -> float:
        """As disks tell it."""
        return self.size / 1_000_000
