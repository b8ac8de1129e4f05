"""What the city answers."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models.messages import Message
from channels_app.models.passage_triggers import REPLY_CHANGED
from channels_app.text.masking import mask
from lifecycle import clock
from people.models import Office, User


class ReplyKind(models.TextChoices):
    """What an office writes to the author, and to everyone who may read it."""

    CLOSING = "closing", _("the answer")
    PROMISING = "promising", _("a promise with a finish date")
    INTERIM = "interim", _("an interim answer")
    QUESTION = "question", _("a question to the author")
    PROGRESS = "progress", _("how far it is")


class Outcome(models.TextChoices):
    """What a closing answer says."""

    DONE = "done", _("It is done.")
    EXPLAINED = "explained", _("It is explained.")
    DECLINED = "declined", _("The city says no.")


class Ground(models.TextChoices):
    """What stands in the way when the city says no."""

    LEGAL = "legal", _("a law or rule forbids it")
    BUDGET = "budget", _("there is no money for it")
    REMIT = "remit", _("the city may not decide it")
    CONFLICT = "conflict", _("it harms others")
    POLITICAL = "political", _("the city has decided otherwise")


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Which answers."""

    def leaving(self) -> Self:
        """Written, not taken back, their moment come, not yet on the case page."""
        return self.filter(
            taken_back_at=None, published_at=None, leaves_at__lte=clock.now()
        ).order_by("leaves_at")

    def published(self) -> Self:
        """What the citizen can read."""
        return self.filter(published_at__isnull=False)


class Reply(models.Model):
    """What the city answers.

    A closing answer leaves at `leaves_at` and can be taken back till then; the other kinds are
    published at once. `new_due_at` is the date that a promising or an interim answer names. An
    answer that says no has a `ground`, its reason in words, the person's next door, and one thing
    the city will do.
    """

    kind = models.CharField(
        max_length=9, choices=ReplyKind, default=ReplyKind.CLOSING, db_default=ReplyKind.CLOSING
    )
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True, db_default="")
    ground = models.CharField(max_length=9, choices=Ground, blank=True, db_default="")
    reason = models.TextField(blank=True, db_default="")
    next_door = models.TextField(blank=True, db_default="")
    will_do = models.TextField(blank=True, db_default="")
    new_due_at = models.DateTimeField(null=True)
    message = models.ForeignKey(Message, models.PROTECT, related_name="replies")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    masked_text = models.TextField()
    written_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["written_at"]
        triggers = [REPLY_CHANGED]
        indexes = [
            models.Index(
                fields=["leaves_at"],
                name="reply_leaving",
                condition=Q(published_at=None, taken_back_at=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["message"],
                name="reply_one_at_a_time",
                condition=Q(published_at=None, taken_back_at=None),
            ),
            models.CheckConstraint(
                name="reply_no_says_what_next",
                condition=~Q(outcome=Outcome.DECLINED)
                | (~Q(ground="") & ~Q(reason="") & ~Q(next_door="") & ~Q(will_do=""))
                | Q(text=""),  # erased
            ),
            models.CheckConstraint(
                name="reply_new_date_is_named",
                condition=Q(new_due_at__isnull=False)
                | ~Q(kind__in=(ReplyKind.PROMISING, ReplyKind.INTERIM)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message} · {self.written_at:%Y-%m-%d}"

    @property
    def is_closing(self) -> bool:
        """Nothing more is owed after it."""
        return self.kind == ReplyKind.CLOSING

    @property
    def is_no(self) -> bool:
        """The city declines."""
        return self.outcome == Outcome.DECLINED

    @property
    def public_words(self) -> str:
        """All of it that everyone may read; of a "no" what follows from it too."""
        refusal = (self.masked_reason, self.masked_next_door, self.masked_will_do)
        return "\n".join(part for part in (self.masked_text, *refusal) if part)

    @property
    def masked_reason(self) -> str:
        """The reason as everyone may read it."""
        return mask(self.reason)

    @property
    def masked_next_door(self) -> str:
        """The next door as everyone may read it."""
        return mask(self.next_door)

    @property
    def masked_will_do(self) -> str:
        """What the city will do as everyone may read it."""
        return mask(self.will_do)
