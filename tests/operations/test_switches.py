"""What is switched off under load is really not asked for, and the page says so in plain words."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app.models import Message
from lifecycle import clock, rules
from lifecycle.models import Rule
from seoul_portal.operations.switches import switches
from tests.channels_app import factories
from tests.operations import portal
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_again() -> Iterator[None]:
    yield
    rules.forget()


def turn(name: str, to: str) -> None:
    """By a new version of the rule."""
    Rule.objects.create(name=name, value=to, since=clock.now(), reason="of the test")
    rules.forget()


def asked(path: str) -> tuple[list[str], str]:
    """The statements of one page, and the page; what a process reads once it has read."""
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
    assert answer.status_code == 200
    return [query["sql"] for query in caught], answer.content.decode()


@pytest.mark.parametrize(
    ("name", "path", "table", "words"),
    [
        ("switch.images", "/en/smc/", "channels_app_attachment", "Photos are left out"),
        ("switch.counters", "/en/", "COUNT(", "The numbers are left out"),
        ("switch.counters", "/en/smc/", "COUNT(", "The numbers are left out"),
        ("dashboard.numbers", "/en/dashboard/", "mayors_office_", "switched off at the moment"),
        (
            "switch.search",
            "/en/search/?q=pavement",
            "channels_app_passage",
            "switched off at the moment",
        ),
    ],
)
def test_a_switch_sheds_its_questions_and_says_so(
    name: str, path: str, table: str, words: str
) -> None:
    factories.receive()
    before, page = asked(path)
    assert any(table in sql for sql in before)
    assert words not in page

    turn(name, "off")
    after, page = asked(path)

    assert not any(table in sql for sql in after)
    assert len(after) < len(before)
    assert words in page


def test_with_everything_off_a_voice_is_heard_and_told_so(client: Client) -> None:
    people.centre()
    for switch in switches():
        turn(switch.name, "off")
    key = "3f6c7a1e-58a1-4b51-9d0a-8b7a6f1f7f10"
    typed = {"text": factories.WORDS, "kind": "complaint", "audience": "office", "client_key": key}

    answer = client.post("/en/say/send/", typed, follow=True)

    assert answer.status_code == 200
    assert Message.objects.get().code in answer.content.decode()


def test_the_page_shows_each_as_it_stands_and_where_to_turn_it() -> None:
    turn("switch.images", "off")
    keeper = people.administrator()

    page = portal.opened_by(keeper, "/en" + portal.PAGE)
    form = people.signed_in_client(keeper).get(
        "/en/admin/lifecycle/rule/add/?name=switch.images&to=on"
    )

    assert "/en/admin/lifecycle/rule/add/?name=switch.images&amp;to=on" in page
    assert "/en/admin/lifecycle/rule/add/?name=switch.search&amp;to=off" in page
    assert '<option value="switch.images" selected>' in form.content.decode()
    assert 'name="to" value="on"' in form.content.decode()


def test_who_may_not_turn_it_sees_no_way_to() -> None:
    page = portal.opened_by(people.centre_officer(), "/en" + portal.PAGE)

    assert "Photos on the wall" in page
    assert "rule/add" not in page
