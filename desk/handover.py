"""The page of an office: every duty, promise and half-written answer, for whoever takes over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app.keyset import Page, page
from channels_app.models import Asked, Delivery, KnowledgeArticle, Message
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import IN_HAND, MESSAGE_FINAL, MessageStatus
from desk import carried
from desk.carried import LINE_OF
from desk.ideas.lists import late, owed
from desk.models import Draft
from people.models import Office, User
from suggestions.models import Appeal, Milestone

OFTEN = 2  # times given away by offices
FEW, MANY = 10, 50


@dataclass(frozen=True)
class Kind:
    """One kind of thing that lies with an office: its rows, in which order, shown by which row."""

    name: str
    words: str | Promise
    empty: str | Promise
    row: str
    by: str
    rows: Callable[[Office], QuerySet[Any]]


@dataclass(frozen=True)
class Shelf:
    """What there is of one kind: the number, and a page of the rows."""

    kind: Kind
    count: int
    page: Page[Any]

    @property
    def rows(self) -> Sequence[Any]:
        """As its row template takes them."""
        line_of = LINE_OF.get(self.kind.name)
        return [line_of(row) for row in self.page.rows] if line_of else self.page.rows


def _open(office: Office) -> MessageQuerySet:
    return Message.objects.unanswered().filter(office=office).select_related("office")


def _duties(office: Office) -> QuerySet[Any]:
    return _open(office).exclude(status=MessageStatus.AT_WORK)


def _promises(office: Office) -> QuerySet[Any]:
    return _open(office).filter(status=MessageStatus.AT_WORK)


def _asked_of(office: Office) -> QuerySet[Any]:
    return _owed().filter(office=office)


def _asked_by(office: Office) -> QuerySet[Any]:
    return _owed().filter(message__office=office)


def _owed() -> QuerySet[Asked]:
    asked = Asked.objects.open().exclude(message__status__in=MESSAGE_FINAL)
    return asked.select_related("office", "message__office")


def _drafts(office: Office) -> QuerySet[Any]:
    begun = Draft.objects.of_office(office).filter(message__status__in=IN_HAND)
    return begun.select_related("by", "message__office")


def _appeals(office: Office) -> QuerySet[Any]:
    return _open(office).appealed()


def _waiting(office: Office) -> QuerySet[Any]:
    return _open(office).filter(waiting_since__isnull=False)


def _undelivered(office: Office) -> QuerySet[Any]:
    troubled = Delivery.objects.troubled().values("message")
    return Message.objects.filter(office=office, pk__in=troubled).select_related("office")


def _given_away(office: Office) -> QuerySet[Any]:
    return _open(office).filter(hand_backs__gte=OFTEN)


def _ideas(office: Office) -> QuerySet[Any]:
    return owed().filter(office=office).select_related("office", "department")


def _late_ideas(office: Office) -> QuerySet[Any]:
    return late().filter(office=office).select_related("office", "department")


def _thresholds(office: Office) -> QuerySet[Any]:
    owed_ones = Milestone.objects.owed().filter(office=office)
    return owed_ones.select_related("suggestion__office", "suggestion__department")


def _appeals_about_ideas(office: Office) -> QuerySet[Any]:
    waiting = Appeal.objects.waiting().filter(office=office)
    return waiting.select_related("suggestion__office", "suggestion__department")


def _articles(office: Office) -> QuerySet[Any]:
    return KnowledgeArticle.objects.stale().filter(office=office).listed("tally")


CASE, ASKED, DRAFT = "desk/row.html", "desk/asked_row.html", "desk/draft_row.html"
ARTICLE = "desk/article_row.html"
IDEA, OF_IDEA = "desk/ideas/row.html", "desk/ideas/duty_row.html"
OWED = "desk/owed_row.html"
KINDS = {
    kind.name: kind
    for kind in (
        Kind("duties", _("Answers that are due"), _("No answer is due."), CASE, "due_at", _duties),
        Kind(
            "promises",
            _("Promised work"),
            _("No work is promised at the moment."),
            CASE,
            "due_at",
            _promises,
        ),
        Kind(
            "appeals",
            _("Appeals to the head"),
            _("Nobody has appealed."),
            CASE,
            "due_at",
            _appeals,
        ),
        Kind(
            "waiting",
            _("Waiting for their authors"),
            _("We wait for no author."),
            CASE,
            "waiting_until",
            _waiting,
        ),
        Kind(
            "asked_of_us",
            _("Parts that other offices ask for"),
            _("No office asks for a part of its answer."),
            ASKED,
            "due_at",
            _asked_of,
        ),
        Kind(
            "asked_by_us",
            _("Parts that we have asked for"),
            _("No other office owes us a part."),
            ASKED,
            "due_at",
            _asked_by,
        ),
        Kind(
            "ideas",
            _("Suggestions that wait for a word of ours"),
            _("No suggestion waits for a word of ours."),
            IDEA,
            "due_at",
            _ideas,
        ),
        Kind(
            "late_ideas",
            _("Suggestions whose date has passed"),
            _("No suggestion waits past its date."),
            IDEA,
            "due_at",
            _late_ideas,
        ),
        Kind(
            "thresholds",
            _("Thresholds to settle"),
            _("No threshold waits for the city."),
            OF_IDEA,
            "due_at",
            _thresholds,
        ),
        Kind(
            "idea_appeals",
            _("Appeals about suggestions"),
            _("Nobody has appealed about a suggestion."),
            OF_IDEA,
            "due_at",
            _appeals_about_ideas,
        ),
        Kind(
            "reports",
            _("Progress reports to be written"),
            _("No report is to be written."),
            OWED,
            "due_at",
            carried.reports,
        ),
        Kind(
            "items",
            _("Action items"),
            _("No action item is open."),
            OWED,
            "due_at",
            carried.items,
        ),
        Kind(
            "committees",
            _("Committees that this office leads"),
            _("This office leads no committee."),
            OWED,
            "due_at",
            carried.committees,
        ),
        Kind(
            "minutes",
            _("Minutes to be published"),
            _("All minutes can be read."),
            OWED,
            "minutes_due_at",
            carried.minutes,
        ),
        Kind(
            "spoken",
            _("Promises that were made in public"),
            _("No public promise is open."),
            OWED,
            "due_at",
            carried.promises,
        ),
        Kind("drafts", _("Half-written answers"), _("Nobody has a draft."), DRAFT, "-at", _drafts),
        Kind(
            "undelivered",
            _("Not delivered"),
            _("Everything that left has arrived, as far as we know."),
            CASE,
            "-received_at",
            _undelivered,
        ),
        Kind(
            "given_away",
            _("Given away by offices again and again"),
            _("Nothing was given away more than once."),
            CASE,
            "due_at",
            _given_away,
        ),
        Kind(
            "articles",
            _("Articles due for review"),
            _("Every article was reviewed in time."),
            ARTICLE,
            "review_by",
            _articles,
        ),
    )
}


def may_open(office: Office, user: User) -> bool:
    """Its own officers and head; the centre, auditors, the mayor's office."""
    return (
        user.holds(office)
        or office.pk in user.led
        or user.is_at_centre
        or user.is_auditor
        or user.is_in_mayors_office
    )


def shelves(office: Office, *, only: str = "", after: str = "") -> list[Shelf]:
    """Every kind with its first rows, or one kind page by page."""
    kinds = [KINDS[only]] if only else list(KINDS.values())
    return [
        Shelf(
            kind,
            kind.rows(office).count(),
            page(kind.rows(office), by=kind.by, key=after, size=MANY if only else FEW),
        )
        for kind in kinds
    ]
