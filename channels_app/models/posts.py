"""What the city itself says on an account, and every copy of our words out there."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models.accounts import Account
from channels_app.models.topics import Topic
from channels_app.text.titles import title_of
from people.models import Office, User

if TYPE_CHECKING:
    from channels_app.models.deliveries import DeliveryQuerySet
    from channels_app.models.message_rows import MessageQuerySet


class PostQuerySet(models.QuerySet["Post"]):
    """Which posts."""

    def visible_to(self, user: User) -> Self:
        """All to the centre, the mayor's office and the auditor; to others their offices'."""
        if user.is_at_centre or user.is_in_mayors_office or user.is_auditor:
            return self
        return self.filter(Q(office__in=user.offices) | Q(account__office__in=user.offices))

    def out(self) -> Self:
        """Those that are there for everyone, the newest first."""
        return self.filter(sent_at__isnull=False, withdrawn_at__isnull=True).order_by(
            "-sent_at", "-id"
        )


class Post(models.Model):
    """One text of the city on one account: news, a word of warning; never an answer to one person.

    What people reply to it is gathered below it (`Message.post`); `summary` is the city's answer to
    all of them, published at `summed_up_at`. `reactions` are counted by the network, by name.
    `topic` is what it is about, where it has a page here.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, models.PROTECT, related_name="posts")
    text = models.TextField()
    language = models.CharField(max_length=2, default="ko")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="posts")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    permalink = models.CharField(max_length=500, blank=True)
    reactions = models.JSONField(default=dict)
    counted_at = models.DateTimeField(null=True)
    gathered = models.PositiveIntegerField(default=0)
    summary = models.TextField(blank=True)
    summed_up_at = models.DateTimeField(null=True)
    summed_up_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    objects = PostQuerySet.as_manager()

    if TYPE_CHECKING:
        deliveries: "DeliveryQuerySet"
        messages: "MessageQuerySet"

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("post of the city")
        verbose_name_plural = _("posts of the city")
        indexes = [
            models.Index(
                fields=["-sent_at", "-id"],
                name="post_out",
                condition=Q(sent_at__isnull=False, withdrawn_at__isnull=True),
            ),
            models.Index(fields=["account", "-sent_at", "-id"], name="post_of_account"),
        ]
        constraints = [
            models.CheckConstraint(
                name="post_summed_up_has_words",
                condition=Q(summed_up_at__isnull=True) | ~Q(summary=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its first words."""
        return title_of(self.text)

    @property
    def is_out(self) -> bool:
        """Everyone can read it there."""
        return self.sent_at is not None and self.withdrawn_at is None

    def may_be_led_by(self, user: User) -> bool:
        """Sum up, merge, lift out: the office that spoke, the account's office and the centre."""
        return user.is_at_centre or user.holds(self.office) or user.holds(self.account.office)


class Copy(models.Model):
    """Our words as they stand on a network: under which name, and what is needed to go on there.

    `name` is a keyed digest of what the network calls it (as in `InboundEvent`): what comes in
    under it is an echo, and what answers it belongs to the same conversation. `external_id` is
    public there.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="copies")
    delivery = models.ForeignKey("channels_app.Delivery", models.PROTECT, related_name="copies")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="copies")
    name = models.CharField(max_length=64)
    external_id = models.CharField(max_length=300)
    permalink = models.CharField(max_length=500, blank=True)
    ref = models.JSONField(default=dict)
    at = models.DateTimeField()
    arrived = models.BooleanField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="copy_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.external_id}"
