"""What an app asks: filters and their checks."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from channels_app.api.asked import Strict
from channels_app.api.choices import one_of
from suggestions.list_form import ORDERS
from suggestions.models import Origin, SuggestionKind
from suggestions.states import Disposition, Stage, SuggestionStatus

ORDER_CHOICES = [(order.name, order.words) for order in ORDERS.values()]


class FiltersOfSuggestions(Strict):
    """Every one may be left out."""

    stage = one_of(Stage.choices, required=False)
    became = one_of(Disposition.choices, required=False, help_text=_("What became of it."))
    state = one_of(SuggestionStatus.choices, required=False)
    kind = one_of(SuggestionKind.choices, required=False)
    origin = one_of(Origin.choices, required=False)
    office = serializers.SlugField(
        required=False, help_text=_("The office that answers, by its address in /api/v1/offices/.")
    )
    borough = serializers.SlugField(
        required=False, help_text=_("The borough, by its address in /api/v1/boroughs/.")
    )
    overdue = serializers.ChoiceField(
        [("on", _("Only overdue ones"))],
        required=False,
        error_messages={"invalid_choice": _("Allowed here: %(values)s.") % {"values": "on"}},
    )
    sort = one_of(ORDER_CHOICES, required=False, default="newest")
    limit = serializers.IntegerField(
        required=False, default=20, min_value=1, max_value=100, help_text=_("How many at once.")
    )
    cursor = serializers.CharField(
        required=False, help_text=_("Where to go on; it comes from “next”.")
    )
