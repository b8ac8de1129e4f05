"""The pages that must not cost more when the city has a hundred times as many messages.

A new page is one line in PAGES: its name, its address in this city, and who reads it ("" for a
citizen, else the slug of an officer's office). What has no address yet is left out of the run.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from channels_app import keyset, similar
from channels_app.models import Message, MessageStep, Publication
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import MessageStatus
from desk.models import Draft
from people.models import Office

CENTRE, MAYOR = "social-media-centre", "mayor"
TRIED = 100  # so many until one has similar ones


@dataclass(frozen=True)
class City:
    """What the addresses of one city are made of: its busiest office and borough, and some cases.

    `waiting` waits for that office, `unrouted` for any; `words` is the beginning of a message that
    stands in it.
    """

    office: Office
    borough: Office
    case: Message
    long_case: Message
    private: Message
    waiting: Message
    unrouted: Message
    words: str


@dataclass(frozen=True)
class Page:
    """One line of the table."""

    name: str
    url: Callable[[City], str]
    who: str = ""

    def is_there(self, city: City) -> bool:
        """Whether this portal has such an address."""
        try:
            found = resolve(self.url(city).partition("?")[0])
        except Resolver404:
            return False
        return found.func.__name__ != "catch_all_view"  # the records' own "nothing here"


def of_office(city: City) -> str:
    """Who signs in as an officer: somebody of the busiest office."""
    return city.office.slug


def survey() -> City:
    """The city that the connection speaks to."""
    public = Message.objects.public()
    replied = public.filter(status=MessageStatus.REPLIED).order_by("-received_at", "-id")
    office = _busiest(public, "office")
    waiting = Message.objects.exclude(publication=Publication.HELD).order_by("due_at", "id")
    case = _typical(replied.filter(office=office))
    return City(
        office=office,
        borough=_busiest(public, "borough"),
        case=case,
        long_case=MessageStep.objects.order_by("-seq")[:1].get().root,
        private=replied.filter(contact__isnull=False)[0],
        waiting=_typical(waiting.filter(office=office, status=MessageStatus.ROUTED)),
        unrouted=_typical(waiting.filter(status=MessageStatus.RECEIVED)),
        words=case.masked_text,
    )


def _typical(rows: MessageQuerySet) -> Message:
    """The first with a borough, an address and similar ones, and without what few have.

    So both cities are asked for the same. In a very small one it is the next best.
    """
    plain = rows.filter(
        borough__isnull=False,
        contact__isnull=False,
        attachments__isnull=True,
        asked__isnull=True,
        joined__isnull=True,
    ).exclude(pk__in=Draft.objects.values("message"))
    found = list(plain.select_related("borough")[:TRIED])
    return next((one for one in found if _has_similar(one)), (found or rows)[0])


def _has_similar(message: Message) -> bool:
    alike = similar.similar_to(
        message.masked_text, borough=message.borough, position=message.position, limit=2
    )
    return any(one.message != message for one in alike)


def _busiest(rows: MessageQuerySet, by: str) -> Office:
    named = rows.exclude(**{f"{by}__isnull": True}).order_by().values(by)
    most = named.annotate(count=Count("pk")).order_by("-count")[0]
    return Office.objects.get(pk=most[by])


def _triage(first: Message, show: str) -> str:
    """This view of the desk from this message on, which is open."""
    before = Message(pk=first.pk - 1, due_at=first.due_at)
    after = keyset.key_after(before, "due_at")
    return _asking("/admin/triage/", show=show, after=after)


def _asking(path: str, **asked: str) -> str:
    return f"{path}?{urlencode(asked)}"


def _wall(**filters: str) -> str:
    return _asking(reverse("smc"), **filters)


OFFICER = "officer"  # of the busiest office
PAGES = (
    Page("home", lambda city: reverse("home")),
    Page("channels", lambda city: reverse("channels")),
    Page("wall", lambda city: _wall()),
    Page("wall: an office", lambda city: _wall(office=city.office.slug)),
    Page("wall: a borough", lambda city: _wall(borough=city.borough.slug)),
    Page("wall: overdue", lambda city: _wall(show="overdue")),
    Page("wall: in time", lambda city: _wall(show="in_time", office=city.office.slug)),
    Page("wall: late", lambda city: _wall(show="too_late", borough=city.borough.slug)),
    Page("wall: complaints", lambda city: _wall(kind="complaint")),
    Page(
        "wall: office and borough",
        lambda city: _wall(office=city.office.slug, borough=city.borough.slug),
    ),
    Page("wall: its numbers", lambda city: reverse("wall_now")),
    Page("case", lambda city: city.case.get_absolute_url()),
    Page("case: long history", lambda city: city.long_case.get_absolute_url()),
    Page("case: its author's", lambda city: city.private.private_url()),
    Page("feed of a case", lambda city: reverse("case_feed", args=[city.case.code])),
    Page("departments", lambda city: reverse("departments")),
    Page("a department", lambda city: reverse("department", args=[city.office.slug])),
    Page("feed of an office", lambda city: reverse("office_feed", args=[city.office.slug])),
    Page("boroughs", lambda city: reverse("boroughs")),
    Page("a borough", lambda city: reverse("borough", args=[city.borough.slug])),
    Page("feed of a borough", lambda city: reverse("borough_feed", args=[city.borough.slug])),
    Page("API: list", lambda city: "/api/v1/messages/"),
    Page("API: an office", lambda city: _asking("/api/v1/messages/", office=city.office.slug)),
    Page("API: one", lambda city: f"/api/v1/messages/{city.case.code}/"),
    Page("API: similar", lambda city: _asking("/api/v1/similar/", text=city.words)),
    Page("search", lambda city: _asking("/search/", q=city.words[:12])),
    Page("articles", lambda city: "/dasan/"),
    Page("triage of an office", lambda city: _triage(city.waiting, "all"), OFFICER),
    Page("triage of the centre", lambda city: _triage(city.unrouted, "unrouted"), CENTRE),
    Page("triage: overdue", lambda city: "/admin/triage/?show=overdue", CENTRE),
    Page("next item", lambda city: f"/admin/case/{city.waiting.code}/?show=all", OFFICER),
    Page("beside an item", lambda city: f"/admin/case/{city.waiting.code}/beside/", OFFICER),
    Page("desk: search", lambda city: _asking("/admin/search/", q=city.words[:12]), OFFICER),
    Page("desk: a case", lambda city: f"/admin/case/{city.case.code}/", OFFICER),
    Page("office page", lambda city: f"/admin/office/{city.office.slug}/", OFFICER),
    Page("publication desk", lambda city: "/admin/publication/", CENTRE),
    Page("publication desk: decided", lambda city: "/admin/publication/?show=decided", CENTRE),
    Page("dashboard", lambda city: "/dashboard/"),
    Page("dashboard of an office", lambda city: f"/dashboard/office/{city.office.slug}/"),
    Page(
        "dashboard of an office: a year",
        lambda city: f"/dashboard/office/{city.office.slug}/?days=365",
    ),
    Page("dashboard of the mayor", lambda city: "/dashboard/mayor/", MAYOR),
)
