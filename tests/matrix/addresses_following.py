"""Following, feeds and calendars: who asks makes no difference, only what they know."""

from tests.following.browsers import Browser
from tests.matrix.addresses import (
    CASE,
    NO,
    OFFICERS,
    TOKEN,
    Address,
    everybody,
    inside,
    of_case,
    page,
    posted,
)

KEY = rf"(?P<pk>\d{{1,18}})/{TOKEN}"
ICS = rf"^calendar/{KEY}(?P<slug>[-\w]{{1,50}})\.ics$"
MAIL = {"mail": "sori@example.org"}
NOWHERE = everybody(404)


def by_link(name: str, path: str, status: int, **form: str) -> Address:
    """Below a key and its token."""
    return Address(rf"^{name}/{KEY}$", path, everybody(status), everybody(status), NO, form)


def muting(path: str, status: int) -> Address:
    """Below a receipt number and the token of its mails."""
    route = rf"^unsubscribe/{CASE[2:]}{TOKEN}$"
    return Address(route, path, everybody(status), everybody(status), NO)


def following(voice: str, get: int, post: int, form: dict[str, str] = MAIL) -> Address:
    """The form, and what is typed there."""
    path = f"/s/{{{voice}}}/follow/"
    return Address(rf"^{CASE}follow/$", path, everybody(get), everybody(post), NO, form)


def on_device(voice: str, status: int, act: str = "look", **form: str) -> Address:
    """What a browser sends."""
    path = f"/s/{{{voice}}}/push/"
    return Address(rf"^{CASE}push/$", path, NO, everybody(status), NO,
                   {"act": act, **PHONE, **form})  # fmt: skip


PHONE = Browser("https://push.example.org/sora").form
FOLLOWING = [
    Address("push.js", "/push.js", everybody(200), NO, NO),
    on_device("routed", 200),
    on_device("routed", 200, "follow"),
    on_device("routed", 200, "end"),
    on_device("routed", 422, "follow", auth="short"),
    on_device("private", 404, "follow"),
    on_device("hidden", 404, "follow"),
    on_device("unknown", 404, "follow"),
    by_link("mails", "/mails/{follow.contact.pk}/{follow.contact.mails_token}/", 200),
    by_link("mails", "/mails/{follow.contact.pk}/{follow.contact.mails_token}/", 200, act="daily"),
    by_link("mails", "/mails/{follow.contact.pk}/{wrong}/", 404),
    by_link("mails", "/mails/{follow.contact.pk}/{follow.token}/", 404),
    by_link("unsubscribe", "/unsubscribe/{follow.pk}/{follow.token}/", 200, act="all"),
    following("routed", 200, 200),
    following("routed", 200, 422, {"mail": "nowhere"}),
    following("private", 404, 404),
    following("hidden", 404, 404),
    following("unknown", 404, 404),
    by_link("follow", "/follow/{follow.pk}/{follow.token}/", 200, act="confirm"),
    by_link("follow", "/follow/{follow.pk}/{follow.token}/", 200, act="refuse"),
    by_link("follow", "/follow/{follow.pk}/{wrong}/", 404, act="confirm"),
    by_link("unsubscribe", "/unsubscribe/{follow.pk}/{follow.token}/", 200),
    by_link("unsubscribe", "/unsubscribe/{follow.pk}/{wrong}/", 404),
    muting("/unsubscribe/{private}/{private.mute_token}/", 200),
    muting("/unsubscribe/{private}/{wrong}/", 404),
    muting("/unsubscribe/{private}/{private.token}/", 404),
    of_case(r"feed\.atom", "/s/{routed}/feed.atom", 200),
    of_case(r"feed\.atom", "/s/{private}/feed.atom", 404),
    of_case(r"feed\.atom", "/s/{hidden}/feed.atom", 404),
    page("departments/<slug:slug>/feed.atom", "/departments/sidewalks/feed.atom"),
    Address("departments/<slug:slug>/feed.atom", "/departments/nowhere/feed.atom", NOWHERE, NO, NO),
    page("borough/<slug:slug>/feed.atom", "/borough/mapo/feed.atom"),
    Address("borough/<slug:slug>/feed.atom", "/borough/sidewalks/feed.atom", NOWHERE, NO, NO),
    Address(ICS, "/calendar/{calendar.pk}/{calendar.token}/{calendar.appointment.office.slug}.ics",
            everybody(200), NO, NO),
    Address(ICS, "/calendar/{calendar.pk}/{calendar.token}/sidewalks.ics", NOWHERE, NO, NO),
    Address(ICS, "/calendar/{calendar.pk}/{wrong}/sidewalks.ics", NOWHERE, NO, NO),
    Address("admin/calendar/", "/admin/calendar/", inside(OFFICERS, 200), posted(OFFICERS, 404),
            posted(OFFICERS, 405)),
    Address("admin/calendar/", "/admin/calendar/", inside(OFFICERS, 200),
            posted({"jun"}, 302, 404), posted(OFFICERS, 405),
            {"post": "{calendar.appointment.pk}"}),
]  # fmt: skip
