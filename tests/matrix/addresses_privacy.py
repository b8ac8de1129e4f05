"""Own data under the private link; the centre acts for somebody; auditors look at readings."""

from tests.matrix.addresses import (
    CASE,
    NO,
    OFFICERS,
    TOKEN,
    Address,
    everybody,
    inside,
    of_case,
    posted,
)

ACTS, LOOKS = {"centre"}, {"centre", "auditor"}
WATCHES = {"auditor", "administrator"}
DATA, DOWNLOAD, ERASE = (rf"{TOKEN}data/{end}" for end in ("", "download/", "erase/"))
READ_ONLY, BUTTON = posted(OFFICERS, 405), inside(OFFICERS, 405)
DAYS = {"first": "2020-01-01", "last": "2020-01-31"}


def erasing(path: str, status: int, *, post: int) -> Address:
    """The page that deletes: who knows the token may."""
    return Address(rf"^{CASE}{ERASE}$", path, everybody(status), everybody(post), NO)


def for_somebody(verb: str, voice: str, status: int, **form: str) -> Address:
    """A button of the page for somebody who asks."""
    route = rf"admin/^privacy/{CASE[2:]}{verb}/$"
    path = f"/admin/privacy/{{{voice}}}/{verb}/"
    return Address(route, path, BUTTON, posted(ACTS, status), READ_ONLY, form)


PRIVACY = [
    of_case(DATA, "/s/{private}/{private.token}/data/", 200),
    of_case(DATA, "/s/{private}/{wrong}/data/", 404),
    of_case(DATA, "/s/{unknown}/{wrong}/data/", 404),
    of_case(DOWNLOAD, "/s/{private}/{private.token}/data/download/", 200),
    of_case(DOWNLOAD, "/s/{private}/{wrong}/data/download/", 404),
    erasing("/s/{private}/{private.token}/data/erase/", 200, post=302),
    erasing("/s/{private}/{wrong}/data/erase/", 404, post=404),
    erasing("/s/{private}/{routed.token}/data/erase/", 404, post=404),
    Address("admin/privacy/", "/admin/privacy/", inside(LOOKS, 200), READ_ONLY, READ_ONLY),
    Address("admin/privacy/", "/admin/privacy/?code={private}&", inside(LOOKS, 200), READ_ONLY,
            READ_ONLY),
    Address("admin/privacy/", "/admin/privacy/?code=nothing", inside(LOOKS, 422), READ_ONLY,
            READ_ONLY),
    for_somebody("export", "private", 200, reason="asked at the counter"),
    for_somebody("export", "private", 422),
    for_somebody("erase", "private", 302, reason="asked at the counter", sure="on"),
    for_somebody("erase", "private", 422),
    for_somebody("erase", "unknown", 404, reason="asked"),
    Address("admin/readings/", "/admin/readings/", inside(WATCHES, 200), READ_ONLY, READ_ONLY),
    Address("admin/readings/rows/", "/admin/readings/rows/", inside({"auditor"}, 200), READ_ONLY,
            READ_ONLY),
    Address("admin/readings/rows/", "/admin/readings/rows/?officer=nobody@example.org",
            inside({"auditor"}, 422), READ_ONLY, READ_ONLY),
    Address("admin/readings/export/", "/admin/readings/export/", BUTTON,
            posted({"auditor"}, 422), READ_ONLY),
    Address("admin/readings/export/", "/admin/readings/export/", BUTTON,
            posted({"auditor"}, 200), READ_ONLY, {**DAYS, "reason": "the yearly report"}),
    Address("admin/readings/review/", "/admin/readings/review/", BUTTON,
            posted({"auditor"}, 422), READ_ONLY, {"month": "2020-01-01"}),
    Address("admin/readings/review/", "/admin/readings/review/", BUTTON,
            posted({"auditor"}, 302), READ_ONLY, {"month": "2020-01-01", "findings": "none"}),
]  # fmt: skip
