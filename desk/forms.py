"""What officers type. Every form carries the version its page showed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels_app.models import HiddenReason, Message, SetAsideReason
from channels_app.text.normal import tidy
from people.models import Office

# Readers report, authors ask: an officer's reasons are the others.
OFFICERS_HIDE_FOR = [
    choice for choice in HiddenReason.choices if choice[0] != HiddenReason.REPORTED
]


class ActForm(forms.Form):
    """An act on one message as its page showed it."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class RouteForm(ActForm):
    """To which office, and why."""

    office = forms.ModelChoiceField(
        label=_("Office"),
        queryset=Office.objects.none(),
        empty_label=_("Choose an office"),
        error_messages={"required": _("Choose an office.")},
    )
    reason = forms.CharField(
        label=_("Why (officers read this)"), required=False, max_length=500, widget=forms.TextInput
    )

    def for_message(self, message: Message) -> "RouteForm":
        """Every office but the one that has it."""
        offices = Office.objects.answering()
        if message.status == "routed":
            offices = offices.exclude(pk=message.office_id or 0)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]  # a model choice
        return self


class HandBackForm(ActForm):
    """Not ours: back to the centre."""

    reason = forms.CharField(
        label=_("Why it is not ours"),
        max_length=500,
        error_messages={"required": _("Write why it is not yours.")},
    )


class SetAsideForm(ActForm):
    """No answer: the reason is shown to the author."""

    reason = forms.ChoiceField(
        label=_("Why it gets no answer"),
        choices=[("", _("Choose a reason")), *SetAsideReason.choices],
        error_messages={"required": _("Choose a reason. The author reads it.")},
    )
    note = forms.CharField(
        label=_("Note (officers read this)"), required=False, max_length=500, widget=forms.TextInput
    )


class HideForm(ActForm):
    """Take it from the public pages: the reason is shown to the author."""

    reason = forms.ChoiceField(
        label=_("Why it is not shown"),
        choices=[("", _("Choose a reason")), *OFFICERS_HIDE_FOR],
        error_messages={"required": _("Choose a reason. The author reads it.")},
    )


class AnswerForm(ActForm):
    """The answer, in plain words."""

    answer = forms.CharField(
        label=_("Answer"),
        strip=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Write an answer."),
            "max_length": _("Please keep the answer under 10,000 characters."),
        },
    )

    def clean_answer(self) -> str:
        """Tidied. Raises ValidationError where nothing is left."""
        text = tidy(self.cleaned_data["answer"])
        if not text:
            raise ValidationError(_("Write an answer."))
        return text
