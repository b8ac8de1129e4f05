"""The clock of a message: by when, since when, how often it moved, and for whom it waits."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from channels_app import deadlines
from channels_app.states import MESSAGE_FINAL, MessageStatus
from lifecycle import clock

if TYPE_CHECKING:
    from people.models import Office, User

OPEN_WITH_DATE = models.Index(
    fields=["due_at", "id"],
    name="message_clock",
    condition=~Q(status__in=MESSAGE_FINAL),
)
COUNTED_IN_DAYS = models.Index(
    fields=["clock_from", "id"],
    name="message_recount",
    condition=~Q(status__in=MESSAGE_FINAL) & Q(clock_days__isnull=False),
)
WAITING_FOR_AUTHOR = models.Index(
    fields=["waiting_until", "id"],
    name="message_author_asked",
    condition=Q(waiting_until__isnull=False),
)
UNTOLD = models.Index(
    fields=["id"],
    name="message_untold",
    condition=Q(told_version__lt=F("version")),
)
WAITING_IS_WHOLE = models.CheckConstraint(
    name="message_waiting_is_whole",
    condition=Q(waiting_since__isnull=True, waiting_until__isnull=True)
    | Q(waiting_since__isnull=False, waiting_until__gte=F("waiting_since")),
)


class Round(models.IntegerChoices):
    """How often its author has come back: each time a new clock runs."""

    FIRST = 0, _("first time")
    REOPENED = 1, _("not solved")
    APPEALED = 2, _("appeal to the head")


class Clocked(models.Model):
    """A message's dates beside `due_at`, the one that holds now.

    `first_due_at` is the first promise for ever, `moves` how often the office or its author moved
    the date since (a changed calendar does not count). `clock_from` and `clock_days` are the
    present clock: its start and its statutory working days; `clock_days` is None once the date is
    one somebody named, or counted in hours. `met_at` is the first answer, closing or promising,
    and `met_due_at` the date that held then. `first_finish_at` is the first promised finish date.
    While its author is asked something, `due_at` lies as far behind as the waiting may last:
    `waiting_since` to `waiting_until`. `interims` counts the interim answers of this clock.
    `told_version` is up to which step those who follow were told.
    """

    first_due_at = models.DateTimeField(editable=False)
    clock_from = models.DateTimeField(editable=False, db_default=Now())
    clock_days = models.PositiveSmallIntegerField(null=True, editable=False)
    moves = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    interims = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    met_at = models.DateTimeField(null=True, editable=False)
    met_due_at = models.DateTimeField(null=True, editable=False)
    first_finish_at = models.DateTimeField(null=True, editable=False)
    waiting_since = models.DateTimeField(null=True, editable=False)
    waiting_until = models.DateTimeField(null=True, editable=False)
    round = models.PositiveSmallIntegerField(
        choices=Round, default=Round.FIRST, db_default=Round.FIRST, editable=False
    )
    fixed = models.BooleanField(null=True, editable=False)
    told_version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    wants_news = models.BooleanField(default=True, db_default=True, editable=False)
    background_asked = models.BooleanField(default=False, db_default=False, editable=False)

    if TYPE_CHECKING:
        status: models.CharField[str, str]
        office: Office | None
        due_at: datetime | None
        replied_at: datetime | None

        def may_be_answered_by(self, user: User) -> bool: ...

    class Meta:
        abstract = True

    @property
    def is_at_work(self) -> bool:
        """Promised, with a finish date."""
        return self.status == MessageStatus.AT_WORK

    @property
    def is_waiting_for_author(self) -> bool:
        """The office asked something back and the clock stands."""
        return self.waiting_since is not None

    @property
    def waiting_left(self) -> timedelta:
        """What its author was given and has not used yet."""
        if self.waiting_until is None:
            return timedelta(0)
        return max(self.waiting_until - clock.now(), timedelta(0))

    def end_of_waiting(self) -> dict[str, Any]:
        """The columns of a step that ends it: what was not waited comes off the date again."""
        if self.due_at is None or not self.is_waiting_for_author:
            return {}
        return {
            "due_at": self.due_at - self.waiting_left,
            "waiting_since": None,
            "waiting_until": None,
        }

    @property
    def is_appeal(self) -> bool:
        """The head decides."""
        return self.round == Round.APPEALED

    @property
    def was_in_time(self) -> bool | None:
        """Whether the first answer came by the date that held then; None before it came."""
        if self.met_at is None or self.met_due_at is None:
            return None
        return self.met_at <= self.met_due_at

    @property
    def may_come_back_until(self) -> datetime | None:
        """Until when its author may say that it is not solved, or appeal."""
        if self.replied_at is None:
            return None
        return self.replied_at + timedelta(days=deadlines.REOPEN_DAYS.value())

    @property
    def is_time_to_come_back(self) -> bool:
        """Answered, and its author's days are not over."""
        until = self.may_come_back_until
        return self.status == MessageStatus.REPLIED and until is not None and clock.now() <= until

    @property
    def may_be_reopened(self) -> bool:
        """Once, by its author."""
        return self.is_time_to_come_back and self.round == Round.FIRST

    @property
    def may_be_appealed(self) -> bool:
        """Once, after it was reopened."""
        return self.is_time_to_come_back and self.round == Round.REOPENED

    @property
    def is_up_to_its_head(self) -> bool:
        """An appeal, or a date that was moved as often as the office may by itself."""
        return self.is_appeal or self.interims >= deadlines.INTERIMS_BY_OFFICER.value()

    def may_be_put_off_by(self, user: "User") -> bool:
        """Another date: two times by the office, from then on by its head."""
        return user.heads(self.office) if self.is_up_to_its_head else user.holds(self.office)

    def may_be_written_on_by(self, user: "User") -> bool:
        """Whether any kind of answer is this user's to write."""
        return self.may_be_answered_by(user) or self.may_be_put_off_by(user)
