"""Atom feeds: one case, an office, a borough. Masked text only; what is hidden is not there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from channels_app import notices, timeline
from channels_app.actions.telling import is_outward, with_replies
from channels_app.models import Message, Notice, Reply, ReplyKind
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import MessageStatus
from lifecycle import clock
from people.models import Office, OfficeKind

SHOWN = 20
LOOK_BACK = timedelta(days=90)  # an answer older than that is no news
SINCE = 2026  # the year of the first of these identifiers, for ever (RFC 4151)
NOTHING_YET = datetime(SINCE, 1, 1, tzinfo=clock.SEOUL)


@dataclass(frozen=True)
class Item:
    """One entry: what happened, where it stands, and its name for ever."""

    title: str
    words: str
    link: str
    name: str
    at: datetime


class CityFeed(Atom1Feed):
    """Atom whose moment does not move while nothing happens, so that it need not be read again."""

    def latest_post_date(self) -> datetime:
        """Of the newest entry, or the beginning."""
        return max((item["updateddate"] for item in self.items), default=NOTHING_YET)


class Entries(Feed[Item, Any]):
    """What every feed of ours has in common."""

    feed_type = CityFeed

    def item_title(self, item: Item) -> str:
        """Plain words: the base class would escape a second time."""
        return item.title

    def item_description(self, item: Item) -> str:
        """The masked text, as HTML that holds nothing but its lines."""
        return linebreaks(item.words, autoescape=True)

    def item_link(self, item: Item) -> str:
        """The public page."""
        return item.link

    def item_guid(self, item: Item) -> str:
        """The same for ever, wherever the portal moves."""
        return tag(item.name)

    def item_pubdate(self, item: Item) -> datetime:
        """When it happened."""
        return item.at

    def item_updateddate(self, item: Item) -> datetime:
        """Entries do not change: what happens next is the next entry."""
        return item.at


def tag(name: str) -> str:
    """A tag: URI (RFC 4151) of something of ours."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{SINCE}:{name}"


class CaseFeed(Entries):
    """What happened to one public case."""

    def get_object(self, request: HttpRequest, code: str) -> Message:
        """Only what everyone may read now; the rest is not there."""
        return get_object_or_404(Message.objects.public(), code=code)

    def title(self, message: Message) -> str:
        """Number and first words."""
        return f"{message.code} · {message.title}"

    def link(self, message: Message) -> str:
        """Its page."""
        return message.get_absolute_url()

    def feed_guid(self, message: Message) -> str:
        """The same for ever."""
        return tag(message.code)

    def items(self, message: Message) -> list[Item]:
        """Newest first; what an office said stands in the entry of its step."""
        steps = list(message.steps.select_related("office", "by_office", "by"))
        outward = [step for step in steps if is_outward(step)]
        entries = timeline.entries(message, steps)[::-1]
        published = list(message.replies.published().order_by("published_at", "pk"))
        said = {step.seq: reply for step, reply in with_replies(outward, published)}
        found = [
            Item(
                title=entry.what,
                words=_words(entry, said.get(step.seq)),
                link=message.get_absolute_url(),
                name=f"{message.code}/{step.seq}",
                at=step.at,
            )
            for step, entry in zip(outward, entries, strict=True)
        ] + _announced(message)
        return sorted(found, key=lambda item: item.at, reverse=True)[:SHOWN]


def _announced(message: Message) -> list[Item]:
    """What was said of it by those who took it further, oldest first."""
    said = Notice.objects.filter(topic=message.topic_id, topic__shown=True)
    return [
        Item(
            title=notice.what,
            words=notice.next,
            link=notices.path_of(notice),
            name=f"{message.code}/notice/{notice.pk}",
            at=notice.at,
        )
        for notice in said[:SHOWN][::-1]
    ]


