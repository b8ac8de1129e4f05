"""What officers type when a committee or an office carries a suggestion."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels_app.models import Ground
from desk.committee_forms import office_field, words_field
from desk.ideas.decision_forms import DecisionForm, no_of
from desk.ideas.offer import IdeaForm
from lifecycle import clock
from people.models import Office, User
from suggestions.actions import Planned
from suggestions.actions.planning import may_be_due
from suggestions.models import ActionItem, AnswerOutcome, Committee, Suggestion
from suggestions.states_of_committees import TAKING, Horizon, ItemStatus

GROUNDS = [("", _("Choose what stands in the way")), *Ground.choices]


def ground_field() -> forms.ChoiceField:
    """What stands in the way."""
    return forms.ChoiceField(
        label=_("What stands in the way"),
        choices=GROUNDS,
        error_messages={"required": _("Choose what stands in the way.")},
    )


def day_field(label: Any) -> forms.DateField:
    """A day that lies ahead."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[lies_ahead],
        error_messages={
            "required": _("Write a day."),
            "invalid": _("Write a day, for example 2026-12-01."),
        },
    )


def lies_ahead(day: date) -> None:
    """Raises ValidationError for a day that is not."""
    if day <= clock.seoul().date():
        raise ValidationError(_("Write a day that lies ahead."))


class PublicWordsForm(IdeaForm):
    """Why, for everyone."""

    words = words_field(_("Why (everyone reads this)"), _("Write why. Everyone reads it."))


class SendForm(DecisionForm):
    """To which committee, and why."""

    outcome = AnswerOutcome.IN_COMMITTEE
    committee = forms.ModelChoiceField(
        label=_("Committee"),
        queryset=Committee.objects.none(),
        empty_label=_("Choose a committee"),
        error_messages={"required": _("Choose a committee.")},
    )
    field_order = ("committee", "words")

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """Those that work; one that lacks a side says so when it is chosen."""
        choice: Any = self.fields["committee"]
        choice.queryset = Committee.objects.filter(status__in=TAKING)
        return super().about(suggestion, user)

    def clean_committee(self) -> Committee:
        """Complete. Raises ValidationError."""
        chosen: Committee = self.cleaned_data["committee"]
        if missing := chosen.missing_sides():
            words = _("This committee lacks: %(sides)s. Give it those members first.")
            sides = ", ".join(str(side.label) for side in missing)
            raise ValidationError(words, params={"sides": sides})
        return chosen


class DatedForm(IdeaForm):
    """Something gets a date, and the finish date of all may move with it."""

    due_on = day_field(_("By when"))

    def clean_due_on(self) -> date:
        """Raises ValidationError where only the office in charge, or its head, may put it off."""
        day: date = self.cleaned_data["due_on"]
        if self.suggestion and self.user and not may_be_due(self.suggestion, day, self.user):
            raise ValidationError(
                _(
                    "That moves the finish date. The office in charge may move it two times, "
                    "from then on its head: ask there."
                )
            )
        return day


class PlanForm(DatedForm):
    """One thing to be done."""

    title = words_field(
        _("What is to be done (everyone reads this)"),
        _("Write what is to be done."),
        rows=2,
        max_length=200,
    )
    office = office_field(_("Which office is accountable for it"))
    horizon = forms.ChoiceField(label=_("How far away"), choices=Horizon.choices)
    weight = forms.IntegerField(
        label=_("Weight beside the others"), min_value=1, max_value=100, initial=1
    )
    partners = forms.CharField(
        label=_("Who takes a part of it: groups or companies"), required=False, max_length=200
    )
    field_order: tuple[str, ...] = ("title", "office", "due_on", "horizon", "weight", "partners")

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """With every office; its own is chosen already."""
        choice: Any = self.fields["office"]
        choice.queryset = Office.objects.answering()
        self.initial.setdefault("office", suggestion.department_id or suggestion.office_id)
        return super().about(suggestion, user)

    def planned(self) -> Planned:
        """What was typed, for the action."""
        names = ("title", "office", "due_on", "horizon", "weight", "partners")
        return Planned(**{name: self.cleaned_data[name] for name in names})

    def clean(self) -> dict[str, Any]:
        """With the item as the action wants it."""
        typed: dict[str, Any] = super().clean() or {}
        return typed if self.errors else {**typed, "planned": self.planned()}


