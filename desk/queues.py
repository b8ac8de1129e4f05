"""The queues of the desk: which rows each view shows, in which order, and how many there are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import F, IntegerField, Prefetch, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app import deadlines, rules
from channels_app.models import Asked, Delivery, Message, Publication, Reminder
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import MessageStatus
from desk.models import asleep, awake, taken_by
from lifecycle import clock
from people.models import User

MOST_COUNTED = 10_000  # nobody acts otherwise on more; the page then says "10,000+"


@dataclass(frozen=True)
class View:
    """One view: its name in the address, its words, its rows for an officer, their order.

    `first` is one of the views an officer works on all day; the others stand behind "More", and
    `owed` ones among the first as long as they hold anything.
    """

    name: str
    words: str | Promise
    rows: Callable[[User], QuerySet[Any]]
    empty: str | Promise
    by: str = "due_at"
    first: bool = False
    owed: bool = False

    def found(self, user: User) -> QuerySet[Any]:
        """Its rows, with what a line of the list shows."""
        found = self.rows(user).select_related("office")
        return found.select_related("message__office") if found.model is Asked else found


class CountOf(Subquery):
    """How many rows a query has, as one column of another: all views in one statement."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def counted(queries: Mapping[str, QuerySet[Any]], user: User) -> dict[str, int]:
    """The number of rows of each, capped at MOST_COUNTED + 1, by one statement."""
    columns: dict[str, Any] = {
        f"view_{number}": CountOf(rows.order_by().values("pk")[: MOST_COUNTED + 1])
        for number, rows in enumerate(queries.values())
    }
    numbers: Any = User.objects.filter(pk=user.pk).annotate(**columns).values_list(*columns).get()
    return {name: number or 0 for name, number in zip(queries, numbers, strict=True)}


def in_hand(user: User) -> MessageQuerySet:
    """What waits for an answer of this officer's offices."""
    return Message.objects.queue_of(user)


def _unrouted(user: User) -> MessageQuerySet:
    """What is held waits for another decision first, in a view of its own."""
    received = in_hand(user).filter(status=MessageStatus.RECEIVED)
    return awake(received.exclude(publication=Publication.HELD))


def _today(user: User) -> MessageQuerySet:
    now = clock.now()
    day = clock.seoul(now).date() + timedelta(days=1)
    midnight = datetime.combine(day, time.min, clock.SEOUL)
    return awake(in_hand(user).filter(due_at__gte=now, due_at__lt=midnight))


def _overdue(user: User) -> MessageQuerySet:
    told = Reminder.objects.outward().filter(due_at=F("message__due_at")).order_by("at", "id")
    late = in_hand(user).filter(due_at__lt=clock.now())
    return late.prefetch_related(Prefetch("reminders", told, to_attr="told"))


def _mine(user: User) -> MessageQuerySet:
    return awake(taken_by(in_hand(user), user))


def _appeals(user: User) -> MessageQuerySet:
    led = Message.objects.filter(office__in=user.led)
    return (Message.objects.at_offices_of(user) | led).unanswered().appealed()


def _put_off(user: User) -> MessageQuerySet:
    return in_hand(user).filter(interims__gt=deadlines.INTERIMS_BY_HEAD.value())


def _aside(user: User) -> MessageQuerySet:
    """Of the last days only: it grows for ever."""
    since = clock.now() - timedelta(days=rules.SCREENED_LATELY.value())
    return Message.objects.at_offices_of(user).filter(
        status=MessageStatus.SET_ASIDE, screened_at__gte=since
    )


def _undelivered(user: User) -> MessageQuerySet:
    return Message.objects.at_offices_of(user).filter(
        pk__in=Delivery.objects.troubled().values("message")
    )


VIEWS = {
    view.name: view
    for view in (
        View(
            "unrouted",
            _("Waiting for an office"),
            _unrouted,
            _("Every message has found its office."),
            first=True,
        ),
        View(
            "new_words",
            _("Authors have added words"),
            lambda user: Message.objects.at_offices_of(user).with_new_words(),
            _("No author has added anything that nobody has read."),
            by="new_words_since",
            first=True,
        ),
        View("today", _("Due today"), _today, _("Nothing more is due today."), first=True),
        View("overdue", _("Overdue"), _overdue, _("Nothing is overdue."), first=True),
        View(
            "mine",
            _("Mine"),
            _mine,
            _("You have taken nothing on. Press “Take it on” at a case to find it here."),
            first=True,
        ),
        View(
            "handed_back",
            _("Handed back or passed on"),
            lambda user: in_hand(user).filter(hand_backs__gt=0),
            _("No office has given anything away."),
            first=True,
        ),
        View(
            "held",
            _("Held"),
            lambda user: Message.objects.screenable_by(user).held(),
            _("Nothing is held."),
            by="publication_due_at",
            first=True,
        ),
        View(
            "undelivered",
            _("Not delivered"),
            _undelivered,
            _("Everything that left has arrived, as far as we know."),
            by="-received_at",
            first=True,
        ),
        View(
            "all",
            _("All waiting"),
            lambda user: awake(in_hand(user)),
            _("Nothing is waiting for you. New messages appear here."),
            first=True,
        ),
        View(
            "asked",
            _("Asked of us"),
            lambda user: Asked.objects.owed_by(user),
            _("No office asks you for a part of its answer."),
            owed=True,
        ),
        View(
            "at_work",
            _("At work"),
            lambda user: in_hand(user).filter(status=MessageStatus.AT_WORK),
            _("No work is promised at the moment."),
        ),
        View(
            "waiting",
            _("Waiting for the author"),
            lambda user: in_hand(user).filter(waiting_since__isnull=False),
            _("We wait for no author."),
            by="waiting_until",
        ),
        View(
            "later",
            _("Waiting on the desk"),
            lambda user: asleep(in_hand(user)),
            _("Nothing waits for a later moment."),
            by="later_until",
        ),
        View("appeals", _("Appeals"), _appeals, _("Nobody has appealed."), owed=True),
        View(
            "put_off",
            _("Put off again and again"),
            _put_off,
            _("No date was put off more often than a head may by themselves."),
        ),
        View(
            "reported",
            _("Reported by readers"),
            lambda user: Message.objects.at_offices_of(user).reported(),
            _("No reader has reported anything."),
            by="publication_due_at",
        ),
        View(
            "set_aside",
            _("Set aside lately"),
            _aside,
            _("Nothing was set aside lately."),
            by="-received_at",
        ),
    )
}


def usual(user: User) -> str:
    """The view an officer begins the day with."""
    return "unrouted" if user.is_at_centre else "all"


def messages_of(rows: Iterable[Any]) -> list[Message]:
    """The messages behind the rows of a view: some views list what offices ask each other."""
    return [row.message if isinstance(row, Asked) else row for row in rows]


def only(rows: QuerySet[Any], **where: Any) -> QuerySet[Any]:
    """The rows whose message is like this."""
    start = "message__" if rows.model is Asked else ""
    return rows.filter(Q(**{f"{start}{name}": value for name, value in where.items()}))
