"""What is typed on the desk's other screens, and what judges an answer: words, in a browser too."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from channels_app import tasks
from channels_app.models import HeldReason, KnowledgeArticle, Message, Rating
from channels_app.text.normal import tidy
from people.models import Office, OfficeKind
from tests.channels_app.factories import published_by, receive
from tests.desk.screens import problems
from tests.limits import lift
from tests.pages.browsing import reader
from tests.people import factories as people
from tests.phone.calls import IMPORT, brought, call, taken_in
from tests.phone.test_sheets import as_csv
from tests.security.polyglots import ALL, MARK, a_third, came_alive
from tests.security.test_stored_scripts import SETTING, place_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.browser]
PHONE, LIBRARY = "/admin/phone/", "/admin/knowledge/"
# An article's address is made of its words, and that of a search carries them: letters and signs
# that an address encodes, and nothing else.
OUR_ADDRESS = re.compile(r"=(?:/en)?/(?:admin/)?(?:dasan/faq/|search/)[\w%?&=.+/~-]*$")
TEXTS = ALL[::9]
Pages = dict[str, Any]


@pytest.fixture
def roads() -> Office:
    people.centre()
    lift()
    return people.make_office("roads")


@pytest.fixture
def at_phone(roads: Office) -> Client:
    """120 Dasan: writes down calls, brings files, keeps articles."""
    return people.signed_in_client(
        people.officer_of(people.make_office("dasan", OfficeKind.CALL_CENTRE))
    )


@pytest.fixture
def at_centre(roads: Office) -> Client:
    return people.signed_in_client(people.centre_officer())


def assert_words(pages: Pages, browser: Browser) -> None:
    """The texts stand there and are nothing but words, in a parser and in a browser."""
    bodies = [page.content.decode() for page in pages.values()]
    assert {page.status_code for page in pages.values()} <= {200, 422}
    assert any(MARK in body for body in bodies)
    alive = [found for body in bodies for found in came_alive(body)]
    assert [found for found in alive if not OUR_ADDRESS.search(found)] == []
    assert problems(browser, None, SETTING, a_third(pages)) == []


def test_a_script_that_runs_is_seen(browser: Browser) -> None:
    with reader(browser, "", SETTING) as somebody:
        somebody.page.set_content("<script>alert('xss7')</script>")

    assert somebody.problems == ["dialog: alert xss7"]


def test_what_is_said_by_phone_stays_words(
    at_phone: Client, at_centre: Client, browser: Browser
) -> None:
    pages: Pages = {}
    for number, text in enumerate(TEXTS):
        said = call(text=text, place=place_of(text), audience="everyone")
        pages[f"looked up {number}"] = at_phone.post(PHONE, {**said, "act": "look"})
        pages[f"wrong {number}"] = at_phone.post(PHONE, {**said, "contact": text, "kind": text})
        pages[f"done {number}"] = at_phone.post(PHONE, said, follow=True)
        message = Message.objects.latest("pk")
        assert message.text == tidy(text)
        pages[f"case {number}"] = at_centre.get(f"/admin/case/{message.code}/")

    assert_words(pages, browser)


def test_articles_stay_words(at_centre: Client, roads: Office, browser: Browser) -> None:
    pages: Pages = {}
    for number, text in enumerate(TEXTS):
        words = {"question_ko": text[:200], "answer_ko": text, "question_en": text[:200]}
        typed = {**words, "answer_en": text, "office": roads.pk, "act": "publish"}
        pages[f"wrong {number}"] = at_centre.post(f"{LIBRARY}new/", {**typed, "office": text})
        at_centre.post(f"{LIBRARY}new/", typed)
        article = KnowledgeArticle.objects.latest("pk")
        pages[f"article {number}"] = Client().get(article.get_absolute_url())
        pages[f"desk {number}"] = at_centre.get(f"{LIBRARY}{article.pk}/")
    pages["all"] = Client().get("/dasan/")
    pages["list"] = at_centre.get(LIBRARY)

    assert KnowledgeArticle.objects.count() == len(TEXTS)
    assert_words(pages, browser)


def test_ratings_and_followers_stay_words(roads: Office, browser: Browser) -> None:
    jun, citizen = people.officer_of(roads), Client()
    at_desk = people.signed_in_client(jun)
    pages: Pages = {}
    for number, text in enumerate(TEXTS):
        message = published_by(jun, roads)
        typed = {"clear": "no", "heard": "partly", "words": text.replace("\x00", "")}
        pages[f"rated {number}"] = citizen.post(
            message.private_url("case_rate"), typed, follow=True
        )
        pages[f"desk {number}"] = at_desk.get(f"/admin/case/{message.code}/")
        pages[f"follow {number}"] = citizen.post(
            f"{message.get_absolute_url()}follow/", {"mail": text}
        )

    assert Rating.objects.count() == len(TEXTS)
    assert_words(pages, browser)


def test_what_is_held_reported_found_and_brought_stays_words(
    at_centre: Client, at_phone: Client, browser: Browser
) -> None:
    pages: Pages = {}
    for text in TEXTS:
        receive(text, held=HeldReason.TONE, place=place_of(text))
        reported = receive("길이 패였어요").get_absolute_url()
        Client().post(f"{reported}report/", {"words": text.replace("\x00", "")[:500]})
        receive(text)
    tasks.index_texts()
    wrong = brought(at_phone, as_csv(("text", "kind"), *((text, text[:40]) for text in TEXTS)))
    good = taken_in(at_phone, as_csv(("text", "place"), *((t, place_of(t)) for t in TEXTS)))

    for show in ("held", "reported", "decided"):
        pages[show] = at_centre.get(f"/admin/publication/?show={show}")
    for number, text in enumerate(TEXTS):
        pages[f"found {number}"] = Client().get("/search/", {"q": text[:100]})
        pages[f"found at the desk {number}"] = at_centre.get("/admin/search/", {"q": text[:100]})
    pages["wrong rows"] = at_phone.get(f"{IMPORT}{wrong.pk}/")
    pages["good rows"] = at_phone.get(f"{IMPORT}{good.pk}/")
    pages["files"] = at_phone.get(IMPORT)

    assert_words(pages, browser)
