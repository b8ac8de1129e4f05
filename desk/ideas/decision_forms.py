"""What a head or a committee decides: in own words, seen first as everyone will read them."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.utils.translation import gettext_lazy as _

from desk.committee_forms import words_field
from desk.ideas.answer_forms import draft_of, ready_made, too_little
from desk.ideas.offer import IdeaForm
from desk.ideas.read_first import ReadFirstField, asks_to_read
from people.models import User
from suggestions.actions import Said, as_everyone_reads
from suggestions.models import Suggestion


class DecisionForm(IdeaForm):
    """A decision that is an official answer as well: a ready-made text does not decide it."""

    outcome: ClassVar[str] = ""
    words = words_field(
        _("Why, about this suggestion alone (everyone reads this)"),
        _("Write why. Everyone reads it."),
    )
    seen = ReadFirstField()

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """With what it looks like last, above the button."""
        self.fields["seen"] = self.fields.pop("seen")
        return super().about(suggestion, user)

    def clean(self) -> dict[str, Any]:
        """Nothing is right before it was read as everyone will."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        suggestion = self.suggestion
        if suggestion is None or self.errors or typed.get("version") != suggestion.version:
            return typed
        try:
            words = Said(typed["words"], ready_made=ready_made(suggestion)).columns()
        except ValueError:
            self.add_error("words", too_little())
            return typed
        columns = self.columns(typed)
        answer = draft_of(suggestion, self.user, self.outcome, **words, **columns)
        said = (*words.values(), *columns.values())
        self.asks = asks_to_read(
            self, "suggestions/official_answer.html", {"answer": answer}, *said
        )
        if self.asks:
            self.add_error("seen", self.asks)
        return typed

    def columns(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of the answer that this decision adds."""
        return {}


def no_of(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a "no", as everyone reads them."""
    words = {name: as_everyone_reads(typed[name]) for name in ("alternative", "next_door")}
    return {"blocker": typed["ground"], **words}
