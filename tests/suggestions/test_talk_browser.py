"""Pages of discussions in Chromium: axe, overflow, target sizes, in both languages and schemes."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import Browser, Route

from suggestions import actions
from suggestions.models import Suggestion
from tests.desk.screens import problems
from tests.pages.browsing import TWO, Setting
from tests.pages.visits import english
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]
HARSH = "이 병신 같은 행정은 그만하고 버스를 늘려라"
BETTER = "밤 12시부터 새벽 4시까지 심야버스 아홉 노선을 운행해 주세요."


def talked_of() -> Suggestion:
    """With sides, answers, versions, a friend who writes along, and another that asks for it."""
    buses = people.make_office("buses")
    idea, other = ideas.opened(buses), ideas.opened(buses, f"{ideas.WORDS} 꼭이요")
    first = ideas.commented(idea)
    ideas.commented(idea, "좁은 길에는 작은 버스로 해 주세요.", "improve")
    jun = people.officer_of(buses)
    actions.comment_as_officer(idea, text="노선을 살펴보고 있습니다.", parent=first, by=jun)
    actions.name_expert(first, by=ideas.listener())
    ideas.commented(idea, HARSH, "against")
    actions.mind_comment(ideas.commented(idea, "이름이 나오는 의견", "for"), words="이름이 나와요")
    actions.rewrite(idea, text=BETTER)
    actions.rewrite(idea, text=HARSH)
    actions.propose_alike([other.pk])
    return Suggestion.objects.get(pk=idea.pk)


def pages(client: Client, setting: Setting) -> dict[str, Any]:
    """Every page of a discussion, whole and with something wrong."""
    idea = talked_of()

    def path(address: str) -> str:
        return english(address) if setting.language == "en" else address

    def own(end: str) -> str:
        return path(f"/s/{idea.code}/{idea.message.token}/{end}/")

    talk = path(f"/s/{idea.code}/talk/")
    first = idea.comments.shown().earliest("pk")
    waiting: Any
    said: Any
    waiting, said = ideas.asked(idea).confirmation, ideas.commented(idea).confirmation
    friend = actions.invite_author(idea, address="sora@example.org", language="ko")
    supported = actions.ask_for_support(idea, address="dami@example.org", language="ko")
    assert friend is not None
    invited: Any
    voice: Any
    invited, voice = friend.confirmation, supported.confirmation
    assert None not in (waiting, said, invited, voice)
    actions.confirm_support(voice)
    found = {
        "talk": client.get(talk),
        "answer": client.get(f"{talk}?answer={first.pk}"),
        "wrong": client.post(talk, {"text": "", "mail": "x"}),
        "report": client.get(f"{talk}{first.pk}/report/"),
        "versions": client.get(path(f"/s/{idea.code}/versions/")),
        "author": client.get(own("talk")),
        "rewrite": client.get(own("rewrite")),
        "same": client.post(own("rewrite"), {"text": idea.masked_text}),
        "coauthors": client.get(own("coauthors")),
        "was that you": client.get(path(f"/confirm/comment/{waiting.pk}/{waiting.token}/")),
        "said": client.get(path(f"/confirm/comment/{said.pk}/{said.token}/")),
        "invited": client.get(path(f"/confirm/coauthor/{invited.pk}/{invited.token}/")),
        "writes along": client.post(
            path(f"/confirm/coauthor/{invited.pk}/{invited.token}/"), {"act": "confirm"}
        ),
        "check": client.post(path("/say/check/"), {"text": ideas.WORDS, "kind": "idea"}),
    }
    other = Suggestion.objects.exclude(pk=idea.pk).get()
    actions.put_in_cluster(other, to=idea, by=ideas.listener())
    return found | {"move": client.get(path(f"/confirm/support/{voice.pk}/{voice.token}/move/"))}


def desks(setting: Setting) -> dict[str, Any]:
    """The lists of the moderators."""
    idea = talked_of()
    desk = people.signed_in_client(ideas.listener())
    address = "/en/admin/comments/" if setting.language == "en" else "/admin/comments/"
    held = idea.comments.undecided().earliest("pk")
    shown = ("held", "reported", "versions", "alike", "newest")
    return {
        **{name: desk.get(f"{address}?show={name}") for name in shown},
        "no reason": desk.post(f"{address}hide/{held.pk}/", {"show": "held"}),
    }


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_the_pages(
    setting: Setting, browser: Browser, axe: Axe, client: Client
) -> None:
    assert problems(browser, axe, setting, pages(client, setting)) == []


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_the_moderators_lists(
    setting: Setting, browser: Browser, axe: Axe
) -> None:
    assert problems(browser, axe, setting, desks(setting)) == []


def test_what_is_known_comes_while_somebody_writes(browser: Browser, client: Client) -> None:
    idea = ideas.opened(people.make_office("buses"))
    needs = {"known": None, "form_id": "say", "here": "/"}
    box = render_to_string("suggestions/known_box.html", needs)
    script = finders.find("js/known.js")
    found = client.post("/oasis/known/", {"text": ideas.WORDS})
    asked: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        if route.request.url.endswith("/oasis/known/"):
            asked.append(dict(parse_qsl(route.request.post_data or "")))
            route.fulfill(content_type="text/html; charset=utf-8", body=found.content)
        elif route.request.url.endswith(".js"):
            route.fulfill(path=str(script))
        else:
            form = (
                '<form id="say"><input name="csrfmiddlewaretoken"><textarea name="text"></textarea>'
            )
            whole = f'<meta charset="utf-8">{form}</textarea></form>{box}'
            body = f'{whole}<script src="/known.js"></script>'
            route.fulfill(content_type="text/html; charset=utf-8", body=body)

    page = browser.new_page()
    page.route("**/*", answer)
    page.goto("http://localhost/")
    page.fill("textarea", ideas.WORDS)

    page.wait_for_selector(f'[data-found] a[href="{idea.get_absolute_url()}"]')
    page.close()
    assert [typed["text"] for typed in asked] == [ideas.WORDS]
