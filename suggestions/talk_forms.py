"""What citizens type in a discussion. Forms check what was typed; actions what is allowed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from channels_app.forms import FollowForm, SayForm, WordsField
from suggestions import talk_rules
from suggestions.models import Comment, Stance

STANCES = [
    (Stance.FOR.value, _("I am for it, because …")),
    (Stance.AGAINST.value, _("I am against it, because …")),
    (Stance.IMPROVE.value, _("It would be better like this: …")),
]
SIDE = _("Choose a side, or say how to improve it.")


class WordsForm(forms.Form):
    """A side, unless it answers somebody, and words."""

    stance = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=STANCES,
        widget=forms.RadioSelect,
        error_messages={"required": SIDE, "invalid_choice": SIDE},
    )
    text = WordsField(
        label=_("Your words"),
        help_text=_("Everyone can read them, without your name. Numbers become stars."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you want to say.")},
    )

    def __init__(self, *args: Any, parent: Comment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent
        if parent is not None:
            del self.fields["stance"]
            self.fields["text"].label = _("Your answer")

    def clean_text(self) -> str:
        """Not longer than the Rulebook says. Raises ValidationError."""
        text: str = self.cleaned_data["text"]
        over = len(text) - talk_rules.LENGTH.value()
        if over > 0:
            raise ValidationError(
                ngettext_lazy(
                    "Your words are %(over)d character too long. Please shorten them.",
                    "Your words are %(over)d characters too long. Please shorten them.",
                    "over",
                ),
                params={"over": over},
            )
        return text

    @property
    def said(self) -> dict[str, Any]:
        """What the actions take."""
        typed = self.cleaned_data
        return {
            "stance": typed.get("stance", ""),
            "text": typed["text"],
            "parent": self.parent,
        }


class CommentForm(FollowForm, WordsForm):
    """The same with the address that confirms it."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)


class RewriteForm(SayForm):
    """The whole text once more, as it shall be read from now on."""

    NOTHING_NEW = _("That is the text as it stands. Change something in it.")
    TOO_LATE = _("An office is to answer now, so its text stands. Nothing was changed.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("The new text")
        self.fields["text"].help_text = _("Every version stays readable, with what changed.")


class InviteForm(FollowForm):
    """Whom the author asks to write along."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mail"].label = _("Their e-mail address")
        self.fields["mail"].help_text = _("We send one mail there, and show the address to nobody.")
