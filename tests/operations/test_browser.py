"""The page in Chromium, as full and as empty as it can be: axe, overflow, target sizes."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from channels_app import actions, sheets
from channels_app.models import Lane
from lifecycle import clock
from lifecycle.models import Alarm, Heartbeat, Upkeep, UpkeepKind
from tests.channels_app import factories
from tests.desk.screens import problems
from tests.operations import portal
from tests.pages.browsing import NARROW, TWO, Setting
from tests.people import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]


def everything_is_late() -> None:
    """As bad a morning as there can be."""
    with clock.at(portal.long_ago(30)):
        factories.receive(contact=portal.MINA)
        Lane.pause("mail", why="535 " + "w" * 90, try_at=clock.now())
    portal.poisoned()
    portal.owed_to_office()
    centre = people.centre_officer(name="Mina")
    sheet = sheets.bring(b"text\nhello\n", name="a.csv", channel="tour", by=centre)
    with clock.at(portal.long_ago(10)):
        actions.want(sheet, by=centre)
    Heartbeat.objects.filter(sweep="tell").update(last_done_at=portal.long_ago(9))
    Upkeep.enter(UpkeepKind.DRILL, ok=False, words="portal-1: it is damaged")
    Upkeep.enter(UpkeepKind.BACKUP, ok=False, words="the disk is full")
    Upkeep.enter(UpkeepKind.RESTORE, words="portal-1; 3 mails held back")
    Alarm.begin("paused:mail")
    Alarm.objects.get().end()


@pytest.mark.parametrize("setting", [*TWO, NARROW], ids=str)
def test_nothing_is_wrong_with_the_page(setting: Setting, browser: Browser, axe: Axe) -> None:
    path = ("/en" if setting.language == "en" else "") + portal.PAGE
    portal.moving()
    keeper = people.signed_in_client(people.administrator())
    pages: dict[str, Any] = {"in time": keeper.get(path)}
    everything_is_late()
    centre = people.signed_in_client(people.centre_officer())
    pages |= {"late": centre.get(path), "late, to an administrator": keeper.get(path)}

    assert all(page.status_code == 200 for page in pages.values())
    assert problems(browser, axe if setting in TWO else None, setting, pages) == []
