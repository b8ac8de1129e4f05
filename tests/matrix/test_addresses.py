"""Every address × method × role answers as the written table says; an unwritten one fails."""

import re
from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import translation

from tests.matrix.addresses import ADDRESSES, Address, Cell
from tests.matrix.walking import ROLES, Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FEW = ("nobody", "jun", "administrator")
SECRET_EACH_TIME = re.compile(r"(?<=name=\"csrfmiddlewaretoken\" value=\")[^\"]+")


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every pattern of the house, written out."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


def test_every_address_is_written_down() -> None:
    with translation.override("ko"):
        assert set(routes(get_resolver())) == {address.route for address in ADDRESSES}


def wrong_answers(walk: Walk, address: Address, method: str, cell: Cell) -> list[str]:
    """Each answer that is not the written one. What it shows, three of them really look at."""
    found = []
    for role in ROLES if method in ("GET", "POST") else FEW:
        blank = role not in FEW
        status = walk.ask(role, method, address.path, address.form, blank=blank).status_code
        if status != cell[role]:
            found.append(f"{method} {address.path} by {role}: {status}, not {cell[role]}")
    return found


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.path)
def test_an_address_answers_as_it_is_written(address: Address, walk: Walk) -> None:
    wrong = wrong_answers(walk, address, "GET", address.get)
    wrong += wrong_answers(walk, address, "POST", address.post)
    if address.other is not None:
        wrong += wrong_answers(walk, address, "HEAD", address.get)
        wrong += wrong_answers(walk, address, "PUT", address.other)
        wrong += wrong_answers(walk, address, "DELETE", address.other)

    assert not wrong


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.path)
def test_asking_for_options_tells_and_changes_nothing(address: Address, walk: Walk) -> None:
    for role in FEW:
        answer = walk.ask(role, "OPTIONS", address.path, {})
        told = answer.status_code == 200 and bool(answer.content)

        assert answer.status_code < 500
        assert not told or address.get[role] in (200, 302)


ENGLISH = [one for one in ADDRESSES if one.path.startswith(("/say", "/s/", "/admin/case", "/me"))]


@pytest.mark.parametrize("address", ENGLISH, ids=lambda address: address.path)
def test_the_english_address_answers_the_same(address: Address, walk: Walk) -> None:
    for role in FEW:
        status = walk.ask(role, "GET", f"/en{address.path}", {}).status_code

        assert status == address.get[role]


# What a stranger learns of a voice by its number or by a wrong link: nothing.
SECRETS = [
    "/s/{private}/",
    "/s/{at_water}/",
    "/s/{private}/report/",
    "/s/{private}/follow/",
    "/s/{private}/feed.atom",
    "/s/{private}/record/",
    "/s/{private}/record/message-0.json",
    "/s/{routed}/{wrong}/",
    "/s/{private}/{wrong}/",
    "/s/{private}/{wrong}/done/",
    "/s/{private}/{routed.token}/",
    "/mail/{private}/{wrong}/",
    "/mail/{routed}/{routed.token}/",
]


@pytest.mark.parametrize("path", SECRETS)
@pytest.mark.parametrize("role", ["nobody", "sora"])
def test_a_secret_looks_like_an_unknown_number(role: str, path: str, walk: Walk) -> None:
    unknown = re.sub(r"\{(private|at_water|routed)\}", "{unknown}", path)

    secret, nothing = (_bare(walk, role, one) for one in (path, unknown))

    assert secret[0] == 404
    assert secret == nothing


def _bare(walk: Walk, role: str, path: str) -> tuple[int, str, dict[str, str]]:
    """Status, page and headers without what differs by the address alone or each time."""
    answer = walk.ask(role, "GET", path, {})
    words = answer.content.decode().replace(walk.fill(path), "(here)")
    words = SECRET_EACH_TIME.sub("", words)
    headers = dict(answer.headers.items())
    headers.pop("X-Request-ID", None)  # another one for every request
    return answer.status_code, words, headers
