"""What an officer writes down for somebody while that person speaks, or from a letter."""

import uuid
from datetime import date, datetime
from typing import Any, Self

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from channels_app import receipt_days
from channels_app.actions import Said
from channels_app.forms import EVERYONE, OFFICE_ONLY, SayForm, read_contact
from channels_app.models import Channel, Kind, SpokenFor
from channels_app.models.on_behalf import channels_of
from channels_app.place_fields import PlaceFields
from channels_app.text.kinds import likely_kind
from people.models import User

BY_WORDS = ("", _("whatever fits the words"))
WAYS = {
    Channel.PHONE: _("Phone"),
    Channel.LETTER: _("Letter"),
    Channel.COUNTER: _("Counter"),
    Channel.TOUR: _("Listening tour"),
}
CONSENT = [
    (OFFICE_ONLY, _("No, or not asked: only the office")),
    (EVERYONE, _("Yes, the person said so: everyone, without a name")),
]


class CallForm(PlaceFields, SayForm):
    """One screen for a call. Call `for_officer` before anything else."""

    field_order = [
        "channel", "received_on", "text", "contact", "kind", "place", "borough", "spoken_for",
        "audience", "language",
    ]  # fmt: skip

    channel = forms.ChoiceField(
        label=_("How does it come in?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how it comes in."),
            "invalid_choice": _("Choose one of these ways. Your office can't enter others."),
        },
    )
    received_on = forms.DateField(
        label=_("Day on which it reached the city"),
        help_text=_("The clock starts on that day. Empty means today."),
        required=False,
        input_formats=["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2026-12-04.")},
    )
    contact = forms.CharField(
        label=_("Where should the answer go?"),
        help_text=_("E-mail or mobile phone. It also finds the earlier cases of this person."),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        error_messages={"max_length": _("This address is too long.")},
    )
    kind = forms.ChoiceField(
        label=_("What is it closest to?"),
        choices=[BY_WORDS, *Kind.choices],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the four.")},
    )
    spoken_for = forms.ChoiceField(
        label=_("For whom does the person speak?"),
        choices=SpokenFor.choices,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    audience = forms.ChoiceField(
        label=_("May everyone read it?"),
        choices=CONSENT,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who may read it."),
            "invalid_choice": _("Choose one of the two."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the answer"),
        choices=settings.LANGUAGES,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def for_officer(self, user: User) -> Self:
        """With the ways this officer may use."""
        ways: Any = self.fields["channel"]
        ways.choices = [(way.value, WAYS[way]) for way in channels_of(user)]
        text = self.fields["text"]
        text.label, text.widget.attrs["rows"] = _("What does the person say?"), 6
        self.fields["borough"].widget.attrs["autocomplete"] = "off"
        return self

    def clean_contact(self) -> tuple[str, str] | None:
        """(kind, address): mail in lower case, mobile as +8210…. Raises ValidationError."""
        return read_contact(self.cleaned_data["contact"])

    def clean_received_on(self) -> datetime | None:
        """When its clock starts; None for now. Raises ValidationError for a day to come."""
        day: date | None = self.cleaned_data["received_on"]
        return receipt_days.came_on(day) if day else None

    def said(self, *, same_as: str = "", note: str = "") -> Said:
        """What was said, for the action."""
        typed: dict[str, Any] = self.cleaned_data
        phoned = typed["channel"] == Channel.PHONE
        return Said(
            text=typed["text"],
            kind=typed["kind"] or likely_kind(typed["text"]),
            public=typed["audience"] == EVERYONE,
            contact=typed["contact"],
            language=typed["language"],
            channel=typed["channel"],
            place=typed["place"],
            borough=typed["borough"],
            position=typed["position"],
            same_as=same_as,
            spoken_for=typed["spoken_for"],
            came_at=None if phoned else typed["received_on"],
            note=note,
        )


def fresh(user: User, channel: str) -> CallForm:
    """An empty form; the way is the one asked for, else the first this officer may use."""
    ways = channels_of(user)
    first = {
        "channel": channel if channel in ways else ways[0].value,
        "audience": OFFICE_ONLY,
        "spoken_for": SpokenFor.SELF,
        "language": settings.LANGUAGE_CODE,  # the officer's own says nothing of the person's
        "client_key": uuid.uuid4(),
    }
    return CallForm(initial=first).for_officer(user)
