"""The written table: every address × method × role, and what it answers.

An address is named by its pattern in the resolver (the Korean one; English has the same under
/en/). Its path holds rows of the test's city: {routed} is the number of a voice that lies with
the roads, {routed.token} its author's secret. PUT and DELETE answer `other`, HEAD as GET does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.matrix.walking import ROLES

Cell = Mapping[str, int]

OFFICERS: set[str] = {
    "centre",
    "jun",
    "head",
    "sora",
    "borough",
    "mayor",
    "auditor",
    "administrator",
}
OUTSIDE = {"nobody", "relieved"}  # a relieved officer's session has ended
IN_CHARGE: set[str] = {"jun", "head"}
OWN_BUSINESS: set[str] = IN_CHARGE | {"centre"}
MAY_SEE: set[str] = OWN_BUSINESS | {"mayor", "auditor"}


def everybody(status: int) -> Cell:
    """The same for all."""
    return dict.fromkeys(ROLES, status)


def signed_in(status: int, *, outside: int = 302, officers: int = 0) -> Cell:
    """Whoever has signed in; officers, who have a second factor, perhaps otherwise."""
    cell = dict.fromkeys(ROLES, status)
    cell |= dict.fromkeys(OFFICERS, officers or status)
    return cell | dict.fromkeys(OUTSIDE, outside)


def inside(allowed: set[str], status: int, refused: int = 403) -> Cell:
    """A staff door, asked politely: sign in, enrol a second factor, or it is not yours."""
    cell = {"nobody": 302, "relieved": 302, "citizen": 403, "no_factor": 302}
    return {**cell, **{role: status if role in allowed else refused for role in OFFICERS}}


def posted(allowed: set[str], status: int, refused: int = 403) -> Cell:
    """A staff door, with a form: outside it gives back what was typed."""
    return {**inside(allowed, status, refused), "nobody": 403, "relieved": 403}


@dataclass(frozen=True)
class Address:
    """One pattern, walked to by one path."""

    route: str
    path: str
    get: Cell
    post: Cell
    other: Cell | None = None  # PUT and DELETE; None: a page of Django's or allauth's own
    form: Mapping[str, str] = field(default_factory=dict)


NO: Cell = everybody(405)
CASE = r"s/(?P<code>[A-Z]-\d{4}-\d{6,12})/"
TOKEN = r"(?P<token>[A-Za-z0-9_-]{28})/"
SAID = {
    "text": "새로운 말입니다",
    "kind": "complaint",
    "audience": "office",
    "client_key": "{key}",
}


def page(route: str, path: str = "") -> Address:
    """For everybody, and only to be read."""
    return Address(route, path or f"/{route}", everybody(200), NO, NO)


def of_case(route: str, path: str, get: int, *, post: int = 405) -> Address:
    """Below a receipt number: who asks makes no difference, only what they know."""
    return Address(rf"^{CASE}{route}$", path, everybody(get), everybody(post), NO)


CITIZENS = [
    Address("healthz", "/healthz", everybody(503), NO, NO),  # no worker runs beside this test
    Address("metrics", "/metrics", everybody(404), NO, NO),  # no token is set here
    page("robots.txt"),
    Address("favicon.ico", "/favicon.ico", everybody(301), everybody(301)),
    page(""),
    page("how-it-works/"),
    page("rules/"),
    page("privacy/"),
    page("accessibility/"),
    page("track/"),
    Address("track/", "/track/?code={routed}&", everybody(302), NO, NO),
    Address("track/", "/track/?code=nothing", everybody(422), NO, NO),
    page("smc/"),
    page("smc/", "/smc/?show=overdue"),
    Address("me/", "/me/", signed_in(200), signed_in(405), signed_in(405)),
    Address("say/", "/say/", everybody(200), everybody(200), NO),
    Address("say/<slug:kind>/", "/say/idea/", everybody(200), everybody(200), NO),
    Address("say/<slug:kind>/", "/say/song/", everybody(404), everybody(404), NO),
    Address("say/check/", "/say/check/", everybody(302), everybody(422), NO),
    Address("say/check/", "/say/check/", everybody(302), everybody(200), NO, SAID),
    Address("say/send/", "/say/send/", NO, everybody(422), NO),
    Address("say/send/", "/say/send/", NO, everybody(302), NO, SAID),
    of_case("", "/s/{routed}/", 200),
    of_case("", "/s/{received}/", 200),
    of_case("", "/s/{replied}/", 200),
    of_case("", "/s/{private}/", 404),
    of_case("", "/s/{at_water}/", 404),
    of_case("", "/s/{hidden}/", 404),
    of_case("", "/s/{unknown}/", 404),
    of_case("report/", "/s/{routed}/report/", 200, post=200),
    of_case("report/", "/s/{private}/report/", 404, post=405),
    of_case("report/", "/s/{unknown}/report/", 404, post=405),
    of_case(TOKEN, "/s/{routed}/{routed.token}/", 200),
    of_case(TOKEN, "/s/{private}/{private.token}/", 200),
    of_case(TOKEN, "/s/{hidden}/{hidden.token}/", 200),
    of_case(TOKEN, "/s/{private}/{wrong}/", 404),
    of_case(TOKEN, "/s/{private}/{routed.token}/", 404),
    of_case(TOKEN, "/s/{unknown}/{wrong}/", 404),
    of_case(rf"{TOKEN}done/", "/s/{private}/{private.token}/done/", 200),
    of_case(rf"{TOKEN}done/", "/s/{private}/{wrong}/done/", 404),
    Address(rf"^mail/{CASE[2:]}{TOKEN}$", "/mail/{routed}/{mail}/", everybody(200),
            everybody(302), NO, {"act": "confirm"}),
    Address(rf"^mail/{CASE[2:]}{TOKEN}$", "/mail/{routed}/{mail}/", everybody(200),
            everybody(200), NO, {"act": "refuse"}),
    Address(rf"^mail/{CASE[2:]}{TOKEN}$", "/mail/{private}/{mail}/", everybody(404),
            everybody(404), NO),
    Address(rf"^mail/{CASE[2:]}{TOKEN}$", "/mail/{routed}/{routed.token}/", everybody(404),
            everybody(404), NO),
]  # fmt: skip

GUESTS = signed_in(302, outside=200)  # who has signed in is led on
LED_ON = everybody(302)
CONFIRM_FIRST = signed_in(200, officers=302)  # officers show their second factor once more
ACCOUNTS = [
    Address("accounts/enrol/<str:token>/", "/accounts/enrol/{enrol}/", everybody(200), LED_ON, NO),
    Address("accounts/enrol/<str:token>/", "/accounts/enrol/forged/", everybody(410),
            everybody(410), NO),
    Address("accounts/login/", "/accounts/login/", GUESTS, GUESTS),
    Address("accounts/login/code/", "/accounts/login/code/", GUESTS, GUESTS),
    Address("accounts/login/code/confirm/", "/accounts/login/code/confirm/", LED_ON, LED_ON),
    Address("accounts/signup/", "/accounts/signup/", GUESTS, GUESTS),
    Address("accounts/logout/", "/accounts/logout/", signed_in(200), LED_ON, NO),
    page("accounts/inactive/"),
    Address("accounts/reauthenticate/", "/accounts/reauthenticate/",
            signed_in(403, officers=302), signed_in(403, officers=302)),
    Address("accounts/email/", "/accounts/email/", signed_in(200), LED_ON),
    Address("accounts/confirm-email/", "/accounts/confirm-email/", LED_ON, LED_ON),
    Address("accounts/password/change/", "/accounts/password/change/", LED_ON, LED_ON),
    Address("accounts/password/set/", "/accounts/password/set/", signed_in(200), signed_in(200)),
    Address("accounts/password/reset/", "/accounts/password/reset/", everybody(200),
            everybody(200)),
    Address("accounts/password/reset/confirm/", "/accounts/password/reset/confirm/", LED_ON,
            LED_ON),
    Address("accounts/password/reset/complete/", "/accounts/password/reset/complete/", LED_ON,
            LED_ON),
    page("accounts/password/reset/done/"),
    Address("accounts/2fa/", "/accounts/2fa/", signed_in(200), signed_in(405)),
    Address("accounts/2fa/authenticate/", "/accounts/2fa/authenticate/", LED_ON, LED_ON),
    Address("accounts/2fa/reauthenticate/", "/accounts/2fa/reauthenticate/",
            signed_in(403, officers=200), signed_in(403, officers=200)),
    Address("accounts/2fa/totp/activate/", "/accounts/2fa/totp/activate/", CONFIRM_FIRST,
            CONFIRM_FIRST),
    Address("accounts/2fa/totp/deactivate/", "/accounts/2fa/totp/deactivate/",
            signed_in(404, officers=302), signed_in(404, officers=302)),
    Address("accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/", signed_in(404),
            signed_in(405)),
    Address("accounts/2fa/recovery-codes/generate/", "/accounts/2fa/recovery-codes/generate/",
            CONFIRM_FIRST, CONFIRM_FIRST),
    Address("accounts/2fa/recovery-codes/download/", "/accounts/2fa/recovery-codes/download/",
            signed_in(404), signed_in(404)),
    Address("accounts/2fa/webauthn/", "/accounts/2fa/webauthn/", signed_in(200), signed_in(405)),
    Address("accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/add/", CONFIRM_FIRST,
            CONFIRM_FIRST),
    Address("accounts/2fa/webauthn/reauthenticate/", "/accounts/2fa/webauthn/reauthenticate/",
            signed_in(403, officers=302), signed_in(403, officers=302)),
    Address("accounts/2fa/webauthn/keys/<int:pk>/remove/",
            "/accounts/2fa/webauthn/keys/{authenticator}/remove/",
            signed_in(404, officers=302), signed_in(404, officers=302)),
    Address("accounts/2fa/webauthn/keys/<int:pk>/edit/",
            "/accounts/2fa/webauthn/keys/{authenticator}/edit/",
            signed_in(404, officers=302), signed_in(404, officers=302)),
    Address("accounts/2fa/webauthn/login/", "/accounts/2fa/webauthn/login/", LED_ON, LED_ON),
    page("accounts/3rdparty/login/cancelled/"),
    Address("accounts/3rdparty/login/error/", "/accounts/3rdparty/login/error/", everybody(401),
            NO),
    Address("accounts/3rdparty/signup/", "/accounts/3rdparty/signup/", LED_ON, LED_ON),
    Address("accounts/3rdparty/", "/accounts/3rdparty/", signed_in(200), signed_in(200)),
    *[
        Address(f"accounts/social/{old}/", f"/accounts/social/{old}/", everybody(301),
                everybody(301))
        for old in ("login/cancelled", "login/error", "signup", "connections")
    ],
    Address("accounts/sessions/", "/accounts/sessions/", signed_in(200), signed_in(302)),
]  # fmt: skip


def button(verb: str, voice: str, allowed: set[str], **form: str) -> Address:
    """One act of the desk on one voice, with a form that is right."""
    return Address(
        route=rf"admin/^case/{CASE[2:]}{verb}/$",
        path=f"/admin/case/{{{voice}}}/{verb}/",
        get=inside(OFFICERS, 405),
        post=posted(allowed, 302),
        other=posted(OFFICERS, 405),
        form={"version": f"{{{voice}.version}}", **form},
    )


def desk_case(voice: str, allowed: set[str]) -> Address:
    """The officers' page of one voice."""
    read_only = posted(OFFICERS, 405)
    path = f"/admin/case/{{{voice}}}/"
    return Address(rf"admin/^case/{CASE[2:]}$", path, inside(allowed, 200), read_only, read_only)


