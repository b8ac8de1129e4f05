"""Which supports look false: many within a minute, many of one mail provider."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMinute

from suggestions.models import Suggestion, Support
from suggestions.models.supports import SupportQuerySet

Minute = tuple[datetime, int]


def busy_minutes(suggestion: Suggestion, *, least: int, most: int) -> list[Minute]:
    """Minutes in which so many supports came that count, the busiest first."""
    return list(_busy(suggestion, least).order_by("-people", "minute")[:most])


def of_busy_minutes(suggestion: Suggestion, *, least: int) -> SupportQuerySet:
    """Every support that came in such a minute."""
    counting = Support.objects.counting().filter(suggestion=suggestion)
    minutes = _busy(suggestion, least).values("minute")
    return counting.annotate(minute=TruncMinute("at")).filter(minute__in=minutes)


def _busy(suggestion: Suggestion, least: int) -> QuerySet[Any, Any]:
    """(minute, people); compared inside the database only, which knows no zone of a minute."""
    counting = Support.objects.counting().filter(suggestion=suggestion).order_by()
    by_minute = counting.annotate(minute=TruncMinute("at")).values("minute")
    found = by_minute.annotate(people=Count("pk")).filter(people__gte=least)
    return found.values_list("minute", "people")


def of_providers(
    suggestion: Suggestion, *, least: int, named: Collection[str] = ()
) -> SupportQuerySet:
    """Every support from a mail provider that so many came from; only from those named, if any.

    Addresses are sealed, so each has to be opened: this reads all supporters of the suggestion.
    """
    counting = Support.objects.counting().filter(suggestion=suggestion)
    by_provider: dict[str, list[int]] = defaultdict(list)
    reachable = counting.filter(contact__erased_at__isnull=True).select_related("contact")
    for row in reachable.iterator(chunk_size=2000):
        provider = row.contact.address.rpartition("@")[2].lower()
        if provider and (not named or provider in named):
            by_provider[provider].append(row.pk)
    found = [pk for pks in by_provider.values() if len(pks) >= least for pk in pks]
    return counting.filter(pk__in=found)
