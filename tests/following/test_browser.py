"""The pages of following in Chromium: what axe says, what overflows, what is too small to hit."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser
from pytest_django import DjangoAssertNumQueries

from channels_app.models import Follow
from people.models import Appointment
from tests.channels_app.factories import receive
from tests.desk import screens
from tests.following.readers import SORA, confirmed, follow, roads
from tests.pages.browsing import TWO, Setting
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_the_pages_of_following(
    browser: Browser, axe: Axe, setting: Setting
) -> None:
    client, before = Client(), "/en" if setting.language == "en" else ""
    message = receive()
    mine = receive(contact=confirmed("mina@example.org"))
    path = f"{before}/s/{message.code}/follow/"
    asked = client.post(path, {"mail": "sori@example.org"})
    waiting = Follow.objects.get()
    one = follow(message)
    office = roads()
    jun = people.officer_of(office)
    desk = people.signed_in_client(jun)
    calendar = f"{before}/admin/calendar/"
    empty = desk.get(calendar)
    desk.post(calendar, {"post": Appointment.objects.get(user=jun, office=office).pk})
    contact = one.contact
    assert contact is not None
    ended = f"{before}/unsubscribe/{one.pk}/{one.token}/"
    pages = {
        "case": client.get(f"{before}/s/{message.code}/"),
        "follow": client.get(path),
        "wrong": client.post(path, {"mail": "nowhere"}),
        "asked": asked,
        "link": client.get(f"{before}/follow/{waiting.pk}/{waiting.token}/"),
        "confirmed": client.post(
            f"{before}/follow/{waiting.pk}/{waiting.token}/", {"act": "confirm"}
        ),
        "link, followed": client.get(f"{before}/follow/{one.pk}/{one.token}/"),
        "stop": client.get(ended),
        "stopped": client.post(ended, {"act": "stop"}),
        "daily": client.post(ended, {"act": "undo"}) and client.post(ended, {"act": "daily"}),
        "all": client.get(f"{before}/mails/{contact.pk}/{contact.mails_token}/"),
        "ended": client.post(f"{before}/mails/{contact.pk}/{contact.mails_token}/", {"act": "all"}),
        "mute": client.get(f"{before}/unsubscribe/{mine.code}/{mine.mute_token}/"),
        "calendar, none": empty,
        "calendar": desk.get(calendar),
    }

    assert screens.problems(browser, axe, setting, pages) == []


@pytest.mark.parametrize("count", [1, 5])
def test_the_pages_ask_little_of_the_database(
    client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    message = receive()
    for n in range(count):
        one = follow(message, f"{n}{SORA}")
    client.get("/")

    with django_assert_max_num_queries(3):
        client.get(f"/s/{message.code}/follow/")
        client.get(f"/unsubscribe/{one.pk}/{one.token}/")