OTHERS = {"sora"} | (MAY_SEE - IN_CHARGE)  # for what lies with the water office
DESK = [
    desk_case("routed", MAY_SEE),
    desk_case("private", MAY_SEE),
    desk_case("received", MAY_SEE - IN_CHARGE),
    desk_case("at_water", OTHERS),
    Address(rf"admin/^case/{CASE[2:]}$", "/admin/case/{unknown}/", inside(OFFICERS, 404),
            posted(OFFICERS, 405)),
    button("route", "routed", OWN_BUSINESS, office="{water}", reason="물이 새요"),
    button("route", "received", {"centre"}, office="{water}"),
    button("route", "at_water", {"centre", "sora"}, office="{roads}"),
    button("hand-back", "routed", IN_CHARGE, reason="우리 일이 아니에요"),
    button("hand-back", "at_water", {"sora"}, reason="우리 일이 아니에요"),
    button("set-aside", "routed", OWN_BUSINESS, reason="spam"),
    button("restore", "set_aside", OWN_BUSINESS),
    button("show", "hidden", OWN_BUSINESS),
    button("hide", "routed", OWN_BUSINESS, reason="personal"),
    button("send-again", "troubled", OWN_BUSINESS),
    button("settle", "troubled", OWN_BUSINESS),
    button("answer", "routed", IN_CHARGE, act="send", answer="고쳤습니다"),
    button("answer", "at_water", {"sora"}, act="send", answer="고쳤습니다"),
    button("take-back", "answered", IN_CHARGE),
]  # fmt: skip

