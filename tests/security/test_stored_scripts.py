"""What people type stays words: on every page, for everybody, in a real browser too."""

import uuid
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from PIL import ExifTags, Image
from playwright.sync_api import Browser

from channels_app import actions
from channels_app.models import Message
from channels_app.text.normal import tidy
from lifecycle import clock
from people.models import Office
from tests.api.callers import make_caller
from tests.desk.doors import press
from tests.desk.screens import problems
from tests.pages.browsing import Setting
from tests.people import factories as people
from tests.photos.pictures import corner, encoded, upload
from tests.security.polyglots import ALL, MARK, came_alive

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SETTING = Setting(390, "ko", "light")
JSON = {"application/json", "application/problem+json"}


@pytest.fixture
def roads() -> Office:
    people.centre()
    return people.make_office("roads")


def send(client: Client, text: str, **typed: str) -> Any:
    """Press Send on the check page."""
    form = {"text": text, "kind": "complaint", "audience": "everyone", "contact": ""}
    return client.post("/say/send/", {**form, "client_key": str(uuid.uuid4()), **typed})


def place_of(text: str) -> str:
    """The same in the field of one line, which refuses a NUL with a sentence."""
    return text.replace("\x00", "")[:200]


def let_through() -> list[Message]:
    """Whatever was held for a flood or a word is shown by an officer of the centre."""
    officer = people.centre_officer()
    for message in Message.objects.held():
        actions.show(message, by=officer)
    return list(Message.objects.order_by("id"))


def every_list(client: Client, path: str) -> list[Any]:
    """All pages of a list, by the link to the next one."""
    pages, key = [], ""
    while True:
        page = client.get(f"{path}{'&' if '?' in path else '?'}after={quote(key)}")
        pages.append(page)
        if "page" not in (page.context or {}) or not (key := page.context["page"].next_key):
            return pages


def alive(pages: list[Any]) -> list[str]:
    """What came alive on any of them."""
    return [found for page in pages for found in came_alive(page.content.decode())]


def test_what_citizens_type_stays_words_before_and_after_sending(roads: Office) -> None:
    client = Client()
    checked = [client.post("/say/check/", {"text": text}) for text in ALL]
    again = [client.post("/say/", {"text": text}) for text in ALL[::10]]
    sent = [send(client, text, place=place_of(text)) for text in ALL]
    kept = [send(client, text, contact=text[:200]) for text in ALL[::9]]
    messages = let_through()

    assert [page.status_code for page in sent] == [302] * len(ALL)
    assert [message.text for message in messages] == [tidy(text) for text in ALL]
    public = [client.get(message.get_absolute_url()) for message in messages]
    own = [client.get(message.private_url()) for message in messages[::10]]
    done = [client.get(message.private_url("case_done")) for message in messages[::10]]
    wall = every_list(client, "/smc/")
    pages = [*checked, *again, *kept, *public, *own, *done, *wall]
    assert {page.status_code for page in pages} <= {200, 422}
    assert alive(pages) == []


def test_what_officers_and_readers_type_stays_words(roads: Office) -> None:
    jun = people.officer_of(roads)
    at_desk, reader = people.signed_in_client(jun), Client()
    pages = []

    for text in ALL[::8]:
        message = _routed(roads, text)
        reader.post(f"{message.get_absolute_url()}report/", {"words": text[:500]})
        actions.show(message, by=jun)
        pages.append(press(at_desk, message, "answer", answer=text))
        reply = actions.answer(message, text=text, by=jun)
        with clock.at(reply.leaves_at):
            actions.publish(reply)
        pages.append(at_desk.get(f"/admin/case/{message.code}/"))
        pages.append(reader.get(message.get_absolute_url()))
    centre = people.signed_in_client(people.centre_officer())
    pages += every_list(centre, "/admin/triage/?show=all")

    assert {page.status_code for page in pages} <= {200, 422}
    assert alive(pages) == []


