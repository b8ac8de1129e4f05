"""A working day by keyboard alone: twenty messages, no mouse, at most four keys each.

The words of an answer, a reason or a note are not counted. With PORTAL_DAY=FILE the file tells
how long the next message took to open, and the whole day.
"""

import json
import os
import statistics
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from channels_app import actions
from channels_app.models import Message, RoutingRule
from channels_app.states import MessageStatus
from channels_app.text.routing import Weigher
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.e2e.test_walk import DESK, PASSWORD, Walk, sign_in, walk
from tests.ledger import check_ledger
from tests.people import factories as people

__all__ = ["walk"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
FLOWERS = "공원 화단에 심은 꽃이 모두 시들었습니다. 물을 주는 사람이 없는 것 같아요."


class Keyboard:
    """An officer who has no mouse: counts keys, and how long the next message takes to open."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.most = page, 0, 0
        self.opened: list[float] = []

    def open(self) -> str:
        """The number of the message that is open."""
        return self.page.inner_text(".dossier__head h2")

    def press(self, *keys: str, leads_on: bool = False) -> None:
        """Press these; the last one may open the next page."""
        self.keys += len(keys)
        for key in keys[:-1]:
            self.page.keyboard.press(key)
        if not leads_on:
            self.page.keyboard.press(keys[-1])
            return
        start = time.perf_counter()
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press(keys[-1])
        self.opened.append(time.perf_counter() - start)

    def write(self, words: str) -> None:
        """Words are not keys."""
        self.page.keyboard.insert_text(words)

    def done(self) -> None:
        """One message more."""
        self.most, self.keys = max(self.most, self.keys), 0


@pytest.fixture
def officer(walk: Walk) -> User:
    """At the centre and in the sidewalks department: a small city."""
    sidewalks = Office.objects.get(slug="sidewalks")
    user = people.officer_of(sidewalks, password=PASSWORD, name="박가온")
    people.appoint(user, people.centre())
    people.enrol_totp(user)
    return user


def to_be_routed(number: int) -> Message:
    """The rules have an opinion and leave it to a person."""
    for slug in ("sidewalks", "bus-policy"):
        office = Office.objects.get(slug=slug)
        RoutingRule.objects.get_or_create(office=office, words="들썩돌", defaults={"points": 6})
    message = voices.receive(f"들썩돌이 {number}번 튀어나왔어요 ({number * 7919})")
    return actions.consider(message, weigher=Weigher(RoutingRule.objects.terms()))


def test_twenty_messages_by_keyboard(walk: Walk, officer: User, browser: Browser) -> None:
    sidewalks = Office.objects.get(slug="sidewalks")
    new = [to_be_routed(number) for number in range(7)]
    by_hand = [one for one in new if one.status == MessageStatus.RECEIVED]
    given = [
        voices.routed_to(sidewalks, text=f"보도의 {number}번째 돌이 솟았습니다 {number * 7919}")
        for number in range(10)
    ]
    flowers = [
        voices.routed_to(sidewalks, text=f"{FLOWERS} {word}") for word in ("하나", "둘", "셋")
    ]
    page = browser.new_context(viewport=DESK, locale="ko-KR").new_page()
    sign_in(page, walk, officer)
    day = Keyboard(page)
    start = time.perf_counter()

    for _message in by_hand:
        page.wait_for_selector("[data-key~=KeyA]")
        day.press("a", leads_on=True)
        day.done()
    page.goto(f"{walk.address}/admin/triage/?show=all")
    page.goto(f"{walk.address}/admin/case/{given[0].code}/?show=all")
    for _number in range(6):
        day.press("r")
        day.write("오늘 다시 놓았습니다. 알려 주셔서 고맙습니다.")
        day.press("Control+Enter", leads_on=True)
        day.press("Control+Enter", leads_on=True)
        day.done()
    for _number in range(2):
        day.press("b")
        day.write("구청이 맡은 길입니다.")
        day.press("Control+Enter", leads_on=True)
        day.done()
    for _number in range(2):
        day.press("d", "ArrowDown", "Control+Enter", leads_on=True)
        day.done()
    day.press("u", leads_on=True)
    undone = day.open()
    day.press("d", "ArrowDown", "Control+Enter", leads_on=True)
    day.done()
    for one in flowers[:2]:  # both to the third, which stays open
        page.goto(f"{walk.address}/admin/case/{one.code}/?show=all")
        page.wait_for_selector(".alike button[data-key=KeyM]")
        day.press("m", leads_on=True)
        day.done()
    wall = time.perf_counter() - start

    statuses = [Message.objects.get(pk=one.pk).status for one in (*by_hand, *given, *flowers)]
    assert set(statuses[: len(by_hand)]) == {"routed"}
    assert statuses[len(by_hand) : -3].count("received") == 2
    assert statuses[len(by_hand) : -3].count("set_aside") == 2
    assert statuses[-3:].count("joined") == 2
    assert Message.objects.get(code=undone).steps.filter(cause="undone").count() == 1
    assert day.most <= 4
    if file := os.environ.get("PORTAL_DAY"):
        told = {
            "messages": 20,
            "wall_s": round(wall, 1),
            "median_ms": round(statistics.median(day.opened) * 1000),
            "worst_ms": round(max(day.opened) * 1000),
        }
        Path(file).write_text(json.dumps(told))
    check_ledger(settled=False)
