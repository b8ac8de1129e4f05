"""The sealed public record: the page that explains it, its files, and the feed of its heads."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from channels_app.views.feeds import Entries, Item, shown, tag
from lifecycle.models import Seal
from lifecycle.record import notes, openings, verify
from lifecycle.record.tree import Tree
from mayors_office.views.opendata import open_to_all

DAYS_SHOWN = 14
LINES = "text/tab-separated-values"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What it is, how it stands, how to check it oneself."""
    newest = Seal.objects.newest()
    needs = {
        "newest": newest,
        "last_part": (newest.size - 1) // openings.PART if newest and newest.size else 0,
        "part": openings.PART,
        "days": list(Seal.objects.daily()[:DAYS_SHOWN]),
        "key": notes.verifier_key(),
        "site": settings.SITE_URL,
    }
    return render(request, "mayors_office/record.html", needs)


@open_to_all
def checkpoint(request: HttpRequest) -> HttpResponseBase:
    """The newest head."""
    newest = Seal.objects.newest()
    return _text(newest.note) if newest else _nothing()


@open_to_all
def checkpoint_of_day(request: HttpRequest, day: str) -> HttpResponseBase:
    """The head that went out on a day."""
    try:
        found = Seal.objects.filter(day=date.fromisoformat(day)).first()
    except ValueError:  # no day of any calendar
        found = None
    return _text(found.note) if found else _nothing()


@open_to_all
def key(request: HttpRequest) -> HttpResponseBase:
    """The public key, as verifiers take it."""
    return _text(f"{notes.verifier_key()}\n")


@open_to_all
def script(request: HttpRequest) -> HttpResponseBase:
    """The script for strangers: one file that needs nothing else."""
    answer = _text(Path(verify.__file__).read_text(), "text/x-python")
    answer["Content-Disposition"] = 'attachment; filename="verify.py"'
    return answer


@open_to_all
def leaves(request: HttpRequest, part: str) -> HttpResponseBase:
    """Hashes, 32 octets each."""
    found = openings.hashes(int(part))
    return HttpResponse(found, content_type="application/octet-stream") if found else _nothing()


@open_to_all
def entries(request: HttpRequest, part: str) -> HttpResponseBase:
    """The lines of what everyone may read at this moment."""
    return _text("".join(openings.lines(int(part))), LINES)


@open_to_all
def consistency(request: HttpRequest, old: str, new: str) -> HttpResponseBase:
    """What shows that the larger size continues the smaller one."""
    newest = Seal.objects.newest()
    if newest is None or not int(old) <= int(new) <= newest.size:
        return _nothing()
    path = openings.written(Tree().consistency(int(old), int(new)))
    return _text(json.dumps({"path": path}) + "\n", "application/json")


def _text(text: str, kind: str = "text/plain") -> HttpResponse:
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8")


def _nothing() -> HttpResponse:
    words = _("There is no such file.")
    return HttpResponse(words, status=404, content_type="text/plain; charset=utf-8")


class HeadsFeed(Entries):
    """The signed head of each day: whoever reads it holds the city to its word."""

    def get_object(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        """There is one for the whole city."""

    def title(self, whole: None) -> str:
        """In the language of its address."""
        return _("Seals of the public record")

    def link(self, whole: None) -> str:
        """The page it belongs to."""
        return reverse("record")

    def feed_url(self, whole: None) -> str:
        """Its own address."""
        return reverse("record_feed")

    def feed_guid(self, whole: None) -> str:
        """The same for ever."""
        return tag("record")

    def items(self, whole: None) -> list[Item]:
        """Newest first, each with the whole note."""
        return [_item(seal, seal.day) for seal in Seal.objects.daily()[:DAYS_SHOWN] if seal.day]


def _item(seal: Seal, day: date) -> Item:
    title = _("Seal of %(day)s: %(size)d steps") % {"day": day.isoformat(), "size": seal.size}
    link = reverse("record_checkpoint_of_day", args=[day.isoformat()])
    return Item(title, seal.note, link, f"record/{day}", seal.at)


feed = shown(HeadsFeed())
