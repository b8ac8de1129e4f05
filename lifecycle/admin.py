"""The Rulebook's pages for administrators: read every version, write a new one."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lifecycle import actions, clock, rules, workdays
from lifecycle.models import Holiday, Rule
from people.admin import RecordAdmin
from people.models import User

if TYPE_CHECKING:
    RuleForm = forms.ModelForm[Rule]
    HolidayForm = forms.ModelForm[Holiday]
else:
    RuleForm = HolidayForm = forms.ModelForm


def _declared() -> list[tuple[str, str]]:
    """Every rule as a choice, in words, with what holds now."""
    return [
        (name, f"{rule.words}: {rule.value()} {rule.unit}")
        for name, rule in rules.declared().items()
    ]


class AmendForm(RuleForm):
    """A new version of a rule, from now on."""

    name = forms.ChoiceField(label=_("Rule"), choices=_declared)
    to = forms.CharField(
        label=_("New value"),
        help_text=_("It holds for what arrives from now on. Dates already promised stay."),
        max_length=2000,  # some rules are lists
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody can read it on the page of rules."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Rule
        fields = ("name", "reason")

    def clean(self) -> dict[str, Any]:
        """The value must fit the rule. Raises ValidationError."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if "name" in typed and "to" in typed:
            try:
                rules.declared()[typed["name"]].read(typed["to"])
            except rules.RuleValueError as problem:
                raise ValidationError({"to": str(problem)}) from problem
        return typed


@admin.register(Rule)
class RuleAdmin(RecordAdmin[Rule]):
    """Versions are added, never changed."""

    list_display = ("name", "value", "since", "reason", "by")
    list_select_related = ("by",)
    search_fields = ("name", "reason")

    def get_fields(self, request: HttpRequest, obj: Rule | None = None) -> tuple[str, ...]:
        """What is typed for a new version; what is shown of an old one."""
        if obj is None:
            return ("name", "to", "reason")
        return ("name", "value", "since", "reason", "by")

    def get_form(
        self, request: HttpRequest, obj: Rule | None = None, change: bool = False, **kw: Any
    ) -> type[RuleForm]:
        """A form of its own for amending; an old version is only looked at."""
        if obj is None:
            kw["form"] = AmendForm
        return super().get_form(request, obj, change=change, **kw)

    def save_model(self, request: HttpRequest, obj: Rule, form: Any, change: bool) -> None:
        """Through the action, which asks who may."""
        typed = form.cleaned_data
        made = actions.amend_rule(
            typed["name"], to=typed["to"], reason=typed["reason"], by=cast("User", request.user)
        )
        obj.pk, obj.value, obj.since = made.pk, made.value, made.since


class DeclareForm(HolidayForm):
    """One day that is free, or is not after all."""

    day = forms.DateField(
        label=_("Day"),
        help_text=_("Saturdays, Sundays and the public holidays of every year are known already."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    works = forms.BooleanField(
        label=_("City hall works on this day"),
        help_text=_("Tick this to take a holiday back. Open dates are counted anew at once."),
        required=False,
    )

    class Meta:
        model = Holiday
        fields = ("day", "works", "name_ko", "name_en")

    def clean(self) -> dict[str, Any]:
        """A day to come that would be otherwise. Raises ValidationError."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if "day" not in typed:
            return typed
        if typed["day"] < clock.seoul().date():
            raise ValidationError({"day": _("This day has passed.")})
        workdays.forget()
        if workdays.is_workday(typed["day"]) == typed["works"]:
            words = (
                _("City hall works on this day already.")
                if typed["works"]
                else _("This day is free already.")
            )
            raise ValidationError({"day": words})
        return typed


@admin.register(Holiday)
class HolidayAdmin(RecordAdmin[Holiday]):
    """Entries of the calendar are added; who takes one back adds another one."""

    list_display = ("day", "works", "name_ko", "name_en", "at", "by", "recounted_at")
    list_select_related = ("by",)
    ordering = ("-day", "-id")

    def get_fields(self, request: HttpRequest, obj: Holiday | None = None) -> tuple[str, ...]:
        """What is typed for a new entry; what is shown of an old one."""
        return ("day", "works", "name_ko", "name_en") if obj is None else self.list_display

    def get_form(
        self, request: HttpRequest, obj: Holiday | None = None, change: bool = False, **kw: Any
    ) -> type[HolidayForm]:
        """A form of its own for declaring; an old entry is only looked at."""
        if obj is None:
            kw["form"] = DeclareForm
        return super().get_form(request, obj, change=change, **kw)

    def save_model(self, request: HttpRequest, obj: Holiday, form: Any, change: bool) -> None:
        """Through the action, which asks who may."""
        made = actions.declare_holiday(**form.cleaned_data, by=cast("User", request.user))
        obj.pk, obj.at = made.pk, made.at
