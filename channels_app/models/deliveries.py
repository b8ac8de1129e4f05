"""The outbox: every row is something that has to leave, once."""

import uuid
from datetime import timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from channels_app import rules
from channels_app.models.accounts import Account
from channels_app.models.confirmations import Confirmation
from channels_app.models.contacts import CONNECTED, Contact, ContactKind
from channels_app.models.delivery_events import DeliveryEvent
from channels_app.models.lanes import Lane
from channels_app.models.message_steps import MessageStep
from channels_app.models.messages import Message
from channels_app.models.notices import Notice
from channels_app.models.posts import Post
from channels_app.models.publication import PublicationChange
from channels_app.models.reminders import Reminder
from channels_app.models.replies import Reply
from channels_app.models.topics import Follow, Topic
from channels_app.states import DELIVERY_LIFECYCLE, DeliveryState
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User

LEASE = timedelta(seconds=120)  # longer than any network call may take (60 s)
NO_LONGER_JOINED = "no longer joined to the answered message"
DECIDED_OTHERWISE = "decided otherwise before it left"
REFUSED = "refused by the owner of the address"
UNCONFIRMED = "unconfirmed address"
ERASED = "the address was erased"
LATELY = timedelta(hours=1)
RESTORED = "restored from a backup"
NO_GATEWAY = "no gateway"
IN_DIGEST = "told in the mail of the day"
GONE = "the browser takes no notices any more"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Which rows of the outbox."""

    def due(self, channel: str = ContactKind.MAIL) -> Self:
        """What may leave now over this channel, fresh rows before repeated ones.

        What one person waits for goes before what many follow.
        """
        if channel not in CONNECTED:
            return self.none()
        return (
            self.filter(
                state=DeliveryState.QUEUED, channel=channel, daily=False, next_at__lte=clock.now()
            )
            .exclude(channel__in=Lane.objects.values("channel"))
            .order_by("crowd", "attempts", "next_at", "id")
        )

    def for_digest(self) -> Self:
        """What waits for the mail of a day whose hour has come."""
        return self.filter(state=DeliveryState.QUEUED, daily=True, next_at__lte=clock.now())

    def stale(self) -> Self:
        """Claimed, and the claim has run out: the sender died on the way."""
        return self.filter(state=DeliveryState.SENDING, lease_until__lt=clock.now())

    def claim(
        self, claimed_by: str, *, pk: int | None = None, channel: str = ContactKind.MAIL
    ) -> "Delivery | None":
        """Take one due row for this sender and commit, so that nobody else sends it."""
        with transaction.atomic():
            rows = self.due(channel) if pk is None else self.due(channel).filter(pk=pk)
            row = rows.select_for_update(skip_locked=True, of=("self",)).first()
            # A repeat comes up only where nothing fresh is due.
            if row is None or (row.attempts and not Delivery.objects.may_repeat(row.channel)):
                return None
            row.become(
                DeliveryState.SENDING,
                claimed_by=claimed_by,
                lease_until=clock.now() + LEASE,
                attempts=F("attempts") + 1,
            )
        row.refresh_from_db()
        return row

    def may_repeat(self, channel: str) -> bool:
        """Whether what failed may be tried again now, or its lane has repeated enough in vain.

        First attempts always go, and so does what an officer sends again: failures alone must
        never become most of what leaves. A repeat that arrives costs nothing.
        """
        claimed_since = clock.now() - LATELY + LEASE
        in_vain = Q(attempts__gt=1) & ~Q(state=DeliveryState.SENT)
        lately = self.filter(channel=channel, lease_until__gt=claimed_since).aggregate(
            sends=Count("pk"), repeats=Count("pk", filter=in_vain)
        )
        share = lately["sends"] * rules.REPEATS_SHARE.value() / 100
        return bool(lately["repeats"] < max(share, rules.REPEATS_LEAST.value()))

    def leaving(self) -> Self:
        """What would leave by itself over a connected channel, or is on its way."""
        under_way = (DeliveryState.QUEUED, DeliveryState.SENDING)
        connected = Q(channel__in=CONNECTED) | Q(account__isnull=False)
        return self.filter(connected, state__in=under_way)

    def due_through(self, account: Account, *, urgent: bool) -> Self:
        """What may leave through this account now, fresh rows before repeated ones."""
        return self.filter(
            state=DeliveryState.QUEUED,
            account=account,
            urgent=urgent,
            next_at__lte=clock.now(),
        ).order_by("attempts", "next_at", "id")

    def without_gateway(self, channel: str) -> Self:
        """What waits for an account of the city that reaches this kind of contact."""
        return self.filter(
            state=DeliveryState.QUEUED, channel=channel, account__isnull=True, post__isnull=True
        )

    def held_since_restore(self) -> Self:
        """What a restored backup holds back until somebody decides."""
        return self.filter(state=DeliveryState.UNKNOWN, why=RESTORED)

    def troubled(self) -> Self:
        """What an officer has to look at; nor a follower's mail, nor an office's."""
        lost = (DeliveryState.UNKNOWN, DeliveryState.FAILED)
        return self.of_author().filter(state__in=lost)

    def troubled_beside(self) -> Self:
        """What did not arrive at followers and offices: the centre decides on all of it."""
        lost = (DeliveryState.UNKNOWN, DeliveryState.FAILED)
        beside = Q(follow__isnull=False) | Q(office__isnull=False) | Q(message__isnull=True)
        return self.filter(beside, state__in=lost)

    def of_author(self) -> Self:
        """What its author was owed: neither followers nor offices, nor who confirms an act."""
        return self.filter(
            message__isnull=False,
            follow__isnull=True,
            office__isnull=True,
            confirmation__isnull=True,
        )


class Delivery(models.Model):
    """One thing to one contact over one channel; its owner is the office of the message.

    `contact` is None once it was erased: such a row never leaves. What an office is told goes to
    whoever holds `office` at the moment it leaves; it has no contact. `step`, `reminder`, `notice`
    and `follow` name what it tells of, and to whom as what; news tell of the steps after
    `since_seq` up to `step`. `message` is None where followers hear of something that is no
    message, or an office of reports. `account` is the city's own through which it leaves, where a
    network is reached; `post` what the city says there to everyone. `urgent` goes before all, by
    workers of its own. `crowd` is one of many that may leave at once.
    A `daily` row never leaves by itself: at its hour it becomes part of the `digest` of that `day`.
    Claim → commit → close the connection → call → save. `key` names the mail for ever (its
    Message-ID), so that a repeat is recognised as the same.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(_("occasion"), max_length=10, choices=DeliveryEvent)
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="deliveries")
    reply = models.ForeignKey(Reply, models.PROTECT, null=True, related_name="deliveries")
    change = models.ForeignKey(
        PublicationChange, models.PROTECT, null=True, related_name="deliveries", db_index=False
    )
    step = models.ForeignKey(
        MessageStep, models.PROTECT, null=True, related_name="deliveries", db_index=False
    )
    reminder = models.ForeignKey(
        Reminder, models.PROTECT, null=True, related_name="+", db_index=False
    )
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="deliveries")
    follow = models.ForeignKey(Follow, models.PROTECT, null=True, related_name="deliveries")
    confirmation = models.ForeignKey(
        Confirmation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    since_seq = models.PositiveIntegerField(null=True)
    crowd = models.BooleanField(default=False, db_default=False)
    daily = models.BooleanField(default=False, db_default=False)
    digest = models.ForeignKey("self", models.PROTECT, null=True, related_name="gathered")
    day = models.DateField(null=True)
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        verbose_name=_("office"),
        related_name="+",
        db_index=False,
    )
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="deliveries", db_index=False
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="deliveries")
    urgent = models.BooleanField(default=False, db_default=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="deliveries")
    channel = models.CharField(_("channel"), max_length=5, choices=ContactKind)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DeliveryState,
        default=DeliveryState.QUEUED,
        editable=False,
    )
    why = models.CharField(max_length=200, blank=True)
    error_class = models.CharField(_("sort of error"), max_length=20, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    repeated = models.BooleanField(default=False)
    next_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("made at"))
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "event",
                    "message",
                    "reply",
                    "change",
                    "step",
                    "reminder",
                    "notice",
                    "follow",
                    "confirmation",
                    "office",
                    "contact",
                    "account",
                    "post",
                    "channel",
                ],
                name="delivery_once",
                nulls_distinct=False,
                # Asked again whenever somebody types the address again: counted, not once. And
                # the same is decided about a suggestion more than once: each step tells once.
                # So does whatever waits for somebody in a committee.
                # What an office owes beside messages is told once for each of its rows.
                condition=~Q(event__in=("follow", "digest", "decided", "duty", "waits"))
                | Q(event="duty", reminder__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["notice", "contact"],
                name="delivery_notice_once",
                condition=Q(notice__isnull=False, contact__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["contact", "day"],
                name="delivery_digest_once",
                condition=Q(event="digest"),
            ),
            models.CheckConstraint(
                name="delivery_tells_of_something",
                condition=Q(message__isnull=False)
                | Q(notice__isnull=False)
                | Q(follow__isnull=False)
                | Q(day__isnull=False)
                | Q(post__isnull=False)
                | Q(office__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["crowd", "attempts", "next_at", "id"],
                name="delivery_due",
                condition=Q(state="queued", daily=False),
            ),
            models.Index(
                fields=["account", "attempts", "next_at", "id"],
                name="delivery_of_account",
                condition=Q(state__in=("queued", "sending"), account__isnull=False),
            ),
            models.Index(
                fields=["contact", "next_at"],
                name="delivery_for_digest",
                condition=Q(state="queued", daily=True),
            ),
            models.Index(
                fields=["office", "-created_at"],
                name="delivery_duty",
                condition=Q(office__isnull=False),
            ),
            models.Index(
                fields=["lease_until"], name="delivery_stale", condition=Q(state="sending")
            ),
            models.Index(
                fields=["channel", "lease_until"],
                name="delivery_lately",
                condition=Q(lease_until__isnull=False),
            ),
            models.Index(
                fields=["id"],
                name="delivery_troubled",
                condition=Q(state__in=("unknown", "failed")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.message_id or self.notice_id or self.day} {self.state}"

    def become(self, to: str, **columns: object) -> None:
        """One conditional UPDATE, or raise WrongTurnError and change nothing.

        Only the sender whose claim still holds may say what became of it.
        """
        if to not in DELIVERY_LIFECYCLE[self.state]:
            raise WrongTurnError(f"{self!r}: {self.state} → {to}")
        held = Delivery.objects.filter(pk=self.pk, state=self.state, claimed_by=self.claimed_by)
        if not held.update(state=to, **columns):
            raise WrongTurnError(f"{self!r} is no longer {self.state}")
        self.state = to

    @property
    def recipient(self) -> Contact:
        """Whom it reaches. Raises WrongTurnError once the address was erased."""
        if self.contact is None:
            raise WrongTurnError(f"{self!r} reaches nobody any more")
        return self.contact

    @property
    def is_taking_back(self) -> bool:
        """It removes what stands there."""
        return self.event == DeliveryEvent.TAKE_BACK

    @property
    def is_of_author(self) -> bool:
        """Owed to its author: no follower's, no office's, not of who confirms an act."""
        others = (self.follow_id, self.office_id, self.confirmation_id)
        return self.message_id is not None and others == (None, None, None)

    @property
    def told_of(self) -> Message:
        """The message it tells of. Raises WrongTurnError for what tells of none."""
        if self.message is None:
            raise WrongTurnError(f"{self!r} tells of no message")
        return self.message

    @property
    def topic(self) -> Topic | None:
        """What it is about, for who follows it."""
        if self.notice is not None:
            return self.notice.topic
        return self.follow.topic if self.follow is not None else None

    @property
    def code(self) -> str:
        """The number it tells of; that of a day has none."""
        if self.message is not None:
            return self.message.code
        if self.office_id is not None:
            return f"office-{self.office_id}"
        return self.topic.code if self.topic is not None else f"day-{self.day}"

    @property
    def is_troubled(self) -> bool:
        """An officer has to know."""
        return self.state in (DeliveryState.UNKNOWN, DeliveryState.FAILED)

    @property
    def is_decided_otherwise(self) -> bool:
        """An officer changed the decision before anybody was told of it."""
        return self.why == DECIDED_OTHERWISE

    @property
    def is_unconfirmed(self) -> bool:
        """Nobody has said that the address is theirs, and it had its mails for the day."""
        return self.why == UNCONFIRMED

    @property
    def is_parted(self) -> bool:
        """The message was parted from the one whose answer this was."""
        return self.why == NO_LONGER_JOINED

    @property
    def is_without_address(self) -> bool:
        """The address was erased before it left."""
        return self.why == ERASED
