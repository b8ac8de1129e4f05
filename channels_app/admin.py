"""Records of hearing and answering: the keyword table to keep, traces to read.

What citizens wrote and where they can be reached is not shown here: the officers' own pages show
it, and log who read it.
"""

from typing import Any, cast

import pghistory
from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from channels_app import actions
from channels_app.account_form import AccountForm
from channels_app.models import (
    Account,
    ApiClient,
    BoroughDuty,
    Delivery,
    Reading,
    RoutingRule,
    Scope,
)
from people.admin import RecordAdmin
from people.models import User


@admin.register(RoutingRule)
class RoutingRuleAdmin(RecordAdmin[RoutingRule]):
    """One word that speaks for an office: a literal, never an expression."""

    list_display = ("term", "office", "points", "decides", "active")
    list_filter = ("decides", "active")
    list_select_related = ("office",)
    search_fields = ("words", "office__name_ko", "office__name_en")
    fields = ("office", "words", "pattern", "points", "decides", "active")

    @admin.display(description=_("words"), ordering="words")
    def term(self, rule: RoutingRule) -> str:
        """The words, or the name of the pattern."""
        return rule.words or rule.get_pattern_display()


@admin.register(BoroughDuty)
class BoroughDutyAdmin(RecordAdmin[BoroughDuty]):
    """What the boroughs do themselves: the department the words point at, and which borough."""

    list_display = ("office", "borough", "active")
    list_filter = ("active",)
    list_select_related = ("office", "borough")
    search_fields = ("office__name_ko", "office__name_en")
    fields = list_display


@admin.register(Reading)
class ReadingAdmin(RecordAdmin[Reading]):
    """Who read what a citizen wrote, when, on which page."""

    list_display = ("at", "user", "office", "message", "page")
    list_select_related = ("user", "office", "message")
    search_fields = ("=user__email", "=message__code")
    fields = list_display


@admin.register(Delivery)
class DeliveryAdmin(RecordAdmin[Delivery]):
    """What left the house and how it went; never to whom."""

    list_display = (
        "created_at",
        "event",
        "number",
        "office",
        "channel",
        "state",
        "attempts",
        "sent_at",
    )
    list_filter = ("state", "event", "channel")
    list_select_related = ("message", "office", "notice__topic", "follow__topic")
    search_fields = ("=message__code", "=notice__topic__code")
    fields = (*list_display, "error_class")
    readonly_fields = ("number",)

    @admin.display(description=_("Receipt number"), ordering="message")
    def number(self, delivery: Delivery) -> str:
        """What it tells of; the mail of a day tells of many."""
        return delivery.code

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        """Without the contact: its columns are not even read."""
        return super().get_queryset(request).defer("contact", "why", "claimed_by")


@admin.register(Account)
class AccountAdmin(RecordAdmin[Account]):
    """Accounts with networks: where they stand, who answers for them, and how they are."""

    form = AccountForm
    list_display = (
        "handle",
        "network",
        "office",
        "state",
        "why",
        "last_ok_at",
        "last_message_at",
    )
    list_filter = ("network", "state")
    list_select_related = ("office",)
    search_fields = ("handle",)
    health = ("why", "paused_at", "verified_at", "last_ok_at", "last_message_at")
    fields = (*AccountForm.Meta.fields, "secret", *health)
    readonly_fields = health


@admin.register(ApiClient)
class ApiClientAdmin(RecordAdmin[ApiClient]):
    """Apps that speak for citizens: made, renamed, switched off; a token is shown once."""

    list_display = ("name", "office", "rate", "active", "created_at")
    list_filter = ("active",)
    list_select_related = ("office",)
    search_fields = ("name",)
    fields = ("name", "office", "scopes", "rate", "active", "created_at")
    readonly_fields = ("created_at",)
    actions = ("renew",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What an app may do is ticked, not written."""
        if db_field.name != "scopes":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.MultipleChoiceField(
            label=db_field.verbose_name,
            choices=Scope.choices,
            initial=Scope.values,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def save_model(self, request: HttpRequest, obj: ApiClient, form: Any, change: bool) -> None:
        """A new one through the action, which makes its token."""
        if change:
            super().save_model(request, obj, form, change)
            return
        made, token = actions.make_client(
            obj.name,
            office=obj.office,
            scopes=obj.scopes,
            rate=obj.rate,
            by=cast("User", request.user),
        )
        obj.pk = made.pk
        if not obj.active:
            ApiClient.objects.filter(pk=made.pk).update(active=False)
        vars(request)["new_token"] = token

    def response_add(
        self, request: HttpRequest, obj: ApiClient, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The page with the token, instead of the list."""
        return self._told(request, [(obj, vars(request)["new_token"])])

    def has_renew_permission(self, request: HttpRequest) -> bool:
        """Whether the action below is offered."""
        return request.user.has_perm("channels_app.renew_apiclient")

    @admin.action(
        description=_("Renew the token: the old one stops working now"), permissions=["renew"]
    )
    def renew(self, request: HttpRequest, chosen: QuerySet[ApiClient]) -> HttpResponse:
        """New tokens, each shown once."""
        by = cast("User", request.user)
        with pghistory.context(user=by.pk, url=request.path):
            told = [(client, actions.renew_token(client, by=by)) for client in chosen]
        return self._told(request, told)

    def _told(self, request: HttpRequest, told: list[tuple[ApiClient, str]]) -> HttpResponse:
        """A page that nothing keeps: the token goes into no cookie and no session."""
        needs = {**self.admin_site.each_context(request), "told": told, "opts": self.opts}
        page = render(request, "admin/channels_app/apiclient/tokens.html", needs)
        page["Cache-Control"] = "no-store"
        return page
