"""The officers' pages in Chromium: axe, overflow, target sizes, in every setting."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser

from channels_app import actions
from channels_app.models import Delivery, Message, RoutingRule
from channels_app.states import DeliveryState
from channels_app.text.routing import Weigher
from desk.models import CannedText
from lifecycle import clock
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import case_url, press
from tests.desk.screens import problems
from tests.pages.browsing import TWELVE, TWO, Setting
from tests.people import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]

MINA = ("mail", "mina@example.org")
ANSWER = "내일 고치겠습니다.\n담당자 010-9876-5432 " + "w" * 120


class Desk:
    """Pages in one language, opened by Jun, the centre, the mayor's office or an auditor."""

    def __init__(self, language: str, jun: User, roads: Office) -> None:
        self.language, self.jun, self.roads = language, jun, roads
        self.at_desk = people.signed_in_client(jun)

    def get(self, client: Client, path: str) -> Any:
        """The page of this address in the language of this desk."""
        return client.get(path.replace("/en/", "/en/" if self.language == "en" else "/", 1))

    def post(self, message: Message, button: str, **typed: str) -> Any:
        """What Jun sees after a button."""
        message.refresh_from_db()
        path = case_url(message, button)
        path = path.replace("/en/", "/en/" if self.language == "en" else "/", 1)
        return self.at_desk.post(path, {"version": message.version, **typed})

    def lively(self) -> Message:
        """A case with everything: handed back, answered and taken back, reported, not delivered."""
        RoutingRule.objects.get_or_create(office=self.roads, words="돌다리")
        with clock.at(timezone.now() - timedelta(days=30)):
            message = voices.receive(
                "돌다리가 흔들려요 " + "w" * 90, contact=("mail", "m@example.org")
            )
            actions.consider(message, weigher=Weigher(RoutingRule.objects.terms()))
            message = actions.route(message, to=self.roads, by=people.centre_officer())
        actions.hand_back(message, reason="버스 일입니다", by=self.jun)
        actions.route(message, to=self.roads, by=people.centre_officer(), reason="보도 일입니다")
        actions.answer(message, text=ANSWER, by=self.jun)
        actions.take_back(message, by=self.jun)
        Delivery.objects.filter(message=message).update(state=DeliveryState.UNKNOWN)
        return actions.report(message, words="전화번호가 보여요")

    def main_pages(self) -> dict[str, Any]:
        """The three an officer works on all day."""
        message = self.lively()
        return {
            "queue": self.get(self.at_desk, "/en/admin/triage/"),
            "case": self.get(self.at_desk, case_url(message)),
            "preview": self.post(message, "answer", act="preview", answer=ANSWER),
        }

    def every_page(self) -> dict[str, Any]:
        """Each state of a case, for each kind of reader; errors; views with and without rows."""
        centre = people.signed_in_client(people.centre_officer())
        mayor = people.signed_in_client(people.mayors_officer())
        auditor = people.signed_in_client(people.auditor())
        lively, plain = self.lively(), voices.routed_to(self.roads)
        private = voices.routed_to(self.roads, public=False)
        leaving = voices.answered_by(self.jun, self.roads).message
        aside = actions.set_aside(voices.routed_to(self.roads), reason="spam", by=self.jun)
        received = voices.receive()
        answered = voices.published_by(self.jun, self.roads)
        return {
            "empty view": self.get(self.at_desk, "/en/admin/triage/?show=unrouted"),
            "open in the list": self.get(self.at_desk, "/en/admin/triage/"),
            "queue of the centre": self.get(centre, "/en/admin/triage/"),
            "not delivered": self.get(centre, "/en/admin/triage/?show=undelivered"),
            "set aside view": self.get(centre, "/en/admin/triage/?show=set_aside"),
            "for the centre": self.get(centre, case_url(received)),
            "for the mayor": self.get(mayor, case_url(lively)),
            "for an auditor": self.get(auditor, case_url(lively)),
            "leaving": self.get(self.at_desk, case_url(leaving)),
            "set aside": self.get(self.at_desk, case_url(aside)),
            "answered": self.get(self.at_desk, case_url(answered)),
            "private preview": self.post(private, "answer", act="preview", answer=ANSWER),
            "changing": self.post(plain, "answer", act="change", answer=ANSWER),
            "no answer": self.post(plain, "answer", act="preview", answer=""),
            "no office": self.post(plain, "route", reason="왜냐하면"),
            "no reason to hand back": self.post(plain, "hand-back"),
            "no reason to set aside": self.post(plain, "set-aside"),
            "no reason to hide": self.post(plain, "hide"),
            "overtaken": self.post(plain, "answer", act="send", answer=ANSWER, version="0"),
        }


@pytest.mark.parametrize("setting", TWELVE, ids=str)
def test_nothing_is_wrong_with_the_main_pages_in_any_setting(
    setting: Setting, browser: Browser, axe: Axe, jun: User, roads: Office
) -> None:
    desk = Desk(setting.language, jun, roads)

    assert problems(browser, axe, setting, desk.main_pages()) == []


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_any_page(
    setting: Setting, browser: Browser, axe: Axe, jun: User, roads: Office
) -> None:
    desk = Desk(setting.language, jun, roads)

    assert problems(browser, axe, setting, desk.every_page(), unfolded=True) == []


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_what_opens_over_the_page(
    setting: Setting, browser: Browser, axe: Axe, jun: User, roads: Office
) -> None:
    desk = Desk(setting.language, jun, roads)
    voices.routed_to(roads)
    CannedText.objects.create(office=roads, name="감사", language="ko", text="고맙습니다.")
    page = desk.get(desk.at_desk, "/en/admin/triage/")

    assert page.content.count(b"<dialog") == 2
    assert problems(browser, axe, setting, {"triage": page}, dialogs=True) == []


def test_a_message_of_an_act_is_told_in_words_and_to_screen_readers(
    browser: Browser, axe: Axe, jun: User, roads: Office
) -> None:
    desk = Desk("en", jun, roads)
    message = voices.routed_to(roads)
    press(desk.at_desk, message, "answer", act="send", answer="고치겠습니다")

    page = desk.get(desk.at_desk, case_url(message))

    assert 'role="status"' in page.content.decode()
    assert problems(browser, axe, TWO[0], {"sent": page}) == []
