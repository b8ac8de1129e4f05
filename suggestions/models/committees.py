"""Committees: who works on suggestions together, by side, and how they came to sit there."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from channels_app import sealing
from channels_app.models import Confirmation, Contact
from lifecycle import clock
from lifecycle.models import Step, StepNote, Tracked, TrackedQuerySet
from people.models import Office, User
from suggestions import rules_of_committees as rules
from suggestions.models.suggestions import Suggestion
from suggestions.states import REPORTED
from suggestions.states_of_committees import (
    COMMITTEE_FINAL,
    COMMITTEE_LIFECYCLE,
    NEEDED_SIDES,
    REPORTING,
    CommitteeStatus,
    Side,
)

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from suggestions.models.meetings import MeetingQuerySet
    from suggestions.models.reports import ProgressReportQuerySet


class CommitteeQuerySet(TrackedQuerySet["Committee"]):
    """Which committees."""

    def public(self) -> Self:
        """Everyone may read of each."""
        return self.all()

    def at_work(self) -> Self:
        """Those that owe reports while they have suggestions."""
        return self.filter(status__in=REPORTING)

    def silent(self) -> Self:
        """Asleep or soon to be: their time without a meeting is over, oldest first."""
        waiting = (CommitteeStatus.ACTIVE, CommitteeStatus.DORMANT)
        return self.filter(status__in=waiting, due_at__lte=clock.now()).order_by("due_at", "id")


class Committee(Tracked):
    """Officers, civic groups, experts and citizens who carry suggestions to their end.

    `office` leads it and owes its reports. `occasion` is the suggestion it was formed for.
    `due_at` is by when it has to be complete, to have met, or to have finished. The periods of its
    reports are counted from `reports_from`. Closed, it may live on as a network (paper 3.2: the
    Seoul Library Network is one).
    """

    lifecycle = COMMITTEE_LIFECYCLE
    final = COMMITTEE_FINAL

    slug = models.SlugField(_("address"), unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=100)
    purpose_ko = models.TextField(_("purpose (Korean)"))
    purpose_en = models.TextField(_("purpose (English)"))
    occasion = models.ForeignKey(Suggestion, models.PROTECT, related_name="committees")
    formed_at = models.DateTimeField(editable=False)
    reports_from = models.DateField(null=True, editable=False)
    met_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    lives_on = models.BooleanField(default=False, editable=False)
    last_words = models.TextField(blank=True, editable=False)
    status = models.CharField(
        max_length=20, choices=CommitteeStatus, default=CommitteeStatus.FORMING, editable=False
    )

    objects = CommitteeQuerySet.as_manager()

    if TYPE_CHECKING:
        steps: RelatedManager["CommitteeStep"]  # type: ignore[assignment]  # narrower than Tracked's
        seats: "SeatQuerySet"
        mandates: "MandateQuerySet"
        meetings: "MeetingQuerySet"
        reports: "ProgressReportQuerySet"

    class Meta:
        ordering = ["-formed_at", "-id"]
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [
            models.CheckConstraint(
                name="committee_unfinished_has_owner_and_date",
                condition=Q(status__in=COMMITTEE_FINAL)
                | Q(office__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="committee_at_work_has_periods",
                condition=Q(status__in=("forming", "closed")) | Q(reports_from__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="committee_clock",
                condition=~Q(status__in=COMMITTEE_FINAL),
            ),
            models.Index(
                fields=["-formed_at", "-id"],
                name="committee_open",
                condition=~Q(status__in=COMMITTEE_FINAL),
            ),
            models.Index(
                fields=["lives_on", "-formed_at", "-id"],
                name="committee_over",
                condition=Q(status__in=COMMITTEE_FINAL),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("committee", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name_ko

    @property
    def purpose(self) -> str:
        """What it is for, in the language of the page."""
        return self.purpose_en if get_language() == "en" else self.purpose_ko

    @property
    def is_network(self) -> bool:
        """Closed, and its members go on meeting."""
        return self.status == CommitteeStatus.CLOSED and self.lives_on

    def missing_sides(self) -> list[Side]:
        """Which of the sides it can't do without nobody speaks for now."""
        present = set(self.seats.sitting().values_list("side", flat=True))
        return [side for side in NEEDED_SIDES if side not in present]

    def may_be_run_by(self, user: User) -> bool:
        """Seats, meetings, minutes, reports: the office that leads it."""
        return user.holds(self.office)

    def may_decide_by(self, user: User) -> bool:
        """Adopt and drop: officers who sit in it, or lead it."""
        seats = self.seats.sitting().filter(side=Side.OFFICER, office__in=user.offices)
        return self.may_be_run_by(user) or seats.exists()


