"""Typing a proposed change of the keyword table, to see what it would do before it is saved."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from channels_app.models import RoutingRule
from channels_app.rehearsal import Change
from people.models import Office

ROWS, MOST_ROWS = 2, 20
COUNTS = (100, 1000, 5000)


class ChangeForm(forms.Form):
    """One row: put in or altered, or taken out. Left empty, it says nothing."""

    act = forms.ChoiceField(
        label=_("What to try"),
        choices=[("put", _("put in, or alter")), ("remove", _("take out"))],
        required=False,
    )
    words = forms.CharField(
        label=_("Words"),
        min_length=2,
        max_length=40,
        required=False,
        error_messages={"min_length": _("Write at least two letters.")},
    )
    office = forms.TypedChoiceField(label=_("Office"), coerce=int, empty_value=None, required=False)
    points = forms.FloatField(
        label=_("Points"),
        min_value=0.1,
        max_value=100,
        initial=1.0,
        required=False,
        error_messages={
            "invalid": _("Write the points as a number."),
            "min_value": _("Write at least 0.1 points."),
        },
    )
    decides = forms.BooleanField(label=_("decides alone"), required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [("", _("Choose an office"))]
        field: Any = self.fields["office"]
        field.choices = choices + [(office.pk, str(office)) for office in offices]

    def clean(self) -> dict[str, Any]:
        """Words and office together, or neither; only what is there can be taken out."""
        typed = super().clean() or {}
        if "words" in self.errors or "office" in self.errors or self.is_empty:
            return typed
        if not typed.get("words"):
            self.add_error("words", _("Write the words."))
        elif not typed.get("office"):
            self.add_error("office", _("Choose an office."))
        elif typed.get("act") == "remove" and not self._is_there(typed):
            self.add_error("words", _("This office has no such words in the table."))
        return typed

    @property
    def is_empty(self) -> bool:
        """Nothing was typed into this row."""
        return not (self.cleaned_data.get("words") or self.cleaned_data.get("office"))

    def change(self) -> Change:
        """What was typed, as the rehearsal takes it."""
        typed = self.cleaned_data
        return Change(
            office=typed["office"],
            words=typed["words"],
            points=typed["points"] or 1.0,
            decides=typed["decides"],
            is_removal=typed["act"] == "remove",
        )

    def _is_there(self, typed: dict[str, Any]) -> bool:
        rows = RoutingRule.objects.filter(office=typed["office"], words=typed["words"], active=True)
        return rows.exists()


class Proposal:
    """Every row of the page, and how many messages are tried; made from its address."""

    def __init__(self, query: QueryDict) -> None:
        offices = list(Office.objects.answering())
        data = query if "last" in query else None
        self.is_asked = data is not None and "more" not in query
        self.last = _among(query.get("last", ""), COUNTS, default=COUNTS[1])
        count = _between(query.get("rows", ""), ROWS, MOST_ROWS)
        self.rows = min(count + ("more" in query), MOST_ROWS)
        self.forms = [
            ChangeForm(
                data if number < count else None,
                prefix=f"row{number}",
                offices=offices,
            )
            for number in range(self.rows)
        ]

    @property
    def is_right(self) -> bool:
        """Whether every row that says something can be read."""
        return not self.errors

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What has to be put right, with the id of its field."""
        return [
            (form[name].id_for_label, str(error))
            for form in self.forms
            if self.is_asked and form.is_bound
            for name, errors in form.errors.items()
            for error in errors
        ]

    @property
    def changes(self) -> list[Change]:
        """Of the rows that say something."""
        return [form.change() for form in self.forms if form.is_bound and not form.is_empty]

    @property
    def counts(self) -> tuple[int, ...]:
        """How many messages may be tried."""
        return COUNTS

    @property
    def may_grow(self) -> bool:
        """One more row fits."""
        return self.rows < MOST_ROWS


def _among(typed: str, allowed: Sequence[int], *, default: int) -> int:
    return next((number for number in allowed if str(number) == typed), default)


def _between(typed: str, least: int, most: int) -> int:
    return max(least, min(most, int(typed[:9]))) if typed.isdecimal() else least