class AdoptForm(DecisionForm, PlanForm):
    """Why, and the first thing to be done."""

    outcome = AnswerOutcome.ADOPTED
    field_order = ("words", "title", "office", "due_on", "horizon", "weight", "partners")


class AdoptPlannedForm(DecisionForm):
    """Why; what is to be done is planned already."""

    outcome = AnswerOutcome.ADOPTED


class ObstacleForm(IdeaForm):
    """What stands in the way, in words."""

    code = ground_field()
    words = words_field(_("Why (everyone reads this)"), _("Write why. Everyone reads it."))


class DropForm(DecisionForm):
    """A "no", whole: ground, reason, one thing the city does, the next door."""

    outcome = AnswerOutcome.DECLINED
    ground = ground_field()
    alternative = words_field(
        _("One thing the city does all the same"), _("Write one thing the city does."), rows=3
    )
    next_door = words_field(
        _("Where the person can go from here"), _("Write where the person can go."), rows=3
    )
    field_order = ("ground", "words", "alternative", "next_door")

    def columns(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """All three parts."""
        return no_of(typed)


class _ItemChoice(forms.ModelChoiceField[ActionItem]):
    def label_from_instance(self, obj: ActionItem) -> str:
        return f"{obj.title} · {obj.get_status_display()} · {obj.percent} %"


class ItemForm(IdeaForm):
    """Which action item."""

    open_in: tuple[str, ...] = ()
    item = _ItemChoice(
        label=_("Action item"),
        queryset=ActionItem.objects.none(),
        empty_label=_("Choose an action item"),
        error_messages={"required": _("Choose an action item.")},
    )

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """Those for which it is time, and which are this officer's."""
        choice: Any = self.fields["item"]
        keys = [item.pk for item in open_items(suggestion, user, self.open_in)]
        choice.queryset = ActionItem.objects.filter(pk__in=keys)
        if len(keys) == 1:
            choice.initial, choice.empty_label = keys[0], None
        return super().about(suggestion, user)


def open_items(suggestion: Suggestion, user: User, states: tuple[str, ...]) -> list[ActionItem]:
    """The items of this suggestion in one of these states that this officer may touch."""
    rows = suggestion.items.filter(status__in=states).select_related("office")
    return [item for item in rows if user.holds(item.office) or user.holds(suggestion.office)]


class StartItemForm(ItemForm):
    """Which one is begun, or goes on."""

    open_in = (ItemStatus.UNDER_REVIEW, ItemStatus.LONG_TERM, ItemStatus.BLOCKED)


class ShareForm(ItemForm):
    """How far it is."""

    open_in = (ItemStatus.UNDER_WAY,)
    percent = forms.IntegerField(
        label=_("How far it is, in percent"),
        min_value=0,
        max_value=99,
        error_messages={"required": _("Write a number between 0 and 99.")},
    )


class ItemWordsForm(ItemForm):
    """Which one, and public words."""

    words = words_field(
        _("In a few words (everyone reads this)"), _("Write a few words. Everyone reads them.")
    )


class FinishItemForm(ItemWordsForm):
    """What is done, and what there is now."""

    open_in = (ItemStatus.UNDER_WAY,)


class MoveItemForm(DatedForm, ItemWordsForm):
    """Another date, and why."""

    open_in = (ItemStatus.UNDER_REVIEW, ItemStatus.UNDER_WAY, ItemStatus.BLOCKED)
    due_on = day_field(_("The new date"))
    field_order = ("item", "words", "due_on")


class BlockItemForm(ItemWordsForm):
    """What stands in its way."""

    open_in = (ItemStatus.UNDER_WAY,)
    blocker = ground_field()


class PostponeItemForm(DatedForm, ItemWordsForm):
    """Until when, and why."""

    open_in = (ItemStatus.UNDER_REVIEW, ItemStatus.UNDER_WAY)
    due_on = day_field(_("When it is looked at again"))
    field_order = ("item", "words", "due_on")


class CancelItemForm(ItemWordsForm):
    """Why it will not be done."""

    open_in = (
        ItemStatus.UNDER_REVIEW,
        ItemStatus.UNDER_WAY,
        ItemStatus.LONG_TERM,
        ItemStatus.BLOCKED,
    )


class HandItemForm(CancelItemForm):
    """Which office does it from now on."""

    office = office_field(_("Office"))

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """Every office."""
        choice: Any = self.fields["office"]
        choice.queryset = Office.objects.answering()
        return super().about(suggestion, user)
