"""The wall of the Social Media Centre: citizens left, the city right (paper, note k)."""

from dataclasses import asdict, dataclass

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    set_response_etag,
)
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from channels_app import live, rules_shedding
from channels_app.keyset import page
from channels_app.models import Attachment, Reply
from channels_app.models.message_rows import MessageQuerySet
from channels_app.wall_form import COUNTED, VIEWS, WallForm, Wanted, how_many
from lifecycle import clock

EVERYTHING = Wanted()


@dataclass(frozen=True)
class Counter:
    """A number and the address that shows exactly these rows."""

    name: str
    words: str | Promise
    count: int
    url: str


def counters(wanted: Wanted = EVERYTHING) -> list[Counter]:
    """Four numbers, each counted from the rows its link shows; other filters hold on.

    Nothing while the Rulebook has switched them off.
    """
    if not rules_shedding.shows_counters():
        return []
    return [
        Counter(
            view.name,
            view.words,
            wanted.rows(view.name).count(),
            f"{reverse('smc')}?{wanted.query_of(view.name)}",
        )
        for view in COUNTED
    ]


@require_safe
def smc(request: HttpRequest) -> HttpResponse:
    """Newest first; the filters stand in the address, and a wrong one is explained."""
    form = WallForm(request.GET)
    if not form.is_valid():
        return render(request, "channels_app/smc_wrong.html", {"form": form}, status=422)
    wanted = form.wanted
    needs = {
        "form": form,
        "page": page(told(wanted.rows()), by=wanted.view.by, key=request.GET.get("after", "")),
        "wanted": wanted,
        "shown": wanted.view,
        "views": VIEWS,
        "count": how_many(wanted) if wanted != EVERYTHING else None,
        "counters": counters(wanted),
        "moment": clock.now(),
        "live": live.numbers(),
        "stream": live.STREAM,
        "without_photos": not rules_shedding.shows_wall_images(),
    }
    return render(request, "channels_app/smc.html", needs)


@require_safe
def wall_now(request: HttpRequest) -> HttpResponse:
    """The wall's numbers for pages that have no stream: the same for everybody, and no words."""
    found = live.numbers()
    answer = JsonResponse({"live": True, **asdict(found)} if found else {"live": False})
    patch_cache_control(answer, public=True, max_age=2)
    set_response_etag(answer)
    unchanged = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return unchanged or answer


def told(messages: MessageQuerySet) -> MessageQuerySet:
    """With all that a row of the wall shows."""
    published = Reply.objects.published().select_related("office")
    found = messages.select_related("office", "borough", "lead").prefetch_related(
        Prefetch("replies", published, to_attr="answers")
    )
    if not rules_shedding.shows_wall_images():
        return found
    photos = Prefetch("attachments", Attachment.objects.shown(), to_attr="photos_shown")
    return found.prefetch_related(photos)
