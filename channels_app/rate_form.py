"""Was it clear? Did you feel heard? Two questions, and words if somebody likes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.models import Felt, Rating
from channels_app.text.normal import tidy

LONGEST = 1000  # signs of the words; the form says so


class RateForm(forms.Form):
    """Only the two questions need an answer."""

    clear = forms.ChoiceField(
        label=_("Was the answer clear?"),
        choices=Felt.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the answer was clear.")},
    )
    heard = forms.ChoiceField(
        label=_("Did you feel heard?"),
        choices=Felt.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you felt heard.")},
    )
    words = forms.CharField(
        label=_("Anything you want to tell the office?"),
        help_text=_("Only the offices that may read your message read it. It starts no new clock."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Please keep it under 1000 characters.")},
    )

    @classmethod
    def of(cls, rating: Rating | None) -> "RateForm":
        """As it was said before, or empty."""
        if rating is None:
            return cls()
        return cls(initial={"clear": rating.clear, "heard": rating.heard, "words": rating.words})

    def full_clean(self) -> None:
        """Each of the three buttons says what is wrong, as every other control does."""
        super().full_clean()
        for name in ("clear", "heard"):
            if name in self.errors:
                self.fields[name].widget.attrs["aria-describedby"] = f"id_{name}_error"

    def clean_words(self) -> str:
        """Tidied."""
        typed: dict[str, Any] = self.cleaned_data
        return tidy(typed["words"])
