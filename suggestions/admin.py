"""Records of suggestions: policies and budget lines are kept here, all else only looked at."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet, URLField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.admin import RecordAdmin
from people.models import Office, User
from suggestions.models import (
    BudgetRow,
    Invalidation,
    Milestone,
    PaperSignatures,
    Policy,
    Suggestion,
    Support,
)


@admin.register(Suggestion)
class SuggestionAdmin(RecordAdmin[Suggestion]):
    """Where each stands, who has it, by when, and how many support it; never who."""

    list_display = ("code", "title", "status", "office", "due_at", "supports", "on_paper")
    list_filter = ("status", "kind", "origin")
    list_select_related = ("office",)
    search_fields = ("=code",)
    fields = (
        "code",
        "kind",
        "origin",
        "title",
        "masked_text",
        "status",
        "not_shown",
        "office",
        "department",
        "borough",
        "due_at",
        "first_due_at",
        "moves",
        "submitted_at",
        "opened_at",
        "reached_at",
        "supports",
        "proved",
        "on_paper",
        "ended_at",
    )


@admin.register(Support)
class SupportAdmin(RecordAdmin[Support]):
    """Each support with its number, for whoever looks after false ones; the address is covered."""

    list_display = ("id", "suggestion", "state", "proved", "at", "whose")
    list_filter = ("state", "proved")
    list_select_related = ("suggestion", "contact")
    search_fields = ("=suggestion__code", "=id")
    fields = ("suggestion", "state", "proved", "at", "whose", "invalidation")

    @admin.display(description=_("Whose"))
    def whose(self, support: Support) -> str:
        """Enough to see what belongs together."""
        return support.contact.shown


@admin.register(Milestone)
class MilestoneAdmin(RecordAdmin[Milestone]):
    """Thresholds that were crossed, and what the city did about them."""

    list_display = ("suggestion", "threshold", "people", "at", "office", "due_at", "settled_at")
    list_filter = ("threshold",)
    list_select_related = ("suggestion", "office")
    search_fields = ("=suggestion__code",)
    fields = (*list_display, "settled_by", "words", "undone_at")


@admin.register(Invalidation)
class InvalidationAdmin(RecordAdmin[Invalidation]):
    """Supports that were taken out of the count: by which rule, by whom, with which note."""

    list_display = ("suggestion", "rule", "people", "by", "at", "undone_at")
    list_select_related = ("suggestion", "by")
    search_fields = ("=suggestion__code",)
    fields = (*list_display, "public_note", "undone_by")


@admin.register(PaperSignatures)
class PaperSignaturesAdmin(RecordAdmin[PaperSignatures]):
    """Signatures on paper, as staff counted them."""

    list_display = ("suggestion", "people", "words", "by", "at", "taken_back_at")
    list_select_related = ("suggestion", "by")
    search_fields = ("=suggestion__code",)
    fields = (*list_display, "taken_back_by")


class OfOwnOffices(RecordAdmin[Any]):
    """An office keeps its own rows, administrators keep all."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Officers see those of their own offices."""
        rows, user = super().get_queryset(request), _asking(request)
        if user.is_administrator or user.is_auditor:
            return rows
        return rows.filter(office__in=user.offices)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField[Any] | None:
        """Officers choose among their own offices."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        user = _asking(request)
        if field is not None and db_field.name == "office" and not user.is_administrator:
            field.queryset = Office.objects.filter(pk__in=user.offices)
        return field

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An office's own; asked without a row, whether there may be any."""
        allowed, user = super().has_change_permission(request, obj), _asking(request)
        return allowed and (obj is None or user.is_administrator or user.holds(obj.office))


@admin.register(Policy)
class PolicyAdmin(OfOwnOffices):
    """What the city does already."""

    list_display = ("title_ko", "office", "since", "ended_on")
    list_filter = ("since",)
    list_select_related = ("office",)
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    search_fields = ("title_ko", "title_en")
    fields = (
        "office",
        "title_ko",
        "title_en",
        "text_ko",
        "text_en",
        "address",
        "since",
        "ended_on",
    )


class BudgetForm(forms.ModelForm[BudgetRow]):
    """A suggestion is named by its receipt number: nobody chooses among a million."""

    suggestion = forms.ModelChoiceField(
        Suggestion.objects.all(),
        to_field_name="code",
        label=_("Receipt number of the suggestion"),
        widget=forms.TextInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["suggestion"] = self.instance.suggestion.code


@admin.register(BudgetRow)
class BudgetRowAdmin(OfOwnOffices):
    """What a year's budget sets aside for a suggestion."""

    form = BudgetForm
    list_display = ("title", "suggestion", "office", "year", "planned", "spent")
    list_filter = ("year",)
    list_select_related = ("office", "suggestion")
    search_fields = ("=suggestion__code", "title")
    fields = ("office", "suggestion", "year", "title", "planned", "spent")


def _asking(request: HttpRequest) -> User:
    return cast("User", request.user)
