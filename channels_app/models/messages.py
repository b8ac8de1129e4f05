"""A message: what one person said, who owes the answer, and what came of it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app import sealing
from channels_app.models.contacts import Contact
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
from people.models import Office, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models.fields.related_descriptors import RelatedManager

    from channels_app.models.deliveries import DeliveryQuerySet
    from channels_app.models.replies import ReplyQuerySet


class Channel(models.TextChoices):
    """Through which door a voice came."""

    WEB = "web", _("this site")
    API = "api", _("another app")


class Kind(models.TextChoices):
    """What a person wants; each kind has its own clock."""

    COMPLAINT = "complaint", _("Complaint")
    IDEA = "idea", _("Idea")
    QUESTION = "question", _("Question")
    HAZARD = "hazard", _("Danger")


class Publication(models.TextChoices):
    """Who may read it, apart from its status."""

    PRIVATE = "private", _("only the office")
    HELD = "held", _("waiting to be shown")
    PUBLIC = "public", _("everyone")
    HIDDEN = "hidden", pgettext_lazy("publication", "hidden")


class HiddenReason(models.TextChoices):
    """Why something public is not shown; the author is told in these words."""

    REPORTED = "reported", _("somebody reported it; we decide within three days")
    PERSONAL = "personal", _("it names or shows a person")
    ABUSE = "abuse", _("it insults or threatens somebody")
    ADVERTISING = "advertising", _("it is advertising")
    AUTHOR = "author", _("the author asked for it")


class HeldReason(models.TextChoices):
    """Why everyone may read it only after an officer has looked; never a reason to refuse it."""

    TONE = "tone", _("a word that needs a person's eye")
    PHOTO = "photo", _("it has a photo")
    BURST = "burst", _("many messages came at once")
    REPEATED = "repeated", _("the same words came again and again")
    MACHINE = "machine", _("it looks as if a machine had filled in the form")


class SetAsideReason(models.TextChoices):
    """Why a message gets no answer; the author is told in these words."""

    SPAM = "spam", _("it is advertising or was sent by a machine")
    ABUSE = "abuse", _("it only insults or threatens somebody")
    EMPTY = "empty", _("it says nothing we could answer")


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
        return self.filter(Q(publication=Publication.PUBLIC) | Q(office__in=user.offices))

    def queue_of(self, user: User) -> Self:
        """What waits for this officer's offices; centre, auditors, mayor's office see all."""
        waiting = self.filter(status__in=(MessageStatus.RECEIVED, MessageStatus.ROUTED))
        if user.is_at_centre or user.is_auditor or user.is_in_mayors_office:
            return waiting
        return waiting.filter(office__in=user.offices)

    def waiting_to_be_routed(self) -> Self:
        """What the routing sweep has not looked at yet, oldest first."""
        return self.filter(status=MessageStatus.RECEIVED, needs_reader=False).order_by("id")

    def held(self) -> Self:
        """What an officer has to look at before everyone may."""
        return self.filter(publication=Publication.HELD)

    def answered(self) -> Self:
        """What has its answer on the case page."""
        return self.filter(status=MessageStatus.REPLIED)


class Message(Tracked):
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
    borough = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )
    place = models.CharField(max_length=200, blank=True, editable=False)
    masked_place = models.CharField(max_length=200, blank=True, editable=False)
    latitude = models.FloatField(null=True, editable=False)
    longitude = models.FloatField(null=True, editable=False)
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
    publication = models.CharField(
        max_length=8, choices=Publication, default=Publication.PRIVATE, editable=False
    )
    wants_public = models.BooleanField(default=False, editable=False)
    held_reason = models.CharField(max_length=12, choices=HeldReason, blank=True, editable=False)
    hidden_reason = models.CharField(
        max_length=12, choices=HiddenReason, blank=True, editable=False
    )
    publication_due_at = models.DateTimeField(null=True, editable=False)
    status = models.CharField(
        max_length=20, choices=MessageStatus, default=MessageStatus.RECEIVED, editable=False
    )

    objects = MessageQuerySet.as_manager()

    if TYPE_CHECKING:
        steps: RelatedManager["MessageStep"]  # type: ignore[assignment]  # narrower than Tracked's
        replies: "ReplyQuerySet"
        deliveries: "DeliveryQuerySet"

    class Meta:
        ordering = ["-id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
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
            models.CheckConstraint(
                name="message_position_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
            ),
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
                fields=["received_at", "id"],
                name="message_held",
                condition=Q(publication="held"),
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
        return title_of(self.masked_text)

    @property
    def stage(self) -> Stage:
        """Which of the four public stages."""
        return STAGE_OF[self.status]

    @property
    def is_public(self) -> bool:
        """Everyone may read it now."""
        return self.publication == Publication.PUBLIC

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
        return self.contact_id is not None and self.deliveries.troubled().exists()

    def may_be_seen_by(self, user: "User | AnonymousUser") -> bool:
        """Whether the officers' page of this message opens."""
        return isinstance(user, User) and (
            self._is_own_business_of(user) or user.is_auditor or user.is_in_mayors_office
        )

    def may_be_read_by(self, user: User) -> bool:
        """Whether the original may be read: the office in charge, the centre, the auditor."""
        return self._is_own_business_of(user) or user.is_auditor

    def may_be_routed_by(self, user: User) -> bool:
        """Find or correct the office: the centre; the office in charge passes on."""
        return self._is_own_business_of(user)

    def may_be_handed_back_by(self, user: User) -> bool:
        """Return it to the centre: the office it was given to, unless that is the centre."""
        return user.holds(self.office) and self.office is not None and not self.office.is_centre

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
