"""The second walk in a real browser: a photo and a plate number from a phone without JavaScript,
the publication desk, the dry run, the auditor's look, the author's own data.

With PORTAL_PICTURES=FOLDER the pictures of docs/walk.md are taken on the way.
"""

from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as house
from django.urls import reverse
from django.utils import translation
from PIL import ExifTags, Image
from playwright.sync_api import Browser, Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from channels_app import actions, tasks
from channels_app.models import Attachment, HeldReason, Message, Reading
from lifecycle.actions import amend_rule
from people import seed
from people.models import Office, User
from seoul_portal.demo import photos as drawings
from tests.channels_app import factories as voices
from tests.e2e.test_walk import DESK, PHONE, newcomer, picture, press
from tests.people import factories as people
from tests.photos.pictures import photos_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST = "합정역 8번 출구 앞 보도블록이 들려 있어요."
WORDS = f"{FIRST} 유모차가 걸립니다. 12가 3456 차가 늘 올라와 있습니다."
SELLING = "지금 투자하면 두 배! 이 글을 열 명에게 보내세요."


@pytest.fixture(autouse=True)
def _city(transactional_db: None, settings: Settings, tmp_path: Path) -> None:
    """The offices and their keywords, whoever emptied them; the same was said; a flood waits."""
    seed.plant(Office)
    import_module("channels_app.migrations.0003_seed_keywords").plant(apps, None)
    settings.KICKS = False
    settings.MEDIA_ROOT = tmp_path / "media"
    amend_rule("limits.form_seconds", to="0", reason="test", by=people.administrator())
    voices.routed_to(Office.objects.get(slug="sidewalks"), text=FIRST)
    for _copy in range(12):
        voices.receive(SELLING, held=HeldReason.REPEATED)


@pytest.fixture
def at_desk(browser: Browser, live_server: LiveServer) -> Callable[[User], Page]:
    """Somebody's desk, signed in with the second factor."""

    def sit(user: User) -> Page:
        page = newcomer(browser, view=DESK)
        key = people.signed_in_client(user).cookies[house.SESSION_COOKIE_NAME].value
        cookie = {"name": house.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict will do
        return page

    return sit


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """As a phone has taken it: with the place in its header."""
    taken = tmp_path / "IMG_0001.jpg"
    taken.write_bytes(drawings._taken(drawings.VOICES[0]).read())
    assert told_by(taken.read_bytes())
    return taken


def told_by(content: bytes) -> dict[int, object]:
    """What a picture's header tells, the place among it."""
    with Image.open(BytesIO(content)) as image:
        header = image.getexif()
        return {**header, **header.get_ifd(ExifTags.IFD.GPSInfo)}


def say(page: Page, home: str, photo: Path) -> Message:
    """Words with a plate, a photo, a place; the same was said before."""
    page.goto(home)
    page.fill("textarea[name=text]", WORDS)
    page.set_input_files("#photos", str(photo))
    press(page, "main form.say button.button--wide")
    assert "차량 번호" in page.inner_text(".notice--soon")
    assert FIRST.rstrip(".") in page.inner_text(".similar")
    page.check("input[name=audience][value=everyone]")
    page.fill("input[name=place]", "합정역 8번 출구")
    picture(page, "12-check-photo")
    press(page, "form.check .check__next button[type=submit]")
    return Message.objects.latest("pk")


def clear_the_held(page: Page, home: str, message: Message) -> None:
    """A flood is one card; the photo's card is shown by one button."""
    page.goto(f"{home}/admin/publication/")
    assert "12건 모두" in page.inner_text("main")
    picture(page, "13-publication")
    press(page, f"form:has(input[name=at][value='{message.code}']) button[value=show]")


def try_keywords(page: Page, home: str) -> None:
    """What would move, before a keyword is saved."""
    page.goto(f"{home}/admin/routing/dry-run/")
    page.fill("input[name=row0-words]", "합정역")
    page.select_option("select[name=row0-office]", label="도로관리과")
    page.fill("input[name=row0-points]", "9")
    press(page, "form.dry-run__form button[type=submit]")
    assert "도로관리과" in page.inner_text(".dry-run__counts")
    picture(page, "14-dry-run")


def look_at_readings(page: Page, home: str, reader: User) -> None:
    """The number leads to as many rows."""
    page.goto(f"{home}/admin/readings/")
    row = page.locator("tr", has_text=reader.name)
    count = int(row.locator("a").first.inner_text())
    picture(page, "15-readings")
    with page.expect_navigation():
        row.locator("a").first.click()
    assert page.locator("tbody tr").count() == count


def take_own_data(page: Page, home: str, message: Message) -> None:
    """Under the private link: what is held, as a file, and the way to have it erased."""
    with translation.override("ko"):
        page.goto(f"{home}{message.private_url('own_data')}")
    picture(page, "16-own-data")
    press(page, "main a[href$='/erase/']")
    assert "지워지는 것" in page.inner_text("main")


def test_a_photo_is_held_shown_accounted_for_and_its_authors_own(
    live_server: LiveServer,
    browser: Browser,
    at_desk: Callable[[User], Page],
    photo: Path,
) -> None:
    home = live_server.url
    citizen, centre = newcomer(browser, view=PHONE), people.centre_officer(name="이하늘")

    message = say(citizen, home, photo)
    for one in photos_of(message):
        actions.draw_photo(one)
    clear_the_held(at_desk(centre), home, message)
    try_keywords(at_desk(centre), home)
    look_at_readings(at_desk(people.auditor(name="강민서")), home, centre)
    take_own_data(citizen, home, message)

    message.refresh_from_db()
    assert message.is_public
    assert not photos_of(message)[0].is_shown  # the words are shown, the photo has its own key
    assert Reading.objects.filter(user=centre, message=message).exists()


def show_both(page: Page, home: str, message: Message, one: Attachment) -> None:
    """The officer's one key under the photo."""
    page.goto(f"{home}/admin/case/{message.code}/")
    button = f"button[formaction*='/photo/{one.key}/show/']"
    assert page.inner_text(button) == "글과 이 사진을 모두에게 보이기"
    press(page, button)


def test_everyone_sees_a_photo_after_one_key_and_it_does_not_say_where_it_was_taken(
    live_server: LiveServer, browser: Browser, at_desk: Callable[[User], Page], photo: Path
) -> None:
    home, reader = live_server.url, newcomer(browser, view=PHONE)
    message = say(newcomer(browser, view=PHONE), home, photo)
    tasks.draw_photos()
    (one,) = photos_of(message)
    seen = {name: home + reverse(name, args=[one.key]) for name in ("photo", "photo_small")}
    before = [reader.request.get(url).status for url in seen.values()]

    show_both(at_desk(people.centre_officer(name="이하늘")), home, message, one)

    assert before == [404, 404]
    reader.goto(home + message.get_absolute_url())
    assert reader.locator(f"main img[src*='{one.key}']").count() == 1
    for name, url in seen.items():
        answer = reader.request.get(url)
        assert (answer.status, told_by(answer.body())) == (200, {}), name
