"""One answer to many suggestions: what fits them all, and a paragraph about each of them alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk import actions
from desk.forms import KeysField
from desk.ideas.answer_forms import (
    DeclineForm,
    InPlaceForm,
    InterimForm,
    box,
    draft_of,
    ready_made,
    refusal_of,
    refused,
    too_little,
)
from desk.ideas.read_first import ReadFirstField, asks_to_read
from desk.models import CannedText, IdeaDeed, IdeaVerb
from lifecycle import clock, workdays
from people.models import User
from suggestions.actions import Said
from suggestions.models import AnswerOutcome, OfficialAnswer, Suggestion
from suggestions.states import SuggestionStatus

MANY = 50
# What each kind of answer needs, and what it decides; "" puts the date off.
NEEDS: Mapping[str, tuple[str, ...]] = {
    IdeaVerb.IN_PLACE: ("policy",),
    IdeaVerb.NO: ("blocker", "alternative", "next_door"),
    IdeaVerb.INTERIM: ("until",),
}
DECIDES: Mapping[str, str] = {
    IdeaVerb.IN_PLACE: AnswerOutcome.IN_PLACE,
    IdeaVerb.NO: AnswerOutcome.DECLINED,
    IdeaVerb.INTERIM: "",
}


def answerable(codes: Sequence[str], user: User) -> list[Suggestion]:
    """Those of them that wait for an answer of this officer's; the first due first."""
    known = Suggestion.objects.filter(
        code__in=codes, status=SuggestionStatus.UNDER_REVIEW, office__in=user.offices
    ).select_related("office", "department", "message__office")
    return list(known.order_by("due_at", "id")[:MANY])


class BulkAnswerForm(forms.Form):
    """Which answer, its common part, and one paragraph for each; who gets none is left out."""

    chosen = KeysField(widget=forms.MultipleHiddenInput)
    outcome = forms.ChoiceField(
        label=gettext_lazy("The answer"),
        choices=[
            (IdeaVerb.IN_PLACE, gettext_lazy("The city does it already")),
            (IdeaVerb.NO, gettext_lazy("The city says no")),
            (IdeaVerb.INTERIM, gettext_lazy("Say why it takes longer, and until when")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the answer.")},
    )
    policy = InPlaceForm.base_fields["policy"]
    blocker = DeclineForm.base_fields["blocker"]
    alternative = DeclineForm.base_fields["alternative"]
    next_door = DeclineForm.base_fields["next_door"]
    until = InterimForm.base_fields["until"]
    text = box(gettext_lazy("What fits them all"))
    seen = ReadFirstField()
    asks = ""
    rows: Sequence[Suggestion] = ()
    user: User | None = None

    def about(self, rows: Sequence[Suggestion], user: User) -> Self:
        """To which suggestions, and who answers; nothing is needed before the answer is chosen."""
        self.rows, self.user = rows, user
        for name in (name for names in NEEDS.values() for name in names):
            self.fields[name].required = self.fields[name].widget.is_required = False
        for row in rows:
            self.fields[f"own_{row.pk}"] = box(
                _("About %(code)s alone") % {"code": row.code}, hint=row.title
            )
        self.fields["seen"] = self.fields.pop("seen")  # last, above the button
        return self

    def clean(self) -> dict[str, Any]:
        """With `said` by key; nothing is right before all were read as everyone will."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name in NEEDS.get(typed.get("outcome", ""), ()):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, str(self.fields[name].error_messages["required"]))
        if self.errors:
            return typed
        answers = list(self._answers(typed))
        if not answers and not self.errors:
            self.add_error(None, _("Write a paragraph about at least one of them."))
        if self.errors:
            return typed
        self.asks = asks_to_read(
            self,
            "desk/ideas/answers_read.html",
            {"answers": answers},
            *(f"{one.suggestion.code} {one.outcome} {one.public_words}" for one in answers),
            *(typed.get(name) for name in NEEDS[typed["outcome"]]),
        )
        if self.asks:
            self.add_error("seen", self.asks)
        return typed

    def _answers(self, typed: dict[str, Any]) -> Iterator[OfficialAnswer]:
        """Each as it would stand; what is wrong is entered as an error."""
        own = {row: typed[f"own_{row.pk}"] for row in self.rows if typed[f"own_{row.pk}"].strip()}
        columns = self._columns(typed, list(own))
        texts = _texts_of(self.rows)
        said: dict[int, Said] = {}
        typed["said"] = said
        for row, words in own.items():
            if not self._may(row, typed["outcome"]):
                self.add_error(f"own_{row.pk}", _("This one is up to the head of the office."))
            others = [other for one, other in own.items() if one != row]
            mine = [text for text in texts if _fits(text, row)]
            said[row.pk] = Said(words, typed["text"], [*ready_made(row, mine), *others])
            try:
                kept = said[row.pk].columns()
            except ValueError:
                self.add_error(f"own_{row.pk}", too_little())
            else:
                yield draft_of(row, self.user, DECIDES[typed["outcome"]], **kept, **columns)

    def _may(self, row: Suggestion, outcome: str) -> bool:
        if self.user is None:
            return False
        match outcome:
            case IdeaVerb.NO:
                return row.may_be_decided_by(self.user)
            case IdeaVerb.INTERIM:
                return row.may_be_put_off_by(self.user)
        return row.may_be_answered_by(self.user)

    def _columns(self, typed: dict[str, Any], rows: Sequence[Suggestion]) -> dict[str, Any]:
        match typed["outcome"]:
            case IdeaVerb.IN_PLACE:
                return {"policy": typed["policy"]}
            case IdeaVerb.NO:
                return refused(self, refusal_of(typed))
        due_at = workdays.close_of(typed["until"])
        hold = [row.due_at for row in rows if row.due_at is not None]
        if due_at <= max([*hold, clock.now()]):
            self.add_error("until", _("Choose a day later than every date that holds."))
        return {"new_due_at": due_at}

    @property
    def paragraphs(self) -> list[forms.BoundField]:
        """The boxes of the suggestions."""
        return [self[f"own_{row.pk}"] for row in self.rows]

    def answer(self, user: User) -> IdeaDeed:
        """Give all of them, each as the list showed it."""
        typed = self.cleaned_data
        read = dict(key.split(":") for key in typed["chosen"])
        said = typed["said"]
        seen = {row.pk: int(read[row.code]) for row in self.rows if row.pk in said}
        match typed["outcome"]:
            case IdeaVerb.IN_PLACE:
                return actions.answer_all_in_place(seen, said, policy=typed["policy"], by=user)
            case IdeaVerb.NO:
                return actions.decline_all(seen, said, refusal=refusal_of(typed), by=user)
        return actions.put_all_off(seen, said, until=typed["until"], by=user)


def _texts_of(rows: Sequence[Suggestion]) -> list[CannedText]:
    offices = {row.office_id for row in rows}
    return list(CannedText.objects.filter(Q(office=None) | Q(office__in=offices)))


def _fits(text: CannedText, row: Suggestion) -> bool:
    return text.office_id in (None, row.office_id) and text.language == row.language
