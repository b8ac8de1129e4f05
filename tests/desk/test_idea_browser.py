"""The pages of suggestions at the desk in Chromium: axe, overflow, target sizes."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from lifecycle import clock
from people.models import Office
from suggestions import actions
from suggestions.models import Suggestion
from tests.channels_app import factories as voices
from tests.desk.ideas import DESK, page_of, press
from tests.desk.screens import problems
from tests.pages.browsing import NARROW, TWO, Setting
from tests.people import factories as people
from tests.suggestions import factories as ideas
from tests.suggestions.answering import PERSONAL

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]

LONG = "밤 12시 이후에도 다니는 심야버스를 운행해 주세요. " + "w" * 90


def lively(roads: Office) -> Suggestion:
    """With supports, paper, false ones, crossed thresholds."""
    by = ideas.listener()
    idea = ideas.opened(roads, text=LONG)
    rows = ideas.supported(idea, 7)
    actions.count_supports()
    actions.enter_paper(idea, people=120, words="역 앞 서명대", by=by)
    out = type(rows[0]).objects.filter(pk=rows[0].pk)
    actions.invalidate(idea, out, rule="한 기기", public_note="한 기기에서 왔습니다.", by=by)
    actions.count_supports()
    return idea


def appealed(roads: Office) -> Suggestion:
    """Refused, and its author minds."""
    idea = ideas.submitted(roads, text=LONG)
    by = people.centre_officer()
    actions.refuse(idea, reason="personal", words="이름이 나옵니다.", by=by)
    actions.appeal(idea, text="이름이 아니라 가게 이름입니다.")
    return idea


def every_page(prefix: str, roads: Office, client: Client) -> dict[str, Any]:
    """The lists, one in each kind of state, errors, what was done, the author's offer."""
    team = people.signed_in_client(ideas.listener())
    rich, waiting, minded = lively(roads), ideas.submitted(roads), appealed(roads)
    fresh = ideas.opened(roads)
    many = {"chosen": f"{fresh.code}:{fresh.version}", "verb": "pick", "words": "바랍니다."}
    private = voices.routed_to(roads, public=False)

    reviewed = ideas.reviewed(roads, text=LONG)
    office = people.signed_in_client(people.officer_of(roads))
    owed = {
        "chosen": [f"{reviewed.code}:{reviewed.version}"],
        "outcome": "interim",
        "until": (clock.seoul() + timedelta(days=100)).date(),
        f"own_{reviewed.pk}": PERSONAL,
    }

    def get(path: str) -> Any:
        return team.get(f"{prefix}{path}")

    done = team.post(f"{prefix}{DESK}many/?show=gathering", many)
    return {
        "list": get(f"{DESK}?show=all"),
        "narrowed": get(f"{DESK}?show=all&status=open"),
        "empty list": get(f"{DESK}?show=asleep"),
        "nothing chosen": team.post(f"{prefix}{DESK}many/", {"verb": "refuse"}),
        "done": team.get(done["Location"]),
        "answer many": office.post(f"{prefix}{DESK}many/", {**owed, "verb": "answer"}),
        "answers read first": office.post(f"{prefix}{DESK}answer/", owed),
        "an answer is missing": office.post(f"{prefix}{DESK}answer/", {**owed, "until": ""}),
        "rich": get(page_of(rich)),
        "to screen": get(page_of(waiting)),
        "appealed": get(page_of(minded)),
        "no words": press(team, waiting, "refuse", reason="abuse", words=""),
        "asked first": press(
            team, rich, "invalidate", by="minute", least=2, named="", words="한 기기입니다."
        ),
        "overtaken": team.post(
            f"{prefix}{page_of(fresh)}rescue/", {"version": 0, "words": "더 봅시다."}
        ),
        "case": people.signed_in_client(people.officer_of(roads)).get(
            f"{prefix}/admin/case/{fresh.code}/"
        ),
        "office": people.signed_in_client(people.officer_of(roads)).get(
            f"{prefix}/admin/office/{roads.slug}/"
        ),
        "offer": client.get(f"{prefix}/s/{private.code}/{private.token}/suggest/"),
        "mayor": people.signed_in_client(people.mayors_officer()).get(f"{prefix}/dashboard/mayor/"),
    }


@pytest.mark.parametrize("setting", [*TWO, NARROW], ids=str)
def test_nothing_is_wrong_with_any_page(
    setting: Setting, browser: Browser, axe: Axe, roads: Office, client: Client
) -> None:
    prefix = "/en" if setting.language == "en" else ""
    pages = every_page(prefix, roads, client)

    assert {page.status_code for page in pages.values()} == {200, 409, 422}
    assert problems(browser, axe, setting, pages) == []
