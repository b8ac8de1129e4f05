"""What routing shows officers, in Chromium: axe, overflow, target sizes."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from channels_app import actions
from channels_app.models import Message, RoutingRule
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import case_url
from tests.desk.screens import problems
from tests.desk.test_browser import Desk
from tests.pages.browsing import TWO, Setting
from tests.people import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]


def routing_pages(desk: Desk) -> dict[str, Any]:
    """Parts of other offices, what the centre decided for good, the dry run."""
    buses = people.make_office("buses")
    sora, centre = people.officer_of(buses), people.centre_officer()
    at_sora, at_centre = people.signed_in_client(sora), people.signed_in_client(centre)
    keeper = people.signed_in_client(people.administrator())
    asked, given = voices.routed_to(desk.roads), voices.routed_to(desk.roads)
    actions.ask_office(asked, office=buses, question="몇 번인가요? " + "w" * 90, by=desk.jun)
    part = actions.ask_office(given, office=buses, question="몇 번인가요?", by=desk.jun)
    actions.answer_part(part, text="472번입니다", by=sora)
    bound = voices.routed_to(desk.roads)
    Message.objects.filter(pk=bound.pk).update(hand_backs=3)
    RoutingRule.objects.get_or_create(office=buses, words="보도블록", points=9)
    dry = "/en/admin/routing/dry-run/"
    change = f"row0-act=put&row0-words=합정역&row0-office={desk.roads.pk}&row0-points=40"
    return {
        "asked of us": desk.get(at_sora, "/en/admin/triage/?show=asked"),
        "asked, for its owner": desk.get(desk.at_desk, case_url(asked)),
        "asked, for who is asked": desk.get(at_sora, case_url(asked)),
        "part given": desk.get(desk.at_desk, case_url(given)),
        "decided by the centre": desk.get(desk.at_desk, case_url(bound)),
        "nobody to ask": desk.post(given, "ask-office", question="?"),
        "dry run": desk.get(at_centre, dry),
        "dry run of today": desk.get(at_centre, f"{dry}?last=100&rows=3"),
        "dry run of a change": desk.get(keeper, f"{dry}?last=100&{change}"),
        "dry run with errors": desk.get(at_centre, f"{dry}?last=100&row1-words=x"),
    }


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_what_routing_shows(
    setting: Setting, browser: Browser, axe: Axe, jun: User, roads: Office
) -> None:
    desk = Desk(setting.language, jun, roads)

    assert problems(browser, axe, setting, routing_pages(desk)) == []
