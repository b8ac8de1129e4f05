"""A message: what one person said, who owes the answer, and what came of it."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from channels_app import rules, sealing
from channels_app.models.choices import (
    Channel,
    Kind,
    SetAsideReason,
)
from channels_app.models.clocks import (
    Clocked,
    Round,
)
from channels_app.models.contacts import Contact
from channels_app.models.conversed import Conversed
from channels_app.models.counts import COUNTED
from channels_app.models.erasable import Erasable
from channels_app.models.message_rows import MessageQuerySet
from channels_app.models.message_steps import MessageStep
from channels_app.models.message_table import CONSTRAINTS, INDEXES
from channels_app.models.on_behalf import OnBehalf, desk_of
from channels_app.models.passage_triggers import MESSAGE_CHANGED
from channels_app.models.places import Placed
from channels_app.models.readership import Publication, Readable
from channels_app.states import (
    IN_HAND,
    MESSAGE_FINAL,
    MESSAGE_LIFECYCLE,
    STAGE_OF,
    MessageStatus,
    Stage,
)
from channels_app.text.titles import title_of
from lifecycle import clock
from lifecycle.models import Tracked
from people.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models.fields.related_descriptors import RelatedManager

    from channels_app.models.attachments import AttachmentQuerySet
    from channels_app.models.deliveries import DeliveryQuerySet
    from channels_app.models.inbound import InboundEventQuerySet
    from channels_app.models.parts import AskedQuerySet
    from channels_app.models.replies import ReplyQuerySet


class Message(OnBehalf, Placed, Readable, Erasable, Conversed, Clocked, Tracked):
    """One voice, from any channel.

    `text` is what the person wrote, for officers; `masked_text` the copy for everything public.
    `post` is what the city said on a network and this stands below.
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
    topic = models.ForeignKey(
        "Topic", models.PROTECT, null=True, related_name="messages", editable=False
    )
    lead = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="joined", editable=False
    )
    post = models.ForeignKey(
        "Post", models.PROTECT, null=True, related_name="messages", editable=False
    )
    received_at = models.DateTimeField(editable=False)
    route_by = models.DateTimeField(editable=False)
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
        events: "InboundEventQuerySet"

    class Meta:
        ordering = ["-id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = CONSTRAINTS
        indexes = INDEXES
        triggers = [MESSAGE_CHANGED, *COUNTED]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The public address: it only reads."""
        return reverse("case", args=[self.code])

    @property
    def token(self) -> str:
        """The author's secret, derivable for later mails, useless to a thief of the database."""
        return sealing.link_token("message", self.code, self.nonce)

    @property
    def mute_token(self) -> str:
        """The secret of the link in its author's mails that ends the news, and opens nothing."""
        return sealing.link_token("mute", self.code, self.nonce)

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
        """No answer is written yet: it may be joined to another one."""
        return self.status in (MessageStatus.RECEIVED, MessageStatus.ROUTED)

    @property
    def may_be_joined(self) -> bool:
        """No answer is written, it leads no others, and its author has not come back with it."""
        return self.is_waiting and self.round == Round.FIRST and not self.leads_others

    @property
    def may_be_taken_up(self) -> bool:
        """It can become a suggestion: nobody has answered, and it is decided who may read it."""
        is_decided = self.publication in (Publication.PUBLIC, Publication.PRIVATE)
        return self.is_waiting and self.round == Round.FIRST and is_decided and not self.is_gone

    @property
    def may_lead(self) -> bool:
        """Its answer is still to come: others may be joined to it."""
        return self.status in IN_HAND

    @property
    def may_be_added_to(self) -> bool:
        """Somebody still reads what its author adds; who had it erased leaves no new words."""
        return self.status in IN_HAND and not self.is_erased

    @property
    def may_be_confirmed(self) -> bool:
        """A closing answer came: "is it really fixed?" can be asked."""
        return self.status == MessageStatus.REPLIED and not self.fixed

    @property
    def may_come_back(self) -> bool:
        """ "Not solved": its own answer, the one it was joined to, or that it was set aside."""
        if self.is_erased or self.round != Round.FIRST:
            return False
        if self.status == MessageStatus.JOINED:
            return self.lead is not None and self.lead.is_time_to_come_back
        return self.status == MessageStatus.SET_ASIDE or self.may_be_reopened

    @property
    def may_go_to_the_head(self) -> bool:
        """An appeal: once, after it was reopened and answered again."""
        return self.may_be_appealed and not self.is_erased

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

    @cached_property
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
            or self._is_for_head(user)
            or any(asked.office_id in user.offices for asked in self.asked.all())
        )

    def may_be_read_by(self, user: User) -> bool:
        """Whether the original may be read: the office in charge, the centre, the auditor.

        And an office that is asked for its part, as long as it owes it.
        """
        return (
            self._is_own_business_of(user)
            or user.is_auditor
            or self._is_for_head(user)
            or any(asked.is_owed_by(user) for asked in self.asked.all())
        )

    def may_be_routed_by(self, user: User) -> bool:
        """Find or correct the office: the centre; the office in charge passes on, unless bound.

        An appeal stays where it is: nobody passes it on, nobody hands it back.
        """
        if self.is_appeal:
            return False
        return user.is_at_centre or (user.holds(self.office) and not self.is_for_the_centre)

    def may_be_kept_by(self, user: User) -> bool:
        """Answer on the spot what one has just written down: at the call centre and the centre."""
        return (
            self.status == MessageStatus.RECEIVED
            and self.was_entered_by(user)
            and desk_of(user) is not None
        )

    def may_be_handed_back_by(self, user: User) -> bool:
        """Return it to the centre: the office it was given to, unless that is the centre."""
        return (
            self.office is not None
            and user.holds(self.office)
            and not self.office.is_centre
            and not self.is_for_the_centre
            and not self.is_appeal
        )

    def may_be_asked_about_by(self, user: User) -> bool:
        """Ask another office for its part: only the office in charge, or who answers."""
        return user.holds(self.office) or self.may_be_answered_by(user)

    def may_be_answered_by(self, user: User) -> bool:
        """Answer: only the office in charge; an appeal only its head."""
        return user.heads(self.office) if self.is_appeal else user.holds(self.office)

    def may_be_screened_by(self, user: User) -> bool:
        """Set aside, restore, show and hide: the office in charge and the centre."""
        return self._is_own_business_of(user)

    def _is_for_head(self, user: User) -> bool:
        """The head may sit in an office above: what is theirs to decide, they have to see."""
        return self.is_up_to_its_head and user.heads(self.office)

    def _is_own_business_of(self, user: User) -> bool:
        return user.is_at_centre or user.holds(self.office)
