"""What an app sends and asks: fields and their checks, shared with the forms of the pages."""

import math
import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from channels_app.api.choices import LISTED_STATES, one_of, unknown_office
from channels_app.api.shapes import PhotoPart, PlaceInWords, WayToAnswer, Words
from channels_app.forms import NOTHING_SAID, read_contact, read_text
from channels_app.models import Channel, Kind
from channels_app.text.normal import tidy
from people.models import Office

LANGUAGES = [(code, name) for code, name in settings.LANGUAGES]
SPOILT_OFFSET = re.compile(r"(T\S+) (\d\d:?\d\d)$")
MANY = "photos"
RIGHT_TYPES: dict[str, tuple[type, ...]] = {
    "public": (bool,),
    "latitude": (int, float),
    "longitude": (int, float),
    MANY: (),
}


class Strict(serializers.Serializer[Any]):
    """A name we don't know, a name twice or a value of a wrong type is a mistake, not a detail."""

    def to_internal_value(self, data: Any) -> Any:
        """JSON tells types; a form and an address have only words, each of them once."""
        mistake = _twice if isinstance(data, MultiValueDict) else _of_wrong_type
        allowed = gettext("Unknown name. Allowed: %(names)s.") % {"names": ", ".join(self.fields)}
        wrong = {name: [allowed] for name in data if name not in self.fields}
        for name in list(self.fields.keys()):
            if name in data and (words := mistake(data, name)):
                wrong[name] = [words]
        if wrong:
            raise serializers.ValidationError(wrong)
        return super().to_internal_value(_plain(data))


def _plain(data: Any) -> Any:
    """Names and values: what is empty was still said, and must fit."""
    if not isinstance(data, MultiValueDict):
        return data
    return {name: data.getlist(name) if name == MANY else data[name] for name in data}


def _twice(data: Any, name: str) -> str:
    once = name == MANY or len(data.getlist(name)) < 2
    return "" if once else gettext("Give this only once.")


def _of_wrong_type(data: Any, name: str) -> str:
    right = type(data[name]) in RIGHT_TYPES.get(name, (str,))
    return "" if right else gettext("This value has the wrong type.")


def _a_finite_number(value: float) -> None:
    if not math.isfinite(value):
        raise serializers.ValidationError(_("Write a number."))


class Moment(serializers.DateTimeField):
    """A date and time; without an offset, Seoul's."""

    def to_internal_value(self, value: Any) -> datetime:
        """The + of an offset that was not written as %2B comes in as a space."""
        if isinstance(value, str):
            value = SPOILT_OFFSET.sub(r"\1+\2", value)
        return super().to_internal_value(value)


def _latitude() -> serializers.FloatField:
    return serializers.FloatField(
        required=False,
        min_value=-90,
        max_value=90,
        validators=[_a_finite_number],
        help_text=_("In WGS 84 degrees, together with longitude."),
    )


def _longitude() -> serializers.FloatField:
    return serializers.FloatField(
        required=False,
        min_value=-180,
        max_value=180,
        validators=[_a_finite_number],
        help_text=_("In WGS 84 degrees, together with latitude."),
    )


def borough_of(slug: str) -> Office:
    """The borough of this address. Raises ValidationError."""
    borough = Office.objects.boroughs().filter(slug=slug).first()
    if borough is None:
        raise serializers.ValidationError(unknown_office("boroughs"))
    return borough


def both_or_none(typed: dict[str, Any]) -> dict[str, Any]:
    """A position has two numbers. Raises ValidationError."""
    if ("latitude" in typed) != ("longitude" in typed):
        raise serializers.ValidationError(_("Send latitude and longitude together."))
    return typed


