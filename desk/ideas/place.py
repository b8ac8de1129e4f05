"""Where an officer is among the suggestions: one list, narrowed or not, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from channels_app.keyset import Page, key_after, page
from desk.ideas.lists import VIEWS, View, usual
from desk.place import Choice
from people.models import Office, OfficeKind, User
from suggestions.models import Origin, Suggestion, SuggestionKind
from suggestions.models.suggestions import SuggestionQuerySet
from suggestions.states import SuggestionStatus

COLUMNS = {
    "status": "status",
    "kind": "kind",
    "origin": "origin",
    "borough": "borough__slug",
    "department": "department__slug",
}


@dataclass(frozen=True)
class Place:
    """A list as its address says it; `narrowing` holds its filters by name."""

    user: User
    view: View
    narrowing: Mapping[str, str]
    after: str = ""

    @classmethod
    def of(cls, user: User, asked: QueryDict) -> "Place":
        """What the address asks for; what nobody knows is left out: addresses are typed."""
        known = {name: asked.get(name, "")[:60].replace("\x00", "") for name in COLUMNS}
        return cls(
            user,
            VIEWS.get(asked.get("show", "")) or VIEWS[usual(user)],
            {name: value for name, value in known.items() if value},
            asked.get("after", ""),
        )

    @property
    def query(self) -> str:
        """The list with its filters, as an address carries them."""
        return urlencode({"show": self.view.name, **self.narrowing})

    @property
    def where(self) -> str:
        """What an address ends with, so that its buttons come back here."""
        after = {"after": self.after} if self.after else {}
        return "?" + urlencode({"show": self.view.name, **self.narrowing, **after})

    @property
    def url(self) -> str:
        """The address of the list."""
        return reverse("desk_ideas") + self.where

    def url_of(self, code: str) -> str:
        """The address of one suggestion of the list."""
        return reverse("desk_idea", args=[code]) + self.where

    @property
    def rows(self) -> SuggestionQuerySet:
        """Every row of the list that the filters leave."""
        return self.narrowed(self.view.rows(self.user))

    def narrowed(self, rows: SuggestionQuerySet) -> SuggestionQuerySet:
        """The same under the filters."""
        return rows.filter(**{COLUMNS[name]: value for name, value in self.narrowing.items()})

    def page(self) -> Page[Suggestion]:
        """One page of the list."""
        listed = self.rows.select_related("office", "department", "borough")
        return page(listed, by=self.view.by, key=self.after)

    def next_to(self, stood: Suggestion) -> str:
        """The number to open after this one, which may have left the list; "" where none is left.

        `stood` is as it was read from this list.
        """
        others = self.rows.exclude(pk=stood.pk)
        for key in dict.fromkeys((key_after(stood, self.view.by), "")):
            following = page(others, by=self.view.by, key=key, size=1).rows
            if following:
                return following[0].code
        return ""


def choices(place: Place, offices: list[Office]) -> list[Choice]:
    """The filters there are."""
    boroughs = [(one.slug, one.area) for one in offices if one.kind == OfficeKind.BOROUGH]
    made: list[tuple[str, Any, list[Any]]] = [
        ("status", _("Where it stands"), list(SuggestionStatus.choices)),
        ("kind", _("What it is"), list(SuggestionKind.choices)),
        ("origin", _("Where it comes from"), list(Origin.choices)),
        ("borough", _("Borough"), boroughs),
        ("department", _("Office that would answer"), [(one.slug, one.name) for one in offices]),
    ]
    return [
        Choice(name, label, place.narrowing.get(name, ""), [("", _("All")), *options])
        for name, label, options in made
    ]
