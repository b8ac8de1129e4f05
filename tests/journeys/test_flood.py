"""A flood among honest voices, from one network address: all are heard, two clicks screen it."""

import uuid
from copy import copy

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from channels_app import rules, senders, tasks
from channels_app.models import Message, MessageStep, RoutingRule
from desk.views import publication
from lifecycle import clock
from people.models import Office
from tests.channels_app.factories import receive
from tests.channels_app.test_limits import TWO_IN_THE_AFTERNOON, nth
from tests.ledger import check_ledger
from tests.people import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FLOOD = "지금 바로 들썩돌에 투자하세요!"
COPIES, HONEST = 500, 50
ENOUGH = 1_000  # for one press, here
SCHOOL = "192.0.2.10"


@pytest.fixture
def roads(settings: Settings) -> Office:
    """An office that one word of every voice here leads to; nothing counted before."""
    settings.KICKS = False
    people.centre()
    office = people.make_office("roads-of-the-test")
    RoutingRule.objects.create(office=office, words="들썩돌", decides=True)
    return office


def say(client: Client, text: str) -> str:
    """Through the form, as a person who reads the check page; the receipt number."""
    key = uuid.uuid4()
    with clock.at(TWO_IN_THE_AFTERNOON):
        stamp = senders.stamp_for(client.get("/robots.txt").wsgi_request, key)
    typed = {"text": text, "kind": "complaint", "audience": "everyone", "contact": ""}
    page = client.post(
        "/say/send/", {**typed, "client_key": str(key), "page": stamp}, REMOTE_ADDR=SCHOOL
    )
    assert page.status_code == 302, page.content.decode()
    return str(page["Location"]).split("/")[2]


def test_a_flood_is_screened_in_two_clicks_and_honest_voices_go_on(roads: Office) -> None:
    machine, flood, honest = Client(), [], []
    with clock.at(TWO_IN_THE_AFTERNOON.replace(minute=10)):
        for number in range(COPIES):
            machine.cookies.clear()
            flood.append(say(machine, FLOOD))
            if number % (COPIES // HONEST) == 0:
                honest.append(say(Client(), f"들썩돌이 들썩해요. {nth(number).text}"))
        tasks.route_waiting()

        assert len(set(flood + honest)) == COPIES + HONEST == Message.objects.count()
        ours = Message.objects.filter(code__in=honest)
        assert {(row.publication, row.status) for row in ours} == {("public", "routed")}
        held = Message.objects.held()
        assert held.count() == COPIES - rules.LIMIT_REPEATED.value()
        assert {(row.held_reason, row.status) for row in held} == {("repeated", "received")}

    centre = people.signed_in_client(people.centre_officer())
    (card,) = centre.get("/en/admin/publication/").context["shelf"].cards  # one click: the desk
    page = centre.post(
        "/en/admin/publication/screen/",  # the other: Set all aside
        {"card": card.key, "verdict": "set_aside", "aside_reason": "spam"},
        follow=True,
    )

    assert f"{card.count} messages are set aside" in page.content.decode()
    assert not Message.objects.held().exists()
    assert Message.objects.filter(status="set_aside").count() == card.count
    check_ledger(receipts=flood + honest)


def copies_of(message: Message, count: int) -> None:
    """As if it had come in so often; their first steps with them."""
    step = message.steps.get()
    rows = []
    for number in range(count):
        one = copy(message)
        one.pk, one.code, one.client_key = None, f"S-2026-9{number:06d}", uuid.uuid4()
        one._state.adding = True
        rows.append(one)
    Message.objects.bulk_create(rows)
    MessageStep.objects.bulk_create(
        MessageStep(
            root=row, seq=0, to_status="received", office=row.office, due_at=row.due_at,
            at=step.at, text_digest=step.text_digest,
        )
        for row in rows
    )  # fmt: skip


def test_one_press_decides_on_as_many_copies_as_it_may(
    roads: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publication, "MOST_AT_ONCE", ENOUGH)
    copies_of(receive(FLOOD, held="repeated"), ENOUGH)
    centre = people.signed_in_client(people.centre_officer())
    (card,) = centre.get("/admin/publication/").context["shelf"].cards

    centre.post(
        "/admin/publication/screen/",
        {"card": card.key, "verdict": "set_aside", "aside_reason": "spam"},
    )

    assert Message.objects.held().count() == 1  # one more than a press decides
    assert Message.objects.filter(status="set_aside").count() == ENOUGH
    check_ledger(settled=False)