class NewMessage(Strict):
    """What a citizen says through an app."""

    text = Words(
        trim_whitespace=False,
        help_text=_("What the person says, in their own words."),
        error_messages={"blank": NOTHING_SAID},
    )
    kind = one_of(
        Kind.choices,
        required=False,
        help_text=_("What it is closest to. Without it we guess, and an office corrects it."),
    )
    contact = WayToAnswer(
        required=False,
        allow_blank=True,
        max_length=254,
        help_text=_("Where the answer goes: an e-mail address or a Korean mobile number."),
    )
    public = serializers.BooleanField(
        default=False,
        help_text=_("Everyone may read it, without a name. Otherwise only the office."),
    )
    language = one_of(
        LANGUAGES,
        required=False,
        help_text=_("The language of our letters to the person. Without it: that of the text."),
    )
    place = PlaceInWords(
        required=False, allow_blank=True, max_length=200, help_text=_("Where it is, in words.")
    )
    borough = serializers.SlugField(
        required=False, help_text=_("The address of a borough, from /api/v1/boroughs/.")
    )
    latitude, longitude = _latitude(), _longitude()
    same_as = serializers.RegexField(
        r"^S-[0-9]{4}-[0-9]{6,12}$",
        required=False,
        help_text=_("The receipt number of a public message that is about the same matter."),
    )

    def validate_text(self, text: str) -> str:
        """As on the page."""
        return read_text(text)

    def validate_contact(self, contact: str) -> tuple[str, str] | None:
        """As on the page."""
        return read_contact(contact)

    def validate_place(self, place: str) -> str:
        """One spelling."""
        return tidy(place)

    def validate_borough(self, slug: str) -> Office:
        """The borough of this address."""
        return borough_of(slug)

    def validate(self, attrs: Any) -> Any:
        """A position has two numbers."""
        return both_or_none(attrs)


class NewMessageWithPhotos(NewMessage):
    """The same as a multipart form, with photos."""

    photos = serializers.ListField(
        child=PhotoPart(
            allow_empty_file=True, error_messages={"invalid": _("Send each photo as a file.")}
        ),
        required=False,
        help_text=_("JPEG, PNG, WebP or HEIC, each in a part of this name."),
    )


class FiltersOfMessages(Strict):
    """What the list can be asked for."""

    channel = one_of(Channel.choices, required=False, help_text=_("The door it came through."))
    kind = one_of(Kind.choices, required=False, help_text=_("What the person wants."))
    state = one_of(LISTED_STATES, required=False, help_text=_("Where it is."))
    office = serializers.SlugField(
        required=False, help_text=_("In charge now: an address from /api/v1/offices/.")
    )
    borough = serializers.SlugField(
        required=False, help_text=_("Where it is: an address from /api/v1/boroughs/.")
    )
    since = Moment(
        required=False,
        help_text=_("Received at this moment or later, for example 2026-11-23T09:00:00+09:00."),
    )
    limit = serializers.IntegerField(
        min_value=1, max_value=100, default=20, help_text=_("Messages on one page.")
    )
    cursor = serializers.CharField(
        required=False, help_text=_("From “next” of the page before. Give it back unread.")
    )

    def validate_since(self, since: datetime) -> datetime:
        """A moment the database knows too."""
        if not 1 < since.year < 9999:
            raise serializers.ValidationError(_("Write a year between 2 and 9998."))
        return since


class QuestionOfSimilar(Strict):
    """What a new text is compared by."""

    text = Words(
        trim_whitespace=False,
        help_text=_("What somebody wants to say."),
        error_messages={"blank": NOTHING_SAID},
    )
    borough = serializers.SlugField(
        required=False, help_text=_("Where it is: an address from /api/v1/boroughs/.")
    )

    def validate_text(self, text: str) -> str:
        """As on the page."""
        return read_text(text)

    latitude, longitude = _latitude(), _longitude()

    def validate_borough(self, slug: str) -> Office:
        """The borough of this address."""
        return borough_of(slug)

    def validate(self, attrs: Any) -> Any:
        """A position has two numbers."""
        return both_or_none(attrs)
