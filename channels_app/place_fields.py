"""Optional questions of the check page: where it is, and whether others said the same."""

import math
import re
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from channels_app import photos, places
from people.models import Office

RECEIPT_NUMBER = re.compile(r"[A-Z]-\d{4}-\d{6,12}")
# A position outside the country is a mistake, or a joke.
SOUTH, NORTH, WEST, EAST = 33.0, 39.0, 124.0, 132.0


class BoroughField(forms.ModelChoiceField[Office]):
    """One of the 25, by the name of the borough itself."""

    def label_from_instance(self, obj: Office) -> str:
        """마포구, not its office."""
        return obj.area


class PlaceFields(forms.Form):
    """Where it is, in words, by borough or by position; and a message that says the same."""

    place = forms.CharField(
        label=_("The place in words"),
        help_text=_("For example a street, a station, a shop or a bus stop."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Please keep the place under 200 characters.")},
    )
    borough = BoroughField(
        label=_("Borough"),
        queryset=Office.objects.boroughs(),
        empty_label=_("I don't know"),
        required=False,
        error_messages={"invalid_choice": _("Choose a borough from the list.")},
    )
    latitude = forms.CharField(required=False, widget=forms.HiddenInput)
    longitude = forms.CharField(required=False, widget=forms.HiddenInput)
    at_photo = forms.BooleanField(label=_("The photo was taken here: use it"), required=False)
    same_as = forms.CharField(
        label=_("Is one of these the same matter?"), required=False, max_length=20
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if get_language() == "en":
            borough: Any = self.fields["borough"]
            borough.queryset = Office.objects.boroughs().order_by("name_en")

    def clean_same_as(self) -> str:
        """A receipt number, or nothing: what is none of ours is no reason to refuse a voice."""
        typed: str = self.cleaned_data["same_as"].strip()
        return typed if RECEIPT_NUMBER.fullmatch(typed) else ""

    def clean(self) -> dict[str, Any]:
        """The position as two numbers, or the one of the photo. Adds an error to `place`."""
        typed: dict[str, Any] = super().clean() or {}
        pair = typed.get("latitude", ""), typed.get("longitude", "")
        typed["position"] = read_position(*pair)
        if any(pair) and typed["position"] is None:
            self.add_error("place", _("This position can't be used. Write where it is in words."))
        if typed.get("at_photo") and typed["position"] is None and "client_key" in typed:
            typed["position"] = photos.suggested_position(typed["client_key"])
        return typed

    def place_so_far(self) -> tuple[Office | None, places.Position | None]:
        """What is filled in so far, right or not: for looking who said the same."""
        position = read_position(self["latitude"].value(), self["longitude"].value())
        borough: Office | None = None
        with suppress(ValidationError):
            borough = self.fields["borough"].clean(self["borough"].value())
        texts = str(self["place"].value() or ""), str(self["text"].value() or "")
        return borough or places.likely_borough(position, *texts), position


def read_position(latitude: object, longitude: object) -> places.Position | None:
    """(latitude, longitude) in this country; None for anything else."""
    try:
        north, east = float(str(latitude)), float(str(longitude))
    except ValueError:
        return None
    inside = SOUTH <= north <= NORTH and WEST <= east <= EAST
    return (north, east) if inside and math.isfinite(north + east) else None
