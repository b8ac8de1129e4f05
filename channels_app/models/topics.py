"""What can be followed and found, and who follows it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from channels_app import sealing
from channels_app.models.contacts import Contact
from people.models import Office


class TopicKind(models.TextChoices):
    """What stands behind it."""

    MESSAGE = "message", _("message")
    SUGGESTION = "suggestion", _("suggestion")


class TopicQuerySet(models.QuerySet["Topic"]):
    """Which topics."""

    def shown(self) -> Self:
        """What everyone may read."""
        return self.filter(shown=True)


class Topic(models.Model):
    """One public thing: what people follow, what search finds, what feeds list.

    `code` is its number for life and its address /s/<code>/; `title` and `text` are masked.
    `shown` is False while it is hidden or withdrawn: its followers stay. `over_at` is when what
    grew out of a message came to its end; a message says so itself.
    """

    kind = models.CharField(max_length=12, choices=TopicKind)
    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    language = models.CharField(max_length=2, default="ko")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    shown = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The public page of its number."""
        return reverse("case", args=[self.code])


class FollowQuerySet(models.QuerySet["Follow"]):
    """Which follows."""

    def active(self) -> Self:
        """Confirmed, not ended, and the address still takes mail."""
        return self.filter(
            confirmed_at__isnull=False,
            ended_at__isnull=True,
            contact__confirmed_at__isnull=False,
            contact__refused_at__isnull=True,
        )


class Follow(models.Model):
    """Somebody wants to hear what becomes of it; counts only once confirmed from the address."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="follows")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="follows")
    language = models.CharField(max_length=2, default="ko")
    nonce = models.CharField(max_length=32, default=sealing.fresh_nonce, editable=False)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(fields=["topic", "contact"], name="follow_once"),
        ]
        indexes = [
            models.Index(
                fields=["topic", "id"],
                name="follow_active",
                condition=Q(confirmed_at__isnull=False, ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} ← {self.contact_id}"

    @property
    def is_active(self) -> bool:
        """Hears of every change."""
        return self.confirmed_at is not None and self.ended_at is None

    @property
    def token(self) -> str:
        """The secret of the links that confirm and end it."""
        return sealing.link_token("follow", str(self.pk), self.nonce)
