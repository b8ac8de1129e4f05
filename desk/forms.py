"""What officers type. Every form carries the version its page showed."""

import re
from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels_app.actions import Verdict
from channels_app.forms import RECEIPT
from channels_app.models import HiddenReason, Message, SetAsideReason
from people.models import Office, User

CARD = re.compile(r"[A-Z]-\d{4}-\d{6,12}:\d{1,18}")
# Readers report, authors ask: an officer's reasons are the others.
OFFICERS_HIDE_FOR = [
    choice for choice in HiddenReason.choices if choice[0] != HiddenReason.REPORTED
]
# What its author had erased, or was split off by mistake, is set aside by itself.
BY_ITSELF = {SetAsideReason.ERASED, SetAsideReason.SPLIT}
OFFICERS_SET_ASIDE_FOR = [choice for choice in SetAsideReason.choices if choice[0] not in BY_ITSELF]


class ActForm(forms.Form):
    """An act on one message as its page showed it."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    message: Message | None = None

    def about(self, message: Message) -> Self:
        """Which one it is."""
        self.message = message
        return self

    @classmethod
    def first(cls, message: Message) -> dict[str, Any]:
        """What stands in it before anybody types."""
        return {}


class OfficeForm(ActForm):
    """With a choice of offices."""

    office = forms.ModelChoiceField(
        label=_("Office"),
        queryset=Office.objects.none(),
        empty_label=_("Choose an office"),
        error_messages={"required": _("Choose an office.")},
    )

    def for_message(self, message: Message, offices: Sequence[Office] = ()) -> Self:
        """Every office it can go to; a page has read `offices` once for all its forms."""
        left_out = self.left_out(message)
        choice: Any = self.fields["office"]
        choice.queryset = Office.objects.answering().exclude(pk__in=left_out)
        if offices:
            listed = [(one.pk, str(one)) for one in offices if one.pk not in left_out]
            choice.choices = [("", choice.empty_label), *listed]
        return self

    def left_out(self, message: Message) -> set[int | None]:
        """The one that has it."""
        return {message.office_id} if message.status == "routed" else set()


class RouteForm(OfficeForm):
    """To which office, and why."""

    reason = forms.CharField(
        label=_("Why (officers read this)"), required=False, max_length=500, widget=forms.TextInput
    )


class AskForm(OfficeForm):
    """Which office is asked for a part, and what."""

    question = forms.CharField(
        label=_("What you need from them (officers read this)"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you need from them.")},
    )

    def left_out(self, message: Message) -> set[int | None]:
        """The one that has it, and those that are asked already."""
        asked = {one.office_id for one in message.asked.all() if one.answered_at is None}
        return super().left_out(message) | asked


class PartForm(ActForm):
    """The part of an office that was asked."""

    part = forms.CharField(
        label=_("Your part (the office in charge reads this)"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write your part.")},
    )


class JoinForm(ActForm):
    """The number of the case whose answer serves this one too."""

    lead = forms.CharField(
        label=_("Receipt number of the same matter"),
        help_text=_("An open case. Its answer then goes to both, and each keeps its number."),
        max_length=40,
        error_messages={"required": _("Write the receipt number.")},
    )

    def for_officer(self, message: Message, officer: User) -> "JoinForm":
        """Whose case it is, and who asks."""
        self.message, self.officer = message, officer
        return self

    def clean_lead(self) -> Message:
        """An open case of this officer's, not the same one. Raises ValidationError."""
        found = RECEIPT.fullmatch(self.cleaned_data["lead"].strip())
        code = f"S-{found[1]}-{int(found[2]):06d}" if found else ""
        lead = Message.objects.filter(code=code).first()
        if lead is None or not lead.may_be_screened_by(self.officer):
            raise ValidationError(_("There is no case with this number that you may act on."))
        if lead == self.message:
            raise ValidationError(_("This is the number of this case itself."))
        if not lead.may_lead:
            raise ValidationError(_("Only an open case that is not joined itself can lead."))
        return lead


class UnJoinForm(ActForm):
    """A matter of its own after all."""

    reason = forms.CharField(
        label=_("Why it is a matter of its own (officers read this)"),
        max_length=500,
        error_messages={"required": _("Write why it is a matter of its own.")},
    )


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
        choices=[("", _("Choose a reason")), *OFFICERS_SET_ASIDE_FOR],
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


class PhotoForm(ActForm):
    """What a photo shows, for people who can't see it."""

    alt = forms.CharField(
        label=_("What the photo shows (everyone reads this with the photo)"),
        required=False,
        max_length=200,
        widget=forms.TextInput,
        error_messages={"max_length": _("Please keep it under 200 characters.")},
    )


class CardsField(forms.MultipleChoiceField):
    """The keys of the chosen cards, each "receipt number:newest row"; the page has made them."""

    def valid_value(self, value: str) -> bool:
        """Any key of this shape: what it stands for is looked up under the officer's rights."""
        return CARD.fullmatch(value) is not None


class ScreenForm(forms.Form):
    """A verdict on one card or on many, with the reason that it needs."""

    card = CardsField(
        error_messages={
            "required": _("Choose at least one message."),
            "invalid_choice": _("Choose at least one message."),
        }
    )
    verdict = forms.ChoiceField(choices=Verdict.choices)
    hide_reason = forms.ChoiceField(
        label=_("Why it is not shown"),
        choices=[("", _("Choose a reason")), *OFFICERS_HIDE_FOR],
        required=False,
    )
    aside_reason = forms.ChoiceField(
        label=_("Why it gets no answer"),
        choices=[("", _("Choose a reason")), *OFFICERS_SET_ASIDE_FOR],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """The one reason that counts for this verdict. Raises ValidationError without it."""
        typed: dict[str, Any] = super().clean() or {}
        needs = {Verdict.HIDE: "hide_reason", Verdict.SET_ASIDE: "aside_reason"}
        name = needs.get(typed.get("verdict", ""), "")
        typed["reason"] = typed.get(name, "") if name else ""
        if name and not typed["reason"] and name not in self.errors:
            self.add_error(name, _("Choose a reason. The author reads it."))
        return typed
