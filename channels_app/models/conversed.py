"""The exchange between its author and the office; one voice that holds two matters."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from channels_app import rules
from channels_app.models.readership import Publication
from channels_app.states import IN_HAND
from lifecycle import clock

if TYPE_CHECKING:
    from people.models import Office, User

NEW_WORDS = models.Index(
    fields=["new_words_since", "id"],
    name="message_new_words",
    condition=Q(new_words_since__isnull=False),
)
SPLIT_OFF = models.Index(
    fields=["split_from", "id"],
    name="message_split_off",
    condition=Q(split_from__isnull=False),
)


def moment_to_put_together() -> datetime:
    """What was split off after this moment can still be put together."""
    return clock.now() - timedelta(seconds=rules.ANSWER_LEAVES_AFTER.value())


class Conversed(models.Model):
    """A message somebody talks about with the city.

    `new_words_since` is the oldest word its author added that nobody of the office in charge has
    read. `split_from` is the message this matter was split off from; `summed_up` says that its
    words are the officer's summary, not its author's own.
    """

    new_words_since = models.DateTimeField(null=True, editable=False)
    split_from = models.ForeignKey(
        "channels_app.Message",
        models.PROTECT,
        null=True,
        related_name="split_off",
        editable=False,
        db_index=False,
    )
    summed_up = models.BooleanField(default=False, db_default=False, editable=False)

    if TYPE_CHECKING:
        status: models.CharField[str, str]
        publication: models.CharField[str, str]
        office: Office | None
        received_at: datetime
        is_appeal: bool
        split_from_id: int | None

        @property
        def is_erased(self) -> bool: ...

        def may_be_screened_by(self, user: User) -> bool: ...

    class Meta:
        abstract = True

    @property
    def has_new_words(self) -> bool:
        """Its author added words that the office has not read."""
        return self.new_words_since is not None

    @property
    def may_be_split(self) -> bool:
        """In hand, its words are there, and it is decided who may read them."""
        decided = self.publication in (Publication.PUBLIC, Publication.PRIVATE)
        return self.status in IN_HAND and not self.is_erased and decided

    def may_be_split_by(self, user: "User") -> bool:
        """Split off a second matter: the office in charge and the centre; no auditor."""
        return self.may_be_screened_by(user)

    def is_new_words_reader(self, user: "User") -> bool:
        """Whether the added words count as read once this officer sees them."""
        return user.holds(self.office) or (self.is_appeal and user.heads(self.office))

    @property
    def may_be_put_together_until(self) -> datetime:
        """Until when a splitting can be undone as if it had not been."""
        return self.received_at + timedelta(seconds=rules.ANSWER_LEAVES_AFTER.value())

    @property
    def is_time_to_put_together(self) -> bool:
        """Split off a moment ago: its author has not heard of it yet."""
        return self.split_from_id is not None and clock.now() < self.may_be_put_together_until
