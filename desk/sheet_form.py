"""The file of voices that an officer chooses."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.models.on_behalf import channels_of
from desk.phone_form import WAYS
from people.models import User


class SheetForm(forms.Form):
    """A file, and how it came in where a row does not say. Call `for_officer` first."""

    sheet = forms.FileField(
        label=_("The file (CSV)"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty: its first row must hold the names of the columns."),
            "missing": _("Choose a file."),
            "invalid": _("The file did not arrive. Choose it once more."),
            "max_length": _("The name of the file is too long. Give it a shorter one."),
        },
    )
    channel = forms.ChoiceField(
        label=_("How did they come in?"),
        help_text=_("For rows whose column “channel” is empty."),
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )

    def for_officer(self, user: User) -> Self:
        """With the ways this officer may use, a listening tour first."""
        ways: Any = self.fields["channel"]
        ways.choices = [(way.value, WAYS[way]) for way in reversed(channels_of(user))]
        return self
