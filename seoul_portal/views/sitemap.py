"""The map of the site for search engines: an index, the fixed pages, and the cases part by part.

A part is a range of keys, so that its cost is the same for the first case and for the millionth.
Every address stands in both languages, each naming the other.
"""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from channels_app import tallies
from channels_app.models import KnowledgeArticle, Message
from people.models import Office, OfficeKind

A_PART = 5000  # keys: two addresses each, where a file may hold 50,000
LANGUAGES = ("ko", "en")
PAGES = (
    "home", "say", "suggestions", "oasis", "oasis_rules", "petitions", "changed",
    "committees", "promises", "smc", "dasan", "departments", "boroughs", "channels", "dashboard",
    "heard", "how_it_works", "track", "api", "opendata", "record", "rules", "privacy",
    "accessibility",
)  # fmt: skip
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
Page = tuple[str, tuple[str, ...]]  # name of the address, what stands in it


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Which parts there are: the fixed pages, and a part for every so many keys."""
    newest = Message.objects.public().order_by("-id").values_list("id", flat=True).first()
    count = 0 if newest is None else newest // A_PART + 1
    parts = [reverse("sitemap_pages"), *(reverse("sitemap_cases", args=[n]) for n in range(count))]
    lines = "".join(f"<sitemap><loc>{_whole(part)}</loc></sitemap>\n" for part in parts)
    return _xml(f'<sitemapindex xmlns="{SPACE}">\n{lines}</sitemapindex>\n')


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """The fixed pages, offices, boroughs and ready answers."""
    return _map(_pages())


@require_safe
def cases(request: HttpRequest, part: int) -> HttpResponse:
    """The public cases of one range of keys. Raises Http404 beyond every key."""
    if part * A_PART > 2**62:
        raise Http404
    found = tallies.conversation().filter(pk__gte=part * A_PART, pk__lt=(part + 1) * A_PART)
    codes = found.order_by("pk").values_list("code", flat=True)
    return _map(("case", (code,)) for code in codes)


def _pages() -> Iterator[Page]:
    yield from ((name, ()) for name in PAGES)
    offices = Office.objects.filter(closed=False).order_by("slug")
    for slug, kind in offices.values_list("slug", "kind"):
        yield "department", (slug,)
        if kind == OfficeKind.BOROUGH:
            yield "borough", (slug,)
    for article in KnowledgeArticle.objects.shown().listed().order_by("id"):
        yield "article", (article.slug,)


def _map(found: Iterable[Page]) -> HttpResponse:
    lines = "".join(_entries(name, inside) for name, inside in found)
    return _xml(f'<urlset xmlns="{SPACE}" xmlns:xhtml="{XHTML}">\n{lines}</urlset>\n')


def _entries(name: str, inside: tuple[str, ...]) -> str:
    """One page under each of its addresses."""
    places = {}
    for language in LANGUAGES:
        with translation.override(language):
            places[language] = _whole(reverse(name, args=inside))
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{place}"/>'
        for language, place in places.items()
    )
    return "".join(f"<url><loc>{place}</loc>{others}</url>\n" for place in places.values())


def _whole(path: str) -> str:
    return escape(f"{settings.SITE_URL}{path}", {'"': "&quot;"})


def _xml(text: str) -> HttpResponse:
    answer = HttpResponse(f"{HEAD}{text}", content_type="application/xml; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=600"
    return answer
