"""A progress report as a form: a few fields for each suggestion, begun with what changed."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels_app.forms import WordsField
from suggestions import actions
from suggestions.actions import Draft, LineDraft
from suggestions.actions.reporting import LONGEST_WORDS
from suggestions.changes import Change, changes_of, meetings_of, since_of
from suggestions.models import ActionItem, Feedback, ProgressReport, ReportLine, Suggestion
from suggestions.models.items import progress_of

MOST_HOURS = Decimal("999.5")


def _words(label: Any, *, rows: int = 3, **more: Any) -> WordsField:
    return WordsField(
        label=label,
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


class FormLine(NamedTuple):
    """One suggestion of the report, with its fields and what the system saw."""

    suggestion: Suggestion
    percent: int | None
    moved: bool
    changes: list[Change]
    done: forms.BoundField
    next: forms.BoundField
    why: forms.BoundField | None


class Question(NamedTuple):
    """What a citizen said about an earlier report, and the field of its answer."""

    feedback: Feedback
    answer: forms.BoundField


class ReportForm(forms.Form):
    """Drafted as it is; published only whole. `version` is the report's as the page showed it."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    no_change = forms.BooleanField(label=_("Nothing changed in these two weeks"), required=False)
    because = _words(_("Why nothing changed"), rows=2)
    hours = forms.DecimalField(
        label=_("Hours your office spent on it"),
        help_text=_("All together, in half hours: meetings, letters, visits, this report."),
        required=False,
        min_value=0,
        max_value=MOST_HOURS,
        decimal_places=1,
    )

    def __init__(self, *args: Any, report: ProgressReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        self.suggestions = actions.live_suggestions(report)
        self.written = {line.suggestion_id: line for line in report.lines.all()}
        self.since = since_of(report)
        self.changes = changes_of(self.suggestions, since=self.since)
        self.feedback = actions.unanswered(report)
        self.before = actions.dates_before(report)
        self.percents = _percents(self.suggestions)
        for suggestion in self.suggestions:
            self._add_line(suggestion)
        for feedback in self.feedback:
            name = f"answer_{feedback.pk}"
            self.fields[name] = _words(_("Your answer"), rows=3, initial=feedback.answer)
        if report.version:
            for name in ("no_change", "because", "hours"):
                self.initial[name] = getattr(report, name)
        self.initial["version"] = report.version

    @classmethod
    def written_in(cls, report: ProgressReport) -> dict[str, str]:
        """The draft as if it had just been typed."""
        fresh = cls(report=report)
        return {name: str(value) for name in fresh.fields if (value := fresh[name].value())}

    def _add_line(self, suggestion: Suggestion) -> None:
        line = self.written.get(suggestion.pk)
        told = "\n".join(change.words for change in self.changes[suggestion.pk])
        key = suggestion.pk
        self.fields[f"done_{key}"] = _words(_("What was done"), initial=line.done if line else told)
        self.fields[f"next_{key}"] = _words(_("What is next"), initial=line.next if line else "")
        if self._has_moved(suggestion):
            self.fields[f"moved_{key}"] = _words(
                _("Why the finish date moved"), rows=2, initial=line.moved if line else ""
            )

    def _has_moved(self, suggestion: Suggestion) -> bool:
        line = ReportLine(suggestion=suggestion, finish_at=suggestion.finish_at)
        return actions.has_moved(line, self.before)

    def lines(self) -> Iterator[FormLine]:
        """One for each suggestion, for the page."""
        for suggestion in self.suggestions:
            key = suggestion.pk
            moved = f"moved_{key}" in self.fields
            yield FormLine(
                suggestion,
                self.percents.get(key),
                moved,
                self.changes[key],
                self[f"done_{key}"],
                self[f"next_{key}"],
                self[f"moved_{key}"] if moved else None,
            )

    def questions(self) -> Iterator[Question]:
        """What was said about earlier reports and has no answer yet."""
        for feedback in self.feedback:
            yield Question(feedback, self[f"answer_{feedback.pk}"])

    def preview(self) -> dict[str, Any]:
        """The draft as everyone will read it."""
        by_key = {suggestion.pk: suggestion for suggestion in self.suggestions}
        lines = [line for key, line in self.written.items() if key in by_key]
        for line in lines:
            line.suggestion = by_key[line.suggestion_id]
        return {
            "report": self.report,
            "lines": [(line, self.changes[line.suggestion_id]) for line in lines],
            "meetings": meetings_of(self.report, since=self.since),
            "answered": [one for one in self.feedback if one.answer],
        }

    def draft(self) -> Draft:
        """What was typed, for the action."""
        typed: Mapping[str, Any] = self.cleaned_data
        return Draft(
            lines={
                suggestion.pk: LineDraft(
                    done=typed[f"done_{suggestion.pk}"],
                    next=typed[f"next_{suggestion.pk}"],
                    moved=typed.get(f"moved_{suggestion.pk}", ""),
                )
                for suggestion in self.suggestions
            },
            hours=typed["hours"],
            no_change=typed["no_change"],
            because=typed["because"],
            answers={one.pk: typed[f"answer_{one.pk}"] for one in self.feedback},
        )

    def require_whole(self) -> bool:
        """Whether it can be published as typed; what is missing is said at its field."""
        typed: Mapping[str, Any] = self.cleaned_data
        for name, words in self._missing(typed):
            self.add_error(name, ValidationError(words))
        return not self.errors

    def _missing(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        if typed.get("hours") is None:
            yield "hours", _("Write how many hours it took; 0 is a number too.")
        if typed.get("no_change") and not typed.get("because"):
            yield "because", _("Write why nothing changed.")
        done = [f"done_{suggestion.pk}" for suggestion in self.suggestions]
        if not typed.get("no_change") and not any(typed.get(name) for name in done):
            words = _("Write what was done, or say that nothing changed, and why.")
            yield (done[0] if done else "because"), words
        for name in self.fields:
            if name.startswith("moved_") and not typed.get(name):
                yield name, _("Write why the finish date moved.")
            if name.startswith("answer_") and not typed.get(name):
                yield name, _("Answer what was said about the report before.")


def _percents(suggestions: list[Suggestion]) -> dict[int, int | None]:
    items: dict[int, list[ActionItem]] = {}
    for item in ActionItem.objects.filter(suggestion__in=suggestions):
        items.setdefault(item.suggestion_id, []).append(item)
    return {key: progress_of(rows) for key, rows in items.items()}
