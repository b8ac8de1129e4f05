"""The day's numbers in Chromium: nothing is wrong with any of the pages, on a phone or a desk."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from channels_app.models import Background
from mayors_office import listening, tasks
from tests.dashboards.test_accounts import account
from tests.dashboards.test_pages import stuck
from tests.desk.screens import problems
from tests.pages import cities
from tests.pages.browsing import TWO, Setting
from tests.people import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]


def everything(language: str) -> dict[str, Any]:
    """Each page in this language, with all that can stand on it; and each without anything."""
    lead = "/en" if language == "en" else ""
    client, above = Client(), people.signed_in_client(people.mayors_officer())
    team = people.signed_in_client(
        people.officer_of(people.make_office("attentive-listening", name_en="Listening"))
    )
    paths = {
        "the city": "/dashboard/?days=90",
        "a borough per people": "/dashboard/?days=365&borough=mapo&per=people",
        "an office": "/dashboard/office/sidewalks/",
        "a wrong choice": "/dashboard/?days=8&borough=nowhere",
        "who was not heard": "/dashboard/heard/",
    }
    empty = {f"{name}, empty": client.get(lead + path) for name, path in paths.items()}
    stuck()
    account("say@seoul.example", failures=3)
    cities.settle(200)
    month = listening.first_of(listening.this_month() - timedelta(days=1))
    Background.objects.bulk_create(
        Background(month=month, age=age, gender="man")
        for age in ["65+"] * 5 + ["0-19"] * 5 + ["40-64"] * 20 + ["20-39"] * 20
    )
    tasks.count_days()
    tasks.close_month()
    return {
        **empty,
        **{name: client.get(lead + path) for name, path in paths.items()},
        "the mayor": above.get(f"{lead}/dashboard/mayor/"),
        "what needs the mayor": above.get(f"{lead}/dashboard/mayor/?show=late"),
        "late reports": above.get(f"{lead}/dashboard/mayor/?show=late_reports"),
        "the listening team": team.get(f"{lead}/admin/heard/"),
    }


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_any_page_of_the_numbers(
    setting: Setting, browser: Browser, axe: Axe
) -> None:
    pages = everything(setting.language)

    assert all(page.status_code in (200, 422) for page in pages.values())
    assert problems(browser, axe, setting, pages) == []
