"""The whole way in a real browser: typed on a phone without JavaScript, routed by the worker,
answered by an officer with a second factor, in a real mailbox and on the page. The same with the
worker killed in the middle.

With PORTAL_PICTURES=FOLDER the pictures of docs/walk.md are taken on the way.
"""

import os
import re
import socket
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from subprocess import Popen

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from playwright.sync_api import Browser, Page, ViewportSize

from channels_app.models import Message, Reading
from channels_app.states import MessageStatus
from people.models import Office, User
from tests.faults.house import House, until
from tests.faults.smtp import CountingServer
from tests.ledger import check_ledger
from tests.limits import lift
from tests.people import factories as people

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
WORDS = "합정역 8번 출구 앞 보도블록이 들려 있어요.\n유모차가 걸립니다."
ANSWER = "오늘 보도블록을 다시 놓았습니다. 알려 주셔서 고맙습니다."
ADDRESS = "mina@example.org"
PASSWORD = "correct horse battery staple"
LINK = re.compile(r"http://\S+")


class Walk:
    """One portal with its worker, mail server and address."""

    def __init__(self, house: House, server: CountingServer) -> None:
        self.house, self.server = house, server
        self.worker: Popen[bytes] | None = None
        self.port = house.start_web()
        self.address = f"http://127.0.0.1:{self.port}"
        until(self.is_up, within=30)
        self.env = {"PORTAL_SITE_URL": self.address, "PORTAL_KICKS": "0"}

    def is_up(self) -> bool:
        """The web server takes connections."""
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def start_worker(self) -> None:
        """The sweeps alone have to do the work."""
        self.worker = self.house.start_worker(**self.env)

    def kill_worker(self) -> None:
        """kill -9, wherever it was."""
        if self.worker is not None:
            self.house.kill(self.worker)
        self.worker = None

    def letter(self, number: int) -> str:
        """The text of the number-th mail in the mailbox (from 1)."""
        until(lambda: len(self.server.kept) >= number, within=30)
        body = self.server.kept[number - 1].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def letter_with(self, words: str) -> EmailMessage:
        """The mail that says this, as soon as it is there."""

        def those() -> list[EmailMessage]:
            return [
                mail
                for mail in self.server.kept
                if (body := mail.get_body(("plain",))) and words in str(body.get_content())
            ]

        until(lambda: bool(those()), within=30)
        return those()[0]


@pytest.fixture
def walk(house: House) -> Iterator[Walk]:
    """Web is up, no worker yet."""
    server = CountingServer()
    house.mail_port = server.start()
    house.valkey.start()
    lift()  # the browser is faster than a person reads
    yield Walk(house, server)
    server.stop()


def picture(page: Page, name: str) -> None:
    """Keep what the person sees, where pictures are wanted."""
    if folder := os.environ.get("PORTAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def newcomer(browser: Browser, *, view: ViewportSize, locale: str = "ko-KR") -> Page:
    """A page of somebody who has never been here; no JavaScript."""
    return browser.new_context(viewport=view, locale=locale, java_script_enabled=False).new_page()


def press(page: Page, button: str) -> None:
    """Press it and wait for the page it leads to."""
    with page.expect_navigation():
        page.click(button)


def say(page: Page, walk: Walk) -> Message:
    """Two pages, one required answer."""
    page.goto(walk.address)
    page.fill("textarea[name=text]", WORDS)
    picture(page, "1-home")
    press(page, "main form:has(textarea[name=text]) button[type=submit]")
    assert "합정역" in page.inner_text("blockquote")
    page.check("input[name=audience][value=everyone]")
    page.fill("input[name=contact]", ADDRESS)
    picture(page, "2-check")
    press(page, "form.check .check__next button[type=submit]")
    assert page.url.endswith("/done/")
    picture(page, "3-done")
    return Message.objects.get()


def confirm_address(page: Page, walk: Walk) -> None:
    """The first mail holds no word of the sender, and asks."""
    letter = walk.letter(1)
    assert "합정역" not in letter
    found = LINK.search(letter)
    assert found
    page.goto(found[0])
    picture(page, "4-mail-link")
    press(page, "button[name=act][value=confirm]")


def sign_in(page: Page, walk: Walk, officer: User) -> None:
    """Password, then the code of the authenticator app."""
    page.goto(f"{walk.address}/admin/triage/")
    page.fill("input[name=login]", officer.email)
    page.fill("input[name=password]", PASSWORD)
    press(page, "main form:has(input[name=password]) button[type=submit]")
    picture(page, "5-second-factor")
    page.fill("input[name=code]", code_of(officer))
    press(page, "main form:has(input[name=code]) button[type=submit]")
    assert page.url.endswith("/admin/triage/"), page.url


def code_of(officer: User) -> str:
    """What the officer's app shows now."""
    secret = decrypt(people.enrol_totp(officer).data["secret"])
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def answer(page: Page, message: Message) -> None:
    """Read, write, see it as the citizen will, send."""
    picture(page, "6-queue")
    press(page, f"main .item__link[href*='{message.code}']")
    page.fill("textarea[name=answer]", ANSWER)
    picture(page, "7-case")
    press(page, "form:has(textarea[name=answer]) button[type=submit]")
    assert ANSWER in page.inner_text("main")
    picture(page, "8-preview")
    press(page, "button[name=act][value=send]")
    picture(page, "9-leaving")


@pytest.mark.parametrize("killed", [False, True], ids=["undisturbed", "worker killed"])
def test_a_voice_is_heard_routed_answered_and_seen(
    walk: Walk, browser: Browser, killed: bool
) -> None:
    sidewalks = Office.objects.get(slug="sidewalks")
    officer = people.officer_of(sidewalks, password=PASSWORD, name="박가온")
    people.enrol_totp(officer)
    citizen, desk = newcomer(browser, view=PHONE), newcomer(browser, view=DESK)

    message = say(citizen, walk)
    walk.start_worker()
    if killed:
        time.sleep(0.5)  # wherever it is in starting, routing or sending
        walk.kill_worker()
        walk.start_worker()
    until(lambda: Message.objects.get().status == MessageStatus.ROUTED, within=60)
    confirm_address(citizen, walk)
    sign_in(desk, walk, officer)
    answer(desk, message)
    if killed:
        walk.kill_worker()
        walk.start_worker()

    until(lambda: Message.objects.get().status == MessageStatus.REPLIED, within=60)
    answered = walk.letter_with(ANSWER)
    thread, kept = answered["References"].split(), walk.server.kept
    # News that it was routed may have come in between: all of it is one thread in the mailbox.
    assert thread[0] == kept[0]["Message-ID"]
    assert answered["In-Reply-To"] == thread[-1]
    assert {*thread} <= {letter["Message-ID"] for letter in kept}
    citizen.goto(f"{walk.address}/s/{message.code}/")
    assert ANSWER in citizen.inner_text("main")
    picture(citizen, "10-answered")
    desk.goto(f"{walk.address}/en/smc/")
    assert ANSWER in desk.inner_text("main")
    picture(desk, "11-wall")
    assert Reading.objects.filter(user=officer, message=message).exists()
    check_ledger()
