"""What an officer types to split a second matter off, and to put both together again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels_app.models import Kind, Message
from channels_app.splitting import is_from
from desk.forms import ActForm


class SplitForm(ActForm):
    """The words of the second matter, and what it is."""

    text = forms.CharField(
        label=_("The words of the second matter"),
        help_text=_("Take out all that belongs to the first one. That one keeps all its words."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Leave the words of the second matter.")},
    )
    own_words = forms.BooleanField(
        label=_("I have summed it up myself (readers see that)"), required=False
    )
    kind = forms.ChoiceField(label=_("What the second matter is"), choices=Kind.choices)

    @classmethod
    def first(cls, message: Message) -> dict[str, Any]:
        """All its words, to be cut."""
        return {"text": message.words, "kind": message.kind}

    def clean(self) -> dict[str, Any]:
        """The author's own words, or a summary that says so. Raises ValidationError."""
        typed: dict[str, Any] = super().clean() or {}
        text, whole = typed.get("text", ""), self.message.text if self.message else ""
        if text and " ".join(text.split()) == " ".join(whole.split()):
            self.add_error("text", _("This is the whole message: take out the first matter."))
        elif text and not typed.get("own_words") and not is_from(text, whole):
            problem = _("These words do not stand in the message. Say that you have summed it up.")
            self.add_error("text", ValidationError(problem))
        return typed


class PutTogetherForm(ActForm):
    """Which second matter was none."""

    part = forms.CharField(max_length=20, widget=forms.HiddenInput)
