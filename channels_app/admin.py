"""Records of hearing and answering: the keyword table to keep, traces to read.

What citizens wrote and where they can be reached is not shown here: the officers' own pages show
it, and log who read it.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from channels_app.models import Delivery, Reading, RoutingRule
from people.admin import RecordAdmin


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

    list_display = ("created_at", "event", "message", "channel", "state", "attempts", "sent_at")
    list_filter = ("state", "event", "channel")
    list_select_related = ("message",)
    search_fields = ("=message__code",)
    fields = (*list_display, "error_class")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        """Without the contact: its columns are not even read."""
        return super().get_queryset(request).defer("contact", "why", "claimed_by")
