"""What happened to a suggestion so far, in sentences; and how far it is, in eight stages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.text.masking import mask
from channels_app.timeline import Entry, StageMark
from suggestions.models import Origin, Statement, Suggestion, SuggestionStep, Threshold
from suggestions.states import STAGE_OF, UNDER_WAY, Cause, Stage
from suggestions.states import SuggestionStatus as S
from suggestions.there import There

Words = str | Promise
OF_CAUSE: dict[str, Words] = {
    Cause.THRESHOLD: gettext_lazy("Enough people support it: the office has to answer"),
    Cause.FORUM: gettext_lazy("Many support it: the listening team decides about a forum"),
    Cause.MAYOR: gettext_lazy("So many support it that the mayor answers"),
    Cause.PICKED: gettext_lazy("Picked without waiting for more support"),
    Cause.STATUTE: gettext_lazy("A petition: the city has to answer, however many signed it"),
    Cause.WINDOW: gettext_lazy("Asleep: too few people supported it in time"),
    Cause.REVIVED: gettext_lazy("Awake again: somebody supports it"),
    Cause.RESCUED: gettext_lazy("It gets more time to gather support"),
    Cause.CORRECTED: gettext_lazy("Its author corrected it"),
    Cause.REWRITTEN: gettext_lazy("Its author wrote a new version"),
    Cause.SUMMED_UP: gettext_lazy("The office summed up the discussion"),
    Cause.UPHELD: gettext_lazy("The appeal was right: it is looked at again"),
    Cause.ASSIGNED: gettext_lazy("Another office answers"),
    Cause.INTERIM: gettext_lazy("The office needs more time"),
    Cause.CALENDAR: gettext_lazy("The date moved with the calendar"),
    Cause.FOLLOW_UP: gettext_lazy("The day to look at it again has come"),
    Cause.NOT_CHOSEN: gettext_lazy("Not chosen for a forum: the office answers"),
    Cause.SILENT: gettext_lazy("Done: nobody objected in time"),
    Cause.DISPUTED: gettext_lazy("Not done, somebody says: the work goes on"),
    Cause.BLOCKED: gettext_lazy("Something stands in the way"),
    Cause.UNBLOCKED: gettext_lazy("Nothing stands in the way any more"),
    Cause.FALSE: gettext_lazy("False supports do not count: it gathers support again"),
    Cause.REWORDED: gettext_lazy("The office says it in other words"),
    Cause.HEARD: gettext_lazy("The other body has answered"),
    Cause.SURVEY: gettext_lazy("Those who follow it are asked whether it helps"),
    Cause.PLANNED: gettext_lazy("Its action items changed"),
    Cause.ERASED: gettext_lazy("Its author had it erased"),
}
OF_TURN: dict[tuple[str, str], Words] = {
    (S.RETURNED, S.WITHDRAWN): gettext_lazy("Withdrawn: it was not corrected"),
    (S.DISCUSSED, S.IN_COMMITTEE): gettext_lazy("A committee takes it on from the forum"),
    (S.DELIBERATING, S.IN_COMMITTEE): gettext_lazy("All agreed: a committee takes it on"),
    (S.IN_COMMITTEE, S.DECLINED): gettext_lazy("Dropped by its committee"),
    (S.IN_COMMITTEE, S.ADOPTED): gettext_lazy("Adopted by its committee"),
    (S.CLAIMED_DONE, S.IMPLEMENTED): gettext_lazy("Confirmed: it is done"),
    (S.CLAIMED_DONE, S.IMPLEMENTING): gettext_lazy("Not done yet: the work goes on"),
    (S.CANDIDATE, S.UNDER_REVIEW): gettext_lazy("Back with the office"),
    (S.ON_AGENDA, S.UNDER_REVIEW): gettext_lazy("Back with the office"),
    (S.PASSED_ON, S.UNDER_REVIEW): gettext_lazy("Back with the office"),
    (S.LONG_TERM, S.UNDER_REVIEW): gettext_lazy("Back with the office"),
}
OF_STATUS: dict[str, Words] = {
    S.SUBMITTED: gettext_lazy("Received"),
    S.RETURNED: gettext_lazy("Sent back to its author: something is missing"),
    S.REFUSED: gettext_lazy("Not shown to everyone"),
    S.REDIRECTED: gettext_lazy("No suggestion: answered as a message"),
    S.OPEN: gettext_lazy("Everyone can read and support it"),
    S.DORMANT: gettext_lazy("Asleep"),
    S.WITHDRAWN: gettext_lazy("Its author took it back"),
    S.UNDER_REVIEW: gettext_lazy("With the office"),
    S.IN_PLACE: gettext_lazy("The city does this already"),
    S.PASSED_ON: gettext_lazy("Passed on to another body"),
    S.LONG_TERM: gettext_lazy("Taken into the long-term plan"),
    S.DECLINED: gettext_lazy("The city says no"),
    S.CANDIDATE: gettext_lazy("Proposed for a forum"),
    S.ON_AGENDA: gettext_lazy("On the agenda of a forum"),
    S.DISCUSSED: gettext_lazy("Discussed at a forum"),
    S.DELIBERATING: gettext_lazy("A deliberation has begun"),
    S.IN_COMMITTEE: gettext_lazy("A committee takes it on"),
    S.ADOPTED: gettext_lazy("Adopted: it will be done"),
    S.IMPLEMENTING: gettext_lazy("The work has begun"),
    S.CLAIMED_DONE: gettext_lazy("The office says that it is done"),
    S.IMPLEMENTED: gettext_lazy("It is done"),
    S.EVALUATED: gettext_lazy("Looked back on: did it help?"),
}
OF_STAYING: dict[str, Words] = {
    S.OPEN: gettext_lazy("Its time to gather support changed"),
    S.DORMANT: gettext_lazy("Asleep, and looked at again later"),
}
STAYED = gettext_lazy("The date or the office changed")
MILESTONES: dict[str, Words] = {
    Threshold.PANEL: gettext_lazy("%(people)s people: the listening team may look at it"),
    Threshold.FORUM: gettext_lazy("%(people)s people: the listening team decides about a forum"),
    Threshold.MAYOR: gettext_lazy("%(people)s people: the mayor answers"),
}
# Steps that the lines of the thresholds tell, with their people and their date.
TOLD_BESIDE = frozenset({Cause.FORUM, Cause.MAYOR})


@dataclass(frozen=True)
class Line(Entry):
    """One line of the way so far, with what the city said to it."""

    words: str = ""


def steps_of(suggestion: Suggestion) -> list[SuggestionStep]:
    """Oldest first, with what a sentence about each needs; one query."""
    told = suggestion.steps.select_related("office", "by_office", "statement", "note")
    return list(told.order_by("seq"))


def lines_of_steps(
    suggestion: Suggestion, steps: Sequence[SuggestionStep], *, private: bool = False
) -> list[Line]:
    """One line for each step, oldest first. Its author also reads what was said to them alone."""
    lines, before = [], None
    for step in steps:
        moved = before is None or step.due_at != before.due_at
        lines.append(_line(suggestion, step, moved=moved, private=private))
        before = step
    return lines


def what_of(step: SuggestionStep) -> str:
    """The step in one sentence, in the language of the page."""
    turn = (step.from_status, step.to_status)
    if step.cause in OF_CAUSE:
        return str(OF_CAUSE[step.cause])
    if step.from_status == step.to_status:
        return str(OF_STAYING.get(step.to_status, STAYED))
    return str(OF_TURN.get(turn) or OF_STATUS[step.to_status])


def _line(suggestion: Suggestion, step: SuggestionStep, *, moved: bool, private: bool) -> Line:
    statement: Statement | None = getattr(step, "statement", None)
    words = statement.text if statement else ""
    if private and not words and step.to_status in (S.RETURNED, S.REFUSED, S.REDIRECTED):
        words = str(getattr(step, "note", ""))
    until = step.due_at if moved and step.to_status not in suggestion.final else None
    return Line(step.at, what_of(step), _by(suggestion, step), until, words=words)


def _by(suggestion: Suggestion, step: SuggestionStep) -> str:
    if not step.from_status:
        return _came_in(suggestion)
    if step.to_status == S.UNDER_REVIEW and step.cause != Cause.INTERIM:
        return _("%(office)s answers.") % {"office": step.office}
    return _("By %(by)s.") % {"by": step.by_office} if step.by_office else ""


def _came_in(suggestion: Suggestion) -> str:
    channel = {"channel": suggestion.message.get_channel_display()}
    came = _("Came in through %(channel)s.") % channel
    if suggestion.origin in (Origin.IDEA, Origin.PETITION):
        return came
    return f"{came} {_('How: %(origin)s.') % {'origin': suggestion.get_origin_display()}}"


def lines_beside(suggestion: Suggestion, there: There) -> Iterator[Line]:
    """What no step tells: thresholds, signatures on paper, false supports, appeals."""
    for kind, lines_of in BESIDE.items():
        if there.has(kind):
            yield from lines_of(suggestion)


def _thresholds(suggestion: Suggestion) -> Iterator[Line]:
    for one in suggestion.milestones.filter(threshold__in=list(MILESTONES), undone_at=None):
        words = str(MILESTONES[one.threshold]) % {"people": one.people}
        yield Line(one.at, words, until=None if one.settled_at else one.due_at)
        if one.settled_at:
            yield Line(one.settled_at, _("Decided"), words=mask(one.words))


def _paper(suggestion: Suggestion) -> Iterator[Line]:
    for sheet in suggestion.paper.filter(taken_back_at=None):
        people = {"people": sheet.people}
        yield Line(sheet.at, _("%(people)s signatures on paper") % people, words=sheet.words)


def _false_ones(suggestion: Suggestion) -> Iterator[Line]:
    for false in suggestion.invalidations.all():
        people = {"people": false.people}
        what = _("%(people)s supports do not count") % people
        yield Line(false.at, what, words=false.public_note)
        if false.undone_at:
            yield Line(false.undone_at, _("%(people)s supports count again") % people)


def _appeals(suggestion: Suggestion) -> Iterator[Line]:
    for minded in suggestion.appeals.all():
        until = minded.due_at if minded.is_open else None
        yield Line(minded.at, _("Its author appealed"), until=until)
        if minded.decided_at and not minded.upheld:
            words = mask(minded.reason)
            yield Line(minded.decided_at, _("The appeal was rejected"), words=words)


BESIDE: dict[str, Callable[[Suggestion], Iterator[Line]]] = {
    "milestones": _thresholds,
    "paper": _paper,
    "invalidations": _false_ones,
    "appeals": _appeals,
}


def stages(suggestion: Suggestion, steps: Sequence[SuggestionStep]) -> list[StageMark]:
    """All eight: reached on a day, here, left out, or to come."""
    reached: dict[Stage, datetime] = {}
    for step in steps:
        reached.setdefault(STAGE_OF[step.to_status], step.at)
    order = list(Stage)
    here = order.index(suggestion.stage)
    return [
        _mark(stage, here - place, reached.get(stage), is_over=suggestion.is_final)
        for place, stage in enumerate(order)
    ]


def _mark(stage: Stage, passed: int, at: datetime | None, *, is_over: bool) -> StageMark:
    name = str(stage.label)
    if passed == 0:
        return StageMark(name, "done" if is_over else "current", at)
    if passed > 0:
        return StageMark(name, "done" if at else "skipped", at)
    if is_over:
        return StageMark(name, "skipped", None)
    return StageMark(name, "before", at) if at else StageMark(name, "to_come", None)


def moves_of_date(steps: Sequence[SuggestionStep], lines: Sequence[Line]) -> list[Line]:
    """Every time the office moved a date it had promised: when, why, to what; oldest first."""
    promised = {S.UNDER_REVIEW, *UNDER_WAY}
    return [
        line
        for step, line in zip(steps, lines, strict=True)
        if step.from_status == step.to_status and step.to_status in promised and line.until
    ]
