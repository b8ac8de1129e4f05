"""What citizens type. Forms check what was typed; actions check what is allowed."""

import re
import unicodedata
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from channels_app import places, rules
from channels_app.actions import Said
from channels_app.connectors import push
from channels_app.models import AgeGroup, ContactKind, Gender, Kind, YesNo
from channels_app.personal import kinds_in
from channels_app.place_fields import PlaceFields
from channels_app.text.normal import tidy

NOT_DIGITS = re.compile(r"[^0-9]")
KOREAN_MOBILE = re.compile(r"01[016-9][0-9]{7,8}")
RECEIPT = re.compile(r"S\D?(\d{4})\D?0*(\d{1,12})", re.IGNORECASE)

OFFICE_ONLY, EVERYONE = "office", "everyone"
NOTHING_SAID = _("Write what you want to say.")
AUDIENCES = [
    (OFFICE_ONLY, _("Only the office in charge")),
    (EVERYONE, _("Everyone, without my name")),
]


def read_text(typed: str) -> str:
    """Tidied; not empty, not longer than the Rulebook says. Raises ValidationError."""
    text = tidy(typed)
    if not text:
        raise ValidationError(NOTHING_SAID)
    limit = rules.MESSAGE_LENGTH.value()
    if len(text) > limit:
        raise ValidationError(
            ngettext_lazy(
                "Your message is %(over)d character too long. Please shorten it.",
                "Your message is %(over)d characters too long. Please shorten it.",
                "over",
            ),
            params={"over": len(text) - limit},
        )
    return text


def read_contact(typed: str) -> tuple[str, str] | None:
    """(kind, address): mail in lower case, mobile as +8210…. Raises ValidationError."""
    typed = unicodedata.normalize("NFKC", typed).strip()  # Korean keyboards type wide digits too
    if not typed:
        return None
    if "@" in typed:
        try:
            validate_email(typed)
        except ValidationError as problem:
            raise ValidationError(
                _("Look at the e-mail address again: it should be like name@example.org.")
            ) from problem
        return ContactKind.MAIL, typed.lower()
    digits = NOT_DIGITS.sub("", typed)
    digits = "0" + digits.removeprefix("82").removeprefix("0") if digits[:2] == "82" else digits
    if KOREAN_MOBILE.fullmatch(digits):
        return ContactKind.PHONE, f"+82{digits[1:]}"
    raise ValidationError(
        _("Write an e-mail address or a Korean mobile number, for example 010-1234-5678.")
    )


class WordsField(forms.CharField):
    """What a person wrote: signs nobody sees are taken out before anything is checked."""

    def to_python(self, value: Any) -> str:
        """Tidied, so that a pasted NUL is no reason to refuse anybody."""
        return tidy(super().to_python(value) or "")


class SayForm(forms.Form):
    """The one box of the home page."""

    text = WordsField(
        label=_("What do you want to say?"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": NOTHING_SAID},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-limit"] = rules.MESSAGE_LENGTH.value()

    def clean_text(self) -> str:
        """Tidied; not empty, not longer than the Rulebook says. Raises ValidationError."""
        return read_text(self.cleaned_data["text"])


class CheckForm(PlaceFields, SayForm):
    """The check page: the text again, hidden; kind, place, contact and who may read it."""

    field_order = ["kind", "same_as", "place", "borough", "at_photo", "contact", "audience"]

    text = WordsField(
        strip=False,
        widget=forms.HiddenInput,
        error_messages={"required": NOTHING_SAID},
    )
    kind = forms.ChoiceField(
        label=_("What is it closest to?"),
        help_text=_("We chose one for you. If it is wrong, the office will correct it."),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it is closest to."),
            "invalid_choice": _("Choose one of the four."),
        },
    )
    contact = forms.CharField(
        label=_("Where should the answer go?"),
        help_text=_(
            "E-mail or mobile phone. We never publish it, and can't send text messages yet."
            " If you leave it empty, keep the link on the next page."
        ),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        error_messages={"max_length": _("This address is too long.")},
    )
    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=AUDIENCES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who may read it."),
            "invalid_choice": _("Choose one of the two."),
        },
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_contact(self) -> tuple[str, str] | None:
        """(kind, address): mail in lower case, mobile as +8210…. Raises ValidationError."""
        return read_contact(self.cleaned_data["contact"])

    def said(self, language: str) -> Said:
        """What was said, for the action."""
        typed: dict[str, Any] = self.cleaned_data
        return Said(
            text=typed["text"],
            kind=typed["kind"],
            public=typed["audience"] == EVERYONE,
            contact=typed["contact"],
            language=language,
            place=typed["place"],
            borough=typed["borough"],
            position=typed["position"],
            same_as=typed["same_as"],
        )

    @classmethod
    def chosen_in(cls, typed: Mapping[str, Any]) -> dict[str, str]:
        """What was chosen on this page before its author went back to change the words.

        Who said the same is asked anew, for other words.
        """
        names = cls.base_fields.keys() - {"text", "client_key", "same_as"}
        return {name: str(typed[name]) for name in sorted(names) if typed.get(name)}

    @staticmethod
    def first_choices(text: str, kind: str) -> dict[str, object]:
        """What is preselected: ideas are for everyone, everything else for the office only."""
        audience = EVERYONE if kind == Kind.IDEA else OFFICE_ONLY
        return {
            "text": text,
            "kind": kind,
            "audience": audience,
            "borough": places.borough_named_in(text),
            "client_key": uuid.uuid4(),
        }


