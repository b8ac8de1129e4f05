"""Records of the desk: ready-made texts, kept by each office for itself."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.models import CannedText
from people.admin import RecordAdmin
from people.models import Office, User


@admin.register(CannedText)
class CannedTextAdmin(RecordAdmin[CannedText]):
    """Texts that fit again and again: an office's own; those of all are the administrators'."""

    list_display = ("name", "office", "kind", "language")
    list_filter = ("language", "kind")
    list_select_related = ("office",)
    search_fields = ("name", "text")
    fields = ("office", "name", "kind", "language", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CannedText]:
        """Of the own offices, and of everybody."""
        return super().get_queryset(request) & CannedText.objects.kept_by(_asking(request))

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField[Any] | None:
        """Officers choose among their own offices, and have to."""
        user, field = (
            _asking(request),
            super().formfield_for_foreignkey(db_field, request, **kwargs),
        )
        if field is not None and not user.is_administrator:
            field.queryset = Office.objects.filter(pk__in=user.offices)
            field.required = True
            field.help_text = str(_("Only administrators write texts for all offices."))
        return field

    def has_change_permission(self, request: HttpRequest, obj: CannedText | None = None) -> bool:
        """Asked without a row, whether there may be any."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.may_be_kept_by(_asking(request)))

    def has_delete_permission(self, request: HttpRequest, obj: CannedText | None = None) -> bool:
        """The same."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.may_be_kept_by(_asking(request)))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[CannedText]) -> None:
        """Of the chosen ones, those that are theirs to delete."""
        user = _asking(request)
        if not user.is_administrator:
            queryset = queryset.filter(office__in=user.offices)
        super().delete_queryset(request, queryset)


def _asking(request: HttpRequest) -> User:
    return cast("User", request.user)
