"""A working day by keyboard alone: twenty messages, no mouse, at most four keys each.

The words of an answer, a reason or a note are not counted, nor the way from one view to another.
With PORTAL_DAY=FILE (on a machine that does nothing else) the file tells how long the next message
took to open, and the whole day; then no message may take longer than the mark.
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
MARK = 300  # milliseconds from the key to the next message
TABS = 80  # more would be no way for anybody
ANSWER = "오늘 다시 놓았습니다. 알려 주셔서 고맙습니다."
FLOWERS = "공원 화단에 심은 꽃이 모두 시들었습니다. 물을 주는 사람이 없는 것 같아요."


class Keyboard:
    """An officer who has no mouse: counts keys, and how long the next message takes to open."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.most = page, 0, 0
        self.opened: list[float] = []
        self.had: set[str] = set()

    def open(self) -> str:
        """The number of the message that is open."""
        return self.page.inner_text(".dossier__head h2")

    def press(self, *keys: str, leads_on: bool = False) -> None:
        """Press these for the open message; the last one may open the next page."""
        if not self.keys:
            self.had.add(self.open())
        self.keys += len(keys)
        for key in keys[:-1]:
            self.page.keyboard.press(key)
        if leads_on:
            self._open_by(keys[-1])
        else:
            self.page.keyboard.press(keys[-1])

    def _open_by(self, key: str) -> None:
        start = time.perf_counter()
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press(key)
        self.opened.append(time.perf_counter() - start)

    def answer(self) -> None:
        """Write, look at it, send it: the next message opens."""
        self.press("r")
        self.write(ANSWER)
        self.press("Control+Enter", leads_on=True)
        self.press("Control+Enter", leads_on=True)

    def go_to_view(self, name: str) -> None:
        """By Tab to its link in the margin."""
        link = f".views a[href*='show={name}']"
        for _tab in range(TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("link => document.activeElement.matches(link)", link):
                break
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")

    def go_down_to(self, message: Message) -> None:
        """From one to the next in the list, until it is open."""
        for _step in range(TABS):
            if self.open() == message.code:
                return
            self._open_by("j")

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
    given = [
        voices.routed_to(sidewalks, text=f"보도의 {number}번째 돌이 솟았습니다 {number * 7919}")
        for number in range(10)
    ]
    flowers = [
        voices.routed_to(sidewalks, text=f"{FLOWERS} {word}") for word in ("하나", "둘", "셋")
    ]
    assert {one.status for one in new} == {MessageStatus.RECEIVED}
    page = browser.new_context(viewport=DESK, locale="ko-KR").new_page()
    sign_in(page, walk, officer)
    day = Keyboard(page)
    start = time.perf_counter()

    for _message in new:
        page.wait_for_selector("[data-key~=KeyA]")
        day.press("a", leads_on=True)
        day.done()
    day.go_to_view("all")
    day.go_down_to(given[0])
    for _number in range(5):
        day.answer()
        day.done()
    day.press("u", leads_on=True)
    taken_back = day.open()
    day.answer()
    day.done()
    day.answer()
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
    for _one in flowers[:2]:  # both to the third
        page.wait_for_selector(".alike button[data-key=KeyM]")
        day.press("m", leads_on=True)
        day.done()
    day.answer()
    day.done()
    wall = time.perf_counter() - start

    everything = [*new, *given, *flowers]
    statuses = [Message.objects.get(pk=one.pk).status for one in everything]
    assert statuses == [
        *["routed"] * 7,
        *["answered"] * 6,
        *["received"] * 2,
        *["set_aside"] * 2,
        *["joined"] * 2,
        "answered",
    ]
    assert day.had == {one.code for one in everything}
    assert Message.objects.get(code=undone).steps.filter(cause="undone").count() == 1
    assert taken_back == given[4].code
    assert Message.objects.get(code=taken_back).replies.count() == 2
    assert day.most <= 4
    if file := os.environ.get("PORTAL_DAY"):
        told = {
            "messages": len(day.had),
            "wall_s": round(wall, 1),
            "median_ms": round(statistics.median(day.opened) * 1000),
            "worst_ms": round(max(day.opened) * 1000),
        }
        Path(file).write_text(json.dumps(told))
        assert told["worst_ms"] <= MARK
    check_ledger(settled=False)
