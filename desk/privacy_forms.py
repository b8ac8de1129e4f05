"""What officers type about personal data: whose, which readings, and why."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels_app.forms import TrackForm
from channels_app.models import Message, Reading
from channels_app.models.readings import ReadingQuerySet, at_odd_hours, is_elsewhere
from lifecycle import clock
from people.models import User

LONGEST_DAYS = 800  # the log itself is kept for two years
EVERY, ODD, ELSEWHERE = "", "odd", "elsewhere"


class ReceiptForm(TrackForm):
    """Whose data: the receipt number the person names."""

    code = forms.CharField(
        label=_("Receipt number"),
        help_text=_("For example S-2026-004127"),
        max_length=40,
        error_messages={"required": _("Write the receipt number.")},
    )

    def clean_code(self) -> str:
        """One we have. Raises ValidationError."""
        code = super().clean_code()
        if not Message.objects.filter(code=code).exists():
            raise ValidationError(_("There is no message with this number."))
        return code


class ReasonForm(forms.Form):
    """Why somebody takes personal data out."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Who asked, and how you know that it is them. No names."),
        max_length=300,
        widget=forms.TextInput,
        error_messages={"required": _("Write the reason. It is kept with your name.")},
    )


class EraseForm(ReasonForm):
    """Why, and a second look: nothing brings it back."""

    sure = forms.BooleanField(
        label=_("I have read above what goes, and I know that nobody can bring it back."),
        error_messages={"required": _("Say that you know: nobody can bring it back.")},
    )


class LookForm(ReasonForm):
    """Why an auditor takes a list of readings along."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = _("What you look into, or who asked for it. No names.")


class FindingsForm(forms.Form):
    """What the look at a month has shown."""

    month = forms.DateField(widget=forms.HiddenInput)
    findings = forms.CharField(
        label=_("What did you find, and what follows?"),
        help_text=_("If all is well, say so. This can't be changed later."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you found, even if it is nothing.")},
    )


class ReadingsForm(forms.Form):
    """Which readings: whose, about whom, between which days."""

    officer = forms.CharField(
        label=_("Mail address of the officer"), required=False, max_length=254
    )
    receipt = forms.CharField(label=_("Receipt number"), required=False, max_length=40)
    first = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Until, with this day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    office = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)
    only = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            (EVERY, _("All")),
            (ODD, _("Only outside the usual hours")),
            (ELSEWHERE, _("Only cases of other offices")),
        ],
    )

    def __init__(self, typed: Any = None, **options: Any) -> None:
        """What is not typed is this month."""
        today = clock.seoul().date()
        kept = {name: value for name, value in (typed or {}).items() if value}
        month = {"first": today.replace(day=1).isoformat(), "last": today.isoformat()}
        super().__init__({**month, **kept}, **options)

    def clean_officer(self) -> User | None:
        """Somebody we know. Raises ValidationError."""
        mail = self.cleaned_data["officer"].strip()
        if not mail:
            return None
        found = User.objects.filter(email__iexact=mail).first()
        if found is None:
            raise ValidationError(_("Nobody has this address."))
        return found

    def clean_receipt(self) -> Message | None:
        """One we have. Raises ValidationError."""
        typed = self.cleaned_data["receipt"].strip()
        if not typed:
            return None
        form = ReceiptForm({"code": typed})
        if not form.is_valid():
            raise ValidationError(list(form.errors["code"]))
        return Message.objects.get(code=form.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        """In order, and no longer than the log goes back. Raises ValidationError."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = typed.get("first"), typed.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("The last day lies before the first."))
            elif last - first > timedelta(days=LONGEST_DAYS):
                self.add_error("first", _("Choose at most two years."))
        return typed

    def found(self) -> ReadingQuerySet:
        """The readings this asks for: one query, whatever is asked."""
        typed = self.cleaned_data
        rows = Reading.objects.between(typed["first"], typed["last"])
        if typed["officer"]:
            rows = rows.by_officer(typed["officer"])
        if typed["receipt"]:
            rows = rows.about(typed["receipt"])
        if typed["office"]:
            rows = rows.in_name_of(typed["office"])
        if typed["only"] == ODD:
            rows = rows.filter(at_odd_hours(typed["first"], typed["last"]))
        if typed["only"] == ELSEWHERE:
            rows = rows.filter(is_elsewhere())
        return rows.select_related("user", "office", "message")

    def asked(self) -> dict[str, str]:
        """What was typed, for the address of the next page and for the evidence."""
        typed = self.cleaned_data
        return {
            "officer": typed["officer"].email if typed["officer"] else "",
            "receipt": typed["receipt"].code if typed["receipt"] else "",
            "first": typed["first"].isoformat(),
            "last": typed["last"].isoformat(),
            "office": typed["office"],
            "only": typed["only"],
        }
