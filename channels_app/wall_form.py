"""What of the wall somebody wants to see: the filters, as they stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from channels_app import tallies
from channels_app.models import Channel, Kind
from channels_app.models.message_rows import MessageQuerySet
from channels_app.models.on_behalf import ON_BEHALF
from channels_app.states import MessageStatus
from lifecycle import clock
from people.models import Office, OfficeKind


@dataclass(frozen=True)
class Shown:
    """One view of the wall: its name in the address, its words, and the order of its rows."""

    name: str
    words: str | Promise
    by: str = "-received_at"


VIEWS = (
    Shown("all", _("Everything")),
    Shown("today", _("Came in today")),
    Shown("answered", _("Answered today"), "-replied_at"),
    Shown("waiting", _("Waiting for an answer"), "due_at"),
    Shown("overdue", _("Overdue"), "due_at"),
    Shown("at_work", _("Promised, at work"), "due_at"),
    Shown("replied", _("Answered"), "-replied_at"),
    Shown("in_time", _("First answer in time")),
    Shown("too_late", _("First answer late or missing")),
    Shown("met", _("First answer came")),
    Shown("met_late", _("First answer came late")),
    Shown("silent", _("First answer missing")),
    Shown("moved", _("Date was moved")),
    Shown("received", _("Received, not with an office yet"), "due_at"),
    Shown("routed", _("With the office"), "due_at"),
    Shown("leaving", _("Answer is leaving"), "due_at"),
    Shown("joined", _("Joined to the same matter")),
    Shown("taken_up", _("Taken up as a suggestion")),
)
COUNTED = VIEWS[1:5]
# Views whose numbers are kept; the others show open or new rows, which are few.
KEPT = {"all": "came", "replied": "replied", "in_time": "in_time", "too_late": "late"}
MOST_COUNTED = 10_000  # so many rows are counted one by one; of more it says only that
# In the address: what was said about no borough.
NOWHERE = "none"
BY_NAME = {view.name: view for view in VIEWS}


def condition(name: str) -> Q:
    """Which rows of the conversation a view shows."""
    match name:
        case "today":
            return tallies.came_since(clock.seoul().date())
        case "answered":
            return Q(replied_at__gte=tallies.start_of(clock.seoul().date()))
        case "waiting":
            return tallies.waiting()
        case "overdue":
            return tallies.overdue()
        case "at_work":
            return Q(status=MessageStatus.AT_WORK)
        case "replied":
            return Q(status=MessageStatus.REPLIED)
        case "in_time":
            return tallies.in_time()
        case "too_late":
            return tallies.too_late()
    return _by_course(name)


def _by_course(name: str) -> Q:
    """How far it is, or how its dates went."""
    match name:
        case "met":
            return Q(met_at__isnull=False)
        case "met_late":
            return Q(met_at__gt=F("met_due_at"))
        case "silent":
            return tallies.silent()
        case "moved":
            return Q(moves__gt=0)
        case "received" | "routed" | "joined" | "taken_up":
            return Q(status=name)
        case "leaving":
            return Q(status=MessageStatus.ANSWERED)
    return Q()


@dataclass(frozen=True)
class Wanted:
    """One choice of filters. It is its own address."""

    show: str = "all"
    kind: str = ""
    channel: str = ""
    office: Office | None = None
    borough: Office | None = None
    overdue: bool = False
    since: date | None = None
    behalf: bool = False
    until: date | None = None
    nowhere: bool = False

    @property
    def view(self) -> Shown:
        """The view that gives the rows their order."""
        return BY_NAME[self.show]

    @property
    def is_narrowed(self) -> bool:
        """Something besides the view is chosen."""
        return bool(self.narrowing)

    @property
    def is_kept(self) -> bool:
        """Somebody else's counts have its number: of one office, about one borough, or of all."""
        narrower = (self.kind, self.channel, self.overdue, self.behalf, self.until, self.nowhere)
        both = self.office is not None and self.borough is not None
        return self.show in KEPT and not any(narrower) and not both

    @property
    def narrowing(self) -> Mapping[str, str]:
        """What is chosen besides the view, as it stands in the address."""
        chosen = {
            "kind": self.kind,
            "channel": self.channel,
            "office": self.office.slug if self.office else "",
            "borough": NOWHERE if self.nowhere else self.borough.slug if self.borough else "",
            "overdue": "on" if self.overdue else "",
            "since": self.since.isoformat() if self.since else "",
            "behalf": "on" if self.behalf else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def query(self) -> str:
        """The filters as an address carries them."""
        return self.query_of(self.show)

    def query_of(self, show: str) -> str:
        """The same filters with another view."""
        return urlencode({"show": show, **self.narrowing})

    def rows(self, show: str = "") -> MessageQuerySet:
        """The messages these filters leave, in this view or another one."""
        columns = {
            "kind": self.kind,
            "channel": self.channel,
            "office": self.office,
            "borough": self.borough,
        }
        chosen: dict[str, Any] = {name: value for name, value in columns.items() if value}
        found = tallies.conversation().filter(condition(show or self.show), **chosen)
        if self.nowhere:
            found = found.filter(borough=None)
        if self.overdue:
            found = found.filter(tallies.overdue())
        if self.behalf:
            found = found.filter(ON_BEHALF)
        if self.until:
            found = found.filter(tallies.came_until(self.until))
        return found.filter(tallies.came_since(self.since)) if self.since else found


@dataclass(frozen=True)
class HowMany:
    """A number; or, where counting would take too long, one that there are more than."""

    number: int
    is_more: bool = False


def how_many(wanted: Wanted) -> HowMany:
    """How many rows these filters leave: exact wherever a number on another page links here."""
    if not wanted.is_kept:
        found = wanted.rows().order_by()[: MOST_COUNTED + 1].count()
        return HowMany(min(found, MOST_COUNTED), is_more=found > MOST_COUNTED)
    by: tallies.By = "borough" if wanted.borough else "office"
    kept = tallies.how_many(
        KEPT[wanted.show], by, wanted.borough or wanted.office, since=wanted.since
    )
    late = wanted.rows().filter(tallies.silent()).count() if wanted.show == "too_late" else 0
    return HowMany(kept + late)


def _day(label: Any) -> forms.DateField:
    """A day that may stay empty."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d"],
        error_messages={"invalid": _("Write the day as year-month-day, for example 2026-03-02.")},
    )


class NarrowForm(forms.Form):
    """Filters by what stands on a message; every one may stay empty."""

    kind = forms.ChoiceField(label=_("What it is"), required=False, choices=[])
    office = forms.ChoiceField(label=_("Office in charge"), required=False, choices=[])
    borough = forms.ChoiceField(label=_("Borough"), required=False, choices=[])
    channel = forms.ChoiceField(label=_("How it came in"), required=False, choices=[])
    since = _day(_("Came in since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = sorted(Office.objects.all(), key=lambda one: (one.closed, one.name))
        self._by_slug = {one.slug: one for one in offices}
        boroughs = [one for one in offices if one.kind == OfficeKind.BOROUGH]
        self._offer("kind", [("", _("All")), *Kind.choices])
        self._offer("channel", [("", _("All")), *Channel.choices])
        self._offer("office", [("", _("All")), *((one.slug, one.name) for one in offices)])
        self._offer("borough", [("", _("All")), *((one.slug, one.area) for one in boroughs)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        field.error_messages["invalid_choice"] = _(
            "The address names something we do not know here. Choose from the list."
        )

    def clean_since(self) -> date | None:
        """A day; not so early that no calendar has it. Raises ValidationError."""
        return self._known_day("since")

    def _known_day(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and not FIRST_YEAR <= day.year < LAST_YEAR:
            raise forms.ValidationError(self.fields[name].error_messages["invalid"])
        return day

    def clean(self) -> None:
        """A browser would drop what is no day from a field for days: it stays, to be corrected."""
        for name in ("since", "until"):
            if name in self.errors:
                self.fields[name].widget = forms.TextInput()

    def office_of(self, name: str) -> Office | None:
        """The office or borough that was chosen in this field."""
        return self._by_slug.get(self.cleaned_data[name])


class WallForm(NarrowForm):
    """The filters; every one may stay empty, and the address is what was chosen."""

    field_order = (
        "show",
        "kind",
        "office",
        "borough",
        "channel",
        "since",
        "until",
        "overdue",
        "behalf",
    )
    show = forms.ChoiceField(label=_("What to show"), required=False, choices=[])
    until = _day(_("Came in until"))
    overdue = forms.BooleanField(label=_("Only overdue ones"), required=False)
    behalf = forms.BooleanField(label=_("Only those written down for somebody"), required=False)
    template_name = "channels_app/smc_filters.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("show", [(view.name, view.words) for view in VIEWS])
        boroughs: Any = self.fields["borough"]
        self._offer("borough", [*boroughs.choices, (NOWHERE, _("No borough named"))])

    def clean_until(self) -> date | None:
        """As for the first day; nor the last one that a calendar has. Raises ValidationError."""
        return self._known_day("until")

    @property
    def wanted(self) -> Wanted:
        """What was chosen; only of a form without errors."""
        typed = self.cleaned_data
        return Wanted(
            show=typed["show"] or "all",
            kind=typed["kind"],
            channel=typed["channel"],
            office=self.office_of("office"),
            borough=self.office_of("borough"),
            overdue=typed["overdue"],
            since=typed["since"],
            behalf=typed["behalf"],
            until=typed["until"],
            nowhere=typed["borough"] == NOWHERE,
        )


FIRST_YEAR = 2000  # before the web had an office
LAST_YEAR = 9999  # whose last day has no day after it
