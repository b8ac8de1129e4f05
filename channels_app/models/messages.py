"""A message: what one person said, who owes the answer, and what came of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from channels_app import rules, sealing
from channels_app.models.choices import (
    Channel,
    Kind,
    SetAsideReason,
)
from channels_app.models.contacts import Contact
from channels_app.models.erasable import ERASED_HOLDS_NOTHING, FINISHED_AND_KEPT, Erasable
from channels_app.models.places import POSITION_IS_WHOLE, Placed
from channels_app.models.readership import Publication, Readable
from channels_app.states import (
    MESSAGE_FINAL,
    MESSAGE_LIFECYCLE,
    STAGE_OF,
    MessageStatus,
    Stage,
)
from channels_app.text.titles import title_of
from lifecycle import clock
from lifecycle.models import Step, StepNote, Tracked, TrackedQuerySet
from people.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models.fields.related_descriptors import RelatedManager

    from channels_app.models.attachments import AttachmentQuerySet
    from channels_app.models.deliveries import DeliveryQuerySet
    from channels_app.models.parts import AskedQuerySet
    from channels_app.models.replies import ReplyQuerySet


class MessageQuerySet(TrackedQuerySet["Message"]):
    """Which messages."""

    def public(self) -> Self:
        """What everyone may read."""
        return self.filter(publication=Publication.PUBLIC)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Public ones; for officers those of their offices; the centre and auditors see all."""
        if not isinstance(user, User) or not user.is_staff:
            return self.public()
        if user.is_at_centre or user.is_auditor or user.is_in_mayors_office:
            return self
        asked = Message.objects.filter(asked__office__in=user.offices)
        return self.filter(
            Q(publication=Publication.PUBLIC)
            | Q(office__in=user.offices)
            | Q(pk__in=asked.values("pk"))
        )

    def queue_of(self, user: User) -> Self:
        """What waits for this officer's offices; centre, auditors, mayor's office see all."""
        waiting = self.filter(status__in=(MessageStatus.RECEIVED, MessageStatus.ROUTED))
        if user.is_at_centre or user.is_auditor or user.is_in_mayors_office:
            return waiting
        return waiting.filter(office__in=user.offices)

    def waiting_to_be_routed(self) -> Self:
        """What the routing sweep has not looked at yet, oldest first."""
        return self.filter(status=MessageStatus.RECEIVED, needs_reader=False).order_by("id")

    def undecided(self) -> Self:
        """Held or reported: an officer has to decide by a date."""
        return self.filter(publication_due_at__isnull=False)

    def held(self) -> Self:
        """What an officer has to look at before it goes on, or before everyone may read it."""
        return self.undecided().filter(publication=Publication.HELD)

    def reported(self) -> Self:
        """What a reader minds, hidden or still shown."""
        return self.undecided().exclude(publication=Publication.HELD)

    def screened(self, *, since: datetime) -> Self:
        """What an officer has shown, hidden or set aside, and nobody minds since."""
        return self.filter(screened_at__gte=since, publication_due_at__isnull=True)

    def screenable_by(self, user: User) -> Self:
        """What this officer may show, hide or set aside: the centre all, others their own."""
        return self if user.is_at_centre else self.filter(office__in=user.offices)

    def answered(self) -> Self:
        """What has its answer on the case page."""
        return self.filter(status=MessageStatus.REPLIED)


