"""What came in from a network: kept as it came before anybody reads it, then decided once."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from channels_app import sealing
from channels_app.models.accounts import Account
from channels_app.models.messages import Message
from channels_app.states import INBOUND_LIFECYCLE, InboundState
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from lifecycle.models import POISON
from people.models import User


class KeptBecause(models.TextChoices):
    """Why a person has to decide, or why it is no voice."""

    UNREAD = "unread", _("we tried three times and could not read it")
    NO_SENDER = "no_sender", _("it names no sender")
    EMPTY = "empty", _("there is nothing in it")
    BOUNCE = "bounce", _("a mail server says that a mail of ours did not arrive")
    ANSWER = "answer", _("a machine answered for somebody")
    LIST = "list", _("it goes to many")
    LOOP = "loop", _("it came from us")
    REMOVED = "removed", _("its author took it away before we had it")
    RECEIPT = "receipt", _("the network says what became of words of ours")
    COUNTS = "counts", _("the network counts what readers do")


class InboundEventQuerySet(models.QuerySet["InboundEvent"]):
    """Which of them."""

    def to_take_in(self) -> Self:
        """Nobody has decided yet, and nobody is at it; in the order they came."""
        return self.filter(state=InboundState.NEW, try_at__lte=clock.now()).order_by("id")

    def of_mail(self) -> Self:
        """Mails, in the order they came."""
        return self.filter(kind="mail").order_by("id")

    def kept(self) -> Self:
        """A person has to decide."""
        return self.filter(state=InboundState.KEPT)

    def undecided_before(self, event: "InboundEvent", names: Collection[str]) -> Self:
        """What came to the same account under these names before it, and is still to be read.

        What its reader can't cope with is waited for no longer.
        """
        return self.filter(
            account=event.account_id,
            kind=event.kind,
            external_id__in=names,
            state=InboundState.NEW,
            tries__lte=POISON,
            pk__lt=event.pk,
        )

    def visible_to(self, user: User) -> Self:
        """Those of the accounts this officer looks after; the auditor sees all."""
        if user.is_at_centre or user.is_auditor:
            return self
        return self.filter(account__office__in=user.offices)


class InboundEvent(models.Model):
    """One thing a network held for us. Its bytes lie below the media folder under `key`.

    `external_id` and `revision` are keyed digests of what the network calls it and of its words:
    the same again is the same row, also after it was erased. `sealed` holds what is needed to
    answer it. `hook` is the call of the network it came in; `looked_at` is when we last saw that
    it is still there. `wanted_by` is the officer who said of something kept: this is a voice.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10)
    external_id = models.CharField(max_length=64)
    revision = models.CharField(max_length=64)
    sealed = models.TextField(blank=True)
    hook = models.ForeignKey("self", models.PROTECT, null=True, related_name="inner")
    size = models.PositiveIntegerField()
    is_cut = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=InboundState, default=InboundState.NEW)
    why = models.CharField(max_length=10, choices=KeptBecause, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="events")
    wanted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)

    objects = InboundEventQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("mail that came in")
        verbose_name_plural = _("mails that came in")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "external_id", "revision"], name="inbound_once"
            )
        ]
        indexes = [
            models.Index(fields=["try_at"], name="inbound_new", condition=Q(state="new")),
            models.Index(fields=["state", "-received_at", "-id"], name="inbound_by_state"),
            models.Index(
                fields=["account", "looked_at", "id"],
                name="inbound_to_look_for",
                condition=Q(kind="message", message__isnull=False),
            ),
            models.Index(
                fields=["received_at"],
                name="inbound_file",
                condition=Q(message__isnull=True, size__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.state}"

    def become(self, to: str, **columns: object) -> None:
        """One conditional UPDATE, or raise WrongTurnError and change nothing."""
        if to not in INBOUND_LIFECYCLE[self.state]:
            raise WrongTurnError(f"{self!r}: {self.state} → {to}")
        columns = {"decided_at": clock.now(), **columns}
        if not InboundEvent.objects.filter(pk=self.pk, state=self.state).update(
            state=to, **columns
        ):
            raise WrongTurnError(f"{self!r} is no longer {self.state}")
        self.state = to

    @staticmethod
    def name_of(name: str) -> str:
        """What a network calls something, as it stands in `external_id`."""
        return sealing.index_of("external", name)

    def claim(self, *, until: datetime) -> bool:
        """Take it for one try; another worker sees it again after `until`."""
        mine = InboundEvent.objects.to_take_in().filter(pk=self.pk, tries=self.tries)
        if not mine.update(tries=F("tries") + 1, try_at=until):
            return False
        self.tries += 1
        return True

    def give_back(self, *, until: datetime) -> None:
        """Leave a claimed one to a later moment; this was no try."""
        mine = InboundEvent.objects.filter(pk=self.pk, state=self.state, tries=self.tries)
        self.tries = max(self.tries - 1, 0)
        mine.update(tries=self.tries, try_at=until)

    @property
    def ref(self) -> dict[str, str]:
        """What is needed to answer it, as the network gave it."""
        return sealing.unseal_words(self.sealed)

    @property
    def link(self) -> str:
        """Where everyone can read it there, if the network said so."""
        link = self.ref.get("link", "")
        return link if link.startswith(("https://", "http://")) else ""

    @property
    def has_file(self) -> bool:
        """Its bytes are still there."""
        return self.size > 0

    @property
    def is_kept(self) -> bool:
        """A person has to decide."""
        return self.state == InboundState.KEPT

    @property
    def is_open(self) -> bool:
        """It can still be taken in by an officer's wish."""
        return self.state in (InboundState.KEPT, InboundState.AUTOMATIC) and self.has_file


class Thread(models.Model):
    """Under which message a conversation on a network goes on.

    `root` is a keyed digest of who began it and of what the network calls its beginning: words of
    somebody else never join it. `is_public`: everyone reads it there. `reply_until` is when the
    network stops letting us answer, counted from its author's last word.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="threads")
    root = models.CharField(max_length=64)
    message = models.ForeignKey(Message, models.PROTECT, related_name="threads")
    is_public = models.BooleanField(default=False, db_default=False)
    reply_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "root"], name="thread_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.message_id}"


class Enclosure(models.Model):
    """A file that came along and is no photo: only officers fetch it, out of the mail itself.

    `number` is its place among the files of the mail; nothing of it is opened or copied here.
    """

    event = models.ForeignKey(InboundEvent, models.PROTECT, related_name="enclosures")
    message = models.ForeignKey(Message, models.PROTECT, related_name="enclosures")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150, blank=True)
    kind = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="enclosure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.number}"
