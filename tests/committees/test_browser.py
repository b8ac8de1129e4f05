"""The pages of committees in Chromium: axe, overflow, the size of what is pressed."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from lifecycle import clock
from suggestions import actions
from suggestions.actions import Person
from suggestions.models import Mandate
from suggestions.states_of_committees import Side
from tests.committees import rooms
from tests.committees.rooms import DAY
from tests.desk.screens import problems
from tests.pages.browsing import TWO, Setting
from tests.people import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]


def everything(language: str) -> dict[str, Any]:
    """Each page, with all that can stand on it."""
    lead = "/en" if language == "en" else ""
    with clock.at(clock.now() - 41 * DAY):
        room = rooms.at_work(suggestions=2)
        rooms.implementing(room)
        first = rooms.published(rooms.report_of(room.committee), by=room.jun)
        actions.say_about(first, text="왜 두 노선뿐인가요? " * 8, contact=None, language="ko")
        called = actions.call_meeting(
            room.committee,
            starts_at=clock.now() + DAY,
            place="시민청",
            agenda="가" * 300,
            by=room.jun,
        )
    with clock.at(clock.now() - 30 * DAY):
        actions.publish_minutes(called, minutes="나" * 500, present=[room.citizen], by=room.jun)
        actions.block(room.suggestion, code="budget", words="w" * 120, by=room.jun)
    second = rooms.report_of(room.committee)
    list(actions.tell_of_late())
    actions.call_meeting(
        room.committee, starts_at=clock.now() + DAY, place="시민청", agenda="노선", by=room.jun
    )
    proposal = actions.propose_drop(room.suggestions[1], **rooms.NO, by=room.jun)
    actions.say_opinion(proposal, seat=room.citizen, concurs=False, words="아직")
    asked = actions.invite_to_seat(
        room.committee, Person(Side.CITIZEN, "정하은"), address="s@example.org", by=room.jun
    ).confirmation
    assert asked is not None
    direct = rooms.adopted_directly("parks")
    (alone,) = actions.open_reports_of_office(Mandate.objects.get(suggestion=direct))
    assert direct.office is not None
    rooms.published(alone, by=people.officer_of(direct.office))
    reports = list(room.committee.reports.filter(published_at=None).order_by("number"))
    actions.draft_report_as_seat(reports[0], rooms.words(reports[0]), seat=room.citizen)
    citizen, officer = Client(), people.signed_in_client(room.jun)
    page = f"{lead}{room.committee.get_absolute_url()}"
    seat = f"{lead}/committees/seat/{room.citizen.pk}/{room.citizen.token}/"
    one = f"{lead}/admin/committee/{room.committee.pk}/"
    typed = {"report": reports[0].pk, "version": reports[0].version + 1, "act": "publish"}
    return {
        "committees": citizen.get(f"{lead}/committees/"),
        "committee": citizen.get(page),
        "report": citizen.get(f"{page}reports/1/"),
        "report with errors": citizen.post(f"{page}reports/1/", {"text": ""}),
        "report alone": citizen.get(f"{lead}/s/{direct.code}/reports/1/"),
        "seat": citizen.get(seat),
        "seat's report": citizen.get(f"{seat}reports/{reports[0].number}/"),
        "opinion with errors": citizen.post(f"{seat}opinion/{proposal.pk}/", {}),
        "leave": citizen.get(f"{seat}leave/"),
        "invitation": citizen.get(f"{lead}/confirm/seat/{asked.pk}/{asked.token}/"),
        "desk list": officer.get(f"{lead}/admin/committees/"),
        "desk one": officer.get(one),
        "desk one with errors": officer.post(f"{one}person/", {"version": 1}),
        "form": officer.get(f"{lead}/admin/committee/new/"),
        "form with errors": officer.post(f"{lead}/admin/committee/new/", {}),
        "due": officer.get(f"{lead}/admin/reports/due/"),
        "due, looked at": officer.get(f"{lead}/admin/reports/due/?report={second.pk}&look=1"),
        "due with errors": officer.post(f"{lead}/admin/reports/due/", typed),
        "load": officer.get(f"{lead}/admin/reports/load/"),
    }


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_any_page_of_committees(
    browser: Browser, axe: Axe, setting: Setting
) -> None:
    assert problems(browser, axe, setting, everything(setting.language)) == []
