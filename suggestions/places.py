"""Where else a suggestion was dealt with: only what there is, each with its own page."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from suggestions.models import Committee, Promise, Suggestion
from suggestions.states import Disposition
from suggestions.states_of_committees import Side


class Linked(NamedTuple):
    """One place: its name, its page, and a line about it."""

    name: str
    url: str
    more: str = ""


def linked_with(suggestion: Suggestion, promises: Iterable[Promise]) -> list[Linked]:
    """In the order in which one comes by them; one query."""
    return [
        *_petition(suggestion),
        *(_committee(one) for one in _committees(suggestion)),
        *(_promise(one) for one in promises),
        *_change(suggestion),
        *_borough(suggestion),
    ]


def _petition(suggestion: Suggestion) -> list[Linked]:
    if not suggestion.is_petition:
        return []
    words = _("It is one of them: its author gathers signatures.")
    return [Linked(_("Electronic petitions"), reverse("petitions"), words)]


def _committees(suggestion: Suggestion) -> Iterable[Committee]:
    """Formed for it, or entrusted with it; with how many sit on each side."""
    sitting = Q(seats__accepted_at__isnull=False, seats__until__isnull=True)
    sides = {
        side.value: Count("seats", filter=sitting & Q(seats__side=side), distinct=True)
        for side in Side
    }
    concerned = Q(occasion=suggestion) | Q(mandates__suggestion=suggestion)
    return Committee.objects.filter(concerned).annotate(**sides).order_by("formed_at", "id")


def _committee(committee: Committee) -> Linked:
    numbers = [f"{side.label} {number}" for side in Side if (number := getattr(committee, side))]
    return Linked(committee.name, committee.get_absolute_url(), " · ".join(numbers))


def _promise(promise: Promise) -> Linked:
    day = date_format(promise.said_on, "DATE_FORMAT")
    where = promise.source or promise.get_said_at_display()
    return Linked(_("A promise of %(day)s") % {"day": day}, promise.get_absolute_url(), where)


def _change(suggestion: Suggestion) -> list[Linked]:
    if suggestion.disposition != Disposition.IMPLEMENTED or not suggestion.is_public:
        return []
    words = _("What was said, what changed, how long it took")
    return [Linked(_("What changed"), reverse("changed_one", args=[suggestion.code]), words)]


def _borough(suggestion: Suggestion) -> list[Linked]:
    borough = suggestion.borough
    if borough is None:
        return []
    words = _("Everything that was said about it")
    return [Linked(borough.area, reverse("borough", args=[borough.slug]), words)]
