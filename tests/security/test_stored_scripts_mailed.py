"""What comes by mail and by feeds: subject, name, words, page, names of files, entries."""

import json
from email.header import Header
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from channels_app import actions, tasks
from channels_app.connectors.contract import Batch, Inbound
from channels_app.models import Account, Message, Network
from lifecycle import clock
from people.models import Office
from tests.desk.screens import problems
from tests.faults.city import build_city
from tests.mail_in.boxes import arrive, mailbox
from tests.mail_in.letters import mail
from tests.people import factories as people
from tests.security.polyglots import ALL, MARK, came_alive
from tests.security.test_stored_scripts import SETTING

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def roads() -> Office:
    return build_city()


def mailed(number: int, text: str) -> bytes:
    """The text wherever a mail has room for one."""
    coded = Header(text, "utf-8", maxlinelen=900).encode()
    letter = mail(text, sender="", subject="", message_id=f"<{number}@example.org>")
    del letter["From"], letter["Subject"]
    letter.add_alternative(f"<p>{text}</p>", subtype="html")
    letter.add_attachment(b"x", maintype="text", subtype="html", filename="x.html")
    head = f"From: {coded} <m{number}@example.org>\r\nSubject: {coded}\r\n"
    name = Header(text.replace('"', "'"), "utf-8", maxlinelen=900).encode()
    return head.encode() + letter.as_bytes().replace(b"x.html", name.encode())


def posted(number: int, text: str) -> Inbound:
    """The same of an entry of a feed."""
    said = {"title": text, "page": text, "link": f"javascript:{MARK}", "author": text}
    raw = json.dumps(said).encode()
    return Inbound("post", f"{number}", "1", raw, {"link": f"javascript:{MARK}"})


def test_what_comes_from_networks_stays_words(roads: Office, browser: Browser) -> None:
    texts = ALL[::7]
    box = mailbox()
    blog = Account.objects.create(
        network=Network.FEED, handle=texts[3][:100], office=people.centre(),
        address="https://x.invalid/", next_at=clock.now(),
    )  # fmt: skip
    arrive(box, *(mailed(number, text) for number, text in enumerate(texts)))
    arrive(box, *(mailed(number, text).replace(b"@example.org>", b">", 1)
                  for number, text in enumerate(texts, 1000)))  # fmt: skip
    actions.store(
        blog, Batch(tuple(posted(number, text) for number, text in enumerate(texts)), "1"), since=""
    )
    tasks.take_in_events()
    desk, reader = people.signed_in_client(people.centre_officer()), Client()

    pages: dict[str, Any] = {"mail": desk.get("/admin/mail/"), "wall": reader.get("/smc/")}
    pages["feed"] = reader.get("/smc/feed.atom")
    for event in box.events.exclude(message=None):
        assert event.message is not None
        pages[f"case {event.pk}"] = desk.get(f"/admin/case/{event.message.code}/")
        pages[f"own {event.pk}"] = reader.get(event.message.private_url())
    for event in box.events.filter(message=None):
        pages[f"kept {event.pk}"] = desk.get(f"/admin/mail/{event.pk}/")
    for message in Message.objects.filter(channel="feed")[:10]:
        pages[f"post {message.pk}"] = desk.get(f"/admin/case/{message.code}/")
        pages[f"public {message.pk}"] = reader.get(message.get_absolute_url())

    assert Message.objects.filter(channel="mail").count() == len(texts)
    assert Message.objects.filter(channel="feed").count() == len(texts)
    assert any(MARK in page.content.decode() for page in pages.values())
    shown = {name: page for name, page in pages.items() if name != "feed"}
    assert [found for page in shown.values() for found in came_alive(page.content.decode())] == []
    few = dict(list(shown.items())[::5])
    assert problems(browser, None, SETTING, few) == []
