"""Many rows at once: the same Steps, versions, offices and dates as one by one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from channels_app import actions
from channels_app.models import Message, MessageStep, MessageStepNote, Reply
from channels_app.states import MESSAGE_LIFECYCLE
from lifecycle import clock
from lifecycle.bulk import Moved, move_all
from lifecycle.errors import OvertakenError, WrongTurnError
from lifecycle.models import digest
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.people import factories as people

pytestmark = pytest.mark.django_db

REFUSALS = (OvertakenError, WrongTurnError)
MOMENT = clock.now() + timedelta(days=1)
STATES = ("received", "routed", "answered", "replied", "set_aside")
# Each needs columns of its own beside the move, which the actions write first.
TARGETS = sorted({*MESSAGE_LIFECYCLE} - {"set_aside", "joined"})


@dataclass(frozen=True)
class City:
    """Messages in every state, offices, and people who act."""

    messages: tuple[int, ...]
    offices: tuple[Office, ...]
    people: tuple[User | None, ...]


@pytest.fixture
def city() -> City:
    roads, water = people.make_office("roads"), people.make_office("water")
    jun, at_centre = people.officer_of(roads), people.centre_officer()
    made = [
        voices.receive(),
        voices.routed_to(roads),
        voices.routed_to(water),
        voices.answered_by(jun, roads).message,
        voices.published_by(jun, roads),
    ]
    both = people.officer_of(water)
    people.appoint(both, roads)
    return City(tuple(message.pk for message in made), (roads, water), (None, jun, at_centre, both))


@dataclass(frozen=True)
class Plan:
    """One thing to do with all of them."""

    to: str
    by: int
    only_from: frozenset[str]
    note: str
    text: str
    offices: Mapping[int, int]
    days: Mapping[int, int]
    seen: Mapping[int, int]


places = st.integers(0, 4)
plans = st.builds(
    Plan,
    to=st.sampled_from(TARGETS),
    by=st.integers(0, 3),
    only_from=st.sampled_from([frozenset(), frozenset({"routed"}), frozenset({"received"})]),
    note=st.sampled_from(["", "왜냐하면", "because"]),
    text=st.sampled_from(["", "글"]),
    offices=st.dictionaries(places, st.integers(0, 1)),
    days=st.dictionaries(places, st.integers(1, 9)),
    seen=st.dictionaries(places, st.integers(0, 3)),
)


def one_by_one(plan: Plan, city: City) -> dict[int, str]:
    """As it has always been: each alone; which were refused, and as what."""
    refused = {}
    for place, pk in enumerate(city.messages):
        message = Message.objects.locked(pk)
        try:
            with transaction.atomic():
                message.move(
                    plan.to, by=city.people[plan.by], only_from=plan.only_from, note=plan.note,
                    public_text=plan.text, version=plan.seen.get(place),
                    office=_office(plan, city, place), due_at=_due(plan, place),
                )  # fmt: skip
        except REFUSALS as problem:
            refused[pk] = type(problem).__name__
    return refused


def at_once(plan: Plan, city: City) -> dict[int, str]:
    """The same with one call."""

    def of_row(find: Callable[[int], Any]) -> dict[int, Any]:
        found = {pk: find(place) for place, pk in enumerate(city.messages)}
        return {pk: value for pk, value in found.items() if value is not None}

    moved = move_all(
        Message.objects.all_locked(city.messages), plan.to, by=city.people[plan.by],
        only_from=plan.only_from, note=plan.note, public_text=plan.text,
        versions=of_row(plan.seen.get),
        office=of_row(lambda place: _office(plan, city, place)),
        due_at=of_row(lambda place: _due(plan, place)),
    )  # fmt: skip
    for row in moved.rows:
        assert _columns(row) == _columns(Message.objects.get(pk=row.pk))
    return {pk: type(problem).__name__ for pk, problem in moved.refused.items()}


def _office(plan: Plan, city: City, place: int) -> Office | None:
    return city.offices[plan.offices[place]] if place in plan.offices else None


def _due(plan: Plan, place: int) -> datetime | None:
    return MOMENT + timedelta(days=plan.days[place]) if place in plan.days else None


def _columns(message: Message) -> tuple[Any, ...]:
    return message.status, message.version, message.office, message.due_at


def outcome(do: Callable[[Plan, City], dict[int, str]], plan: Plan, city: City) -> Any:
    """Rows, Steps and notes afterwards; then it is undone."""
    with transaction.atomic(), clock.at(MOMENT):
        refused = do(plan, city)
        rows = [_columns(message) for message in Message.objects.order_by("pk")]
        steps: list[dict[str, Any]] = list(MessageStep.objects.order_by("root", "seq").values())  # type: ignore[arg-type]  # a plain dictionary
        notes = {note.step_id: note for note in MessageStepNote.objects.all()}
        for step in steps:
            note = notes.get(step.pop("id"))
            hashed = step.pop("note_hash")
            assert hashed == (digest(note.salt + note.text) if note else "")
            step["note"] = note.text if note else None
        transaction.set_rollback(True)
    return refused, rows, steps


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plan=plans)
def test_all_at_once_leaves_what_one_by_one_leaves(plan: Plan, city: City) -> None:
    assert outcome(at_once, plan, city) == outcome(one_by_one, plan, city)


def moved_by_sweep(messages: list[Message], office: Office) -> Moved[Message]:
    with transaction.atomic():
        rows = Message.objects.all_locked(message.pk for message in messages)
        return move_all(rows, "routed", by=None, office=office)


def test_a_row_changed_since_is_refused_by_name_and_keeps_what_it_is() -> None:
    roads = people.make_office("roads")
    first, second = voices.receive(), voices.receive()
    with transaction.atomic():
        rows = Message.objects.all_locked([first.pk, second.pk])
        Message.objects.filter(pk=first.pk).update(version=7)

        moved = move_all(rows, "routed", by=None, office=roads)

    assert moved.rows == [second]
    assert isinstance(moved.refused[first.pk], OvertakenError)
    assert Message.objects.get(pk=first.pk).status == "received"


def test_a_poisoned_row_is_tried_alone_and_its_neighbours_move() -> None:
    roads = people.make_office("roads")
    poisoned, sound = voices.receive(), voices.receive()
    poisoned.steps.create(
        seq=1, from_status="", to_status="", office=roads, due_at=poisoned.due_at,
        at=poisoned.received_at,
    )  # fmt: skip

    moved = moved_by_sweep([poisoned, sound], roads)

    assert moved.rows == [sound]
    assert list(moved.refused) == [poisoned.pk]
    poisoned.refresh_from_db()
    assert (poisoned.status, poisoned.version) == ("received", 0)
    assert sound.steps.count() == 2


def test_the_cost_does_not_grow_with_the_rows(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    roads = people.make_office("roads")
    messages = [voices.receive() for _n in range(30)]

    with transaction.atomic():
        rows = Message.objects.all_locked(message.pk for message in messages)
        with django_assert_num_queries(4):  # a savepoint's two among them
            moved = move_all(rows, "routed", by=None, office=roads)

    assert len(moved.rows) == 30


@pytest.mark.django_db(transaction=True)
def test_it_needs_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        move_all([], "routed", by=None)


def test_the_actions_still_find_a_row_that_moved_in_a_batch() -> None:
    roads = people.make_office("roads")
    message = voices.receive()
    moved_by_sweep([message], roads)

    actions.answer(message, text="고쳤습니다", by=people.officer_of(roads), version=1)

    assert Reply.objects.filter(message=message).exists()
