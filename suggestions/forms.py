"""What citizens type about suggestions. Forms check what was typed; actions what is allowed."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.actions import Said
from channels_app.forms import FollowForm, SayForm, WordsField
from channels_app.models import ContactKind, Kind
from channels_app.personal import kinds_in


class SupportForm(FollowForm):
    """Whose voice it is: a mail address, that its owner confirms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mail"].help_text = _(
            "We send one mail there. Your support counts once you press the button in it."
        )


class PetitionForm(SayForm):
    """One box and an address: a petition has a lead who can be reached."""

    text = WordsField(
        label=_("What do you ask the city for?"),
        help_text=_("Everyone can read it, without your name. Leave out names and numbers."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what you ask the city for.")},
    )
    mail = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("We never publish it. Everyone can read the petition once you confirm it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail address.")},
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    clean_mail = FollowForm.clean_mail

    @property
    def warns_of(self) -> list[Any]:
        """Personal data its author has not been told of yet."""
        return [] if self.cleaned_data.get("seen") else kinds_in(self.cleaned_data["text"])

    def said(self, language: str, *, held: str = "") -> Said:
        """What was said, for the action."""
        typed = self.cleaned_data
        return Said(
            text=typed["text"],
            kind=Kind.IDEA,
            contact=(ContactKind.MAIL, typed["mail"]),
            language=language,
            held=held,
        )