def _words(entry: timeline.Entry, reply: Reply | None) -> str:
    if reply is None or reply.kind == ReplyKind.QUESTION:
        return entry.more
    refusal = (reply.masked_reason, reply.masked_next_door, reply.masked_will_do)
    return "\n\n".join(part for part in (entry.more, reply.masked_text, *refusal) if part)


class PlaceFeed(Entries):
    """The newest public messages and answers of one part of the city."""

    def rows(self, office: Office) -> MessageQuerySet:
        """Its public messages."""
        return Message.objects.public().filter(office=office)

    def get_object(self, request: HttpRequest, slug: str) -> Office:
        """By the name in its address."""
        return get_object_or_404(Office, slug=slug)

    def title(self, office: Office) -> str:
        """The name of the office."""
        return _("%(office)s: what citizens said, and the answers") % {"office": office.name}

    def link(self, office: Office) -> str:
        """Its page is the feed's own neighbour."""
        return self.feed_url(office).removesuffix("feed.atom")

    def feed_url(self, office: Office) -> str:
        """Its own address."""
        return reverse("office_feed", args=[office.slug])

    def feed_guid(self, office: Office) -> str:
        """The same for ever."""
        return tag(f"office/{office.slug}")

    def items(self, office: Office) -> list[Item]:
        """Newest first, messages and answers in one row."""
        rows = self.rows(office).exclude(status=MessageStatus.SET_ASIDE).select_related(None)
        newest = rows.order_by("-received_at", "-id")[:SHOWN]
        lately = rows.filter(replied_at__gte=clock.now() - LOOK_BACK)
        answered = list(lately.order_by("-replied_at", "-id")[:SHOWN])
        items = [said(row) for row in newest] + answers_to(answered)
        return sorted(items, key=lambda item: item.at, reverse=True)[:SHOWN]


class BoroughFeed(PlaceFeed):
    """The same of a borough: what is about it, whoever answers."""

    def rows(self, office: Office) -> MessageQuerySet:
        """Public messages about a place in it."""
        return Message.objects.public().filter(borough=office)

    def get_object(self, request: HttpRequest, slug: str) -> Office:
        """Only boroughs."""
        return get_object_or_404(Office, slug=slug, kind=OfficeKind.BOROUGH)

    def title(self, office: Office) -> str:
        """The name of the borough."""
        return _("%(borough)s: what citizens said, and the answers") % {"borough": office.area}

    def feed_url(self, office: Office) -> str:
        """Its own address."""
        return reverse("borough_feed", args=[office.slug])

    def feed_guid(self, office: Office) -> str:
        """The same for ever."""
        return tag(f"borough/{office.slug}")


def said(row: Message) -> Item:
    """What a citizen said."""
    return Item(row.title, row.masked_text, row.get_absolute_url(), row.code, row.received_at)


def answers_to(rows: Sequence[Message]) -> list[Item]:
    """The closing answer of each, in one query."""
    closing = Reply.objects.published().filter(message__in=rows, kind=ReplyKind.CLOSING)
    newest = {reply.message_id: reply for reply in closing.order_by("published_at", "pk")}
    return [
        Item(
            title=_("Answer: %(title)s") % {"title": row.title},
            words=newest[row.pk].masked_text,
            link=row.get_absolute_url(),
            name=f"{row.code}/answer/{newest[row.pk].pk}",
            at=newest[row.pk].published_at or row.received_at,
        )
        for row in rows
        if row.pk in newest
    ]


def shown(feed: Feed[Item, Any]) -> Callable[..., HttpResponse]:
    """With ETag and Last-Modified: who asks again gets 304 while nothing happened."""

    def view(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            page: HttpResponse = feed(request, **named)
        except Http404:
            return HttpResponse(_("There is no feed here."), status=404, content_type="text/plain")
        page["Cache-Control"] = "public, max-age=60"
        return page

    return require_safe(conditional_page(view))


of_case = shown(CaseFeed())
of_office = shown(PlaceFeed())
of_borough = shown(BoroughFeed())
