"""Which supports look false: many in a minute, of one mail provider, of one neighbourhood.

A school or a company shares an address, too: so a moderator decides, with a public note.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMinute

from suggestions import rules
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


def of_networks(suggestion: Suggestion, *, least: int) -> SupportQuerySet:
    """Every support that came on one day from a neighbourhood of which so many came."""
    counting = Support.objects.counting().filter(suggestion=suggestion)
    return counting.filter(network__in=_crowded(counting, least).values("network"))


def crowded_networks(suggestion: Suggestion, *, least: int, most: int) -> list[int]:
    """How many supports came from each such neighbourhood on one day, the most first."""
    counting = Support.objects.counting().filter(suggestion=suggestion)
    found = _crowded(counting, least).order_by("-people")
    return list(found.values_list("people", flat=True)[:most])


def _crowded(counting: SupportQuerySet, least: int) -> QuerySet[Any, Any]:
    known = counting.exclude(network="").order_by()
    return known.values("network").annotate(people=Count("pk")).filter(people__gte=least)


def of_disposable(suggestion: Suggestion, *, least: int) -> SupportQuerySet:
    """Every support from mail that is thrown away afterwards, of providers with so many here."""
    providers = rules.named(rules.DISPOSABLE.value())
    return of_providers(suggestion, least=least, named=providers or {""})


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
