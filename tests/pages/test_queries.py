"""A page asks the database the same number of questions at 10 rows and at 100."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import actions
from channels_app.models import Message
from lifecycle import rules
from tests.channels_app.factories import receive
from tests.pages import visits
from tests.people import factories as people

pytestmark = pytest.mark.django_db
MOST = 15


def questions(client: Client, path: str) -> int:
    """How many queries the page makes when the Rulebook is fresh."""
    rules.forget()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def voices(count: int) -> None:
    """Some answered, the others waiting."""
    for number in range(count):
        if number % 5:
            receive(text=f"voice {number}")
        else:
            visits.answered()


def _home() -> tuple[str, Callable[[int], None]]:
    return "/", voices


def _wall() -> tuple[str, Callable[[int], None]]:
    return "/smc/", voices


def _case() -> tuple[str, Callable[[int], None]]:
    message = receive()
    offices = [visits.office(), people.make_office("other-of-the-test")]
    at_centre = people.centre_officer()

    def pass_on(count: int) -> None:
        for number in range(count):
            actions.route(message, to=offices[number % 2], by=at_centre)

    return message.get_absolute_url(), pass_on


@pytest.mark.parametrize("page", [_home, _wall, _case], ids=["home", "wall", "case"])
def test_more_rows_ask_no_more_questions(
    client: Client, page: Callable[[], tuple[str, Callable[[int], None]]]
) -> None:
    path, add = page()

    add(10)
    at_ten = questions(client, path)
    add(90)
    at_hundred = questions(client, path)

    assert at_ten == at_hundred <= MOST
    assert Message.objects.exists()
