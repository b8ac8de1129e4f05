"""Who read what a citizen wrote."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from channels_app import rules
from channels_app.models.message_steps import MessageStep
from channels_app.models.messages import Message
from channels_app.models.parts import Asked
from lifecycle import clock, workdays
from lifecycle.models import NEVER_EMPTIED
from lifecycle.rules import Words
from people.models import Office, User

SUNDAY, SATURDAY = 1, 7  # as the database counts
PAGES: dict[str, Words] = {
    "desk_case": _("the case"),
    "desk_idea": _("the suggestion"),
    "desk_search_person": _("the search by address"),
    "desk_preview": _("the preview of the answer"),
    "desk_phone": _("the phone desk, an earlier case"),
    "desk_publication": _("the publication desk, a photo"),
    "desk_mail_file": _("a mail, or a file that came with it"),
    "privacy_export": _("the file with everything about one message"),
}


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Which readings."""

    def between(self, first: date, last: date) -> Self:
        """From the first day to the end of the last, on Seoul's clock."""
        start = datetime.combine(first, time.min, clock.SEOUL)
        end = datetime.combine(last + timedelta(days=1), time.min, clock.SEOUL)
        return self.filter(at__gte=start, at__lt=end)

    def by_officer(self, user: User) -> Self:
        """What this account has read."""
        return self.filter(user=user)

    def in_name_of(self, slug: str) -> Self:
        """Read as an officer of this office; "none" for somebody without one."""
        return self.filter(office=None) if slug == "none" else self.filter(office__slug=slug)

    def about(self, message: Message) -> Self:
        """Who read this message, or another one of the same person, as far as we know that."""
        same_person = Q(message__contact=message.contact_id) if message.contact_id else Q()
        return self.filter(Q(message=message) | same_person)

    def kept_long_enough(self) -> Self:
        """Older than the Rulebook asks."""
        return self.filter(at__lt=clock.now() - timedelta(days=rules.KEEP_READINGS.value()))


def at_odd_hours(first: date, last: date) -> Q:
    """Before or after the Rulebook's hours, at a weekend, on a public holiday of these days."""
    odd = Q(at__hour__lt=rules.READINGS_FROM.value()) | Q(at__hour__gte=rules.READINGS_TO.value())
    odd |= Q(at__week_day__in=(SATURDAY, SUNDAY))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    free = [day for day in days if day.weekday() < 5 and not workdays.is_workday(day)]
    return odd | Q(at__date__in=free) if free else odd


def is_elsewhere() -> Q:
    """For an office that never had the case, and was never asked for a part of it."""
    steps = MessageStep.objects.filter(root=OuterRef("message"), office=OuterRef("office"))
    asked = Asked.objects.filter(message=OuterRef("message"), office=OuterRef("office"))
    return Q(~Exists(steps)) & Q(~Exists(asked))


class Reading(models.Model):
    """An officer read what a citizen wrote: who, when, whose, on which page (append-only).

    The database lets go of a row only after two years (safety measures for personal data).
    """

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"), related_name="+")
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        verbose_name=_("office"),
        related_name="+",
        db_index=False,
    )
    message = models.ForeignKey(
        Message, models.PROTECT, verbose_name=_("message"), related_name="readings"
    )
    page = models.CharField(_("page"), max_length=60)
    at = models.DateTimeField(_("when"))

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["user", "at"], name="reading_by_user"),
            models.Index(fields=["at", "id"], name="reading_by_time"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update),
            pgtrigger.Protect(
                name="kept_two_years",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.at > now() - interval '730 days'"),
            ),
            NEVER_EMPTIED,
        ]
        verbose_name = _("reading")
        verbose_name_plural = _("readings")

    def __str__(self) -> str:
        return f"{self.user} · {self.message} · {self.at:%Y-%m-%d %H:%M}"

    @property
    def page_words(self) -> Words:
        """The page as people call it; a name nobody calls otherwise stays as it is."""
        return PAGES.get(self.page, self.page)

    @classmethod
    def log(cls, message: Message, user: User, page: str) -> "Reading":
        """Write the line before the page is shown; one statement."""
        row = cls._line(message, user, page, clock.now())
        row.save(force_insert=True)
        return row

    @classmethod
    def log_all(cls, messages: Iterable[Message], user: User, page: str) -> list["Reading"]:
        """The same for a page that shows something of several."""
        moment = clock.now()
        return Reading.objects.bulk_create(cls._line(one, user, page, moment) for one in messages)

    @classmethod
    def _line(cls, message: Message, user: User, page: str, at: datetime) -> "Reading":
        office = user.acting_for(message.office)
        return cls(user=user, office=office, message=message, page=page, at=at)
