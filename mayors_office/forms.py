"""Which days and which borough somebody looks at."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mayors_office.dashboards.look import PERIODS, USUAL, Look
from people.models import Office

WORDS = {
    7: _("7 days"),
    30: _("30 days"),
    90: _("90 days"),
    365: _("12 months"),
}
UNKNOWN = _("The address names something we do not know here. Choose from the list.")


class LookForm(forms.Form):
    """The period and the borough; every one may stay empty, and the address is what was chosen."""

    days = forms.TypedChoiceField(
        label=_("Period"),
        required=False,
        coerce=int,
        choices=[(days, WORDS[days]) for days in PERIODS],
        error_messages={"invalid_choice": UNKNOWN},
    )
    borough = forms.ChoiceField(
        label=_("Borough"),
        required=False,
        choices=[],
        error_messages={"invalid_choice": UNKNOWN},
    )
    per = forms.ChoiceField(
        required=False,
        choices=[("people", "people")],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": UNKNOWN},
    )

    def __init__(self, *args: Any, boroughs: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boroughs = boroughs
        self._by_slug = {place.slug: place for place in boroughs}
        field: Any = self.fields["borough"]
        field.choices = [
            ("", _("All of Seoul")),
            *((place.slug, place.area) for place in boroughs),
        ]
        self.initial = {"days": USUAL, **self.initial}
        if self.is_bound and not self.data.get("days"):
            chosen: Any = self.data
            self.data = {**chosen.dict(), "days": str(USUAL)}  # shown is what holds

    @property
    def look(self) -> Look:
        """What was chosen; of a form with errors, what is usual."""
        if not self.is_valid():
            return Look()
        typed = self.cleaned_data
        return Look(
            days=typed["days"] or USUAL,
            borough=self._by_slug.get(typed["borough"]),
            people=typed["per"] == "people",
        )


class ReplyForm(forms.Form):
    """What the listening team will do."""

    text = forms.CharField(
        label=_("What we will do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you will do.")},
    )
