"""Which suggestions somebody wants to see: the filters, as they stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from channels_app import keyset
from channels_app.models import Channel
from channels_app.wall_form import HowMany
from people.models import Office, OfficeKind
from suggestions import dispositions
from suggestions.models import Origin, Suggestion, SuggestionKind
from suggestions.models.suggestions import SuggestionQuerySet
from suggestions.states import DISPOSITION_OF, STAGE_OF, Disposition, Stage, SuggestionStatus

MOST_COUNTED = 300  # so many rows are counted one by one; of more it says only that
ALL = ("", _("All"))


@dataclass(frozen=True)
class Order:
    """One order of the rows: its name in the address, its words, the column it goes by."""

    name: str
    words: str | Promise
    by: str


NEWEST = Order("newest", _("Newest first"), "-opened_at")
SUPPORTED = Order("supported", _("Most supported first"), "-supports")
ENDING = Order("ending", _("Time for support ends soon"), "due_at")
# Of what is done alone: nobody chooses it in the list of all, so it has no words.
LAST_DONE = Order("done", "", "-done_at")
ORDERS = {order.name: order for order in (NEWEST, SUPPORTED, ENDING)}


@dataclass(frozen=True)
class Wanted:
    """One choice of filters. It is its own address."""

    order: Order = NEWEST
    stage: str = ""
    became: str = ""
    state: str = ""
    kind: str = ""
    origin: str = ""
    channel: str = ""
    office: Office | None = None
    borough: Office | None = None
    overdue: bool = False

    @property
    def narrowing(self) -> Mapping[str, str]:
        """What is chosen besides the order, as it stands in the address."""
        chosen = {
            "stage": self.stage,
            "became": self.became,
            "state": self.state,
            "kind": self.kind,
            "origin": self.origin,
            "channel": self.channel,
            "office": self.office.slug if self.office else "",
            "borough": self.borough.slug if self.borough else "",
            "overdue": "on" if self.overdue else "",
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Something besides the order is chosen."""
        return bool(self.narrowing) or self.order == ENDING

    @property
    def query(self) -> str:
        """The filters as an address carries them."""
        order = {} if self.order == NEWEST else {"sort": self.order.name}
        return urlencode({**order, **self.narrowing})

    def rows(self) -> SuggestionQuerySet:
        """The suggestions these filters leave, in no order yet."""
        found = Suggestion.objects.public()
        statuses = self._statuses()
        if statuses is not None:
            found = found.filter(status__in=statuses)
        columns = {
            "kind": self.kind,
            "origin": self.origin,
            "channel": self.channel,
            "department": self.office,
            "borough": self.borough,
        }
        chosen: dict[str, Any] = {name: value for name, value in columns.items() if value}
        found = found.filter(**chosen)
        return found.overdue() if self.overdue else found

    def _statuses(self) -> list[str] | None:
        """Those that the stage, what became of it, and the order leave; None where all stay."""
        if not (self.stage or self.became or self.state or self.order == ENDING):
            return None
        return [
            status
            for status in SuggestionStatus.values
            if (not self.stage or STAGE_OF[status] == self.stage)
            and (not self.became or DISPOSITION_OF[status] == self.became)
            and (not self.state or status == self.state)
            and (self.order != ENDING or status == SuggestionStatus.OPEN)
        ]

    def page(self, key: str, *, size: int = 20) -> keyset.Page[Suggestion]:
        """Those after the row named by `key`, with what a row of the list shows."""
        rows = self.rows().select_related("message", "office", "department", "borough")
        reads = keyset.read_number if self.order == SUPPORTED else None
        return keyset.page(rows, by=self.order.by, key=key, size=size, reads=reads)

    def how_many(self, numbers: dispositions.Numbers) -> HowMany:
        """How many they leave: exact wherever a number on another page links here."""
        if not (self.narrowing.keys() - {"stage", "became"}) and self.order != ENDING:
            return HowMany(numbers.narrowed(stage=self.stage, disposition=self.became))
        found = self.rows().order_by()[: MOST_COUNTED + 1].count()
        return HowMany(min(found, MOST_COUNTED), is_more=found > MOST_COUNTED)


class ListForm(forms.Form):
    """The filters; every one may stay empty, and the address is what was chosen."""

    stage = forms.ChoiceField(label=_("How far it is"), required=False, choices=[])
    became = forms.ChoiceField(label=_("What became of it"), required=False, choices=[])
    office = forms.ChoiceField(label=_("Office that answers"), required=False, choices=[])
    borough = forms.ChoiceField(label=_("Borough"), required=False, choices=[])
    kind = forms.ChoiceField(label=_("What it is"), required=False, choices=[])
    origin = forms.ChoiceField(label=_("Where it comes from"), required=False, choices=[])
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[])
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=[])
    overdue = forms.BooleanField(label=_("Only overdue ones"), required=False)
    template_name = "suggestions/filters.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = sorted(Office.objects.all(), key=lambda one: (one.closed, one.name))
        self._by_slug = {one.slug: one for one in offices}
        boroughs = [one for one in offices if one.kind == OfficeKind.BOROUGH]
        self._offer("stage", [ALL, *Stage.choices])
        self._offer("became", [ALL, *Disposition.choices])
        self._offer("office", [ALL, *((one.slug, one.name) for one in offices)])
        self._offer("borough", [ALL, *((one.slug, one.area) for one in boroughs)])
        self._offer("kind", [ALL, *SuggestionKind.choices])
        self._offer("origin", [ALL, *Origin.choices])
        self._offer("channel", [ALL, *Channel.choices])
        self._offer("sort", [(order.name, order.words) for order in ORDERS.values()])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        field.error_messages["invalid_choice"] = _(
            "The address names something we do not know here. Choose from the list."
        )

    @property
    def wanted(self) -> Wanted:
        """What was chosen; only of a form without errors."""
        typed = self.cleaned_data
        return Wanted(
            order=ORDERS[typed["sort"] or NEWEST.name],
            stage=typed["stage"],
            became=typed["became"],
            kind=typed["kind"],
            origin=typed["origin"],
            channel=typed["channel"],
            office=self._by_slug.get(typed["office"]),
            borough=self._by_slug.get(typed["borough"]),
            overdue=typed["overdue"],
        )
