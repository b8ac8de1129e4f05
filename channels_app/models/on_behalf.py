"""A voice that an officer wrote down for somebody: on the phone, from a letter, face to face."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models.choices import Channel
from people.models import Office, OfficeKind, User

FOR_ALL = (Channel.PHONE, Channel.LETTER, Channel.COUNTER, Channel.TOUR)
FOR_ANY_OFFICE = (Channel.COUNTER, Channel.LETTER)
ON_BEHALF = Q(entered_by__isnull=False)
ENTERED_AND_PUBLIC = models.Index(
    fields=["-received_at", "-id"],
    name="message_on_behalf",
    condition=Q(publication="public", entered_by__isnull=False),
)


class SpokenFor(models.TextChoices):
    """For whom the person spoke."""

    SELF = "self", _("for themself")
    OTHER = "other", _("for somebody else, for example a parent or a neighbour")
    GROUP = "group", _("for several people, for example a group of residents")


def channels_of(user: User) -> tuple[Channel, ...]:
    """By which ways this officer may write a voice down; none for those who only look."""
    if desk_of(user) is not None:
        return FOR_ALL
    return FOR_ANY_OFFICE if user.serves_citizens else ()


def desk_of(user: User) -> Office | None:
    """The call centre or the centre, where this officer sits; they enter for all."""
    kinds = (OfficeKind.CALL_CENTRE, OfficeKind.CENTRE)
    desks = [post.office for post in user.posts if post.acts and post.office.kind in kinds]
    return min(desks, key=lambda office: kinds.index(OfficeKind(office.kind)), default=None)


class OnBehalf(models.Model):
    """Who wrote it down for its author, and for whom that person spoke; nobody for most."""

    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )
    spoken_for = models.CharField(
        max_length=5, choices=SpokenFor, blank=True, db_default="", editable=False
    )

    if TYPE_CHECKING:
        entered_by_id: int | None

    class Meta:
        abstract = True

    @property
    def is_on_behalf(self) -> bool:
        """An officer wrote it down for its author."""
        return self.entered_by_id is not None

    def was_entered_by(self, user: User) -> bool:
        """This officer did."""
        return self.entered_by_id is not None and self.entered_by_id == user.pk
