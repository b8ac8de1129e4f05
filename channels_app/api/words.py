"""What the schema says of each address; the reference page is made of it too."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiRequest,
    OpenApiResponse,
    extend_schema,
)

from channels_app.api.asked import (
    FiltersOfMessages,
    NewMessage,
    NewMessageWithPhotos,
    QuestionOfSimilar,
)
from channels_app.api.problems import KINDS, PROBLEM_JSON
from channels_app.api.shapes import PHOTO_TYPES
from channels_app.api.shown import (
    Listed,
    MessageShown,
    OfficesListed,
    Problem,
    Receipt,
    SimilarListed,
)

RECEIPT = "S-2026-004127"
EVERYBODY = ("no-token", "too-many")  # a wrong token, and too many readers
TOKEN_OR_NOTHING: list[Any] = [{"token": []}, {}]
KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    required=True,
    description=_(
        "A UUID that you make for this message. Send the same request again with the same key"
        " and you get the same answer, and no second message."
    ),
)


def problems(*names: str) -> dict[Any, Any]:
    """Their answers; several of one status share one entry."""
    told: dict[int, list[str]] = {}
    for name in names:
        told.setdefault(KINDS[name].status, []).append(name)
    return {
        (status, PROBLEM_JSON): OpenApiResponse(Problem, description=KINDS[same[0]].title)
        for status, same in told.items()
    }


listing = extend_schema(
    operation_id="messages",
    auth=TOKEN_OR_NOTHING,
    tags=["read"],
    summary=_("Read the public messages"),
    description=_(
        "Newest first, twenty on a page. Personal data is masked, places are rounded, and what"
        " was set aside is left out. Follow “next” until it is null."
    ),
    parameters=[FiltersOfMessages],
    responses={200: Listed, **problems("not-valid", *EVERYBODY)},
)
sending = extend_schema(
    operation_id="send",
    tags=["send"],
    summary=_("Send a message for a citizen"),
    description=_(
        "JSON, or a multipart form where there are photos. The receipt number in the answer is"
        " stored for good. Over your rate a message is still taken in; an officer looks at it"
        " first."
    ),
    parameters=[KEY],
    request={
        "application/json": NewMessage,
        "multipart/form-data": OpenApiRequest(
            NewMessageWithPhotos, encoding={"photos": {"contentType": PHOTO_TYPES}}
        ),
    },
    responses={
        201: Receipt,
        **problems(
            "not-valid", "key-missing", "malformed", "no-token", "not-allowed", "too-large",
            "wrong-type", "key-reused",
        ),
    },
)  # fmt: skip
one = extend_schema(
    operation_id="message",
    auth=TOKEN_OR_NOTHING,
    tags=["read"],
    summary=_("Read one message"),
    description=_(
        "By its receipt number. The app that sent a private message reads it whole with its own"
        " token; for everybody else private, hidden and unknown numbers look the same."
    ),
    parameters=[
        OpenApiParameter(
            "receipt",
            {"type": "string", "pattern": r"^[A-Z]-[0-9]{4}-[0-9]{6,12}$", "example": RECEIPT},
            OpenApiParameter.PATH,
            description=_("The receipt number."),
        )
    ],
    responses={200: MessageShown, **problems("not-found", *EVERYBODY)},
)
similar = extend_schema(
    operation_id="similar",
    auth=TOKEN_OR_NOTHING,
    tags=["read"],
    summary=_("Has somebody said this before?"),
    description=_(
        "The nearest public messages, best first. The text stands in the address: leave names"
        " and numbers out of it."
    ),
    parameters=[QuestionOfSimilar],
    responses={200: SimilarListed, **problems("not-valid", *EVERYBODY)},
)
offices = extend_schema(
    operation_id="offices",
    auth=TOKEN_OR_NOTHING,
    tags=["lists"],
    summary=_("Read the offices"),
    description=_("Every office that a message can go to. Changes rarely: use the ETag."),
    responses={200: OfficesListed, **problems(*EVERYBODY)},
)
boroughs = extend_schema(
    operation_id="boroughs",
    auth=TOKEN_OR_NOTHING,
    tags=["lists"],
    summary=_("Read the boroughs"),
    description=_("The 25 boroughs of the city. Changes rarely: use the ETag."),
    responses={200: OfficesListed, **problems(*EVERYBODY)},
)
