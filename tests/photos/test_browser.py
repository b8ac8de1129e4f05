"""Photos in Chromium: the two pages without JavaScript, what JavaScript adds, and axe."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as house
from playwright.sync_api import Browser, Route, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from channels_app import actions
from channels_app.models import Attachment, HeldReason, Message
from lifecycle.actions import amend_rule
from tests.channels_app.factories import WORDS
from tests.desk.doors import case_url
from tests.desk.screens import problems
from tests.pages.browsing import TWO, Reader, Setting, reader
from tests.people import factories as people
from tests.photos.pictures import corner, drawn, encoded, exif, photo, photos_of, sent, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = Setting(390, "en", "light")
FOUR = [
    Setting(390, "ko", "light"),
    Setting(390, "en", "dark"),
    Setting(1280, "ko", "dark"),
    Setting(1280, "en", "light"),
]


@pytest.fixture(autouse=True)
def _centre(transactional_db: None, settings: Settings, tmp_path: Path) -> None:
    settings.KICKS = False
    settings.MEDIA_ROOT = tmp_path / "media"
    people.centre()
    amend_rule("limits.form_seconds", to="0", reason="test", by=people.administrator())


@pytest.fixture
def album(tmp_path: Path) -> list[Path]:
    """Two photos of a phone, one that is none."""
    names = {
        "one.jpg": photo((640, 480)),
        "two.heic": encoded(corner((320, 240)), "HEIC", exif=exif()),
        "bad.jpg": b"<html>",
    }
    for name, content in names.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in names]


def choose(mina: Reader, *photos: Path) -> None:
    """In the file picker of the page."""
    mina.page.set_input_files("#photos", [str(path) for path in photos])


def press(mina: Reader, name: str) -> None:
    """A button by its words, until the next page is there."""
    with mina.page.expect_navigation():
        mina.page.get_by_role("button", name=name, exact=True).click()


def say(mina: Reader, *photos: Path) -> None:
    """From the home page to the check page."""
    mina.go("/")
    mina.page.fill("#id_text", WORDS)
    choose(mina, *photos)
    press(mina, "Next")


def test_two_pages_without_javascript_take_photos_along(
    live_server: LiveServer, browser: Browser, axe: Axe, album: list[Path]
) -> None:
    with reader(browser, live_server.url, PHONE, java_script_enabled=False) as mina:
        say(mina, album[0], album[2])
        expect(mina.page.locator("#errors")).to_contain_text("“bad.jpg” is not a photo")
        choose(mina, album[1])
        mina.page.fill("#id_contact", "mina@example.org")
        press(mina, "Add these photos")
        expect(mina.page.locator("#id_contact")).to_have_value("mina@example.org")
        mina.page.get_by_label("What does photo 2 show?").fill("a stone")
        press(mina, "Remove photo 1")
        expect(mina.page.get_by_label("What does photo 1 show?")).to_have_value("a stone")
        mina.page.get_by_label("Everyone, without my name").check()
        mina.send("mina@example.org")
        expect(mina.page.locator(".receipt__code")).to_be_visible()

    message = Message.objects.get()
    assert [one.alt for one in photos_of(message)] == ["a stone"]
    assert message.held_reason == HeldReason.PHOTO
    assert mina.problems == []


def test_enter_in_a_field_sends_the_form(
    live_server: LiveServer, browser: Browser, album: list[Path]
) -> None:
    with reader(browser, live_server.url, PHONE, java_script_enabled=False) as mina:
        say(mina, album[0])
        with mina.page.expect_navigation():
            mina.page.press("#id_contact", "Enter")
        expect(mina.page.locator(".receipt__code")).to_be_visible()

    assert len(photos_of(Message.objects.get())) == 1


def test_javascript_sends_photos_ahead_and_says_so(
    live_server: LiveServer, browser: Browser, album: list[Path]
) -> None:
    with reader(browser, live_server.url, PHONE) as mina:
        sizes: list[int] = []
        mina.page.on("request", lambda asked: sizes.append(len(asked.post_data_buffer or b"")))
        say(mina, album[0], album[1])
        expect(mina.page.get_by_label("What does photo 2 show?")).to_be_visible()
        press(mina, "Send")
        expect(mina.page.locator(".receipt__code")).to_be_visible()

    assert len(photos_of(Message.objects.get())) == 2
    assert mina.problems == []


def test_a_wrong_photo_is_named_before_anything_is_sent(
    live_server: LiveServer, browser: Browser, album: list[Path]
) -> None:
    with reader(browser, live_server.url, PHONE) as mina:
        mina.go("/")
        mina.page.fill("#id_text", WORDS)
        choose(mina, album[2], album[0])
        mina.page.get_by_role("button", name="Next").click()
        expect(mina.page.locator(".photos-told")).to_contain_text("“bad.jpg” is not a photo")
        expect(mina.page.locator("#id_text")).to_have_value(WORDS)
        press(mina, "Next")
        expect(mina.page.get_by_label("What does photo 1 show?")).to_be_visible()

    assert Attachment.objects.count() == 1


def test_sending_photos_can_be_stopped(
    live_server: LiveServer, browser: Browser, album: list[Path]
) -> None:
    with reader(browser, live_server.url, PHONE) as mina:
        held: list[Route] = []
        mina.page.route("**/say/photos/", lambda route: held.append(route))
        mina.go("/")
        mina.page.fill("#id_text", WORDS)
        choose(mina, album[0])
        mina.page.get_by_role("button", name="Next").click()
        expect(mina.page.locator("progress")).to_be_visible()
        expect(mina.page.locator(".photos-told")).to_contain_text("on their way")

        mina.page.get_by_role("button", name="Stop sending photos").click()

        expect(mina.page.locator(".photos-told")).to_contain_text("Stopped.")
        expect(mina.page.locator("progress")).to_have_count(0)
        expect(mina.page.locator("#id_text")).to_have_value(WORDS)

    assert not Attachment.objects.exists()


def test_a_second_tap_on_next_does_not_stop_the_photos(
    live_server: LiveServer, browser: Browser, album: list[Path]
) -> None:
    with reader(browser, live_server.url, PHONE) as mina:
        held: list[Route] = []
        mina.page.route("**/say/photos/", lambda route: held.append(route))
        mina.go("/")
        mina.page.fill("#id_text", WORDS)
        choose(mina, album[0])
        box = mina.page.get_by_role("button", name="Next").bounding_box()
        assert box

        mina.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

        expect(mina.page.locator("progress")).to_be_visible()
        expect(mina.page.locator(".photos-told")).to_contain_text("on their way")
        assert len(held) == 1


def test_photos_that_do_not_arrive_are_told_in_plain_words(
    live_server: LiveServer, browser: Browser, album: list[Path]
) -> None:
    with reader(browser, live_server.url, PHONE) as mina:
        mina.page.route("**/say/photos/", lambda route: route.abort())
        mina.go("/")
        choose(mina, album[0])
        mina.page.fill("#id_text", WORDS)
        mina.page.get_by_role("button", name="Next").click()

        expect(mina.page.locator(".photos-told")).to_contain_text("did not arrive")


@pytest.mark.parametrize("setting", FOUR, ids=str)
def test_nothing_is_wrong_with_any_page_that_has_photos(
    live_server: LiveServer, browser: Browser, axe: Axe, setting: Setting, album: list[Path]
) -> None:
    held, waiting, everyone = drawn(), sent(), shown(3)
    with reader(browser, live_server.url, setting, java_script_enabled=True) as mina:
        pages = {
            "public case": everyone.get_absolute_url(),
            "own case": everyone.private_url(),
            "own case, held": held.private_url(),
            "own case, waiting": waiting.private_url(),
            "wall": "/smc/",
        }
        for name, path in pages.items():
            mina.go(path)
            mina.look(name, axe)
        mina.go("/")
        mina.page.fill("#id_text", WORDS)
        choose(mina, album[0], album[1])
        with mina.page.expect_navigation():
            mina.page.click("#say-form > button[type=submit]")
        mina.look("check with photos", axe)
        choose(mina, album[2])
        mina.page.click("button[value=add]")
        expect(mina.page.locator(".photos-told .error")).to_be_visible()
        mina.look("check with a wrong photo", axe)

    assert mina.problems == []


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_photos_on_the_desk(
    browser: Browser, axe: Axe, setting: Setting
) -> None:
    roads = people.make_office("roads")
    message = actions.route(drawn(2), to=roads, by=people.centre_officer())
    (first, second), jun = photos_of(message), people.officer_of(roads)
    actions.show_photo(first, by=jun, alt="보도블록 " + "w" * 150)
    client = people.signed_in_client(jun)
    path = case_url(message) if setting.language == "en" else case_url(message)[3:]
    wrong = {f"{second.key}-version": message.version, f"{second.key}-alt": "x" * 201}
    pages = {
        "case": client.get(path),
        "too long": client.post(f"{path}photo/{second.key}/words/", wrong),
    }

    assert problems(browser, axe, setting, pages) == []


def test_a_photo_of_a_case_has_its_place_before_it_has_come(
    live_server: LiveServer, browser: Browser
) -> None:
    roads = people.make_office("roads")
    message = actions.route(drawn(), to=roads, by=people.centre_officer())
    (one,) = photos_of(message)
    key = people.signed_in_client(people.officer_of(roads)).cookies[house.SESSION_COOKIE_NAME]
    with reader(browser, live_server.url, PHONE) as jun:
        jun.page.context.add_cookies(
            [{"name": house.SESSION_COOKIE_NAME, "value": key.value, "url": live_server.url}]
        )
        held: list[Route] = []
        jun.page.route("**/small/", lambda route: held.append(route))

        jun.page.goto(f"{live_server.url}{case_url(message)}", wait_until="domcontentloaded")

        box = jun.page.locator(".desk-photo img").bounding_box()
        assert box
        assert box["height"] >= one.small_height
