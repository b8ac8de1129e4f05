"""What citizens type around a committee: about a report, and from their seat in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.forms import WordsField, read_contact, read_text


class FeedbackForm(forms.Form):
    """About a report: words, and where an answer shall go besides the next report."""

    text = WordsField(
        label=_("What do you want to ask or say about this report?"),
        help_text=_("The next report has to answer it. Everyone can read it, without your name."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you want to say.")},
    )
    contact = forms.CharField(
        label=_("Where should the answer go besides?"),
        help_text=_("E-mail or mobile phone, if you like. We never publish it."),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        error_messages={"max_length": _("This address is too long.")},
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Tidied; not empty, not longer than the Rulebook says. Raises ValidationError."""
        return read_text(self.cleaned_data["text"])

    def clean_contact(self) -> tuple[str, str] | None:
        """(kind, address): mail in lower case, mobile as +8210…. Raises ValidationError."""
        return read_contact(self.cleaned_data["contact"])


class OpinionForm(forms.Form):
    """Whether one citizen of the committee agrees with a proposed "no"."""

    concurs = forms.TypedChoiceField(
        label=_("Do you agree that the committee says no?"),
        choices=[("yes", _("Yes, I agree")), ("no", _("No, it should go on"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    words = WordsField(
        label=_("Why, in a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Please keep it under 500 characters.")},
    )


class AcceptForm(forms.Form):
    """Whether everyone may read the name of who accepts a seat."""

    shown: Any = forms.BooleanField(
        label=_("Everyone may read my name on the page of the committee"), required=False
    )
