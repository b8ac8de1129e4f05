"""The map of the site: every public page and case in both languages, at the same cost."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import actions
from channels_app.models import Message
from seoul_portal.views import sitemap
from tests.channels_app.factories import receive
from tests.pages.html import read
from tests.people import factories as people

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def places(path: str) -> list[str]:
    """The addresses in one part."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    return [one.text or "" for one in root.iter(f"{MAP}loc")]


def part_of(message: Message) -> str:
    """Where its address stands."""
    return f"/sitemap-cases-{message.pk // sitemap.A_PART}.xml"


def test_the_index_names_every_part_up_to_the_newest_case() -> None:
    message = receive()

    found = places("/sitemap.xml")

    assert found[0] == f"{SITE}/sitemap-pages.xml"
    assert found[-1] == f"{SITE}{part_of(message)}"
    assert len(found) == message.pk // sitemap.A_PART + 2


def test_a_portal_in_which_nobody_has_spoken_has_its_pages_only() -> None:
    assert places("/sitemap.xml") == [f"{SITE}/sitemap-pages.xml"]


@pytest.mark.slow
def test_every_fixed_page_on_it_opens(client: Client) -> None:
    found = places("/sitemap-pages.xml")

    assert f"{SITE}/en/opendata/" in found
    assert len(found) == len(set(found)) > 60
    wrong = [one for one in found if client.get(one.removeprefix(SITE)).status_code != 200]
    assert wrong == []


def test_the_rooms_of_suggestions_are_on_it_and_reached_from_every_page(client: Client) -> None:
    rooms = {
        f"/en/{name}/"
        for name in ("suggestions", "oasis", "petitions", "committees", "promises", "changed")
    }

    found = places("/sitemap-pages.xml")
    linked = {
        a.attrs.get("href", "") for a in read(client.get("/en/track/").content.decode()).all("a")
    }

    assert {f"{SITE}{room}" for room in rooms} <= set(found)
    assert rooms <= linked


def test_only_cases_that_everyone_may_read_are_on_it() -> None:
    public, private, hidden, aside = (receive(public=number != 1) for number in range(4))
    centre = people.centre_officer()
    actions.hide(hidden, reason="personal", by=centre)
    actions.set_aside(aside, reason="spam", by=centre)

    found = {place for one in (public, private, hidden, aside) for place in places(part_of(one))}

    assert {f"{SITE}/s/{public.code}/", f"{SITE}/en/s/{public.code}/"} <= found
    assert not any(one.code in place for one in (private, hidden, aside) for place in found)


def test_each_address_names_its_other_language() -> None:
    message = receive()
    root = ElementTree.fromstring(Client().get(part_of(message)).content)  # noqa: S314 - our own

    entries = [one for one in root if message.code in (one.findtext(f"{MAP}loc") or "")]

    assert len(entries) == 2
    for entry in entries:
        others = {link.get("hreflang"): link.get("href") for link in entry.iter(LINK)}
        assert others == {
            "ko": f"{SITE}/s/{message.code}/",
            "en": f"{SITE}/en/s/{message.code}/",
        }


def test_a_part_is_one_question_however_many_cases() -> None:
    message = receive()
    for _n in range(5):
        receive()

    for path, most in ((part_of(message), 1), ("/sitemap.xml", 1), ("/sitemap-pages.xml", 2)):
        with CaptureQueriesContext(connection) as asked:
            Client().get(path)
        assert len(asked) <= most, path


def test_robots_are_told_where_it_lies() -> None:
    assert f"Sitemap: {SITE}/sitemap.xml" in Client().get("/robots.txt").content.decode()