class CommitteeStep(Step):
    """One change of a committee."""

    root = models.ForeignKey(Committee, models.PROTECT, related_name="steps", db_index=False)

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["root", "seq"], name="committeestep_once")]


class CommitteeStepNote(StepNote):
    """What an officer wrote at a step of a committee."""

    step = models.OneToOneField(
        CommitteeStep, models.PROTECT, primary_key=True, related_name="note"
    )


class SeatQuerySet(models.QuerySet["Seat"]):
    """Which seats."""

    def sitting(self) -> Self:
        """Accepted and not given up."""
        return self.filter(accepted_at__isnull=False, until__isnull=True)

    def asked(self) -> Self:
        """Invited by mail, and not answered yet."""
        return self.filter(accepted_at__isnull=True, until__isnull=True)

    def in_person(self) -> Self:
        """Not an office's."""
        return self.filter(office__isnull=True)

    def whose_term_is_over(self) -> Self:
        """Not given up, though the last day of their term has passed."""
        return self.filter(until__isnull=True, term_ends_on__lt=day_of(clock.now()))


class Seat(models.Model):
    """One place in a committee: an office's, or a person's.

    Officers sit for an office, whoever holds it then; the others in person, for a term if one was
    agreed (a sweep ends the seat after `term_ends_on`). Their name is shown only where they agreed
    (`shown`). A person who was invited by mail sits once they accept from there, and has a private
    link from then on; `consent` says how somebody without an address agreed.
    """

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats")
    side = models.CharField(max_length=8, choices=Side)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    shown = models.BooleanField(default=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="seats")
    confirmation = models.ForeignKey(
        Confirmation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    consent = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="ko")
    nonce = models.CharField(max_length=32, default=sealing.fresh_nonce, editable=False)
    since = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    term_ends_on = models.DateField(null=True)
    until = models.DateTimeField(null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["side", "since", "id"]
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.CheckConstraint(
                name="seat_of_office_or_person",
                condition=Q(side="officer", office__isnull=False, name="")
                | (~Q(side="officer") & Q(office__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["committee", "office"],
                name="seat_once_for_office",
                condition=Q(until__isnull=True, office__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["committee", "contact"],
                name="seat_once_for_person",
                condition=Q(until__isnull=True, contact__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee_id}: {self.side} {self.pk}"

    @property
    def public_name(self) -> str:
        """How everyone may read it: an office, a name that may be shown, or a member."""
        if self.office is not None:
            return self.office.name
        name = self.name if self.shown and self.name else str(pgettext("seat", "a member"))
        return f"{name} · {self.organisation}" if self.organisation else name

    @property
    def is_sitting(self) -> bool:
        """Accepted and not given up."""
        return self.accepted_at is not None and self.until is None

    @property
    def token(self) -> str:
        """The secret of its private link."""
        return sealing.link_token("seat", str(self.pk), self.nonce)

    def private_url(self) -> str:
        """Where this person writes reports and says what they think of a "no"."""
        return reverse("seat", args=[self.pk, self.token])


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Which mandates."""

    def live(self) -> Self:
        """Somebody works on it now, and reports."""
        return self.filter(until__isnull=True, suggestion__status__in=REPORTED)

    def of_offices_alone(self) -> Self:
        """Adopted directly: an office reports without a committee."""
        return self.filter(committee__isnull=True)


class Mandate(models.Model):
    """Who carries a suggestion and reports on it: a committee, or (None) its office alone.

    It ends with a "no", or once the suggestion is done and all its reports have their rows.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="mandates")
    committee = models.ForeignKey(Committee, models.PROTECT, null=True, related_name="mandates")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"],
                name="mandate_one_at_a_time",
                condition=Q(until__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} → {self.committee_id}"

    @property
    def reports_from(self) -> date:
        """The day from which the periods of its reports are counted."""
        kept = self.committee.reports_from if self.committee is not None else None
        return kept or day_of(self.since)


def first_day_of(reports_from: date, number: int) -> date:
    """When a period begins: periods are counted from the first day, without a gap."""
    return reports_from + timedelta(days=rules.REPORT_EVERY * (number - 1))


def number_on(reports_from: date, day: date) -> int:
    """Which period this day is in; 0 or less before the first."""
    return (day - reports_from).days // rules.REPORT_EVERY + 1


def day_of(moment: datetime) -> date:
    """The day in Seoul."""
    return clock.seoul(moment).date()
