"""What an office types when it answers a suggestion: seen first as everyone will read it."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.models import Ground
from desk.ideas.offer import IdeaForm
from desk.ideas.read_first import ReadFirstField, asks_to_read
from desk.models import CannedText, Writing
from lifecycle import clock, workdays
from people.models import User
from suggestions import actions, rules_answering
from suggestions.actions import Refusal, Said
from suggestions.models import (
    AnswerKind,
    AnswerOutcome,
    Claim,
    OfficialAnswer,
    Policy,
    Result,
    Suggestion,
)

LONGEST = 5000


def box(label: Any, missing: Any = "", *, hint: Any = "", rows: int = 4) -> forms.CharField:
    """A box for some sentences; without words for a missing one it may stay empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": missing,
            "max_length": gettext_lazy("Please keep it under 5,000 characters."),
        },
    )


def day(label: Any, missing: Any) -> forms.DateField:
    """A day, as year-month-day."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": missing,
            "invalid": gettext_lazy("Write the day as year-month-day, for example 2026-12-04."),
        },
    )


class AnswerForm(IdeaForm):
    """An official answer: words that may fit others, and a paragraph that fits this one alone."""

    outcome: ClassVar[str] = ""
    fits: ClassVar[str] = Writing.EXPLAINED

    personal = box(
        gettext_lazy("About this suggestion alone"),
        gettext_lazy("Write a paragraph about this suggestion alone."),
        hint=gettext_lazy("In your own words: a ready-made text does not count here."),
        rows=6,
    )
    canned = forms.ModelChoiceField(
        label=gettext_lazy("Ready-made text"),
        help_text=gettext_lazy("It follows below your own paragraph."),
        queryset=CannedText.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    text = box(gettext_lazy("What fits others too"))
    seen = ReadFirstField()

    field_order = ("version", "personal", "canned", "text")

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """With the ready-made texts of the office that answers."""
        choice: Any = self.fields["canned"]
        choice.queryset = _texts_for(suggestion).filter(kind__in=("", self.fits))
        self.fields["seen"] = self.fields.pop("seen")  # last, above the button
        return super().about(suggestion, user)

    def clean(self) -> dict[str, Any]:
        """With `said`, and nothing is right before it was read as everyone will."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        suggestion = self.suggestion
        if suggestion is None or self.errors or typed.get("version") != suggestion.version:
            return typed
        said = self._said(suggestion, typed)
        try:
            words = said.columns()
        except ValueError:
            self.add_error("personal", too_little())
            return typed
        columns = self.columns(typed)
        if self.errors:
            return typed
        typed["said"] = said
        draft = draft_of(suggestion, self.user, self.outcome_of(typed), **words, **columns)
        self.asks = asks_to_read(
            self,
            "suggestions/official_answer.html",
            {"answer": draft},
            *words.values(),
            *columns.values(),
            draft.outcome,
        )
        if self.asks:
            self.add_error("seen", self.asks)
        return typed

    def _said(self, suggestion: Suggestion, typed: Mapping[str, Any]) -> Said:
        chosen: CannedText | None = typed.get("canned")
        filled = chosen.filled(_standing_for(suggestion)) if chosen else ""
        general = "\n\n".join(part for part in (filled, typed.get("text", "")) if part.strip())
        return Said(typed["personal"], general, ready_made(suggestion))

    def outcome_of(self, typed: Mapping[str, Any]) -> str:
        """What it decides."""
        return self.outcome

    def columns(self, typed: dict[str, Any]) -> dict[str, Any]:
        """The columns of the answer that this kind adds; what is wrong is entered as an error."""
        return {}

    def later(self, name: str, day: date) -> bool:
        """Whether the day comes after today; else the field says so."""
        if day <= clock.seoul().date():
            self.add_error(name, _("Choose a day after today."))
            return False
        return True


def _texts_for(suggestion: Suggestion) -> QuerySet[CannedText]:
    mine = CannedText.objects.filter(Q(office=None) | Q(office=suggestion.office_id))
    return mine.filter(language=suggestion.language).order_by("kind", "name", "id")


