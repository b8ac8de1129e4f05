"""The pages of the promise in Chromium: writing, previews, drafts, the page of an office."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from channels_app import actions
from channels_app.models import Message
from desk import actions as desk_actions
from desk.models import CannedText
from lifecycle import clock
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import case_url
from tests.desk.screens import HOME, answer_with, problems
from tests.pages.browsing import TWO, Setting
from tests.people import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]

MINA = ("mail", "mina@example.org")
FAR = (timezone.now() + timedelta(days=60)).date().isoformat()
NO = {
    "kind": "declined",
    "answer": "귀하의 의견은 소관 부서에서 " + "w" * 120,
    "ground": "budget",
    "reason": "올해 예산은 010-1234-5678까지입니다.",
    "next_door": "구청",
    "will_do": "턱을 낮춥니다.",
}


def everything(language: str, jun: User, roads: Office) -> dict[str, Any]:
    """Each page of the promise, in this language, with all that can stand on it."""
    client, lead = people.signed_in_client(jun), "/en" if language == "en" else ""
    park = people.officer_of(roads, name="박서연")

    def get(path: str) -> Any:
        return client.get(path.replace("/en", lead, 1))

    def post(message: Message, **typed: str) -> Any:
        message.refresh_from_db()
        path = case_url(message, "answer").replace("/en", lead, 1)
        return client.post(path, {"version": message.version, **typed})

    new, waits, put_off = (voices.routed_to(roads, contact=MINA) for _n in range(3))
    CannedText.objects.create(office=roads, name="감사 " + "w" * 60, text="{office} {code}")
    for user in (jun, park):
        words = {"answer": "곧 " + "w" * 90}
        desk_actions.keep_draft(new, kind="done", words=words, by=user)
    actions.ask_back(waits, text="어디인가요?", by=jun)
    actions.add_words(voices.routed_to(roads), text="더 있어요")
    for day in (60, 90):
        until = (timezone.now() + timedelta(days=day)).date()
        actions.put_off(put_off, text="더 걸립니다", until=until, by=jun)
    with clock.at(timezone.now() - timedelta(days=30)):
        voices.routed_to(roads, text="늦었어요 " + "w" * 90)
    return {
        "writing": get(case_url(new)),
        "waiting": get(case_url(waits)),
        "for the head": get(case_url(put_off)),
        "a no": post(new, act="preview", **NO),
        "a no with mistakes": post(new, act="preview", kind="declined", answer="안 됩니다"),
        "a promise": post(new, act="preview", kind="promising", answer="합니다", finish_on=FAR),
        "the office": get(f"/en/admin/office/{roads.slug}/"),
        "its drafts": get(f"/en/admin/office/{roads.slug}/?show=drafts"),
        "at work view": get("/en/admin/triage/?show=waiting"),
    }


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_any_page_of_the_promise(
    setting: Setting, browser: Browser, axe: Axe, jun: User, roads: Office
) -> None:
    pages = everything(setting.language, jun, roads)

    assert problems(browser, axe, setting, pages) == []


@pytest.fixture
def form(browser: Browser, jun: User, roads: Office, at_desk: Client) -> Any:
    """The answer form of a case, open in a browser."""
    CannedText.objects.create(office=roads, name="감사", text="{office}에서 알립니다.")
    CannedText.objects.create(office=roads, name="거절", text="안 됩니다.", kind="declined")
    shown = [at_desk.get(case_url(voices.routed_to(roads, contact=MINA)))]
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", partial(answer_with, shown))
    page.goto(f"{HOME}/")
    yield page
    context.close()


def test_only_what_the_chosen_kind_needs_is_shown(form: Page) -> None:
    expect(form.get_by_label("The reason")).to_be_hidden()

    form.get_by_label("The city says no").check()

    expect(form.get_by_label("The reason")).to_be_visible()
    expect(form.get_by_label("It will be done by")).to_be_hidden()
    expect(form.locator("option", has_text="거절")).to_have_count(1)


def test_a_text_is_put_in_without_leaving_the_page(form: Page) -> None:
    form.locator("[name=answer]").fill("먼저.")
    form.get_by_label("Ready-made texts").select_option(label="감사")

    form.get_by_role("button", name="Insert").click()

    expect(form.locator("[name=answer]")).to_have_value("먼저.\n\nroads 부서에서 알립니다.")


def test_without_javascript_every_field_is_there(
    browser: Browser, roads: Office, at_desk: Client
) -> None:
    shown = [at_desk.get(case_url(voices.routed_to(roads, contact=MINA)))]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*", partial(answer_with, shown))

    page.goto(f"{HOME}/")

    for label in ("The reason", "It will be done by", "The new answer date"):
        expect(page.get_by_label(label)).to_be_visible()
    context.close()
