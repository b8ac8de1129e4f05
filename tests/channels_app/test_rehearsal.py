"""The dry run: both tables over the last messages, beside what people decided, without a trace."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app import actions, places, rehearsal, tasks
from channels_app.models import BoroughDuty, RoutingRule
from channels_app.rehearsal import Change, ChangeError
from lifecycle import clock
from people.models import Office, OfficeKind
from tests.channels_app.factories import receive, routed_to
from tests.matrix.standing import everything
from tests.people import factories as people

pytestmark = pytest.mark.django_db
WORD, OTHER = "들썩돌", "덜컹판"


@pytest.fixture
def roads() -> Office:
    office = people.make_office("roads-of-the-test")
    RoutingRule.objects.create(office=office, words=WORD, points=3)
    return office


@pytest.fixture
def water() -> Office:
    return people.make_office("water-of-the-test")


def test_the_table_of_today_sends_them_where_the_sweep_does(roads: Office) -> None:
    messages = [receive(f"{WORD} {n}" if n % 2 else "뭐라고 할까") for n in range(6)]

    found = rehearsal.rehearse(10)
    tasks.route_waiting()

    said = {one.message.pk: one.before for one in found.outcomes}
    for message in messages:
        message.refresh_from_db()
        assert said[message.pk] == (message.office_id if message.status == "routed" else None)


@pytest.mark.parametrize("points", [1.0, 6.0])
def test_a_proposed_word_moves_what_it_would_move(
    points: float, roads: Office, water: Office
) -> None:
    plain, both = receive(WORD), receive(f"{WORD} {OTHER}")

    found = rehearsal.rehearse(10, [Change(water.pk, OTHER, points)])

    moves = {one.message.pk: one.after for one in found.moved}
    assert moves == ({both.pk: water.pk} if points == 6.0 else {})
    assert plain.pk not in moves


def test_a_word_can_be_altered_and_taken_out(roads: Office) -> None:
    message = receive(WORD)

    weaker = rehearsal.rehearse(1, [Change(roads.pk, WORD, points=0.5)])
    gone = rehearsal.rehearse(1, [Change(roads.pk, WORD, is_removal=True)])

    for found in (weaker, gone):
        assert [(one.message, one.before, one.after) for one in found.moved] == [
            (message, roads.pk, None)
        ]
        assert [(count.office, count.before, count.after) for count in found.counts] == [
            (roads, 1, 0),
            (None, 0, 1),
        ]


def test_it_is_compared_with_where_people_put_them(roads: Office, water: Office) -> None:
    routed_to(roads, text=WORD)
    routed_to(water, text=WORD)
    receive(WORD)  # nobody has decided

    found = rehearsal.rehearse(10)

    assert (found.agreement_before.same, found.agreement_before.of) == (1, 2)
    assert found.agreement_before.percent == 50.0
    assert [one.people for one in found.disputed] == [water.pk]


def test_what_the_rules_sent_counts_once_an_office_has_answered_it(roads: Office) -> None:
    message = receive(WORD)
    tasks.route_waiting()
    assert rehearsal.rehearse(1).agreement_before.of == 0

    actions.answer(message, text="고쳤습니다", by=people.officer_of(roads))

    assert rehearsal.rehearse(1).agreement_before.percent == 100.0


def test_duties_of_the_boroughs_are_followed(roads: Office) -> None:
    places.forget()
    mapo = people.make_office(
        "mapo", OfficeKind.BOROUGH, name_ko="마포구청", name_en="Mapo-gu Office"
    )
    BoroughDuty.objects.create(office=roads)
    receive(f"마포구 {WORD}")

    assert rehearsal.rehearse(1).outcomes[0].before == mapo.pk


def test_originals_are_not_asked(roads: Office) -> None:
    receive("제 번호는 010-1234-5678입니다")

    found = rehearsal.rehearse(1, [Change(roads.pk, "1234", decides=True)])

    assert not found.moved


def test_only_the_newest_are_tried_and_none_that_were_set_aside(roads: Office) -> None:
    for days in range(5, 0, -1):
        with clock.at(clock.now() - timedelta(days=days)):
            receive(WORD)
    aside = actions.set_aside(receive(WORD), reason="spam", by=people.centre_officer())

    found = rehearsal.rehearse(3)

    codes = [one.message.code for one in found.outcomes]
    assert len(codes) == 3
    assert codes == sorted(codes, reverse=True)
    assert aside.code not in codes


def test_nothing_is_written_and_the_cost_does_not_grow(roads: Office, water: Office) -> None:
    for _n in range(40):
        receive(WORD)
    before = everything()
    change = [Change(water.pk, OTHER, 9.0)]
    rehearsal.rehearse(5, change)

    with CaptureQueriesContext(connection) as few:
        rehearsal.rehearse(5, change)
    with CaptureQueriesContext(connection) as many:
        rehearsal.rehearse(40, change)

    assert len(many) == len(few) <= 7
    assert everything() == before


def test_a_table_is_read_from_a_file(roads: Office, water: Office) -> None:
    lines = [
        "words,office,points,decides,act\n",
        f"{OTHER},{water.slug},2.5,yes,put\n",
        f"{WORD},{roads.slug},,,remove\n",
    ]

    assert rehearsal.read_changes(lines) == [
        Change(water.pk, OTHER, 2.5, decides=True),
        Change(roads.pk, WORD, is_removal=True),
    ]


@pytest.mark.parametrize(
    "line", ["덜,roads-of-the-test,1", "덜컹판,nowhere,1", "덜컹판,roads-of-the-test,many"]
)
def test_a_line_that_can_not_be_read_is_named(line: str, roads: Office) -> None:
    good = f"{OTHER},{roads.slug},1"

    with pytest.raises(ChangeError, match="3"):
        rehearsal.read_changes(["words,office,points", good, line])
    with pytest.raises(ChangeError):
        rehearsal.read_changes([line])