def ready_made(suggestion: Suggestion, texts: Iterable[CannedText] | None = None) -> list[str]:
    """The texts that words about it may have been copied from; `texts` where they are read."""
    message = _standing_for(suggestion)
    found = _texts_for(suggestion) if texts is None else texts
    return [text.filled(message) for text in found]


def draft_of(
    suggestion: Suggestion, user: User | None, outcome: str, **columns: Any
) -> OfficialAnswer:
    """An answer as it would stand there; not saved."""
    return OfficialAnswer(
        suggestion=suggestion,
        kind=AnswerKind.FINAL if outcome else AnswerKind.INTERIM,
        outcome=outcome,
        office=user.acting_for(suggestion.office) if user else None,
        at=clock.now(),
        **columns,
    )


def _standing_for(suggestion: Suggestion) -> Any:
    """Its message, with the office and the date that hold now: what ready-made texts name."""
    message = copy(suggestion.message)
    message.office, message.due_at = suggestion.office, suggestion.due_at
    return message


def too_little() -> str:
    """What is wrong with words that would fit others too."""
    least = {"least": rules_answering.PERSONAL.value()}
    words = _("Write at least %(least)d characters of your own, about this suggestion alone.")
    return words % least


class InterimForm(AnswerForm):
    """Why it takes longer, and until when."""

    fits = Writing.INTERIM
    until = day(gettext_lazy("The new answer date"), gettext_lazy("Choose the new answer date."))

    def columns(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Later than the date that holds."""
        due_at = workdays.close_of(typed["until"])
        holds = self.suggestion.due_at if self.suggestion else None
        if due_at <= max(holds or clock.now(), clock.now()):
            self.add_error("until", _("Choose a day later than the date that holds."))
        return {"new_due_at": due_at}


class InPlaceForm(AnswerForm):
    """Which policy does it already."""

    outcome = AnswerOutcome.IN_PLACE
    policy = forms.ModelChoiceField(
        label=gettext_lazy("What the city does already"),
        queryset=Policy.objects.in_force(),
        empty_label=gettext_lazy("Choose one"),
        error_messages={"required": gettext_lazy("Choose what the city does already.")},
    )

    def columns(self, typed: dict[str, Any]) -> dict[str, Any]:
        """The policy itself."""
        return {"policy": typed["policy"]}


class PassOnForm(AnswerForm):
    """Who decides about it, since when they have it, when the office asks again."""

    outcome = AnswerOutcome.PASSED_ON
    body = forms.CharField(
        label=gettext_lazy("Who decides about it"),
        max_length=120,
        error_messages={"required": gettext_lazy("Name who decides about it.")},
    )
    sent_on = day(gettext_lazy("Sent there on"), gettext_lazy("Write when it was sent there."))
    follow_up_on = day(
        gettext_lazy("You ask there again on"), gettext_lazy("Choose when you ask there again.")
    )

    def columns(self, typed: dict[str, Any]) -> dict[str, Any]:
        """It was sent, and the follow-up is to come."""
        wanted = {name: typed[name] for name in ("body", "sent_on", "follow_up_on")}
        if wanted["sent_on"] > clock.seoul().date():
            self.add_error("sent_on", _("That day is still to come: send it first."))
        self.later("follow_up_on", wanted["follow_up_on"])
        return wanted


class LongTermForm(AnswerForm):
    """When it is looked at again."""

    outcome = AnswerOutcome.LONG_TERM
    review_on = day(
        gettext_lazy("The office looks at it again on"),
        gettext_lazy("Choose when the office looks at it again."),
    )

    def columns(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Within the Rulebook's months."""
        review_on = typed["review_on"]
        if self.later("review_on", review_on) and review_on > actions.latest_review():
            months = {"months": rules_answering.LONG_TERM_MONTHS.value()}
            words = _("Choose a day within the next %(months)d months.")
            self.add_error("review_on", words % months)
        return {"review_on": review_on}


def refusal_of(typed: Mapping[str, Any], blocker: str = "") -> Refusal:
    """What a "no" says besides why."""
    return Refusal(blocker or typed["blocker"], typed["alternative"], typed["next_door"])


class DeclineForm(AnswerForm):
    """What stands in the way, what the city does all the same, and the next door."""

    outcome = AnswerOutcome.DECLINED
    fits = Writing.DECLINED
    blocker = forms.ChoiceField(
        label=gettext_lazy("What stands in the way"),
        choices=[("", gettext_lazy("Choose one")), *Ground.choices],
        error_messages={"required": gettext_lazy("Choose what stands in the way.")},
    )
    alternative = box(
        gettext_lazy("One thing the city will do all the same"),
        gettext_lazy("Write one thing the city will do all the same."),
        hint=gettext_lazy("However small: something that somebody here will really do."),
        rows=3,
    )
    next_door = box(
        gettext_lazy("Where the person can go from here"),
        gettext_lazy("Write where the person can go from here."),
        hint=gettext_lazy("An office with a number, an appeal, a council, another programme."),
        rows=3,
    )

    def columns(self, typed: dict[str, Any]) -> dict[str, Any]:
        """All three, as everyone reads them."""
        return refused(self, refusal_of(typed))


def refused(form: forms.Form, refusal: Refusal) -> dict[str, Any]:
    """The columns of a "no"; words of spaces alone are none."""
    try:
        return dict(refusal.columns())
    except ValueError:
        form.add_error("alternative", _("Write one thing the city will do all the same."))
        return {}


class RewordForm(AnswerForm):
    """The same decision in better words; the version before stays public."""

    answer: OfficialAnswer | None = None
    alternative = DeclineForm.base_fields["alternative"]
    next_door = DeclineForm.base_fields["next_door"]

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """As it stands now; what only a "no" says, only there."""
        self.answer = answer = actions.wordable(suggestion)
        for name in ("personal", "text", "alternative", "next_door"):
            self.fields[name].initial = getattr(answer, name, "")
        if answer is None or not answer.is_no:
            del self.fields["alternative"], self.fields["next_door"]
        super().about(suggestion, user)
        del self.fields["canned"]  # it stands in the words already
        return self

    def outcome_of(self, typed: Mapping[str, Any]) -> str:
        """What was decided stays."""
        return self.answer.outcome if self.answer else ""

    def columns(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Everything but the words stays."""
        answer = self.answer
        if answer is None:
            raise ValidationError(_("There is no answer now whose words could be changed."))
        kept = ("policy", "body", "sent_on", "follow_up_on", "review_on", "new_due_at")
        columns = {name: getattr(answer, name) for name in kept}
        typed["answer"] = answer
        typed["refusal"] = refusal_of(typed, answer.blocker) if answer.is_no else None
        return columns | (refused(self, typed["refusal"]) if answer.is_no else {})


class HeardForm(IdeaForm):
    """What the other body has answered."""

    words = box(
        gettext_lazy("What it answered (everyone reads this)"),
        gettext_lazy("Write what it answered. Everyone reads it."),
    )


class ClaimForm(IdeaForm):
    """What was done, and how everyone can check it."""

    result = forms.ChoiceField(
        label=gettext_lazy("What was done"),
        choices=[("", gettext_lazy("Choose one")), *Result.choices],
        error_messages={"required": gettext_lazy("Choose what was done.")},
    )
    text = box(
        gettext_lazy("The evidence (everyone reads this)"),
        gettext_lazy("Write what was done, where and since when, so that people can check it."),
        rows=6,
    )
    address = forms.URLField(
        label=gettext_lazy("Address of a page or photo that shows it"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Write the whole address, with https://.")},
    )
    seen = ReadFirstField()

    def clean(self) -> dict[str, Any]:
        """Nothing is right before it was read as everyone will."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        suggestion = self.suggestion
        if suggestion is None or self.errors or typed.get("version") != suggestion.version:
            return typed
        claim = Claim(
            suggestion=suggestion,
            result=typed["result"],
            text=actions.as_everyone_reads(typed["text"]),
            address=typed["address"],
            office=self.user.acting_for(suggestion.office) if self.user else None,
            at=clock.now(),
        )
        words = (claim.result, claim.text, claim.address)
        self.asks = asks_to_read(self, "suggestions/claim.html", {"claim": claim}, *words)
        if self.asks:
            self.add_error("seen", self.asks)
        return typed


class EvaluateForm(IdeaForm):
    """What became of it."""

    words = box(
        gettext_lazy("Did it help? (everyone reads this, beside the numbers)"),
        gettext_lazy("Write whether it helped. Everyone reads it."),
        rows=8,
    )
