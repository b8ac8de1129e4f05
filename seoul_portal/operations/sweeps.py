"""Every sweep: when it was last through, and the oldest row it has not done."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from channels_app import deadlines, keeping
from channels_app.models import (
    Account,
    Attachment,
    ContactKind,
    CountChange,
    Delivery,
    InboundEvent,
    Message,
    MessageStep,
    PassageDue,
    Reminder,
    Reply,
    Sheet,
)
from lifecycle import clock
from lifecycle.models import Eldest, Heartbeat, Holiday, Unsealed
from mayors_office import listening, rules
from mayors_office.models import Changed, StaleMonth
from seoul_portal.rules import ALARM_SILENT, ALARM_UNDONE
from suggestions import actions as suggestion_actions
from suggestions import talk_rules
from suggestions.models import (
    Comment,
    Committee,
    Evaluation,
    LateReport,
    Overdue,
    Petition,
    ProgressReport,
    Suggestion,
    SuggestionReminder,
    SuggestionStep,
    SupportChange,
    reports,
)
from suggestions.rules import takes_up

Found = tuple[datetime, int | None]  # since when it is due, and the message it belongs to


@dataclass(frozen=True)
class Sweep:
    """One sweep as it stands at `moment`."""

    name: str
    every: float
    last: datetime | None
    moment: datetime
    due: datetime | None = None
    message: Message | None = None
    place: str = ""
    asked: bool = False  # whether it has rows of its own that wait

    @property
    def age(self) -> float | None:
        """Seconds since it was last through; None where it never was."""
        return seconds_between(self.last, self.moment) if self.last else None

    @property
    def late(self) -> float:
        """By how many seconds it is later than its own interval."""
        return max(0.0, (self.age or 0.0) - self.every)

    @property
    def patience(self) -> float:
        """After so many seconds it is silent."""
        return patience(self.name)

    @property
    def is_silent(self) -> bool:
        """It was not through in its time, or never."""
        return self.age is None or self.age > self.patience

    @property
    def undone(self) -> float:
        """Age of the oldest row it has not done, in seconds; 0 where nothing waits."""
        return seconds_between(self.due, self.moment) if self.due else 0.0

    @property
    def is_behind(self) -> bool:
        """Something waits longer than the Rulebook lets it."""
        return self.undone > longest(self.name)


@dataclass(frozen=True)
class Wait:
    """Rows that a sweep has to do, asked as the sweep itself asks.

    `at` says since when a row is due; without it the row carries no time and the oldest one is
    remembered. `of` leads to its message. `by` names the order in which its index gives them.
    """

    rows: Callable[[], QuerySet[Any]]
    at: str = ""
    of: str = ""
    by: tuple[str, ...] = ()

    def oldest(self, sweep: str) -> Found | None:
        """The oldest row; None where nothing waits."""
        columns = ("pk", *filter(None, (self.at, self.of)))
        row = self.rows().order_by(*(self.by or (self.at or "pk",))).values(*columns).first()
        if row is None:
            return None
        due = row[self.at] if self.at else Eldest.seen(sweep, row["pk"])
        return due, row[self.of] if self.of else None


def known(*, asking: bool = True) -> list[Sweep]:
    """Every sweep of the clock; without `asking` only when each was last through: one query."""
    moment = clock.now()
    beats = dict(Heartbeat.objects.values_list("sweep", "last_done_at"))
    found = {name: oldest_of(name) for name in _scheduled()} if asking else {}
    pks = {one[1] for one in found.values() if one and one[1]}
    messages = Message.objects.select_related("office").in_bulk(pks) if pks else {}
    return [
        Sweep(
            name,
            every(name),
            beats.get(name),
            moment,
            due=one[0] if (one := found.get(name)) else None,
            message=messages.get(one[1]) if one and one[1] else None,
            place=PLACES.get(name, lambda: "")(),
            asked=name in WAITS or name in OTHERS,
        )
        for name in _scheduled()
    ]


def oldest_of(name: str) -> Found | None:
    """The oldest row this sweep has not done; None where nothing waits, or it has no rows."""
    found = [one for wait in WAITS.get(name, ()) if (one := wait.oldest(name))]
    if other := OTHERS.get(name):
        found += [(due, None) for due in other()]
    return min(found, key=lambda one: one[0], default=None)


def every(name: str) -> float:
    """Seconds between two starts."""
    entry: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE[name]
    return float(entry["schedule"])


def patience(name: str) -> float:
    """After so many seconds it is silent: a rare sweep may miss two of its times."""
    return max(float(ALARM_SILENT.value()), 3 * every(name))


def longest(name: str) -> float:
    """So many seconds its rows may wait: a rare sweep comes to them later."""
    return max(float(ALARM_UNDONE.value()), 3 * every(name))


def seconds_between(then: datetime, moment: datetime) -> float:
    """Never below zero: clocks of two machines differ."""
    return round(max(0.0, (moment - then).total_seconds()), 1)


def _scheduled() -> Iterable[str]:
    return list(settings.CELERY_BEAT_SCHEDULE)


def _untold() -> QuerySet[Message]:
    """Due is the first step that followers were not told of."""
    steps = MessageStep.objects.filter(root=OuterRef("pk"), seq__gt=OuterRef("told_version"))
    first = Subquery(steps.order_by("seq").values("at")[:1])
    return Message.objects.with_untold_steps().annotate(due=Coalesce(first, F("received_at")))


def _unspread() -> QuerySet[Suggestion]:
    """The same of suggestions."""
    steps = SuggestionStep.objects.filter(root=OuterRef("pk"), seq__gt=OuterRef("told_version"))
    first = Subquery(steps.order_by("seq").values("at")[:1])
    untold = Suggestion.objects.with_untold_steps()
    found: QuerySet[Any] = untold.annotate(due=Coalesce(first, F("submitted_at")))
    return found


def _to_open() -> QuerySet[Message]:
    """Due is when everyone could first read it: when it came, or when an officer let it through."""
    return Message.objects.without_topic().annotate(due=Greatest("received_at", "screened_at"))


def _of_offices(rows: Callable[[], QuerySet[Any]]) -> QuerySet[Any]:
    """An office is told at most once in so many minutes: until then what it owes may wait."""
    pause = timedelta(minutes=deadlines.DUTY_MAILS.value())
    found: QuerySet[Any] = rows().annotate(due=F("at") + pause)
    return found


def _outbox(channel: str) -> Iterator[datetime]:
    """Its order is by urgency: the oldest row is asked for by itself."""
    due = Delivery.objects.due(channel).order_by().aggregate(at=Min("next_at"))["at"]
    if due is not None:
        yield due


def _months() -> Iterator[datetime]:
    """A month that is over and not closed yet, since its end.

    Which months have answers is asked only where one is not closed: that reads them all.
    """
    is_closed = listening.all_closed_until(listening.first_of(clock.seoul().date()))
    months = listening.open_months() if rules.are_shown() and not is_closed else []
    for month in months[:1]:
        end = listening.next_month(month)
        yield datetime(end.year, end.month, 1, tzinfo=clock.SEOUL) + listening.PATIENCE


def _ideas() -> QuerySet[Message]:
    """Where the Rulebook says that nothing is taken up by itself, they may wait."""
    ideas = Message.objects.ideas_for_everyone()
    return ideas if takes_up() else ideas.none()


def _days() -> QuerySet[Changed]:
    """Where the numbers are switched off, they may wait."""
    return Changed.objects.all() if rules.are_shown() else Changed.objects.none()


def _uncompared() -> QuerySet[Suggestion]:
    """Where nobody wants it, or its words are new, they may wait: due is the last step."""
    if not talk_rules.proposes_clusters():
        return Suggestion.objects.none()
    steps = SuggestionStep.objects.filter(root=OuterRef("pk")).order_by("-seq")
    return Suggestion.objects.uncompared().annotate(due=Subquery(steps.values("at")[:1]))


def _unconfirmed() -> QuerySet[Comment]:
    """Due is the end of the days in which it could be confirmed."""
    days = timedelta(days=talk_rules.FORGET_DAYS.value())
    return Comment.objects.to_forget().annotate(due=F("at") + days)


def _left(name: str) -> QuerySet[Eldest]:
    """What the last round of a rare sweep could not do, as it noted itself."""
    return Eldest.objects.filter(sweep=name)


WAITS: dict[str, tuple[Wait, ...]] = {
    "route_waiting": (
        Wait(Message.objects.waiting_to_be_routed, at="received_at", of="pk", by=("id",)),
    ),
    "publish_answers": (Wait(Reply.objects.leaving, at="leaves_at", of="message"),),
    "open_topics": (Wait(_to_open, at="due", of="pk", by=("id",)),),
    "index_texts": (Wait(PassageDue.objects.all, of="message"),),
    "tell": (
        Wait(_untold, at="due", of="pk", by=("id",)),
        Wait(Reminder.objects.untold_outside, at="at", of="message", by=("id",)),
    ),
    "recount_dates": (Wait(Holiday.objects.not_recounted, at="at", by=("id",)),),
    "stop_waiting": (Wait(Message.objects.waited_long_enough, at="waiting_until", of="pk"),),
    "remind": (
        Wait(partial(_of_offices, Reminder.objects.untold), at="due", of="message", by=("id",)),
        Wait(
            partial(_of_offices, SuggestionReminder.objects.untold),
            at="due",
            of="suggestion__message",
            by=("id",),
        ),
        Wait(partial(_of_offices, LateReport.objects.untold), at="due", by=("id",)),
        Wait(partial(_of_offices, Overdue.objects.untold), at="due", by=("id",)),
    ),
    "gather_days": (Wait(Delivery.objects.for_digest, at="next_at"),),
    "send_stale": (Wait(Delivery.objects.stale, at="lease_until", of="message"),),
    "draw_photos": (Wait(Attachment.objects.waiting, at="try_at", of="message"),),
    "take_in_sheets": (Wait(Sheet.objects.to_take_in, at="asked_at"),),
    "fetch_accounts": (Wait(Account.objects.due, at="next_at"),),
    "take_in_events": (Wait(InboundEvent.objects.to_take_in, at="try_at", by=("id",)),),
    "add_up_counts": (Wait(CountChange.objects.all),),
    "seal": (Wait(Unsealed.objects.all),),
    "spread": (Wait(_unspread, at="due", of="message", by=("id",)),),
    "take_up_ideas": (Wait(_ideas, of="pk", by=("id",)),),
    "count_supports": (
        Wait(lambda: SupportChange.objects.filter(counted=False), at="at", by=("id",)),
    ),
    "close_windows": (
        Wait(Suggestion.objects.window_closed, at="due_at", of="message"),
        Wait(Suggestion.objects.never_corrected, at="due_at", of="message"),
        Wait(Suggestion.objects.slept_long, at="due_at", of="message"),
    ),
    "follow_up": (
        Wait(Suggestion.objects.to_look_at_again, at="due_at", of="message"),
        Wait(Suggestion.objects.claimed_without_dispute, at="due_at", of="message"),
        Wait(Suggestion.objects.to_survey, at="due_at", of="message"),
    ),
    "remind_of_suggestions": (
        Wait(suggestion_actions.late_and_not_listed, at="due_at", of="message"),
    ),
    "invite_to_surveys": (Wait(Evaluation.objects.to_invite, at="opened_at", by=("id",)),),
    "propose_alike": (Wait(_uncompared, at="due", of="message", by=("id",)),),
    "forget_unconfirmed": (
        Wait(_unconfirmed, at="due", of="suggestion__message", by=("at", "id")),
    ),
    "open_petitions": (
        Wait(Petition.objects.confirmed, at="message__contact__confirmed_at", of="message"),
    ),
    "count_days": (Wait(_days),),
    "watch_committees": (Wait(Committee.objects.silent, at="due_at", of="occasion__message"),),
    "keep_reports": (
        Wait(reports.committees_owing, of="occasion__message"),
        Wait(reports.offices_owing, of="suggestion__message"),
        Wait(ProgressReport.objects.late_untold, at="due_at"),
    ),
    "erase_expired": (
        Wait(partial(_left, keeping.LEFT_MESSAGES), at="since", of="row"),
        Wait(partial(_left, keeping.LEFT_CONTACTS), at="since"),
    ),
    "write_open_data": (Wait(StaleMonth.objects.withdrawn),),
}
OTHERS: dict[str, Callable[[], Iterator[datetime]]] = {
    "send_due": partial(_outbox, ContactKind.MAIL),
    "send_pushes": partial(_outbox, ContactKind.PUSH),
    "close_month": _months,
}
# Where a person sees such rows, beside the oldest one itself.
PLACES: dict[str, Callable[[], str]] = {
    "route_waiting": lambda: f"{reverse('desk_triage')}?show=unrouted",
    "send_due": lambda: "#queues",
    "send_pushes": lambda: "#queues",
    "gather_days": lambda: "#queues",
    "send_stale": lambda: "#queues",
    "draw_photos": lambda: "#stuck",
    "take_in_sheets": lambda: "#stuck",
    "fetch_accounts": lambda: reverse("desk_mail"),
    "take_in_events": lambda: reverse("desk_mail"),
    "remind": lambda: f"{reverse('desk_triage')}?show=overdue",
    "tell": lambda: reverse("smc"),
    "open_topics": lambda: reverse("smc"),
    "stop_waiting": lambda: f"{reverse('desk_triage')}?show=waiting",
    "take_up_ideas": lambda: reverse("desk_ideas"),
    "count_supports": lambda: f"{reverse('desk_ideas')}?show=gathering",
    "close_windows": lambda: f"{reverse('desk_ideas')}?show=rescue",
    "recount_dates": lambda: reverse("admin:lifecycle_holiday_changelist"),
    "seal": lambda: reverse("record"),
    "propose_alike": lambda: f"{reverse('desk_comments')}?show=alike",
    "count_days": lambda: reverse("dashboard"),
    "write_open_data": lambda: reverse("opendata"),
    "close_month": lambda: reverse("heard"),
    "watch_committees": lambda: reverse("committees"),
    "keep_reports": lambda: reverse("committees"),
    "erase_expired": lambda: reverse("desk_privacy"),
}