class BackForm(SayForm):
    """What its author writes under the private link; the page tells what about."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label

    @property
    def warns_of(self) -> list[Any]:
        """Personal data its author has not been told of yet."""
        return [] if self.cleaned_data.get("seen") else kinds_in(self.cleaned_data["text"])


NOT_SAID = ("", _("I would rather not say"))


class BackgroundForm(forms.Form):
    """Who are we hearing from? Four questions, each free to leave."""

    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=[*AgeGroup.choices, NOT_SAID],
        required=False,
        widget=forms.RadioSelect,
    )
    gender = forms.ChoiceField(
        label=_("Your gender"),
        choices=[*Gender.choices, NOT_SAID],
        required=False,
        widget=forms.RadioSelect,
    )
    disability = forms.ChoiceField(
        label=_("Do you live with a disability?"),
        choices=[*YesNo.choices, NOT_SAID],
        required=False,
        widget=forms.RadioSelect,
    )
    first_time = forms.ChoiceField(
        label=_("Is this the first time you write to the city?"),
        choices=[*YesNo.choices, NOT_SAID],
        required=False,
        widget=forms.RadioSelect,
    )


class TrackForm(forms.Form):
    """A receipt number, as people write it."""

    code = forms.CharField(
        label=_("Receipt number"),
        help_text=_("For example S-2026-004127. You need no account."),
        max_length=40,
        error_messages={"required": _("Write the receipt number.")},
    )

    def clean_code(self) -> str:
        """S-2026-004127 from "s2026 4127" too. Raises ValidationError."""
        if found := RECEIPT.fullmatch(self.cleaned_data["code"].strip()):
            return f"S-{found[1]}-{int(found[2]):06d}"
        raise ValidationError(_("A receipt number looks like S-2026-004127."))


class FollowForm(forms.Form):
    """Where somebody wants to hear what becomes of a case."""

    mail = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("We send one mail there. Nothing more comes unless you press its button."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail address.")},
    )

    def clean_mail(self) -> str:
        """As it is kept: in lower case. Raises ValidationError."""
        typed = tidy(self.cleaned_data["mail"])
        validate_email(typed)
        return typed.lower()


class DeviceForm(forms.Form):
    """What a browser tells of itself so that notices reach it; no person types it."""

    endpoint = forms.CharField(max_length=push.LONGEST_ENDPOINT)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=30)

    def clean(self) -> dict[str, Any]:
        """With the device. Raises ValidationError for what no browser gives."""
        found = super().clean() or {}
        if not self.errors:
            found["device"] = push.Device(found["endpoint"], found["p256dh"], found["auth"])
            try:
                found["device"].check()
            except ValueError as problem:
                raise ValidationError(_("This is not the address of a browser.")) from problem
        return found


class ReportForm(forms.Form):
    """ "Report this": words are optional."""

    words = forms.CharField(
        label=_("What is wrong with it?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Please keep it under 500 characters.")},
    )