def test_what_apps_send_stays_words(roads: Office) -> None:
    app, client = make_caller(), Client()

    answers = [app.send(_told(text)) for text in ALL[::3]]
    refused = [app.send({**_told(text), "kind": text, "borough": text}) for text in ALL[::25]]
    messages = let_through()

    assert {answer.status_code for answer in answers} == {201}
    assert {answer.status_code for answer in refused} == {400}
    lists = [app.get("/api/v1/messages/"), app.get(f"/api/v1/similar/?text={quote(ALL[1])}")]
    for answer in (*answers, *refused, *lists):
        assert answer["Content-Type"].partition(";")[0] in JSON
        assert answer["X-Content-Type-Options"] == "nosniff"
    pages = [client.get(message.get_absolute_url()) for message in messages]
    assert alive([*pages, *every_list(client, "/smc/")]) == []


def _told(text: str) -> dict[str, object]:
    clean = text.replace("\x00", "")  # the API refuses a NUL with a sentence
    return {"text": clean, "kind": "complaint", "public": True, "place": place_of(text)}


def test_what_photos_carry_stays_words_or_is_gone(roads: Office) -> None:
    client, centre = Client(), people.centre_officer()
    at_desk, pages = people.signed_in_client(centre), []

    for text in ALL[::23]:
        draft = uuid.uuid4()
        name = f"{text.replace(chr(0), '')[:80]}.jpg"
        file = upload(photo_saying(text), name)
        pages.append(client.post("/say/check/", {"text": "길이 패였어요", "photos": file}))
        photo = actions.keep_photo(draft=draft, content=upload(photo_saying(text), name))
        actions.word_photos(draft=draft, words={photo.key: text})
        message = actions.receive(
            actions.Said(text="길이 패였어요", kind="complaint", public=True, photos=True),
            client_key=draft,
        )
        photo.refresh_from_db()
        actions.draw_photo(photo)
        photo.refresh_from_db()
        actions.show_photo(photo, by=centre)
        actions.show(message, by=centre)
        pages.append(client.get(message.get_absolute_url()))
        pages.append(at_desk.get(f"/admin/case/{message.code}/"))
        assert MARK.encode() not in client.get(f"/photo/{photo.key}/").getvalue()

    assert alive([*pages, *every_list(client, "/smc/")]) == []


def _speaking(text: str) -> Image.Exif:
    told = Image.Exif()
    for tag in (ExifTags.Base.ImageDescription, ExifTags.Base.Make, ExifTags.Base.Artist):
        told[tag] = text.encode("ascii", "ignore").decode()
    return told


def photo_saying(text: str) -> bytes:
    """A JPEG whose header and comment hold the text."""
    return encoded(corner(), exif=_speaking(text), comment=text.encode())


def _routed(roads: Office, text: str) -> Message:
    said = actions.Said(text=text, kind="complaint", public=True)
    message = actions.receive(said, client_key=uuid.uuid4())
    return actions.route(message, to=roads, by=people.centre_officer(), reason=text[:200])


@pytest.mark.browser
def test_nothing_runs_in_a_browser(roads: Office, browser: Browser) -> None:
    client, jun = Client(), people.officer_of(roads)
    for text in ALL:
        send(client, text, place=place_of(text))
    messages = let_through()
    for message in messages[::17]:
        actions.route(message, to=roads, by=people.centre_officer())
    at_desk = people.signed_in_client(jun)
    shown = {f"wall {n}": page for n, page in enumerate(every_list(client, "/smc/"))}
    for message in messages[::17]:
        shown[f"case {message}"] = client.get(message.get_absolute_url())
        shown[f"desk {message}"] = at_desk.get(f"/admin/case/{message.code}/")

    assert problems(browser, None, SETTING, shown) == []


@pytest.mark.parametrize("sign", ["%00", "%ED%A0%80", "%FF", "%F4%8F%BF%BF", "x" * 5000])
def test_strange_signs_in_an_address_break_nothing(sign: str, roads: Office) -> None:
    client = Client(raise_request_exception=False)
    own = _routed(roads, "길이 패였어요").private_url("case_done")
    officer = people.signed_in_client(people.centre_officer())
    public = ["/smc/?show={}&after={}", "/track/?code={}", own + "?see={}"]
    inside = ["/admin/triage/?show={}&after={}", "/admin/publication/?show={}&after={}"]

    answers = [client.get(path.replace("{}", sign)) for path in public]
    answers += [officer.get(path.replace("{}", sign)) for path in inside]

    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
