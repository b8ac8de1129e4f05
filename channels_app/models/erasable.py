"""What is left of a message once its time is over, or its author has had it erased."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from channels_app.models.erasures import ErasureCause

if TYPE_CHECKING:
    from people.models import User

ERASED_HOLDS_NOTHING = models.CheckConstraint(
    name="message_erased_holds_nothing",
    condition=Q(erased_at__isnull=True, erased_because="")
    | (
        Q(erased_at__isnull=False, text="", place="", contact__isnull=True)
        & Q(latitude__isnull=True, request_digest="", body_digest="")
        & ~Q(erased_because="")
    ),
)
FINISHED_AND_KEPT = models.Index(
    fields=["received_at", "id"],
    name="message_kept",
    condition=Q(erased_at__isnull=True, status__in=("replied", "set_aside", "joined")),
)


class Erasable(models.Model):
    """A row whose words can be blanked while it stays: what everyone could read may stay, masked.

    `erased_at` says since when the original is gone. Where nobody outside could read it, or its
    author withdrew it, the masked copy is gone as well.
    """

    erased_at = models.DateTimeField(null=True, editable=False)
    erased_because = models.CharField(
        max_length=10, choices=ErasureCause, blank=True, editable=False
    )

    if TYPE_CHECKING:
        text: models.TextField[str, str]
        masked_text: models.TextField[str, str]

    class Meta:
        abstract = True

    @property
    def is_erased(self) -> bool:
        """The original is gone."""
        return self.erased_at is not None

    @property
    def is_gone(self) -> bool:
        """Not even the masked copy is left."""
        return self.is_erased and not self.masked_text

    @property
    def words(self) -> str:
        """The original, or what is left of it."""
        return self.masked_text if self.is_erased else self.text

    def may_be_erased_by(self, user: "User") -> bool:
        """Erase, or hand out, what belongs to a person who asks for it: the centre."""
        return user.is_at_centre
