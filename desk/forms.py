"""What officers type. Every form carries the version its page showed."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from channels_app.actions import Verdict
from channels_app.forms import RECEIPT, WordsField
from channels_app.models import HiddenReason, Message, SetAsideReason
from desk.models import latest_for
from lifecycle import clock
from people.models import Office, User

MORNING = time(9)
CARD = re.compile(r"[A-Z]-\d{4}-\d{6,12}:\d{1,18}")
# Readers report, authors ask: an officer's reasons are the others.
OFFICERS_HIDE_FOR = [
    choice for choice in HiddenReason.choices if choice[0] != HiddenReason.REPORTED
]
# What its author had erased, or was split off by mistake, is set aside by itself.
BY_ITSELF = {SetAsideReason.ERASED, SetAsideReason.SPLIT}
OFFICERS_SET_ASIDE_FOR = [choice for choice in SetAsideReason.choices if choice[0] not in BY_ITSELF]


class KeysField(forms.MultipleChoiceField):
    """Chosen rows, each "receipt number:number"; the page has made these keys."""

    def valid_value(self, value: str) -> bool:
        """Any key of this shape: what it stands for is looked up under the officer's rights."""
        return CARD.fullmatch(value) is not None


class ActForm(forms.Form):
    """An act on one message as its page showed it."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    message: Message | None = None

    @classmethod
    def first(cls, message: Message) -> dict[str, Any]:
        """What stands in it before anybody types."""
        return {}

    def about(self, message: Message, user: User) -> Self:
        """On which message, and who asks."""
        self.message = message
        return self


class OfficeForm(ActForm):
    """With a choice of offices."""

    office = forms.ModelChoiceField(
        label=_("Office"),
        queryset=Office.objects.none(),
        empty_label=_("Choose an office"),
        error_messages={"required": _("Choose an office.")},
    )

    def about(self, message: Message, user: User) -> Self:
        """It can go to every office but the one that has it."""
        return self.for_message(message)

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

    def about(self, message: Message, user: User) -> Self:
        """Which case is joined, and who asks."""
        self.message, self.officer = message, user
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


class TakeUpForm(ActForm):
    """How its author agreed that it becomes a suggestion."""

    consent = forms.CharField(
        label=_("How its author agreed (officers read this)"),
        help_text=_("For example: on the phone today. Everyone will read the masked words."),
        max_length=500,
        error_messages={"required": _("Write how its author agreed.")},
    )


class NoteForm(ActForm):
    """For colleagues only."""

    note = WordsField(
        label=_("Internal note"),
        help_text=_("Only officers who may read this case see it. Nothing leaves."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the note.")},
    )


class SnoozeForm(ActForm):
    """Until when it may wait on the desk."""

    day = forms.DateField(
        label=_("Wait until"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day as year-month-day, for example 2026-12-04."),
        },
    )

    def about(self, message: Message, user: User) -> Self:
        """Not longer than its own date."""
        self.message = message
        return self

    def clean(self) -> dict[str, Any]:
        """With `until`: that morning, or its own date where that comes first. Raises on others."""
        typed: dict[str, Any] = super().clean() or {}
        day = typed.get("day")
        latest = latest_for(self.message) if self.message else None
        if day is None or latest is None:
            return typed
        typed["until"] = min(datetime.combine(day, MORNING, clock.SEOUL), latest)
        if typed["until"] <= clock.now() or day > clock.seoul(latest).date():
            words = _("Choose a day after today, at the latest %(day)s: its own date.")
            self.add_error("day", words % {"day": date_format(clock.seoul(latest), "Y-m-d")})
        return typed


class BulkForm(forms.Form):
    """One act on every chosen message of the list, each as its page showed it."""

    chosen = KeysField(
        error_messages={
            "required": _("Choose at least one message."),
            "invalid_choice": _("Choose at least one message."),
        }
    )
    verb = forms.ChoiceField(choices=[(verb, verb) for verb in ("route", "join", "set_aside")])
    office = forms.ModelChoiceField(queryset=Office.objects.answering(), required=False)
    lead = forms.CharField(required=False, max_length=40)
    reason = forms.ChoiceField(choices=[("", ""), *OFFICERS_SET_ASIDE_FOR], required=False)

    def clean(self) -> dict[str, Any]:
        """What the verb needs. Raises ValidationError without it."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("verb") == "route" and not typed.get("office"):
            self.add_error("office", _("Choose an office."))
        if typed.get("verb") == "set_aside" and not typed.get("reason"):
            self.add_error("reason", _("Choose a reason. The author reads it."))
        return typed

    @property
    def first_error(self) -> str:
        """One sentence for what is missing."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")


class SavedViewForm(forms.Form):
    """A name for the view that is open."""

    name = forms.CharField(
        label=_("Name of this view"),
        max_length=40,
        error_messages={"required": _("Give the view a name.")},
    )
    office = forms.ModelChoiceField(queryset=Office.objects.none(), required=False)

    def for_officer(self, user: User) -> Self:
        """It can be shared with the officer's own offices."""
        choice: Any = self.fields["office"]
        choice.queryset = Office.objects.filter(pk__in=user.offices)
        return self


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


class ScreenForm(forms.Form):
    """A verdict on one card or on many, with the reason that it needs."""

    card = KeysField(
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
