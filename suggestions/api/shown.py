"""What an app gets of a suggestion: fields and their names, nothing else."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from channels_app.api.choices import absolute, one_of
from channels_app.api.shown import OfficeNamed
from suggestions import way
from suggestions.models import Origin, Suggestion, SuggestionKind
from suggestions.states import Disposition, Stage, SuggestionStatus


class SupportShown(serializers.Serializer[Any]):
    """How many people support it; the ways of knowing them stand apart."""

    counted = serializers.IntegerField(
        source="voices", help_text=_("Who counts for the thresholds, as the Rulebook has it.")
    )
    confirmed = serializers.IntegerField(
        source="supports", help_text=_("People with a confirmed address.")
    )
    proved = serializers.IntegerField(help_text=_("Of these, people who proved who they are."))
    on_paper = serializers.IntegerField(help_text=_("Signatures on paper."))
    still_needed = serializers.IntegerField(
        source="needs_more", help_text=_("How many more until the office has to answer.")
    )
    reached_at = serializers.DateTimeField(
        allow_null=True, help_text=_("When enough people supported it; that stays.")
    )
    is_open = serializers.BooleanField(
        source="may_be_supported", help_text=_("It can be supported now.")
    )


class StepShown(serializers.Serializer[Any]):
    """One change of a suggestion."""

    at = serializers.DateTimeField()
    state = one_of(SuggestionStatus.choices, source="to_status")
    cause = serializers.CharField(help_text=_("Why, where the state does not say it."))
    what = serializers.SerializerMethodField(help_text=_("The same in a sentence."))
    words = serializers.SerializerMethodField(help_text=_("What the city said to it."))
    office = OfficeNamed(allow_null=True, help_text=_("In charge from then on."))
    due_at = serializers.DateTimeField(allow_null=True)

    def get_what(self, step: Any) -> str:
        """In the reader's language."""
        return way.what_of(step)

    def get_words(self, step: Any) -> str:
        """Masked, as everyone reads them."""
        return str(getattr(step, "statement", "") or "")


class SuggestionBrief(serializers.Serializer[Any]):
    """A suggestion as everyone may read it."""

    receipt = serializers.CharField(source="code")
    address = serializers.SerializerMethodField(help_text=_("The public page."))
    kind = one_of(SuggestionKind.choices)
    origin = one_of(Origin.choices)
    language = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField(source="masked_text", help_text=_("Personal data is masked."))
    state = one_of(SuggestionStatus.choices, source="status")
    stage = one_of(Stage.choices, help_text=_("Which of the eight stages of its page."))
    became = one_of(Disposition.choices, source="disposition", help_text=_("What became of it."))
    borough = OfficeNamed(allow_null=True)
    office = OfficeNamed(allow_null=True, help_text=_("Who owes the next word."))
    department = OfficeNamed(allow_null=True, help_text=_("Who answers, or would."))
    submitted_at = serializers.DateTimeField()
    opened_at = serializers.DateTimeField(help_text=_("Since when everyone can read it."))
    due_at = serializers.DateTimeField(allow_null=True, help_text=_("The date that holds now."))
    is_overdue = serializers.BooleanField()
    first_due_at = serializers.DateTimeField(
        allow_null=True, help_text=_("The first date of the office's answer.")
    )
    finish_at = serializers.DateTimeField(allow_null=True)
    first_finish_at = serializers.DateTimeField(
        allow_null=True, help_text=_("The finish date first promised.")
    )
    moves = serializers.IntegerField(help_text=_("How often the office moved a date."))
    support = serializers.SerializerMethodField()

    def get_address(self, row: Suggestion) -> str:
        """The same for every reader: the Korean one."""
        with translation.override("ko"):
            return absolute(row.get_absolute_url())

    @extend_schema_field(SupportShown)
    def get_support(self, row: Suggestion) -> Any:
        """All numbers together."""
        return SupportShown(row).data


class SuggestionShown(SuggestionBrief):
    """A suggestion with its way so far."""

    steps = serializers.SerializerMethodField(help_text=_("What happened, oldest first."))

    @extend_schema_field(StepShown(many=True))
    def get_steps(self, row: Suggestion) -> Any:
        """Each with what the city said."""
        return StepShown(way.steps_of(row), many=True).data


class SuggestionsListed(serializers.Serializer[Any]):
    """One page of suggestions."""

    results = SuggestionBrief(many=True)
    next = serializers.URLField(
        allow_null=True, help_text=_("The next page; null where there is none.")
    )
