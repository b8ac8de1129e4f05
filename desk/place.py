"""Where an officer is working: one view, narrowed or not, and what comes next there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from channels_app.keyset import Page, key_after, page
from channels_app.models import Asked, Channel, Kind, Message
from desk import presence
from desk.queues import VIEWS, View, messages_of, only, usual
from people.models import Office, OfficeKind, User

COLUMNS = {
    "kind": "kind",
    "channel": "channel",
    "borough": "borough__slug",
    "office": "office__slug",
}
AHEAD = 10  # so far an officer steps over what colleagues are looking at


@dataclass(frozen=True)
class Place:
    """A view of the desk as its address says it; `narrowing` holds its filters by name."""

    user: User
    view: View
    narrowing: Mapping[str, str]
    after: str = ""

    @classmethod
    def of(cls, user: User, asked: QueryDict) -> "Place":
        """What the address asks for; what nobody knows is left out: addresses are typed."""
        name = asked.get("show", "")
        known = {name: asked.get(name, "")[:60].replace("\x00", "") for name in COLUMNS}
        return cls(
            user,
            VIEWS.get(name) or VIEWS[usual(user)],
            {name: value for name, value in known.items() if value},
            asked.get("after", ""),
        )

    @property
    def query(self) -> str:
        """The view with its filters, as an address carries them."""
        return urlencode({"show": self.view.name, **self.narrowing})

    @property
    def where(self) -> str:
        """What an address of the desk ends with, so that its buttons come back here."""
        after = {"after": self.after} if self.after else {}
        return "?" + urlencode({"show": self.view.name, **self.narrowing, **after})

    @property
    def url(self) -> str:
        """The address of the list."""
        return reverse("desk_triage") + self.where

    def url_of(self, code: str) -> str:
        """The address of one message of the list."""
        return reverse("desk_case", args=[code]) + self.where

    @property
    def rows(self) -> QuerySet[Any]:
        """Every row of the view that the filters leave."""
        return self.narrowed(self.view.found(self.user))

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The same under the filters."""
        return only(rows, **{COLUMNS[name]: value for name, value in self.narrowing.items()})

    def page(self) -> Page[Any]:
        """One page of the list."""
        return page(self.rows, by=self.view.by, key=self.after)

    def next_to(self, handled: Message | None) -> str:
        """The number of the message to open after this one; "" where nothing is left.

        `handled` is as it stood in the list. What a colleague is looking at is left to them, as
        long as there is something else.
        """
        rows = self.rows
        key = ""
        if handled is not None and rows.model is not Asked:
            key = key_after(handled, self.view.by)
        for start in dict.fromkeys((key, "")):
            following = page(rows, by=self.view.by, key=start, size=AHEAD)
            found = [one for one in messages_of(following.rows) if one != handled]
            if found:
                codes = {one.pk: one.code for one in found}
                return codes[presence.take_first(list(codes), self.user)]
        return ""


def url_of(message: Message, user: User) -> str:
    """The officers' page, or the public one of what is another office's business."""
    if message.may_be_seen_by(user):
        return reverse("desk_case", args=[message.code])
    return message.get_absolute_url() if message.is_public else ""


@dataclass(frozen=True)
class Choice:
    """One filter of the list with its options."""

    name: str
    label: str | Promise
    chosen: str
    options: list[tuple[str, str | Promise]]


def choices(place: Place, offices: list[Office]) -> list[Choice]:
    """The filters there are; offices only for those who see more than one."""
    boroughs = [(one.slug, one.area) for one in offices if one.kind == OfficeKind.BOROUGH]
    made: list[tuple[str, Any, list[Any]]] = [
        ("kind", _("What it is"), list(Kind.choices)),
        ("channel", _("How it came in"), list(Channel.choices)),
        ("borough", _("Borough"), boroughs),
    ]
    if place.user.is_at_centre or place.user.is_auditor or place.user.is_in_mayors_office:
        made.append(("office", _("Office in charge"), [(one.slug, one.name) for one in offices]))
    return [
        Choice(name, label, place.narrowing.get(name, ""), [("", _("All")), *options])
        for name, label, options in made
    ]
