"""What the schema says of each address of suggestions."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema

from channels_app.api.words import EVERYBODY, RECEIPT, TOKEN_OR_NOTHING, problems
from suggestions.api.asked import FiltersOfSuggestions
from suggestions.api.shown import SuggestionShown, SuggestionsListed

listing = extend_schema(
    operation_id="suggestions",
    auth=TOKEN_OR_NOTHING,
    tags=["read"],
    summary=_("Read the suggestions"),
    description=_(
        "Newest first, or in the order of “sort”, twenty on a page. Personal data is masked."
        " Follow “next” until it is null."
    ),
    parameters=[FiltersOfSuggestions],
    responses={200: SuggestionsListed, **problems("not-valid", *EVERYBODY)},
)
one = extend_schema(
    operation_id="suggestion",
    auth=TOKEN_OR_NOTHING,
    tags=["read"],
    summary=_("Read one suggestion"),
    description=_(
        "By its receipt number, which it has kept since it was a message: with its support and"
        " its way so far. What is not public and unknown numbers look the same."
    ),
    parameters=[
        OpenApiParameter(
            "receipt",
            {"type": "string", "pattern": r"^[A-Z]-[0-9]{4}-[0-9]{6,12}$", "example": RECEIPT},
            OpenApiParameter.PATH,
            description=_("The receipt number."),
        )
    ],
    responses={200: SuggestionShown, **problems("not-found", *EVERYBODY)},
)
