"""What needs the mayor's office: where offices alone will not get any further."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import CharField, Count, Q, Value
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from channels_app import deadlines
from channels_app.models import Delivery, Kind, Level, Message
from channels_app.models.clocks import Round
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import IN_HAND
from desk.handover import OFTEN
from lifecycle import clock
from mayors_office.dashboards.late_beside import Late, late_lines, late_now
from mayors_office.dashboards.panel import Cell, Panel, Row, grouped
from suggestions.models import Milestone, Suggestion, Threshold
from suggestions.models.suggestions import SuggestionQuerySet

FEW = 5  # of each kind on the page


@dataclass(frozen=True)
class Need:
    """One kind of thing that waits for somebody above: how many, and the first of them."""

    name: str
    words: str | Promise
    count: int
    rows: Sequence[Message | Suggestion]
    page: str = "desk_case"


WORDS: Mapping[str, str | Promise] = {
    "late": gettext_lazy("Late for a week and more"),
    "bounced": gettext_lazy("Given away by offices again and again"),
    "put_off": gettext_lazy("Date put off again and again"),
    "appeals": gettext_lazy("Appeals to the head"),
    "undelivered": gettext_lazy("Answer not delivered"),
}
OF_IDEAS: Mapping[str, str | Promise] = {
    "mayor": gettext_lazy("So many support it that the mayor answers"),
    "late_ideas": gettext_lazy("Suggestions late for a week and more"),
    "put_off_ideas": gettext_lazy("Suggestions put off again and again"),
}


def ideas_of(name: str) -> SuggestionQuerySet:
    """All suggestions of one kind, the first due first."""
    return _OF_IDEAS[name]().select_related("office").order_by("due_at", "id")


def _for_the_mayor() -> SuggestionQuerySet:
    waiting = Milestone.objects.owed().filter(threshold=Threshold.MAYOR)
    return Suggestion.objects.filter(pk__in=waiting.values("suggestion"))


def _late_ideas() -> SuggestionQuerySet:
    """What the page of each says too: it stands on the list of the mayor's office."""
    return Suggestion.objects.on_list(Level.MAYOR)


_OF_IDEAS: Mapping[str, Callable[[], SuggestionQuerySet]] = {
    "mayor": _for_the_mayor,
    "late_ideas": _late_ideas,
    "put_off_ideas": Suggestion.objects.put_off_often,
}


def _needs_of_ideas() -> list[Need]:
    """Two queries for each kind."""
    return [
        Need(name, words, rows.count(), list(rows[:FEW]), "desk_idea")
        for name, words in OF_IDEAS.items()
        for rows in (ideas_of(name),)
    ]


def _conditions() -> dict[str, Q]:
    """Of what is in hand; the last kind may be answered long ago."""
    now = clock.now()
    days = timedelta(days=deadlines.LATE_TO_MAYOR.value())
    hours = timedelta(hours=deadlines.LATE_HAZARD_TO_MAYOR.value())
    hazard, in_hand = Q(kind=Kind.HAZARD), Q(status__in=IN_HAND)
    late = (~hazard & Q(due_at__lt=now - days)) | (hazard & Q(due_at__lt=now - hours))
    return {
        "late": in_hand & late,
        "bounced": in_hand & Q(hand_backs__gte=OFTEN),
        "put_off": in_hand & Q(interims__gt=deadlines.INTERIMS_BY_HEAD.value()),
        "appeals": in_hand & Q(round=Round.APPEALED),
        "undelivered": Q(pk__in=Delivery.objects.troubled().values("message")),
    }


def rows_of(name: str) -> MessageQuerySet:
    """All of one kind, the longest overdue first."""
    return Message.objects.filter(_conditions()[name]).select_related("office")


def needs() -> list[Need | Late]:
    """Every kind, with its first rows: three queries, and two for each kind beside messages."""
    conditions = _conditions()
    counts = Message.objects.filter(status__in=IN_HAND).aggregate(
        **{
            name: Count("pk", filter=condition)
            for name, condition in conditions.items()
            if name != "undelivered"
        }
    )
    lost = rows_of("undelivered").aggregate(undelivered=Count("pk"))
    first = _first_of_each(conditions)
    return [
        *_needs_of_ideas(),
        *late_now(),
        *(
            Need(name, words, {**counts, **lost}[name], first.get(name, []))
            for name, words in WORDS.items()
        ),
    ]


def _first_of_each(conditions: Mapping[str, Q]) -> dict[str, list[Message]]:
    """The first few of every kind: their keys at once, then the messages at once."""
    parts = [
        Message.objects.filter(condition)
        .order_by("due_at", "id")
        .annotate(need=Value(name, CharField()))
        .values_list("need", "pk", "due_at")[:FEW]
        for name, condition in conditions.items()
    ]
    found = list(parts[0].union(*parts[1:], all=True))
    messages = Message.objects.select_related("office").in_bulk([pk for _need, pk, _due in found])
    first: dict[str, list[Message]] = {}
    for need, pk, _due in found:
        first.setdefault(need, []).append(messages[pk])
    return first


def finding(found: Sequence[Need | Late]) -> str:
    """One sentence over all kinds."""
    everything = sum(need.count for need in found)
    if not everything:
        return _("Nothing needs you: no office is stuck.")
    return ngettext(
        "%(number)s matter is stuck below and needs somebody above.",
        "%(number)s matters are stuck below and need somebody above.",
        everything,
    ) % {"number": grouped(everything)}


def as_panel() -> Panel:
    """The same as a table, for the file."""
    rows = [
        Row(one.code, [Cell(str(words)), Cell(str(one.office or "")), _due(one)])
        for name, words in OF_IDEAS.items()
        for one in ideas_of(name)
    ]
    rows += [
        Row(line.code or line.words, [Cell(words), Cell(str(line.office or "")), _due(line)])
        for words, line in late_lines()
    ]
    for name, words in WORDS.items():
        rows += [
            Row(message.code, [Cell(str(words)), Cell(str(message.office or "")), _due(message)])
            for message in rows_of(name).order_by("due_at", "id")
        ]
    return Panel(
        slug="needs",
        heading=_("What needs me?"),
        finding="",
        of=_("Number"),
        columns=(_("Why"), _("Office in charge"), _("Due")),
        rows=rows,
    )


def _due(message: Any) -> Cell:
    return Cell(
        "",
        value=clock.seoul(message.due_at).isoformat(timespec="minutes") if message.due_at else "",
    )
