"""The written table of the knowledge base: everybody reads, its office and two others keep it."""

from tests.matrix.addresses import (
    NO,
    OFFICERS,
    OWN_BUSINESS,
    Address,
    Cell,
    everybody,
    inside,
    page,
    posted,
)

FAQ = r"^dasan/faq/(?P<slug>[-\w]{1,80})/"
FROM = r"admin/^knowledge/from/(?P<code>[A-Z]-\d{4}-\d{6,12})/$"
ONE = "/admin/knowledge/{article.pk}/"
GONE = "/admin/knowledge/{gone.pk}/"
SEES_GONE = OWN_BUSINESS | {"auditor"}
WRITERS = OFFICERS - {"auditor", "administrator"}
WORDS = {"office": "{roads}", "question_ko": "왜요?", "answer_ko": "그래서요.", "act": "publish"}


def kept(route: str, path: str, get: Cell, post: Cell, **form: str) -> Address:
    """A page of the desk that is read and written on."""
    return Address(route, path, get, post, posted(OFFICERS, 405), form)


def act(name: str, path: str, allowed: set[str], sees: set[str], **form: str) -> Address:
    """A button on one article; who may not even see it finds nothing."""
    post = {**posted(allowed, 302), **dict.fromkeys(OFFICERS - sees, 404)}
    return Address(f"admin/knowledge/<int:pk>/{name}/", f"{path}{name}/", inside(OFFICERS, 405),
                   post, posted(OFFICERS, 405), form)  # fmt: skip


KNOWLEDGE = [
    page("dasan/"),
    page("dasan/", "/dasan/?q=폐기물&"),
    Address("dasan/", "/dasan/?office=nowhere", everybody(404), NO, NO),
    page("dasan/feed.atom"),
    page(rf"{FAQ}$", "/dasan/faq/{article.slug}/"),
    Address(rf"{FAQ}$", "/dasan/faq/{gone.slug}/", everybody(404), NO, NO),
    Address(rf"{FAQ}helped/$", "/dasan/faq/{article.slug}/helped/", NO, everybody(302), NO,
            {"said": "yes"}),
    Address(rf"{FAQ}helped/$", "/dasan/faq/{article.slug}/helped/", NO, everybody(307), NO,
            {"said": "no", "text": "왜요?"}),
    Address(rf"{FAQ}helped/$", "/dasan/faq/{gone.slug}/helped/", NO, everybody(404), NO,
            {"said": "yes"}),
    Address("admin/knowledge/", "/admin/knowledge/", inside(OFFICERS, 200),
            posted(OFFICERS, 405), posted(OFFICERS, 405)),
    kept("admin/knowledge/new/", "/admin/knowledge/new/", inside(WRITERS, 200),
         {**posted(OWN_BUSINESS, 302, 422), "auditor": 403, "administrator": 403}, **WORDS),
    kept(FROM, "/admin/knowledge/from/{replied}/", inside(OWN_BUSINESS, 200),
         posted(OWN_BUSINESS, 302), **WORDS),
    kept(FROM, "/admin/knowledge/from/{routed}/", {**inside(OWN_BUSINESS, 404), "mayor": 404,
         "auditor": 404}, {**posted(OWN_BUSINESS, 404), "mayor": 404, "auditor": 404}),
    kept("admin/knowledge/<int:pk>/", ONE, inside(OFFICERS, 200), posted(OWN_BUSINESS, 302),
         **WORDS),
    kept("admin/knowledge/<int:pk>/", GONE, inside(SEES_GONE, 200, 404),
         {**posted(OWN_BUSINESS, 302, 404), "auditor": 403}, **WORDS),
    act("review", ONE, OWN_BUSINESS, OFFICERS),
    act("withdraw", ONE, OWN_BUSINESS, OFFICERS, because="그만"),
    act("put-back", GONE, OWN_BUSINESS, SEES_GONE),
]  # fmt: skip