class Message(Placed, Readable, Erasable, Tracked):
    """One voice, from any channel.

    `text` is what the person wrote, for officers; `masked_text` the copy for everything public.
    `due_at` is the public answer date; `route_by` the date for finding the right office.
    """

    lifecycle = MESSAGE_LIFECYCLE
    final = MESSAGE_FINAL

    code = models.CharField(max_length=20, unique=True, editable=False)
    nonce = models.CharField(max_length=32, default=sealing.fresh_nonce, editable=False)
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.WEB)
    kind = models.CharField(max_length=10, choices=Kind)
    language = models.CharField(max_length=2, default="ko")
    text = models.TextField()
    masked_text = models.TextField(editable=False)
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, related_name="messages", editable=False
    )
    client = models.ForeignKey(
        "ApiClient", models.PROTECT, null=True, related_name="messages", editable=False
    )
    client_key = models.UUIDField(null=True, editable=False)
    request_digest = models.CharField(max_length=64, editable=False)
    body_digest = models.CharField(max_length=64, blank=True, editable=False)
    lead = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="joined", editable=False
    )
    received_at = models.DateTimeField(editable=False)
    route_by = models.DateTimeField(editable=False)
    first_due_at = models.DateTimeField(editable=False)
    needs_reader = models.BooleanField(default=False, editable=False)
    routing_failures = models.PositiveSmallIntegerField(default=0, editable=False)
    hand_backs = models.PositiveSmallIntegerField(default=0, editable=False)
    replied_at = models.DateTimeField(null=True, editable=False)
    set_aside_reason = models.CharField(
        max_length=12, choices=SetAsideReason, blank=True, editable=False
    )
    status = models.CharField(
        max_length=20, choices=MessageStatus, default=MessageStatus.RECEIVED, editable=False
    )

    objects = MessageQuerySet.as_manager()

    if TYPE_CHECKING:
        steps: RelatedManager["MessageStep"]  # type: ignore[assignment]  # narrower than Tracked's
        asked: "AskedQuerySet"
        replies: "ReplyQuerySet"
        deliveries: "DeliveryQuerySet"
        attachments: "AttachmentQuerySet"

    class Meta:
        ordering = ["-id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            ERASED_HOLDS_NOTHING,
            models.CheckConstraint(
                name="message_unfinished_has_owner_and_date",
                condition=Q(status__in=MESSAGE_FINAL)
                | Q(office__isnull=False, due_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["client", "client_key"],
                name="message_client_key_once",
                nulls_distinct=False,
                condition=Q(client_key__isnull=False),
            ),
            models.CheckConstraint(
                name="message_joined_has_lead",
                condition=Q(status=MessageStatus.JOINED, lead__isnull=False)
                | (~Q(status=MessageStatus.JOINED) & Q(lead__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_held_has_reason",
                condition=~Q(publication=Publication.HELD) | ~Q(held_reason=""),
            ),
            POSITION_IS_WHOLE,
            models.CheckConstraint(
                name="message_hidden_has_reason",
                condition=~Q(publication=Publication.HIDDEN) | ~Q(hidden_reason=""),
            ),
            models.CheckConstraint(
                name="message_set_aside_has_reason",
                condition=~Q(status=MessageStatus.SET_ASIDE) | ~Q(set_aside_reason=""),
            ),
        ]
        indexes = [
            FINISHED_AND_KEPT,
            models.Index(
                fields=["-received_at", "-id"],
                name="message_wall",
                condition=Q(publication="public"),
            ),
            models.Index(
                fields=["-replied_at", "-id"],
                name="message_answered",
                condition=Q(publication="public"),
            ),
            models.Index(
                fields=["office", "due_at", "id"],
                name="message_queue",
                condition=Q(status__in=("received", "routed")),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="message_all_queues",
                condition=Q(status__in=("received", "routed")),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="message_public_waiting",
                condition=Q(publication="public", status__in=("received", "routed", "answered")),
            ),
            models.Index(
                fields=["id"],
                name="message_to_route",
                condition=Q(status="received", needs_reader=False),
            ),
            models.Index(
                fields=["body_digest", "id"],
                name="message_held_alike",
                condition=Q(publication="held"),
            ),
            models.Index(
                fields=["-screened_at", "-id"],
                name="message_screened",
                condition=Q(screened_at__isnull=False),
            ),
            models.Index(
                fields=["borough", "-received_at", "-id"],
                name="message_of_borough",
                condition=Q(publication="public"),
            ),
            models.Index(
                fields=["office", "-received_at", "-id"],
                name="message_of_office",
                condition=Q(publication="public"),
            ),
            GinIndex(
                fields=["masked_text"],
                name="message_similar",
                opclasses=["gin_trgm_ops"],
                condition=Q(publication="public"),
            ),
            models.Index(
                fields=["publication_due_at", "id"],
                name="message_reported",
                condition=Q(publication_due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The public address: it only reads."""
        return reverse("case", args=[self.code])

    @property
    def token(self) -> str:
        """The author's secret, derivable for later mails, useless to a thief of the database."""
        return sealing.link_token("message", self.code, self.nonce)

    def private_url(self, name: str = "case_private") -> str:
        """The author's own address of this message."""
        return reverse(name, args=[self.code, self.token])

    @property
    def title(self) -> str:
        """The first words of the masked text, for lists and headings."""
        return str(_("(erased)")) if self.is_gone else title_of(self.masked_text)

    @property
    def stage(self) -> Stage:
        """Which of the four public stages."""
        return STAGE_OF[self.status]

    @property
    def matter(self) -> "Message":
        """The message whose answer counts: the lead's, once it is joined to one."""
        return self.lead or self

    @property
    def is_waiting(self) -> bool:
        """No answer is written yet: it may lead others, or be joined to one."""
        return self.status in (MessageStatus.RECEIVED, MessageStatus.ROUTED)

    @property
    def is_waiting_for_rules(self) -> bool:
        """The routing sweep has not been there yet."""
        return self.status == MessageStatus.RECEIVED and not self.needs_reader

    @property
    def is_waiting_for_reader(self) -> bool:
        """A person at the centre has to find the office."""
        return self.status == MessageStatus.RECEIVED and self.needs_reader

    @property
    def is_late_to_route(self) -> bool:
        """The right office should have been found by now."""
        return self.status == MessageStatus.RECEIVED and self.route_by < clock.now()

    @property
    def is_undelivered(self) -> bool:
        """Something did not arrive, or nobody knows: an officer has to act."""
        return self.contact_id is not None and any(
            delivery.is_troubled for delivery in self.deliveries.all()
        )

    @cached_property
    def leads_others(self) -> bool:
        """Others are joined to it and wait for its answer."""
        return self.joined.exists()

    @cached_property
    def has_photos(self) -> bool:
        """Photos came along; they may be erased by now."""
        return self.attachments.exists()

    @property
    def is_for_the_centre(self) -> bool:
        """Offices gave it away as often as they may: from now on the centre alone decides."""
        return self.hand_backs >= rules.HAND_BACKS.value()

    def is_given_away_by(self, user: User) -> bool:
        """Whether passing it on would be an office's way of saying: not ours."""
        return user.holds(self.office) and not user.is_at_centre

    def may_be_seen_by(self, user: "User | AnonymousUser") -> bool:
        """Whether the officers' page of this message opens."""
        return isinstance(user, User) and (
            self._is_own_business_of(user)
            or user.is_auditor
            or user.is_in_mayors_office
            or any(asked.office_id in user.offices for asked in self.asked.all())
        )

    def may_be_read_by(self, user: User) -> bool:
        """Whether the original may be read: the office in charge, the centre, the auditor.

        And an office that is asked for its part, as long as it owes it.
        """
        return (
            self._is_own_business_of(user)
            or user.is_auditor
            or any(asked.is_owed_by(user) for asked in self.asked.all())
        )

    def may_be_routed_by(self, user: User) -> bool:
        """Find or correct the office: the centre; the office in charge passes on, unless bound."""
        return user.is_at_centre or (user.holds(self.office) and not self.is_for_the_centre)

    def may_be_handed_back_by(self, user: User) -> bool:
        """Return it to the centre: the office it was given to, unless that is the centre."""
        return (
            self.office is not None
            and user.holds(self.office)
            and not self.office.is_centre
            and not self.is_for_the_centre
        )

    def may_be_asked_about_by(self, user: User) -> bool:
        """Ask another office for its part: only the office in charge."""
        return user.holds(self.office)

    def may_be_answered_by(self, user: User) -> bool:
        """Answer: only the office in charge."""
        return user.holds(self.office)

    def may_be_screened_by(self, user: User) -> bool:
        """Set aside, restore, show and hide: the office in charge and the centre."""
        return self._is_own_business_of(user)

    def _is_own_business_of(self, user: User) -> bool:
        return user.is_at_centre or user.holds(self.office)


class MessageStep(Step):
    """One change of a message."""

    root = models.ForeignKey(Message, models.PROTECT, related_name="steps", db_index=False)

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["root", "seq"], name="messagestep_once")]


class MessageStepNote(StepNote):
    """What an officer wrote at a step of a message."""

    step = models.OneToOneField(MessageStep, models.PROTECT, primary_key=True, related_name="note")
