"""Which messages: every question about rows, asked by pages, sweeps and queues."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q

from channels_app import rules
from channels_app.models.choices import Kind
from channels_app.models.clocks import Round
from channels_app.models.conversed import moment_to_put_together
from channels_app.models.message_steps import MessageStep
from channels_app.models.readership import Publication
from channels_app.states import IN_HAND, UNDONE_FROM, MessageStatus
from lifecycle import clock
from lifecycle.models import TrackedQuerySet
from people.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from channels_app.models.messages import Message  # noqa: F401 - named in the base below


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
        asked = self.model._base_manager.filter(asked__office__in=user.offices)
        return self.filter(
            Q(publication=Publication.PUBLIC)
            | Q(office__in=user.offices)
            | Q(pk__in=asked.values("pk"))
        )

    def at_offices_of(self, user: User) -> Self:
        """What lies with this officer's offices; centre, auditors, mayor's office see all."""
        if user.is_at_centre or user.is_auditor or user.is_in_mayors_office:
            return self
        return self.filter(office__in=user.offices)

    def queue_of(self, user: User) -> Self:
        """What waits for this officer's offices."""
        return self.at_offices_of(user).filter(status__in=IN_HAND)

    def waiting_to_be_routed(self) -> Self:
        """What the routing sweep has not looked at yet, oldest first.

        What was split off this moment waits as long as that can be undone.
        """
        young = Q(split_from__isnull=False, received_at__gt=moment_to_put_together())
        waiting = self.filter(status=MessageStatus.RECEIVED, needs_reader=False)
        return waiting.exclude(young).order_by("id")

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

    def unanswered(self) -> Self:
        """An office owes the next word, and it is not on its way yet."""
        return self.filter(status__in=IN_HAND)

    def with_untold_steps(self) -> Self:
        """Something happened that those who follow were not told yet, oldest first.

        What its officer can still take back waits: one mail for what stays, none for a slip.
        """
        return self.filter(told_version__lt=F("version")).settled().order_by("id")

    def settled(self) -> Self:
        """Those whose last step its officer can't take back any more."""
        seconds = timedelta(seconds=rules.ANSWER_LEAVES_AFTER.value())
        fresh = MessageStep.objects.filter(
            root=OuterRef("pk"),
            seq=OuterRef("version"),
            to_status__in=UNDONE_FROM,
            cause="",
            by__isnull=False,
            at__gt=clock.now() - seconds,
        )
        return self.exclude(Exists(fresh))

    def ideas_for_everyone(self) -> Self:
        """Ideas whose authors want everyone to read them, with their office, and no word said yet.

        What the rules have not looked at yet, and what waits for its author, stays a message.
        """
        routed = Q(status=MessageStatus.ROUTED) | Q(
            status=MessageStatus.RECEIVED, needs_reader=True
        )
        return (
            self.public()
            .filter(routed, kind=Kind.IDEA, round=Round.FIRST, waiting_since__isnull=True)
            .settled()
            .order_by("id")
        )

    def without_topic(self) -> Self:
        """Everyone may read it, and nobody can follow it yet, oldest first."""
        return self.filter(publication="public", topic__isnull=True).order_by("id")

    def waited_long_enough(self) -> Self:
        """Asked back, and the author has not answered by the last day."""
        waited = self.filter(waiting_until__lte=clock.now(), status__in=IN_HAND)
        return waited.order_by("waiting_until", "id")

    def with_new_words(self) -> Self:
        """Its author added words that nobody of its office has read yet."""
        return self.filter(new_words_since__isnull=False)

    def appealed(self) -> Self:
        """Only the head may answer."""
        return self.filter(round=Round.APPEALED)
