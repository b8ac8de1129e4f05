"""Spread the word: who follows a suggestion hears of each change, and of silence past a date."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from channels_app import actions as message_actions
from channels_app.models import Delivery, DeliveryEvent, Topic
from channels_app.states import DeliveryState
from suggestions import way
from suggestions.models import ProgressReport, Suggestion, SuggestionStep
from suggestions.models.reports import next_report_due


@transaction.atomic
def spread_steps(pks: Sequence[int]) -> None:
    """One notice for all that happened since the last one; none of what not everyone may read.

    What somebody else holds is skipped, the next sweep finds it. Safe to run twice.
    """
    found = Suggestion.objects.with_untold_steps().filter(pk__in=pks).values_list("pk", flat=True)
    rows = Suggestion.objects.all_locked(found, skip_locked=True)
    steps, apart = _newest_steps(rows), _told_apart(rows)
    for row in rows:
        if row.is_public:
            _spread_step(row, steps[row.pk], but=apart.get((row.message_id, row.version)))
        row.told_version = row.version
        row.save(update_fields=["told_version"])


def _newest_steps(rows: Sequence[Suggestion]) -> dict[int, SuggestionStep]:
    """Of each the one that led to where it stands."""
    steps = SuggestionStep.objects.filter(root__in=rows).order_by("root_id", "-seq")
    newest = steps.distinct("root_id").select_related("office", "by_office", "statement")
    return {step.root_id: step for step in newest}


def _told_apart(rows: Sequence[Suggestion]) -> dict[tuple[int | None, int | None], int | None]:
    """Whose author gets a mail of their own about a step (`tell_author`), with the whole of it."""
    owed = Delivery.objects.filter(
        event=DeliveryEvent.DECIDED, message__in=[row.message_id for row in rows]
    ).exclude(state__in=(DeliveryState.FAILED, DeliveryState.CANCELLED))
    found = owed.values_list("message", "since_seq", "contact")
    return {(message, seq): contact for message, seq, contact in found}


def _spread_step(suggestion: Suggestion, step: SuggestionStep, *, but: int | None) -> None:
    topic = _topic_of(suggestion)
    message_actions.announce(
        topic,
        key=f"step-{step.seq}",
        what=_later(way.what_of, step),
        next_step=_later(_next_of, suggestion),
        next_at=_next_at(suggestion),
        path=suggestion.get_absolute_url(),
        but=but,
    )


def spread_late(suggestions: Iterable[Suggestion]) -> None:
    """Their dates have passed without a word of the office; each date is told once."""
    for row in suggestions:
        if row.is_public and row.due_at is not None:
            message_actions.announce(
                _topic_of(row),
                key=f"late-{row.due_at:%Y%m%d%H%M}",
                what=_later(_silent),
                next_step=_later(_next_of, row),
                path=row.get_absolute_url(),
                is_late=True,
            )


def spread_report(report: ProgressReport, suggestions: Iterable[Suggestion]) -> None:
    """A progress report is published: whoever follows one of its suggestions can read it."""
    for row in suggestions:
        if row.is_public:
            message_actions.announce(
                _topic_of(row),
                key=f"report-{report.pk}",
                what=_later(_published, report.number),
                next_step=_later(_next_of, row),
                next_at=_next_at(row),
                path=report.get_absolute_url(),
            )


def spread_late_report(report: ProgressReport, suggestions: Iterable[Suggestion]) -> None:
    """A progress report did not come by its date."""
    for row in suggestions:
        if row.is_public:
            message_actions.announce(
                _topic_of(row),
                key=f"no-report-{report.pk}",
                what=_later(_missing, report.number),
                next_step=_later(_next_of, row),
                path=row.get_absolute_url(),
                is_late=True,
            )


def _next_at(suggestion: Suggestion) -> datetime | None:
    """The next report where somebody works on it, else the date that holds."""
    if suggestion.is_final:
        return None
    return next_report_due(suggestion) or suggestion.due_at


def _topic_of(suggestion: Suggestion) -> Topic:
    """As the suggestion stands now: who has it, what it is called, what it says."""
    now = {
        "office_id": suggestion.office_id,
        "title": suggestion.title[:200],
        "text": suggestion.masked_text,
    }
    Topic.objects.filter(pk=suggestion.topic_id).update(**now)
    return Topic.objects.get(pk=suggestion.topic_id)


def _now(sentence: Callable[..., str], *about: Any) -> str:
    return sentence(*about)


# A sentence that is said in each language of the house, when somebody asks for the words.
_later = lazy(_now, str)


def _next_of(suggestion: Suggestion) -> str:
    if suggestion.is_final:
        return ""
    return _("%(office)s has it now.") % {"office": suggestion.office}


def _silent() -> str:
    return _("The date has passed, and nobody has said anything.")


def _published(number: int) -> str:
    return _("Progress report no. %(number)s can be read.") % {"number": number}


def _missing(number: int) -> str:
    return _("Progress report no. %(number)s did not come by its date.") % {"number": number}