ADMIN = [
    Address("admin/", "/admin/", inside(OFFICERS, 200), posted(OFFICERS, 200)),
    Address("admin/login/", "/admin/login/", inside(OFFICERS, 302), posted(OFFICERS, 200)),
    Address("admin/logout/", "/admin/logout/", inside(OFFICERS, 405), posted(OFFICERS, 200)),
    Address("admin/password_change/", "/admin/password_change/", inside(OFFICERS, 200),
            posted(OFFICERS, 200)),
    Address("admin/password_change/done/", "/admin/password_change/done/", inside(OFFICERS, 200),
            posted(OFFICERS, 405)),
    Address("admin/autocomplete/", "/admin/autocomplete/", inside(set(), 200),
            posted(OFFICERS, 405)),
    Address("admin/jsi18n/", "/admin/jsi18n/", inside(OFFICERS, 200), posted(OFFICERS, 405)),
    # Closed: it would tell the number of a private voice by its key.
    Address("admin/r/<path:rest>", "/admin/r/{message_type}/{private.pk}/",
            inside(set(), 200, 404), posted(set(), 200, 404)),
    Address("admin/r/<path:content_type_id>/<path:object_id>/",
            "/admin/r/{message_type}/{private.pk}/", inside(set(), 200, 404),
            posted(set(), 200, 404)),
    Address("admin/^(?P<app_label>auth|account|mfa|usersessions|socialaccount|people|lifecycle"
            "|channels_app|suggestions|desk)/$", "/admin/people/",
            inside({"auditor", "administrator"}, 200, 404),
            posted({"auditor", "administrator"}, 200, 404)),
    Address("admin/(?P<url>.*)$", "/admin/nowhere/", inside(set(), 200, 404),
            posted(set(), 200, 404)),
]  # fmt: skip

