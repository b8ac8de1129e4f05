"""What is found of a message's steps is found of every kind of step that the house has."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from lifecycle.models import Leaf
from lifecycle.record.entries import kinds, row_of
from suggestions import actions
from suggestions.models import ActionItem
from tests.committees import rooms
from tests.people import factories as people
from tests.record import lives
from tests.record.test_tampering import CHANGES
from tests.suggestions.answering import DAY, today

pytestmark = pytest.mark.django_db
KINDS = sorted(kinds())


@pytest.fixture(autouse=True)
def _lived() -> None:
    """A suggestion in a committee, with an item, a report and a promise; all of it sealed."""
    room = rooms.at_work()
    rooms.implementing(room)
    actions.start_item(ActionItem.objects.get(), by=room.jun)
    rooms.published(rooms.report_of(room.committee), by=room.jun)
    spoken = actions.Spoken("심야버스를 늘리겠습니다.", today(), said_at="broadcast")
    made = actions.make_promise(spoken, speaker=people.mayors_office(), by=people.mayors_officer())
    actions.accept(made, office=room.office, finish_on=today() + 90 * DAY, by=room.head)
    lives.seal_all()


def table_of(kind: str) -> str:
    return str(kinds()[kind].steps._meta.db_table)


def officers_step(kind: str) -> tuple[Any, int]:
    """The newest one that an officer took, and its leaf."""
    steps: Any = kinds()[kind].steps
    taken = steps.objects.filter(by__isnull=False, by_office__isnull=False).order_by("seq")
    step = taken.select_related("root").last()
    return step, Leaf.objects.get(kind=kind, step=step.pk).index


def test_every_kind_is_tried() -> None:
    assert all(kinds()[kind].steps._default_manager.exists() for kind in KINDS)
    assert {"message", "suggestion", "committee", "progressreport"} < set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_any_changed_column_is_named(kind: str) -> None:
    step, index = officers_step(kind)

    for name, change in CHANGES.items():
        with transaction.atomic():
            with lives.superuser() as cursor:
                where = f"UPDATE {table_of(kind)} SET {change} WHERE id = %s"  # noqa: S608
                cursor.execute(where, [step.pk])
            assert f"leaf {index}: {kind} step {step.pk} " in lives.problems()[0], name
            transaction.set_rollback(True)
    assert lives.problems() == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_step_is_named_by_a_stranger(kind: str, tmp_path: Path) -> None:
    step, index = officers_step(kind)
    called = row_of(kinds()[kind], step)[1]

    with lives.superuser() as cursor:
        change = f"UPDATE {table_of(kind)} SET {CHANGES['at']} WHERE id = %s"  # noqa: S608
        cursor.execute(change, [step.pk])

    status, words = lives.checked(lives.download(tmp_path))
    assert status == 1
    assert words.startswith(f"leaf {index} ({kind} {called}, step ")


@pytest.mark.parametrize("kind", KINDS)
def test_a_deleted_step_is_named(kind: str, tmp_path: Path) -> None:
    step, index = officers_step(kind)

    with lives.superuser() as cursor:
        cursor.execute(f"DELETE FROM {table_of(kind)} WHERE id = %s", [step.pk])  # noqa: S608

    assert lives.problems()[0] == f"leaf {index}: {kind} step {step.pk} is missing"
    status, words = lives.checked(lives.download(tmp_path))
    assert (status, words.splitlines()[0]) == (1, f"leaf {index}: its step is missing")


@pytest.mark.parametrize("kind", KINDS)
def test_two_steps_that_were_swapped_are_named(kind: str) -> None:
    step, _index = officers_step(kind)
    one, other = step.root.steps.order_by("seq")[:2]

    with lives.superuser() as cursor:
        swap = f"UPDATE {table_of(kind)} SET seq = %s WHERE id = %s"  # noqa: S608
        for pk, seq in ((one.pk, 1000), (other.pk, one.seq), (one.pk, other.seq)):
            cursor.execute(swap, [seq, pk])

    found = "\n".join(lives.problems())
    assert all(f" {kind} step {each.pk} (" in found for each in (one, other))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", ["due_at = due_at + interval '1 day'", "version = version - 1"])
def test_a_row_that_stands_elsewhere_than_its_steps_led_is_named(kind: str, change: str) -> None:
    step, _index = officers_step(kind)
    row, called = step.root, row_of(kinds()[kind], step)[1]

    with lives.superuser() as cursor:
        table = row._meta.db_table
        cursor.execute(f"UPDATE {table} SET {change} WHERE id = %s", [row.pk])  # noqa: S608

    assert {line.partition(":")[0] for line in lives.problems()} == {called}
