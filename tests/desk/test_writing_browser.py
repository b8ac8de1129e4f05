"""The desk in Chromium against a running server: what is typed is kept, one press is one act."""

import pytest
from django.conf import settings as house
from playwright.sync_api import Page, Route, expect

from channels_app import actions
from channels_app.models import Message
from desk.models import CannedText, Draft, Note
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import QUEUE, case_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]
WORDS = "내일 아침에 고치겠습니다."


def write(page: Page, words: str) -> None:
    page.locator("[data-answer] textarea[name=answer]").fill(words)


def test_what_is_typed_is_a_draft_within_seconds_and_once_more_on_leaving(
    page: Page, roads: Office
) -> None:
    message = voices.routed_to(roads)
    page.goto(case_url(message))

    write(page, WORDS)
    expect(page.locator("[data-kept]")).to_have_text("Kept as a draft", timeout=10_000)
    assert Draft.objects.get().words["answer"] == WORDS

    write(page, f"{WORDS} Und")
    page.goto(QUEUE)
    page.goto(case_url(message))
    expect(page.locator("[data-answer] textarea[name=answer]")).to_have_value(f"{WORDS} Und")


def test_what_could_not_be_kept_is_said_and_tried_again(page: Page, roads: Office) -> None:
    message = voices.routed_to(roads)
    page.goto(case_url(message))
    answer = f"**{case_url(message, 'answer')}"
    page.route(answer, lambda route: route.abort())

    write(page, WORDS)
    expect(page.locator("[data-kept]")).to_contain_text("Not kept yet", timeout=10_000)

    page.unroute(answer)
    expect(page.locator("[data-kept]")).to_have_text("Kept as a draft", timeout=20_000)
    assert Draft.objects.get().words["answer"] == WORDS


def test_who_is_signed_out_while_typing_is_told_and_goes_on_once_signed_in(
    page: Page, roads: Office
) -> None:
    message = voices.routed_to(roads)
    page.goto(case_url(message))
    name = house.SESSION_COOKIE_NAME
    key = next(one["value"] for one in page.context.cookies() if one["name"] == name)
    page.context.clear_cookies()

    write(page, WORDS)
    expect(page.locator("[data-kept]")).to_contain_text("you are signed out", timeout=10_000)
    assert not Draft.objects.exists()

    page.context.add_cookies([{"name": name, "value": key, "url": page.url}])  # in another tab
    expect(page.locator("[data-kept]")).to_have_text("Kept as a draft", timeout=60_000)
    assert Draft.objects.get().words["answer"] == WORDS


def test_who_may_not_answer_any_more_is_told_once(
    page: Page, roads: Office, buses: Office, jun: User
) -> None:
    message = voices.routed_to(roads)
    page.goto(case_url(message))
    actions.route(message, to=buses, reason="버스 일입니다", by=jun)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method) if asked.method == "POST" else None)

    write(page, WORDS)
    expect(page.locator("[data-kept]")).to_contain_text("Copy your words", timeout=10_000)
    page.wait_for_timeout(5_000)

    assert sent == ["POST"]
    assert not Draft.objects.exists()


def test_pressed_twice_on_a_slow_line_it_is_one_act(page: Page, roads: Office) -> None:
    message = voices.routed_to(roads)
    page.goto(case_url(message))

    def slowly(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route(f"**{case_url(message, 'note')}*", slowly)
    form = page.locator(f"form[action^='{case_url(message, 'note')}']")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    form.locator("textarea").fill("현장에 다녀옴")
    with page.expect_navigation():
        form.locator("button[type=submit]").evaluate("one => { one.click(); one.click(); }")

    assert Note.objects.count() == 1


def test_two_slashes_offer_the_texts_that_fit_and_put_one_in(page: Page, roads: Office) -> None:
    for name, kind in (("고맙습니다", ""), ("접수 인사", ""), ("할 수 없습니다", "declined")):
        CannedText.objects.create(
            office=roads, name=name, kind=kind, language="ko", text=f"{name}. 도로과입니다."
        )
    page.goto(case_url(voices.routed_to(roads)))
    answer = page.locator("[data-answer] textarea[name=answer]")
    dialog = page.locator("[data-texts]")
    names = dialog.locator("li")

    answer.press_sequentially("https://seoul.go.kr 참고. ")
    expect(dialog).to_be_hidden()
    answer.press_sequentially("//")
    expect(dialog).to_be_visible()
    expect(names).to_have_text(["고맙습니다", "접수 인사"])
    page.keyboard.insert_text("접수")
    expect(names).to_have_text(["접수 인사"])
    page.keyboard.press("Enter")

    expect(dialog).to_be_hidden()
    expect(answer).to_have_value("https://seoul.go.kr 참고. 접수 인사. 도로과입니다.")
    expect(answer).to_be_focused()


def test_enter_among_the_chosen_ones_presses_nothing(
    page: Page, three: list[Message], buses: Office
) -> None:
    page.goto(QUEUE)
    for box in page.locator("input[name=chosen]").all():
        box.check()
    page.locator("#bulk-office").select_option(str(buses.pk))
    page.locator("#bulk-lead").fill(three[0].code)

    page.locator("#bulk-lead").press("Enter")
    page.wait_for_timeout(500)

    assert page.url.endswith(QUEUE)
    assert not Message.objects.filter(office=buses).exists()

    with page.expect_navigation():
        page.locator("#bulk button[value=join]").click()
    assert Message.objects.filter(lead=three[0]).count() == 2
