"""What is counted: small tables beside the messages, which a sweep keeps true.

All of them can be thrown away and made again from the rows (`./portal rebuild_numbers`).
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel, Message
from people.models import Office, User

# What of a row a Count counts by its status; together they are all of `came`.
STATES = (
    "received",
    "routed",
    "at_work",
    "answered",
    "replied",
    "joined",
    "set_aside",
    "taken_up",
)


class Scope(models.TextChoices):
    """For whom a number is counted."""

    CITY = "city", _("the whole city")
    BOROUGH = "borough", _("a borough")
    OFFICE = "office", _("an office")


class Changed(models.Model):
    """A message that came in on this day was added or changed, and the day is not counted yet.

    Written by the database itself (a trigger of migration 0002) in the transaction of the
    change: so it becomes visible together with it, however late that commits. A sweep takes rows
    away and counts their days anew; a number or a moment to go on from is kept nowhere.
    """

    day = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class StaleMonthQuerySet(models.QuerySet["StaleMonth"]):
    """Which of them."""

    def withdrawn(self) -> Self:
        """Something that is in the files may be read by nobody any more."""
        return self.filter(withdrawn=True)


class StaleMonth(models.Model):
    """A month of the open data whose files do not say what the rows say; named by its first day.

    Written by whoever counts its days anew; and by the database itself (triggers of migration
    0003), in the transaction of the change, where something public was withdrawn: hidden, set
    aside, erased, or masked otherwise.
    """

    month = models.DateField()
    withdrawn = models.BooleanField(default=False)

    objects = StaleMonthQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["month"], name="stalemonth_withdrawn", condition=Q(withdrawn=True))
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Place(models.Model):
    """One day in Seoul, for the city, one borough or one office.

    `place` is None for the city, and for what was said about no borough. `shown` is what
    everyone may read, without what was set aside: the conversation.
    """

    day = models.DateField()
    scope = models.CharField(max_length=7, choices=Scope)
    place = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    shown = models.BooleanField()

    class Meta:
        abstract = True


class Count(Place):
    """What came in on one day by one channel, and what has become of it.

    The columns named as states hold how many stand there now. `met` is how many have a first
    answer, `in_time` how many of these by the date that held, `moved` how many got a later date
    and `moves` how often in all. `last_at` is when the last one came.
    """

    channel = models.CharField(max_length=12, choices=Channel)
    came = models.PositiveIntegerField()
    received = models.PositiveIntegerField()
    routed = models.PositiveIntegerField()
    at_work = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    replied = models.PositiveIntegerField()
    joined = models.PositiveIntegerField()
    set_aside = models.PositiveIntegerField()
    taken_up = models.PositiveIntegerField(default=0, db_default=0)
    met = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()
    moved = models.PositiveIntegerField()
    moves = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "scope", "place", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "place", "day", "channel", "shown"],
                name="count_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="count_states_are_all",
                condition=Q(
                    came=F("received")
                    + F("routed")
                    + F("at_work")
                    + F("answered")
                    + F("replied")
                    + F("joined")
                    + F("set_aside")
                    + F("taken_up")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.scope} {self.came}"


class What(models.TextChoices):
    """Which time a Span measures, from receipt on."""

    ANSWER = "answer", _("until the first answer")
    ROUTE = "route", _("until the office that has it was found")


class Span(Place):
    """How many of a day took about so long: one bucket of a histogram.

    Percentiles don't add, histograms do. `bucket` is a step on a scale on which every step is a
    fifth longer than the one before (`spans.py`).
    """

    what = models.CharField(max_length=6, choices=What)
    bucket = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["day", "what", "bucket"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "place", "what", "day", "shown", "bucket"],
                name="span_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.what} {self.bucket}: {self.count}"


class Slow(Place):
    """One of the twenty of a day that waited longest for their first answer.

    The slowest of a year are among the slowest of its days. No constraint leads to the message:
    a row that goes is found by the next count of its day.
    """

    message = models.ForeignKey(
        Message, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    took = models.DurationField()

    class Meta:
        ordering = ["-took", "message"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "place", "day", "shown", "message"],
                name="slow_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.took}"


class Trait(models.TextChoices):
    """What the questions after sending ask about."""

    AGE = "age", _("Age")
    GENDER = "gender", _("Sex")
    DISABILITY = "disability", _("Disability")
    FIRST_TIME = "first_time", _("First message to the city")
    BOROUGH = "borough", _("Borough")


class Heard(models.Model):
    """How many of a month's senders said this of themselves, once the month is over.

    A row is written once and never changes, so that nobody learns anything from what two looks
    differ by. `people` is None where the number is not shown (`small.py` says when).
    `group` is empty for all who answered the question.
    """

    month = models.DateField()  # its first day
    trait = models.CharField(max_length=10, choices=Trait)
    group = models.CharField(max_length=50, blank=True)
    people = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["month", "trait", "group"]
        constraints = [
            models.UniqueConstraint(fields=["month", "trait", "group"], name="heard_once"),
            models.CheckConstraint(name="heard_never_few", condition=~Q(people__lt=5)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.trait} {self.group}: {self.people}"


class MonthQuestion(models.Model):
    """Who was not heard in a month, and what the listening team will do about it; both public.

    `group` and `trait` name the group that was heard least for its part of the city; both are
    empty where too few told us for anybody to say. `index` is 100 where a group was heard as
    much as its part of the city.
    """

    month = models.DateField(unique=True)
    trait = models.CharField(max_length=10, choices=Trait, blank=True)
    group = models.CharField(max_length=50, blank=True)
    index = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField()
    told = models.PositiveIntegerField(null=True)
    asked_at = models.DateTimeField()
    reply = models.TextField(_("what we will do"), blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-month"]
        verbose_name = _("question of the month")
        verbose_name_plural = _("questions of the month")
        constraints = [
            models.CheckConstraint(
                name="monthquestion_reply_has_author",
                condition=Q(reply="", replied_at=None, replied_by=None)
                | (~Q(reply="") & Q(replied_at__isnull=False, replied_by__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
