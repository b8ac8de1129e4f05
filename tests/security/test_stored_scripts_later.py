"""What comes after the first words: additions, promises, drafts, ready-made texts, feeds."""

import uuid
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from playwright.sync_api import Browser

from channels_app import actions
from channels_app.models import Message
from channels_app.text.normal import tidy
from desk.models import CannedText, Draft, Writing
from lifecycle import clock
from people.models import Office, User
from tests.desk.doors import press
from tests.desk.screens import problems
from tests.faults import city
from tests.people import factories as people
from tests.security.polyglots import ALL, MARK, a_third, came_alive
from tests.security.test_stored_scripts import SETTING

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def roads() -> Office:
    people.centre()
    return people.make_office("roads")


def lived_through(text: str, roads: Office, jun: User) -> Message:
    """A message whose author and office said these words at every point of its life."""
    said = actions.Said(text=text, kind="complaint", public=True, contact=("mail", "m@example.org"))
    message = actions.receive(said, client_key=uuid.uuid4())
    actions.show(message, by=people.centre_officer())
    actions.route(message, to=roads, by=people.centre_officer(), reason=tidy(text)[:200])
    city.confirmed("m@example.org")
    month = clock.seoul(clock.now() + timedelta(days=60)).date()
    actions.put_off(message, text=text, until=month, by=jun)
    actions.ask_back(message, text=text, by=jun)
    actions.add_words(message, text=text)
    actions.promise(message, text=text, finish_on=month, by=jun)
    actions.report_progress(message, text=text, by=jun)
    refusal = actions.Refusal("legal", text, text, text)
    for come_back in (actions.reopen, actions.appeal):
        _refuse(message, text, refusal, jun)
        come_back(message, text=text)
    return Message.objects.get(pk=message.pk)


def _refuse(message: Message, text: str, refusal: actions.Refusal, jun: User) -> None:
    message.refresh_from_db()
    reply = actions.answer(message, text=text, by=jun, outcome="declined", refusal=refusal)
    with clock.at(reply.leaves_at):
        actions.publish(reply)


def test_what_is_said_later_stays_words_on_pages_and_in_feeds(
    roads: Office, browser: Browser
) -> None:
    jun, reader = people.head_of(roads), Client()
    at_desk = people.signed_in_client(jun)
    pages: dict[str, Any] = {}
    feeds = []

    for number, text in enumerate(ALL[::11]):
        message = lived_through(text, roads, jun)
        Draft.objects.create(
            message=message,
            office=roads,
            by=jun,
            kind=Writing.EXPLAINED,
            words={"answer": tidy(text)},
            at=clock.now(),
        )
        CannedText.objects.create(office=roads, name=tidy(text)[:80], text=tidy(text))
        own = ("case_private", "case_ask", "case_confirm", "case_reopen", "case_appeal")
        pages |= {f"{name} {number}": reader.get(message.private_url(name)) for name in own}
        typed = reader.post(message.private_url("case_ask"), {"text": "", "x": text})
        pages[f"ask again {number}"] = typed
        pages[f"case {number}"] = reader.get(message.get_absolute_url())
        pages[f"preview {number}"] = press(
            at_desk, message, "answer", kind="explained", answer=text
        )
        pages[f"desk {number}"] = at_desk.get(f"/admin/case/{message.code}/")
        feeds.append(reader.get(f"{message.get_absolute_url()}feed.atom"))
    pages["office"] = at_desk.get(f"/admin/office/{roads.slug}/")
    pages["department"] = reader.get(f"/departments/{roads.slug}/")
    pages["late"] = reader.get("/smc/?show=overdue")
    feeds.append(reader.get(f"/departments/{roads.slug}/feed.atom"))

    assert {page.status_code for page in pages.values()} <= {200, 404, 422}
    assert [found for page in pages.values() for found in came_alive(page.content.decode())] == []
    assert any(MARK in feed.content.decode() for feed in feeds)
    for feed in feeds:
        tree = ElementTree.fromstring(feed.content)  # noqa: S314 - our own feed
        assert {element.tag for element in tree.iter() if not element.tag.startswith(ATOM)} == set()
        assert [
            link.get("href") for link in tree.iter(f"{ATOM}link") if MARK in str(link.attrib)
        ] == []
    assert problems(browser, None, SETTING, a_third(pages)) == []


def test_words_in_the_admins_lists_and_forms_stay_words(browser: Browser, roads: Office) -> None:
    keeper = people.signed_in_client(people.administrator())
    jun = people.officer_of(roads)
    for text in ALL[::23]:
        lived = tidy(text)
        CannedText.objects.create(office=roads, name=lived[:80], text=lived)
        Office.objects.create(
            slug=f"o{uuid.uuid4().hex[:12]}",
            kind="department",
            name_ko=lived[:60],
            name_en=lived[:60],
        )
    jun.name = tidy(ALL[3])[:60]
    jun.save()

    index = keeper.get("/admin/")
    names = sorted({line.split('"')[0] for line in index.content.decode().split('href="')[1:]})
    lists = [name for name in names if name.startswith("/admin/") and name.count("/") == 4]
    pages = {name: keeper.get(name) for name in lists}
    pages |= {f"{name}add/": keeper.get(f"{name}add/") for name in lists}

    shown = {name: page for name, page in pages.items() if page.status_code == 200}
    assert len(shown) > 5
    assert [found for page in shown.values() for found in came_alive(page.content.decode())] == []
    told = problems(browser, None, SETTING, shown)  # Django's own look is not the matter here
    assert [line for line in told if "Security Policy" in line or MARK in line] == []
