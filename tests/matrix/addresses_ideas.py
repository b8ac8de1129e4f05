"""Suggestions as everybody meets them: who asks makes no difference, only what they know."""

from tests.matrix.addresses import CASE, NO, TOKEN, Address, everybody, of_case, page
from tests.matrix.addresses_api import read

NUMBER = r"(?P<code>[A-Z]-\d{4}-\d{6,12})/"
CONFIRM = rf"^confirm/support/(?P<pk>\d{{1,18}})/{TOKEN}$"
OF_ONE = r"^v1/suggestions/(?P<receipt>[A-Z]-[0-9]{4}-[0-9]{6,12})/$"
PETITION = {"text": "버스를 늘려 주세요", "mail": "sori@example.org", "client_key": "{key}"}


def read_only(route: str, path: str, status: int) -> Address:
    """Only to be read."""
    return Address(route, path, everybody(status), NO, NO)


def by_token(act: str, get: int, post: int, token: str = "wish.message.token") -> Address:  # noqa: S107 - a place
    """Below the author's secret."""
    path = f"/s/{{wish}}/{{{token}}}/{act}/"
    route = rf"^{CASE}{TOKEN}{act}/$"
    return Address(route, path, everybody(get), everybody(post), NO, {"text": "이렇게 고칩니다"})


def supporting(number: str, get: int, post: int, **form: str) -> Address:
    """The door of support."""
    path = f"/s/{{{number}}}/support/"
    return Address(rf"^{CASE}support/$", path, everybody(get), everybody(post), NO, form)


IDEAS = [
    page("suggestions/"),
    read_only("suggestions/", "/suggestions/?stage=nowhere", 422),
    page("suggestions/list.csv"),
    page("suggestions/feed.atom"),
    page("suggestions/due.ics"),
    page("oasis/"),
    Address("oasis/new/", "/oasis/new/", everybody(200), everybody(200), NO, {"text": "심야버스"}),
    page("oasis/rules/"),
    page("petitions/"),
    Address("petitions/new/", "/petitions/new/", everybody(200), everybody(422), NO),
    Address("petitions/new/", "/petitions/new/", everybody(200), everybody(302), NO, PETITION),
    read_only(rf"^petitions/{NUMBER}$", "/petitions/{wish}/", 302),
    page("changed/"),
    page("changed/feed.atom"),
    read_only(rf"^changed/{NUMBER}$", "/changed/{wish}/", 404),
    of_case("", "/s/{wish}/", 200),
    of_case(r"feed\.atom", "/s/{wish}/feed.atom", 200),
    of_case(TOKEN, "/s/{wish}/{wish.message.token}/", 200),
    of_case(TOKEN, "/s/{wish}/{wrong}/", 404),
    of_case(r"badge\.svg", "/s/{wish}/badge.svg", 200),
    of_case(r"badge\.svg", "/s/{routed}/badge.svg", 404),
    of_case(r"due\.ics", "/s/{wish}/due.ics", 200),
    of_case(r"due\.ics", "/s/{private}/due.ics", 404),
    supporting("wish", 200, 200, act="support"),
    supporting("wish", 200, 200, act="ask", mail="sori@example.org"),
    supporting("wish", 200, 422, act="ask", mail="nowhere"),
    supporting("wish", 200, 302, act="forget"),
    supporting("routed", 404, 404, act="support"),
    supporting("private", 404, 404, act="support"),
    Address(CONFIRM, "/confirm/support/{wanted.pk}/{wanted.token}/", everybody(200),
            everybody(302), NO, {"act": "confirm"}),
    Address(CONFIRM, "/confirm/support/{wanted.pk}/{wanted.token}/", everybody(200),
            everybody(200), NO, {"act": "refuse"}),
    Address(CONFIRM, "/confirm/support/{wanted.pk}/{wrong}/", everybody(404), everybody(404), NO),
    by_token("withdraw", 200, 302),
    by_token("withdraw", 404, 404, "wrong"),
    by_token("correct", 200, 409),
    by_token("correct", 404, 404, "wrong"),
    by_token("appeal", 200, 409),
    by_token("appeal", 404, 404, "wrong"),
    read("v1/suggestions/", "v1/suggestions/"),
    read(OF_ONE, "v1/suggestions/{wish}/"),
    read(OF_ONE, "v1/suggestions/{private}/", 404),
]  # fmt: skip
