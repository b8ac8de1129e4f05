"""What the schema says of a body beyond the names of its fields, so that it promises no more."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, extend_schema_field
from rest_framework import serializers

PHOTO_TYPES = "image/jpeg, image/png, image/webp, image/heic"
# A sign that is still there once `tidy` has taken out what nobody sees; and no NUL at all.
_UNSEEN = (
    r"\s\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    r"\ufeff\ufff9-\ufffb"
)
SAYS_SOMETHING = rf"^[^\u0000]*[^{_UNSEEN}][^\u0000]*$"
NO_NUL = r"^[^\u0000]*$"
MOBILE = r"^(\+?82[- ]?|0)1[016-9][- ]?[0-9]{3,4}[- ]?[0-9]{4}$"
SPACES = r"^[ ]*$"


@extend_schema_field({"type": "string", "minLength": 1, "pattern": SAYS_SOMETHING})
class Words(serializers.CharField):
    """Words of a person, in which something is said."""


# The pattern inside allOf: beside it drf-spectacular adds "or empty" as a second choice of a oneOf,
# and then an empty place would be both, which is neither.
@extend_schema_field({"type": "string", "maxLength": 200, "allOf": [{"pattern": NO_NUL}]})
class PlaceInWords(serializers.CharField):
    """A place as a person names it."""


@extend_schema_field(
    {
        "type": "string",
        "maxLength": 254,
        "anyOf": [{"format": "email"}, {"pattern": MOBILE}, {"pattern": SPACES}],
    }
)
class WayToAnswer(serializers.CharField):
    """A mail address or a mobile number, or nothing."""


@extend_schema_field({"type": "string", "format": "binary"})
class PhotoPart(serializers.FileField):
    """One photo, as the bytes of one part."""


class StrictShape(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # its own
    """Unknown names are refused, and a position has two numbers: the schema says so."""

    target_class = "channels_app.api.asked.Strict"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """As made from the fields, with both."""
        made: Any = auto_schema._map_serializer  # it ships no types
        shape: dict[str, Any] = made(self.target, direction, bypass_extensions=True)
        shape["additionalProperties"] = False
        if "latitude" in shape["properties"]:
            shape["dependentRequired"] = {
                "latitude": ["longitude"],
                "longitude": ["latitude"],
            }
        return shape


def add_links(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Who has sent a message is led to it."""
    sent = result["paths"]["/api/v1/messages/"]["post"]["responses"]["201"]
    sent["links"] = {
        "message": {
            "operationId": "message",
            "parameters": {"receipt": "$response.body#/receipt"},
        }
    }
    return result
