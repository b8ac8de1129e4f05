"""Records about people: users, offices, appointments; and what all our record pages share."""

from typing import TYPE_CHECKING, Any, TypeVar, cast

import pghistory
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people import actions
from people.models import Appointment, AppointmentQuerySet, Office, Role, User

Row = TypeVar("Row", bound=Model)
COUNT_TO = 10_000

if TYPE_CHECKING:
    AppointmentForm = forms.ModelForm[Appointment]
else:
    AppointmentForm = forms.ModelForm


class ShortPaginator(Paginator[Any]):
    """Counts no further than anybody turns pages: its cost must not grow with history."""

    @cached_property
    def count(self) -> int:
        """The number of rows, at most COUNT_TO."""
        rows = self.object_list
        return rows.order_by()[:COUNT_TO].count() if isinstance(rows, QuerySet) else len(rows)


class RecordAdmin(admin.ModelAdmin[Row]):
    """A record page: plain choices without pop-ups, and a history that knows who it was."""

    paginator = ShortPaginator
    show_full_result_count = False
    list_per_page = 50

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever saves is written into the history of the row."""
        with pghistory.context(user=request.user.pk, url=request.path):
            return super().changeform_view(request, *args, **kwargs)

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The icons beside a choice (add, change, look) are small targets and need scripts."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


@admin.register(User)
class UserAdmin(RecordAdmin[User]):
    """People. What they may do stands in their appointments; passwords are nobody's business."""

    list_display = ("email", "name", "is_active", "appointments_link")
    list_filter = ("is_active",)
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "last_login", "appointments_link")

    @admin.display(description=_("Appointments"))
    def appointments_link(self, user: User) -> SafeString | str:
        """The way to their appointments, once there is a user."""
        if user._state.adding:
            return "–"
        address = reverse("admin:people_appointment_changelist")
        words = _("Appointments of %(name)s") % {"name": user}
        return format_html('<a href="{}?user__id__exact={}">{}</a>', address, user.pk, words)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """An address is changed by its owner, who shows that the new one is theirs."""
        return ("last_login", "appointments_link", *(("email",) if obj else ()))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Somebody new signs in by mail code."""
        if not change:
            obj.email = obj.email.lower()
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(Office)
class OfficeAdmin(RecordAdmin[Office]):
    """Offices are closed, never deleted: what they did stays theirs."""

    list_display = ("name_ko", "name_en", "kind", "parent", "closed")
    list_filter = ("kind", "closed")
    list_select_related = ("parent",)
    search_fields = ("name_ko", "name_en", "slug")
    fields = (
        "name_ko",
        "name_en",
        "slug",
        "kind",
        "parent",
        "duties_ko",
        "duties_en",
        "closed",
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Office | None = None
    ) -> tuple[str, ...]:
        """The address stands in links that people have kept."""
        return ("slug",) if obj else ()


class AppointForm(AppointmentForm):
    """Whom to appoint, to what, from when."""

    email = forms.EmailField(label=_("Mail address of the person"))
    since = forms.DateTimeField(
        label=_("From (empty: now)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    class Meta:
        model = Appointment
        fields = ("office", "role", "since")

    def clean_email(self) -> str:
        """Somebody we know. Raises ValidationError."""
        person = User.objects.filter(email__iexact=self.cleaned_data["email"]).first()
        if person is None:
            raise ValidationError(_("Nobody has this address. Add the person as a user first."))
        self.instance.user = person
        return person.email


@admin.register(Appointment)
class AppointmentAdmin(RecordAdmin[Appointment]):
    """Who holds which office. Appointments are made and ended, never edited or deleted."""

    list_display = ("user", "office", "role", "since", "until")
    list_filter = ("role",)
    list_select_related = ("user", "office")
    search_fields = ("user__email", "user__name", "office__name_ko", "office__name_en")
    actions = ("relieve",)

    def get_fields(self, request: HttpRequest, obj: Appointment | None = None) -> tuple[str, ...]:
        """What is typed for a new one; what is shown of an old one."""
        if obj is None:
            return ("email", "office", "role", "since")
        return ("user", "office", "role", "since", "until")

    def get_form(
        self, request: HttpRequest, obj: Appointment | None = None, change: bool = False, **kw: Any
    ) -> type[AppointmentForm]:
        """A form of its own for appointing; an old appointment is only looked at."""
        if obj is None:
            kw["form"] = AppointForm
        return super().get_form(request, obj, change=change, **kw)

    def save_model(self, request: HttpRequest, obj: Appointment, form: Any, change: bool) -> None:
        """Through the action, which asks who may."""
        made = actions.appoint(
            obj.user,
            office=obj.office,
            role=Role(obj.role),
            by=cast("User", request.user),
            since=form.cleaned_data["since"],
        )
        obj.pk, obj.since = made.pk, made.since

    def has_relieve_permission(self, request: HttpRequest) -> bool:
        """Whether the action below is offered."""
        return request.user.has_perm("people.relieve_appointment")

    @admin.action(description=_("Relieve: end these appointments now"), permissions=["relieve"])
    def relieve(self, request: HttpRequest, chosen: AppointmentQuerySet) -> None:
        """End them, and with the last one every session of the person."""
        by = cast("User", request.user)
        current = chosen.current()
        with pghistory.context(user=by.pk, url=request.path):
            others = current.exclude(user=by)
            for appointment in others:
                actions.relieve(appointment, by=by)
        if current.filter(user=by).exists():
            messages.error(request, _("Your own appointment has to be ended by somebody else."))
        self.message_user(
            request,
            ngettext(
                "%(number)d appointment was ended.",
                "%(number)d appointments were ended.",
                len(others),
            )
            % {"number": len(others)},
        )
