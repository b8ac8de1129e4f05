"""What lies on the publication desk: one card for a message, one for five hundred copies of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Max, Min, Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app import rules
from channels_app.keyset import page
from channels_app.models import Attachment, Message, PublicationChange
from channels_app.models.message_rows import MessageQuerySet
from lifecycle import clock
from people.models import User

MOST_AT_ONCE = 10_000  # what one press decides; the rest comes with the next one


@dataclass(frozen=True)
class View:
    """One view of the publication desk, its order, and what makes two rows one card."""

    name: str
    words: str | Promise
    by: str
    alike: tuple[str, ...] = ()


VIEWS = {
    view.name: view
    for view in (
        # The place is public too: what stands for many must be all that would be read.
        View("held", _("Held"), "publication_due_at", ("body_digest", "masked_place")),
        View("reported", _("Reported by readers"), "publication_due_at"),
        View("decided", _("Decided lately"), "-screened_at", ("body_digest", "screened_at")),
    )
}


@dataclass(frozen=True)
class Card:
    """The oldest of the same words, how many there are, and the newest that was counted."""

    message: Message
    count: int
    last: int
    complaints: Sequence[PublicationChange] = field(default_factory=list)

    @property
    def photos(self) -> list[Attachment]:
        """Our copies of its photos, as far as they are drawn."""
        return [photo for photo in self.message.attachments.all() if photo.is_ready]

    @property
    def key(self) -> str:
        """What its buttons decide on: exactly these, none that came afterwards."""
        return f"{self.message.code}:{self.last}"


@dataclass(frozen=True)
class Shelf:
    """The cards of one page and the key of the next ("" at the end)."""

    cards: Sequence[Card]
    next_key: str


def rows(view: View, user: User) -> MessageQuerySet:
    """The messages of one view that this officer decides on."""
    mine = Message.objects.screenable_by(user)
    match view.name:
        case "held":
            return mine.held()
        case "reported":
            return mine.reported()
    lately = timedelta(days=rules.SCREENED_LATELY.value())
    return mine.screened(since=clock.now() - lately)


def count(view: View, user: User) -> dict[str, int]:
    """How many they are, and of how many the date has passed; in one query."""
    passed = Q(publication_due_at__lt=clock.now())
    found: dict[str, int] = (
        rows(view, user).order_by().aggregate(count=Count("pk"), late=Count("pk", filter=passed))
    )
    return found


def cards(view: View, user: User, *, after: str) -> Shelf:
    """One page of them; what is due first, or was decided last, comes first."""
    found = rows(view, user)
    firsts = found.filter(_stands_for_all(view, found)) if view.alike else found
    listed = firsts.select_related("office", "screened_by").prefetch_related(
        "attachments",
        Prefetch(
            "publication_changes",
            PublicationChange.objects.filter(by=None).order_by("-at", "-id"),
            to_attr="complaints",
        ),
    )
    one = page(listed, by=view.by, key=after)
    counts = _counts(view, found, one.rows)
    return Shelf([_card(view, message, counts) for message in one.rows], one.next_key)


def of_card(view: View, user: User, key: str) -> MessageQuerySet:
    """The messages a card's button decides on, as they stand now. Raises ValueError."""
    code, _colon, last = key.partition(":")
    found = rows(view, user).filter(pk__lte=int(last))
    if not view.alike:
        return found.filter(code=code)
    same = {name: Message.objects.filter(code=code).values(name)[:1] for name in view.alike}
    return found.filter(Q(code=code) | (Q(**same) & ~Q(body_digest="")))


def _stands_for_all(view: View, found: MessageQuerySet) -> Q:
    """The oldest of each; grouped once, for asking row by row takes minutes in a flood.

    An erased text has no digest and is like no other.
    """
    groups = found.order_by().values(*view.alike).annotate(first=Min("pk"))
    return Q(pk__in=groups.values("first")) | Q(body_digest="")


Counts = dict[tuple[object, ...], tuple[int, int]]


def _counts(view: View, found: MessageQuerySet, listed: Sequence[Message]) -> Counts:
    """How many there are of each, and the newest of them."""
    if not view.alike:
        return {}
    digests = {message.body_digest for message in listed} - {""}
    groups = found.filter(body_digest__in=digests).values_list(*view.alike).order_by()
    return {
        tuple(group[:-2]): (group[-2], group[-1])
        for group in groups.annotate(count=Count("pk"), last=Max("pk"))
    }


def _card(view: View, message: Message, counts: Counts) -> Card:
    alike = tuple(getattr(message, name) for name in view.alike)
    count, last = counts.get(alike, (1, message.pk))
    complaints: list[PublicationChange] = getattr(message, "complaints", [])
    return Card(message, count, last, complaints if view.name == "reported" else [])
