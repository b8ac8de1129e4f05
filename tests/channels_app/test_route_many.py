"""Routing for volume: many at once, what a borough does itself, and poison among them."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app import actions, places, routing_guess, tasks
from channels_app.models import BoroughDuty, Message, RoutingDecision, RoutingRule
from channels_app.rules import MESSAGE_LENGTH
from channels_app.text.routing import Verdict, Weigher
from lifecycle.models import POISON
from people.models import Office, OfficeKind
from tests.channels_app.factories import receive
from tests.ledger import check_ledger
from tests.people import factories as people
from tests.poison import SLOW, poison

pytestmark = pytest.mark.django_db
WORD = "들썩돌"


@pytest.fixture
def roads() -> Office:
    office = people.make_office("roads-of-the-test")
    RoutingRule.objects.create(office=office, words=WORD, decides=True)
    return office


@pytest.fixture
def borough() -> Office:
    places.forget()
    return people.make_office(
        "mapo", OfficeKind.BOROUGH, name_ko="마포구청", name_en="Mapo-gu Office"
    )


def weigher() -> Weigher:
    return Weigher(RoutingRule.objects.terms())


def decisions() -> list[dict[str, Any]]:
    found = RoutingDecision.objects.order_by("message").values("office", "candidates", "by")
    return [dict(row) for row in found]


def test_many_at_once_are_decided_as_one_by_one(roads: Office) -> None:
    pks = [receive(f"{WORD} {n}" if n % 3 else f"뭐라고 할까 {n}").pk for n in range(12)]
    with transaction.atomic():
        for pk in pks:
            actions.consider(Message.objects.get(pk=pk), weigher=weigher())
        alone = decisions(), list(Message.objects.values("status", "needs_reader", "office"))
        transaction.set_rollback(True)

    actions.consider_all(pks, weigher=weigher())

    assert (decisions(), list(Message.objects.values("status", "needs_reader", "office"))) == alone
    check_ledger()


def test_a_batch_costs_the_same_for_ten_and_for_fifty(roads: Office) -> None:
    few, many = [receive(f"{WORD}").pk for _n in range(10)], [receive(WORD).pk for _n in range(50)]
    table = weigher()
    actions.consider_all([receive(WORD).pk], weigher=table)

    with CaptureQueriesContext(connection) as of_ten:
        actions.consider_all(few, weigher=table)
    with CaptureQueriesContext(connection) as of_fifty:
        actions.consider_all(many, weigher=table)

    assert len(of_fifty) == len(of_ten) <= 12


def test_what_a_reader_has_or_an_officer_gave_is_left_alone(roads: Office) -> None:
    water = people.make_office("water-of-the-test")
    given = receive(WORD)
    actions.route(given, to=water, by=people.centre_officer())

    assert actions.consider_all([given.pk], weigher=weigher()) == []

    given.refresh_from_db()
    assert given.office == water


@pytest.mark.parametrize(
    ("duty_of", "said", "stands"),
    [
        (None, {"text": f"마포구 {WORD}"}, True),
        (None, {"text": f"{WORD} in Mapo-gu"}, True),
        (None, {"text": WORD}, False),
        ("mapo", {"text": f"마포구 {WORD}"}, True),
        ("jongno", {"text": f"마포구 {WORD}"}, False),
    ],
)
def test_what_a_borough_does_itself_goes_to_the_borough(
    duty_of: str | None, said: dict[str, Any], stands: bool, roads: Office, borough: Office
) -> None:
    of = people.make_office(duty_of, OfficeKind.BOROUGH) if duty_of else None
    BoroughDuty.objects.create(office=roads, borough=of)
    message = receive(**said)

    tasks.route_waiting()

    message.refresh_from_db()
    decision = RoutingDecision.objects.get(message=message)
    assert message.office == decision.office == (borough if stands else roads)
    assert decision.instead_of == (roads if stands else None)
    assert (str(borough) in decision.borough_reason) == stands


def test_the_borough_that_was_chosen_counts_more_than_the_one_named(
    roads: Office, borough: Office
) -> None:
    chosen = people.make_office("jongno", OfficeKind.BOROUGH)
    BoroughDuty.objects.create(office=roads)
    message = receive(f"마포구청에 전화했더니 {WORD}", borough=chosen)

    tasks.route_waiting()

    message.refresh_from_db()
    assert message.office == chosen


def test_a_row_of_one_borough_wins_over_the_row_of_all(roads: Office, borough: Office) -> None:
    BoroughDuty.objects.create(office=roads)
    BoroughDuty.objects.create(office=roads, borough=borough, active=False)
    message = receive(f"마포구 {WORD}")

    tasks.route_waiting()

    message.refresh_from_db()
    assert message.office == roads


def test_a_borough_that_is_closed_gets_nothing(roads: Office, borough: Office) -> None:
    BoroughDuty.objects.create(office=roads)
    message = receive(WORD, borough=borough)
    Office.objects.filter(pk=borough.pk).update(closed=True)

    tasks.route_waiting()

    message.refresh_from_db()
    assert message.office == roads


class Choking(Weigher):
    """A table that one text is too much for."""

    def verdict(self, text: str, *, floor: float, margin: float) -> Verdict:
        """Raises RecursionError for that text."""
        if "목에 걸리는" in text:
            raise RecursionError
        return super().verdict(text, floor=floor, margin=margin)


def test_one_that_always_raises_is_set_apart_with_an_owner(
    roads: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = RoutingRule.objects.terms()
    monkeypatch.setattr(routing_guess, "weigher", lambda: Choking(terms))
    poison = receive(f"목에 걸리는 {WORD}")
    neighbours = [receive(f"{WORD} {n}") for n in range(tasks.ROUTED_AT_ONCE + 5)]

    for _n in range(POISON):
        assert not Message.objects.filter(pk=poison.pk, needs_reader=True).exists()
        tasks.route_waiting()

    poison.refresh_from_db()
    assert poison.routing_failures == POISON
    assert poison.is_waiting_for_reader
    assert poison.office == people.centre()
    routed = Message.objects.filter(pk__in=[row.pk for row in neighbours], status="routed")
    assert routed.count() == len(neighbours)
    assert not RoutingDecision.objects.filter(message=poison).exists()
    check_ledger()


TRAPS = [
    "\u202e거꾸로\u202c",
    "가\u0301" * 40,
    "Z" + "\u0335\u0336\u0337" * 200,
    "\u1100\u1161\u11a8" * 50,  # 각, letter by letter
    "ﷺ" * 60,  # one character that unfolds to eighteen
    "👩‍👩‍👧‍👦" * 30,
    "\ufeff\u200b\u200d\u2060",
    "\U000e0041\U000e0042",
    "İıſßΐ" * 40,
    "'; DROP TABLE x; --",
    "{{ 7 * 7 }} %s %(office)s \\N{BULLET} $1",
    "a" * 3000,
    "구" * 3000,
]


def test_the_longest_and_strangest_texts_stop_nobody(roads: Office) -> None:
    longest = MESSAGE_LENGTH.value()
    strange = [receive((f"{trap} {WORD} " * longest)[:longest]) for trap in TRAPS]
    sound = receive(WORD)

    tasks.route_waiting()

    assert not Message.objects.waiting_to_be_routed().exists()
    assert not Message.objects.filter(routing_failures__gt=0).exists()
    sound.refresh_from_db()
    assert sound.status == "routed"
    for message in strange:
        message.refresh_from_db()
        assert message.is_waiting_for_reader or message.office == roads
    check_ledger()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(st.text(min_size=1, max_size=200).filter(str.strip), min_size=1, max_size=5))
def test_no_text_at_all_fails(texts: list[str], roads: Office) -> None:
    with transaction.atomic():
        for text in texts:
            receive(text)
        tasks.route_waiting()

        assert not Message.objects.waiting_to_be_routed().exists()
        assert not Message.objects.filter(routing_failures__gt=0).exists()
        transaction.set_rollback(True)


def test_one_that_takes_too_long_is_set_apart_and_its_neighbours_are_routed(roads: Office) -> None:
    slow = receive(f"{WORD} 하나")
    neighbours = [receive(f"{WORD} {n}") for n in range(5)]

    with poison(
        "channels_app_routingdecision", f"NEW.message_id = {slow.pk}", at="INSERT", does=SLOW
    ):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '1s'")
        tasks.route_waiting()
        routed = Message.objects.filter(status="routed", routing_failures=0).count()
        Message.objects.filter(pk=slow.pk).update(routing_failures=POISON - 1)
        tasks.route_waiting()

    slow.refresh_from_db()
    assert routed == len(neighbours)
    assert slow.routing_failures == POISON
    assert slow.is_waiting_for_reader
    assert slow.office == people.centre()