KEEP: str = "view add change"
LOOK: str = "view"
APPEND: str = "view add"
ALL: str = "view add change delete"
# Record → who may do what with it; nobody else may do anything.
RECORDS: dict[str, dict[str, str]] = {
    "people/user": {"administrator": KEEP, "auditor": LOOK},
    "people/office": {"administrator": KEEP, "auditor": LOOK},
    "people/appointment": {"administrator": APPEND, "auditor": LOOK},
    "lifecycle/rule": {"administrator": APPEND, "auditor": LOOK},
    "lifecycle/holiday": {"administrator": APPEND, "auditor": LOOK},
    "channels_app/routingrule": {"administrator": ALL, "centre": ALL, "auditor": LOOK},
    "channels_app/reading": {"auditor": LOOK},
    "channels_app/delivery": {"auditor": LOOK},
    "suggestions/suggestion": {"auditor": LOOK, "centre": LOOK},
    "suggestions/support": {"auditor": LOOK, "centre": LOOK},
    "suggestions/milestone": {"auditor": LOOK, "centre": LOOK},
    "suggestions/invalidation": {"auditor": LOOK, "centre": LOOK},
    "suggestions/papersignatures": {"auditor": LOOK, "centre": LOOK},
    "auth/group": {},
    "account/emailaddress": {},
    "mfa/authenticator": {},
    "usersessions/usersession": {},
    "socialaccount/socialapp": {},
    "socialaccount/socialaccount": {},
    "socialaccount/socialtoken": {},
}


