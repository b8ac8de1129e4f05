"""The third walk in a real browser: a promise with a date that moved, an answer that is late, a
city that says no and has to say why, and an author who comes back.

With PORTAL_PICTURES=FOLDER the pictures of docs/walk.md are taken on the way.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from channels_app import actions
from channels_app.models import Message
from lifecycle import clock
from lifecycle.actions import amend_rule
from people import seed
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.e2e.test_second_walk import at_desk as at_desk
from tests.e2e.test_walk import PHONE, newcomer, picture, press
from tests.people import factories as people

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STAIRS = "망원역 2번 출구 계단에 손잡이가 없어 미끄러울 때 위험해요."
BENCH = "홍제천 산책길에 쉬어 갈 긴 의자가 하나도 없습니다."
TREE = "우리 골목 가로수를 모두 베고 주차장을 만들어 주세요."


@pytest.fixture(autouse=True)
def _city(transactional_db: None, settings: Settings) -> None:
    """The offices of the city, whoever emptied them."""
    seed.plant(Office)
    settings.KICKS = False
    amend_rule("limits.form_seconds", to="0", reason="test", by=people.administrator())


@pytest.fixture
def jun() -> User:
    """Who writes for the office of sidewalks."""
    return people.officer_of(Office.objects.get(slug="sidewalks"), name="박가온")


def ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def in_days(days: int) -> date:
    return clock.seoul(clock.now() + timedelta(days=days)).date()


def promised(jun: User) -> Message:
    """Put off once, promised, and a word on how far it is."""
    with clock.at(ago(20)):
        message = voices.routed_to(Office.objects.get(slug="sidewalks"), text=STAIRS)
    with clock.at(ago(15)):
        until = in_days(12)
        words = "재료가 늦게 옵니다. 손잡이 규격을 먼저 정하겠습니다."
        actions.put_off(message, text=words, until=until, by=jun)
    with clock.at(ago(6)):
        words = "손잡이를 새로 답니다. 밤에 공사합니다."
        actions.promise(message, text=words, finish_on=in_days(26), by=jun)
    with clock.at(ago(1)):
        actions.report_progress(message, text="오늘 절반을 달았습니다.", by=jun)
    return message


def late() -> Message:
    """Nobody has answered, and everybody was told."""
    with clock.at(ago(30)):
        message = voices.routed_to(Office.objects.get(slug="parks"), text=BENCH)
    for days in (20, 15, 8, 1):
        with clock.at(ago(days)):
            list(actions.remind())
    return message


def see_the_promise(page: Page, home: str, message: Message) -> None:
    """Who, until when, how often it moved, and how far it is."""
    page.goto(f"{home}/s/{message.code}/")
    words = page.inner_text("main")
    assert "손잡이를 새로 답니다" in words
    assert "오늘 절반을 달았습니다" in words
    picture(page, "17-promised")


def see_the_delay(page: Page, home: str, message: Message) -> None:
    """Late at once, in public, with whom was told."""
    page.goto(f"{home}/s/{message.code}/")
    assert "시장실" in page.inner_text("main")
    picture(page, "18-late")
    page.goto(f"{home}/departments/")
    assert message.office is not None
    assert message.office.name in page.inner_text("main")
    picture(page, "19-departments")


def say_no(page: Page, home: str, message: Message) -> None:
    """Not without a reason, the next door and one thing the city does all the same."""
    page.goto(f"{home}/admin/case/{message.code}/")
    page.check("input[name=kind][value=declined]")
    page.fill("textarea[name=answer]", "가로수는 모두 베지 않습니다.")
    press(page, "form:has(textarea[name=answer]) button[value=preview]")
    assert page.locator(".error-summary li, [role=alert] li").count() >= 3
    picture(page, "20-refusal")
    page.select_option("select[name=ground]", index=1)
    page.fill("textarea[name=reason]", "가로수는 여름 더위를 줄이고, 조례가 보호합니다.")
    page.fill(
        "textarea[name=next_door]", "구청 주차관리과에 거주자 우선 주차를 신청할 수 있습니다."
    )
    page.fill("textarea[name=will_do]", "뿌리에 들린 보도 세 곳을 이달에 고칩니다.")
    press(page, "form:has(textarea[name=answer]) button[value=preview]")
    picture(page, "21-refusal-preview")
    press(page, "button[name=act][value=send]")


def come_back(page: Page, home: str, message: Message) -> None:
    """Not solved: the author says why, and the matter is open again."""
    with translation.override("ko"):
        page.goto(f"{home}{message.private_url('case_reopen')}")
    page.fill("textarea[name=text]", "들린 보도가 다섯 곳인데 세 곳만 고친다고 합니다.")
    picture(page, "22-come-back")
    press(page, "main form:has(textarea[name=text]) button[type=submit]")


def see_the_office(page: Page, home: str) -> None:
    """On Monday: every duty, promise and half-written answer on one page."""
    page.goto(f"{home}/admin/office/sidewalks/")
    assert STAIRS[:12] in page.inner_text("main")
    picture(page, "23-office")


def test_a_promise_a_delay_and_a_no_are_seen_by_everybody(
    live_server: LiveServer,
    browser: Browser,
    at_desk: Callable[[User], Page],
    jun: User,
) -> None:
    home, citizen, desk = live_server.url, newcomer(browser, view=PHONE), at_desk(jun)
    tree = voices.routed_to(Office.objects.get(slug="sidewalks"), text=TREE)

    see_the_promise(citizen, home, promised(jun))
    see_the_delay(citizen, home, late())
    say_no(desk, home, tree)
    with clock.at(clock.now() + timedelta(minutes=1)):
        actions.publish(tree.replies.get())
    come_back(citizen, home, tree)
    see_the_office(desk, home)

    tree.refresh_from_db()
    assert (tree.status, tree.round) == ("routed", 1)
