"""Where would the last messages go? The keyword table, or a proposed one, tried without a trace.

Only masked copies are weighed: else a proposed word would be a question about originals. Nothing
is written.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from channels_app import rules
from channels_app.actions.routing import borough_for
from channels_app.models import BoroughDuty, Message, RoutingDecision, RoutingRule
from channels_app.models.message_rows import MessageQuerySet
from channels_app.models.places import DutyTable
from channels_app.states import MessageStatus
from channels_app.text.routing import Term, Weigher
from people.models import Office

MOST = 5000  # messages, so that a page answers within a second or two
YES = {"1", "yes", "true", "예"}


class ChangeError(ValueError):
    """A proposed row that can't be read; its text is a plain sentence with the line."""


@dataclass(frozen=True)
class Change:
    """One proposed row of the keyword table: put in (or altered), or taken out."""

    office: int
    words: str
    points: float = 1.0
    decides: bool = False
    is_removal: bool = False

    @property
    def term(self) -> Term:
        """As the table would hold it."""
        return Term(self.office, self.words, points=self.points, decides=self.decides)


@dataclass(frozen=True)
class Outcome:
    """One message: where the table of today, the proposed one and people put it (None: nobody)."""

    message: Message
    before: int | None
    after: int | None
    people: int | None


@dataclass(frozen=True)
class Count:
    """How many of the messages one office would get; without an office: read by a person."""

    office: Office | None
    before: int
    after: int
    people: int

    @property
    def difference(self) -> int:
        """More or fewer than today."""
        return self.after - self.before


@dataclass(frozen=True)
class Agreement:
    """On how many of the messages people had settled the rules said the same."""

    same: int
    of: int

    @property
    def percent(self) -> float | None:
        """None where nothing has been settled."""
        return round(100 * self.same / self.of, 1) if self.of else None


@dataclass(frozen=True)
class Rehearsal:
    """What came of it, newest message first."""

    outcomes: Sequence[Outcome]
    offices: Mapping[int, Office]

    @cached_property
    def moved(self) -> list[Outcome]:
        """What the proposal would send elsewhere."""
        return [one for one in self.outcomes if one.before != one.after]

    @cached_property
    def disputed(self) -> list[Outcome]:
        """What people put elsewhere than the table of today would."""
        return [one for one in self.outcomes if one.people and one.people != one.before]

    @cached_property
    def counts(self) -> list[Count]:
        """One line an office, the busiest first; what a person has to read at the end."""
        before = Counter(one.before for one in self.outcomes)
        after = Counter(one.after for one in self.outcomes)
        people = Counter(one.people for one in self.outcomes if one.people)
        lines = [
            Count(self.offices[pk], before[pk], after[pk], people[pk])
            for pk in {*before, *after, *people}
            if pk is not None
        ]
        lines.sort(key=lambda count: (-count.before, -count.after, str(count.office)))
        return [*lines, Count(None, before[None], after[None], 0)]

    @property
    def agreement_before(self) -> Agreement:
        """Of the table of today with people."""
        return self._agreement(lambda one: one.before)

    @property
    def agreement_after(self) -> Agreement:
        """Of the proposed table with people."""
        return self._agreement(lambda one: one.after)

    def _agreement(self, office: Callable[[Outcome], int | None]) -> Agreement:
        settled = [one for one in self.outcomes if one.people]
        return Agreement(sum(office(one) == one.people for one in settled), len(settled))


def rehearse(
    last: int,
    changes: Sequence[Change] = (),
    *,
    watched: Callable[[Iterable[Message]], Iterable[Message]] = iter,
) -> Rehearsal:
    """Send the last messages through both tables; `watched` may show how far it has come."""
    terms = RoutingRule.objects.terms()
    today = _Table(terms)
    proposed = _Table(_changed(terms, changes)) if changes else today
    outcomes = []
    for message in watched(list(_last(min(last, MOST)))):
        before = today.office_of(message)
        after = before if proposed is today else proposed.office_of(message)
        outcomes.append(Outcome(message, before, after, _put_by_people(message)))
    keys = {key for one in outcomes for key in (one.before, one.after, one.people) if key}
    return Rehearsal(outcomes, Office.objects.in_bulk(keys))


class _Table:
    """A keyword table with the duties of the boroughs, ready to be asked."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.weigher = Weigher(terms)
        self.duties: DutyTable = BoroughDuty.objects.table()
        self.floor, self.margin = rules.ROUTE_FLOOR.value(), rules.ROUTE_MARGIN.value()

    def office_of(self, message: Message) -> int | None:
        text = message.masked_text
        won = self.weigher.verdict(text, floor=self.floor, margin=self.margin).office
        if won is None:
            return None
        return borough_for(won, message.borough_id, text, self.duties) or won


def _changed(terms: Sequence[Term], changes: Sequence[Change]) -> list[Term]:
    """The table as it would be: a row that is put in replaces the same words of the same office."""
    touched = {(change.office, change.words) for change in changes}
    kept = [term for term in terms if term.pattern or (term.office, term.words) not in touched]
    return kept + [change.term for change in changes if not change.is_removal]


def _last(count: int) -> MessageQuerySet:
    """The newest that somebody has to answer, without their originals."""
    by_people = RoutingDecision.objects.filter(
        message=OuterRef("pk"), by__isnull=False, office__isnull=False
    )
    found = Message.objects.exclude(status=MessageStatus.SET_ASIDE).exclude(masked_text="")
    return (
        found.annotate(was_put_by_people=Exists(by_people))
        .defer("text", "place")
        .order_by("-id")[:count]
    )


TAKEN_UP = (MessageStatus.AT_WORK, MessageStatus.ANSWERED, MessageStatus.REPLIED)


def _put_by_people(message: Any) -> int | None:
    """Where an officer put it or an office answered it; None while only rules have spoken."""
    answered = message.status in TAKEN_UP
    routed = message.status == MessageStatus.ROUTED and message.was_put_by_people
    office: int | None = message.office_id if answered or routed else None
    return office


def read_changes(lines: Iterable[str]) -> list[Change]:
    """Proposed rows from CSV with the heads words, office (its address), points, decides, act.

    Raises ChangeError for the first that can't be read.
    """
    offices = dict(Office.objects.answering().values_list("slug", "pk"))
    rows = csv.DictReader(lines)
    if not {"words", "office"} <= set(rows.fieldnames or ()):
        raise ChangeError(_("The first line must name the columns, among them words and office."))
    return [_read(row, rows.line_num, offices) for row in rows]


def _read(row: Mapping[str, str | None], line: int, offices: Mapping[str, int]) -> Change:
    typed = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    if len(typed["words"]) < 2:
        raise ChangeError(_("Line %(line)d: write at least two letters.") % {"line": line})
    if typed["office"] not in offices:
        raise ChangeError(
            _("Line %(line)d: there is no office %(slug)s.")
            % {"line": line, "slug": typed["office"] or "–"}
        )
    try:
        points = float(typed.get("points") or 1.0)
    except ValueError as problem:
        raise ChangeError(
            _("Line %(line)d: write the points as a number.") % {"line": line}
        ) from problem
    return Change(
        office=offices[typed["office"]],
        words=typed["words"],
        points=points,
        decides=typed.get("decides", "").lower() in YES,
        is_removal=typed.get("act", "").lower() == "remove",
    )