def of_record(record: str, rights: Mapping[str, str]) -> list[Address]:
    """The six addresses of one kind of record."""

    def may(verb: str) -> set[str]:
        return {role for role, verbs in rights.items() if verb in verbs.split()}

    def row(end: str, reads: set[str], writes: set[str], written: int = 200) -> Address:
        one = f"{{{record.partition('/')[2]}}}"
        path = f"/admin/{record}/{end}".replace("<path:object_id>", one)
        return Address(f"admin/{record}/{end}", path, inside(reads, 200), posted(writes, written))

    # A user's form has no field that must be filled in: an empty one is taken.
    changed = 302 if record == "people/user" else 200
    return [
        row("", may("view"), may("view")),
        row("add/", may("add"), may("add")),
        row("<path:object_id>/history/", may("view"), may("view")),
        row("<path:object_id>/delete/", may("delete"), may("delete")),
        row("<path:object_id>/change/", may("view"), may("change"), changed),
        Address(f"admin/{record}/<path:object_id>/", row("<path:object_id>/", set(), set()).path,
                inside(OFFICERS, 302), posted(OFFICERS, 302)),
    ]  # fmt: skip


from tests.matrix.addresses_abuse import ABUSE  # noqa: E402 - written in the words above
from tests.matrix.addresses_account import ACCOUNT_DATA  # noqa: E402 - the same
from tests.matrix.addresses_answers import ANSWERS  # noqa: E402 - the same
from tests.matrix.addresses_api import API  # noqa: E402 - the same
from tests.matrix.addresses_author import AUTHOR  # noqa: E402 - the same
from tests.matrix.addresses_committees import COMMITTEES  # noqa: E402 - the same
from tests.matrix.addresses_conversation import CONVERSATION  # noqa: E402 - the same
from tests.matrix.addresses_dashboards import DASHBOARDS  # noqa: E402 - the same
from tests.matrix.addresses_following import FOLLOWING  # noqa: E402 - the same
from tests.matrix.addresses_ideas import IDEAS  # noqa: E402 - the same
from tests.matrix.addresses_ideas_desk import IDEAS_AT_DESK  # noqa: E402 - the same
from tests.matrix.addresses_knowledge import KNOWLEDGE  # noqa: E402 - the same
from tests.matrix.addresses_live import LIVE  # noqa: E402 - the same
from tests.matrix.addresses_mail import MAIL  # noqa: E402 - the same
from tests.matrix.addresses_of_answers import OF_ANSWERS  # noqa: E402 - the same
from tests.matrix.addresses_opendata import OPENDATA  # noqa: E402 - the same
from tests.matrix.addresses_operations import OPERATIONS  # noqa: E402 - the same
from tests.matrix.addresses_pages import PAGES  # noqa: E402 - the same
from tests.matrix.addresses_phone import PHONE  # noqa: E402 - the same
from tests.matrix.addresses_photos import PHOTOS  # noqa: E402 - the same
from tests.matrix.addresses_places import PLACES  # noqa: E402 - the same
from tests.matrix.addresses_privacy import PRIVACY  # noqa: E402 - the same
from tests.matrix.addresses_routing import ROUTING  # noqa: E402 - the same
from tests.matrix.addresses_search import SEARCH  # noqa: E402 - the same
from tests.matrix.addresses_talk import TALKED  # noqa: E402 - the same
from tests.matrix.addresses_triage import TRIAGE  # noqa: E402 - the same

ADDRESSES = [
    *ABUSE,
    *ACCOUNT_DATA,
    *ANSWERS,
    *API,
    *AUTHOR,
    *COMMITTEES,
    *CONVERSATION,
    *DASHBOARDS,
    *FOLLOWING,
    *IDEAS,
    *IDEAS_AT_DESK,
    *KNOWLEDGE,
    *MAIL,
    *LIVE,
    *PRIVACY,
    *ROUTING,
    *TALKED,
    *TRIAGE,
    *SEARCH,
    *OF_ANSWERS,
    *CITIZENS,
    *ACCOUNTS,
    *DESK,
    *OPENDATA,
    *OPERATIONS,
    *PAGES,
    *PHONE,
    *PHOTOS,
    *PLACES,
    *ADMIN,
    *[row for record, rights in RECORDS.items() for row in of_record(record, rights)],
]
