"""Is it there? Does it help? Two questions, and words if somebody likes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.models import Felt
from channels_app.text.normal import tidy

LONGEST = 1000  # signs of the words; the form says so


class SurveyForm(forms.Form):
    """Only the two questions need an answer."""

    HELPS = (
        ("1", _("1: not at all")),
        ("2", "2"),
        ("3", "3"),
        ("4", "4"),
        ("5", _("5: very much")),
    )
    there = forms.ChoiceField(
        label=_("Is it there?"),
        choices=Felt.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is there.")},
    )
    helps = forms.TypedChoiceField(
        label=_("Does it help?"),
        choices=HELPS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much it helps.")},
    )
    words = forms.CharField(
        label=_("Anything you want to say about it?"),
        help_text=_("The listening team reads it, without knowing who wrote it."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Please keep it under 1000 characters.")},
    )

    def full_clean(self) -> None:
        """Each of the buttons says what is wrong, as every other control does."""
        super().full_clean()
        for name in ("there", "helps"):
            if name in self.errors:
                self.fields[name].widget.attrs["aria-describedby"] = f"id_{name}_error"

    def clean_words(self) -> str:
        """Tidied."""
        typed: dict[str, Any] = self.cleaned_data
        return tidy(typed["words"])
