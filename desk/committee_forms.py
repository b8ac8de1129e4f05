"""What officers type about a committee: founding it, seats, meetings, minutes, its end."""

from datetime import date
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from channels_app.forms import WordsField
from channels_app.text.normal import tidy
from lifecycle import clock
from people.models import Office, User
from suggestions.actions import Founding, Person
from suggestions.models import Committee, Meeting, Seat, Suggestion
from suggestions.states_of_committees import Side

LONGEST = 2000


def words_field(label: Any, missing: Any, *, rows: int = 4, **more: Any) -> WordsField:
    """A box for some sentences."""
    return WordsField(
        label=label,
        max_length=more.pop("max_length", LONGEST),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
        **more,
    )


def office_field(label: Any) -> "forms.ModelChoiceField[Office]":
    """A choice of offices; the form narrows it."""
    return forms.ModelChoiceField(
        label=label,
        queryset=Office.objects.none(),
        empty_label=_("Choose an office"),
        error_messages={"required": _("Choose an office.")},
    )


class FoundingForm(forms.Form):
    """A new committee, in both languages; for which suggestion first."""

    code = forms.CharField(
        label=_("For which suggestion (its number)"),
        max_length=20,
        error_messages={"required": _("Write the number of the suggestion.")},
    )
    office = office_field(_("Which office leads it"))
    name_ko = forms.CharField(label=_("Name in Korean"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=100)
    slug = forms.SlugField(
        label=_("Address"),
        help_text=_("Small Latin letters, digits and hyphens, for example night-buses."),
        max_length=50,
    )
    purpose_ko = words_field(_("What it is for, in Korean"), _("Write what it is for."), rows=3)
    purpose_en = words_field(_("What it is for, in English"), _("Write what it is for."), rows=3)

    def for_officer(self, user: User) -> Self:
        """With the offices for which this officer may form one."""
        choice: Any = self.fields["office"]
        offices = Office.objects.answering()
        choice.queryset = offices if user.is_listening else offices.filter(pk__in=user.offices)
        if len(user.offices) == 1:
            self.initial.setdefault("office", user.offices[0])
        return self

    def clean_code(self) -> Suggestion:
        """The suggestion itself. Raises ValidationError."""
        code = tidy(self.cleaned_data["code"]).upper()
        found = Suggestion.objects.public().filter(code=code).first()
        if found is None:
            raise ValidationError(_("There is no public suggestion with this number."))
        return found

    def clean_slug(self) -> str:
        """Not taken yet, in small letters. Raises ValidationError."""
        slug: str = self.cleaned_data["slug"].lower()
        if slug == "seat" or Committee.objects.filter(slug=slug).exists():
            raise ValidationError(_("This address is taken. Choose another one."))
        return slug

    def founding(self) -> Founding:
        """What was typed, for the action."""
        names = ("slug", "name_ko", "name_en", "purpose_ko", "purpose_en")
        return Founding(**{name: self.cleaned_data[name] for name in names})


class CommitteeForm(forms.Form):
    """An act on one committee, as its page showed it."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def about(self, committee: Committee) -> Self:
        """On which committee."""
        self.committee = committee
        self.initial.setdefault("version", committee.version)
        return self


class OfficeSeatForm(CommitteeForm):
    """Which other office shall sit in it."""

    office = office_field(_("Office"))

    def about(self, committee: Committee) -> Self:
        """Those that do not sit in it yet."""
        choice: Any = self.fields["office"]
        sitting = committee.seats.sitting().filter(office__isnull=False)
        choice.queryset = Office.objects.answering().exclude(pk__in=sitting.values("office"))
        return super().about(committee)


def _lies_ahead(day: date) -> None:
    if day <= clock.seoul().date():
        raise ValidationError(_("Write a day that lies ahead."))


class PersonSeatForm(CommitteeForm):
    """Who else: invited by mail, or agreed already."""

    side = forms.ChoiceField(
        label=_("For whom"),
        choices=[choice for choice in Side.choices if choice[0] != Side.OFFICER],
    )
    name = WordsField(
        label=_("Name"), max_length=60, error_messages={"required": _("Write the name.")}
    )
    organisation = WordsField(label=_("From which group or institute"), required=False,
                              max_length=120)  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=[("ko", "한국어"), ("en", "English")]
    )
    mail = forms.CharField(
        label=_("E-mail address"),
        help_text=_("We invite by mail; who accepts gets a link of their own."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    consent = WordsField(
        label=_("Or how this person agreed"),
        help_text=_("Without an address: when, and in what way."),
        required=False,
        max_length=200,
    )
    term_ends_on = forms.DateField(
        label=_("Last day of the term, if one was agreed"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[_lies_ahead],
    )
    shown = forms.BooleanField(
        label=_("This person agreed that everyone may read the name"), required=False
    )

    def clean_mail(self) -> str:
        """As it is kept: in lower case. Raises ValidationError."""
        if typed := tidy(self.cleaned_data["mail"]):
            validate_email(typed)
        return typed.lower()

    def clean(self) -> dict[str, Any]:
        """One of the two. Raises ValidationError."""
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors and not typed["mail"] and not typed["consent"]:
            words = _("Write an e-mail address, or how this person agreed.")
            self.add_error("mail", ValidationError(words))
        return typed

    def person(self) -> Person:
        """What was typed, for the action."""
        typed = self.cleaned_data
        shown = typed["shown"] and not typed["mail"]  # who is invited says so alone
        return Person(
            typed["side"],
            typed["name"],
            typed["organisation"],
            shown,
            typed["language"],
            typed["term_ends_on"],
        )


class _SeatChoice(forms.ModelChoiceField[Seat]):
    def label_from_instance(self, obj: Seat) -> str:
        return seat_words(obj)


class _SeatChoices(forms.ModelMultipleChoiceField[Seat]):
    def label_from_instance(self, obj: Seat) -> str:
        return seat_words(obj)


def seat_words(seat: Seat) -> str:
    """As officers name it."""
    who = seat.office.name if seat.office else f"{seat.name} {seat.organisation}".strip()
    return f"{who} ({seat.get_side_display()})"


def _seat_field() -> _SeatChoice:
    return _SeatChoice(
        label=_("Seat"),
        queryset=Seat.objects.none(),
        empty_label=_("Choose a seat"),
        error_messages={"required": _("Choose a seat.")},
    )


class LinkForm(CommitteeForm):
    """Who has lost the private link."""

    seat = _seat_field()

    def about(self, committee: Committee) -> Self:
        """Those who sit in person."""
        choice: Any = self.fields["seat"]
        choice.queryset = committee.seats.sitting().in_person()
        return super().about(committee)


class EndSeatForm(CommitteeForm):
    """Whose term is over."""

    seat = _seat_field()

    def about(self, committee: Committee) -> Self:
        """Those that are taken, or that somebody was asked to take."""
        choice: Any = self.fields["seat"]
        choice.queryset = committee.seats.filter(until=None).select_related("office")
        return super().about(committee)


class MeetingForm(CommitteeForm):
    """When, where, about what."""

    starts_at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Write a day and an hour."),
            "invalid": _("Write a day and an hour, for example 2026-12-01 14:00."),
        },
    )
    place = WordsField(
        label=_("Where"), max_length=120, error_messages={"required": _("Write where.")}
    )
    agenda = words_field(_("About what (everyone reads this)"), _("Write what it is about."))


class _MeetingChoice(forms.ModelChoiceField[Meeting]):
    def label_from_instance(self, obj: Meeting) -> str:
        return f"{clock.seoul(obj.starts_at):%Y-%m-%d %H:%M} · {obj.place}"


def meeting_field() -> _MeetingChoice:
    """A choice of meetings; the form narrows it."""
    return _MeetingChoice(
        label=_("Meeting"),
        queryset=Meeting.objects.none(),
        empty_label=_("Choose a meeting"),
        error_messages={"required": _("Choose a meeting.")},
    )


class CallOffForm(CommitteeForm):
    """Which meeting does not take place, and why."""

    meeting = meeting_field()
    why = words_field(
        _("Why (everyone reads this)"), _("Write why. Everyone reads it."), rows=2, max_length=200
    )

    def about(self, committee: Committee) -> Self:
        """Those without minutes."""
        choice: Any = self.fields["meeting"]
        choice.queryset = committee.meetings.filter(called_off_at=None, published_at=None)
        return super().about(committee)


class MinutesForm(CommitteeForm):
    """What was said, and who was there."""

    meeting = meeting_field()
    minutes = words_field(
        _("What was said and decided (everyone reads this)"),
        _("Write what was said. Everyone reads it."),
        rows=8,
        max_length=20_000,
    )
    present = _SeatChoices(
        label=_("Who was there"),
        queryset=Seat.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def about(self, committee: Committee) -> Self:
        """What was held, and who could have been there."""
        meeting: Any = self.fields["meeting"]
        meeting.queryset = committee.meetings.without_minutes()
        present: Any = self.fields["present"]
        present.queryset = committee.seats.filter(accepted_at__isnull=False).select_related(
            "office"
        )
        return super().about(committee)


class CloseForm(CommitteeForm):
    """Its last words, and whether its members go on."""

    words = words_field(
        _("What it has come to (everyone reads this)"), _("Write what it has come to.")
    )
    lives_on = forms.BooleanField(label=_("Its members go on as a network"), required=False)
