"""Whoever owns the database changes the past: it is found, and the place is named."""

from pathlib import Path

import pytest
from django.core.management import call_command

from channels_app.models import MessageStep
from lifecycle.models import Leaf, Seal, Unsealed
from lifecycle.record import sealing
from lifecycle.record.entries import hash_of, kinds, row_of
from tests.record import lives

pytestmark = pytest.mark.django_db
CHANGES = {
    "seq": "seq = seq + 100",
    "from_status": "from_status = 'at_work'",
    "to_status": "to_status = 'routed '",
    "cause": "cause = 'interim'",
    "by": "by_id = (SELECT max(id) FROM people_user) + 1",
    "nobody": "by_id = NULL",
    "by_office": "by_office_id = (SELECT min(id) FROM people_office WHERE id <> by_office_id)",
    "office": "office_id = (SELECT min(id) FROM people_office WHERE id <> office_id)",
    "due_at": "due_at = due_at + interval '1 microsecond'",
    "at": "at = at - interval '1 microsecond'",
    "text_digest": "text_digest = repeat('0', 64)",
    "note_hash": "note_hash = md5('x')",
    "root_id": "root_id = root_id + 1000",
}


def step_to_change() -> tuple[MessageStep, int]:
    """The third one of the second life, which an officer took, and its leaf."""
    message = lives.sealed()[1]
    step = message.steps.get(seq=2)
    return step, Leaf.objects.get(step=step.pk).index


def first_of(words: str) -> str:
    """The first line of what the script says."""
    return words.splitlines()[0]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_column_is_named(change: str, tmp_path: Path) -> None:
    step, index = step_to_change()

    with lives.superuser() as cursor:
        cursor.execute(
            f"UPDATE channels_app_messagestep SET {change} WHERE id = %s",  # noqa: S608
            [step.pk],
        )

    assert f"leaf {index}: message step {step.pk} " in lives.problems()[0]
    if not change.startswith("root_id"):  # of no row, nobody can read it
        status, words = lives.checked(lives.download(tmp_path))
        assert status == 1
        assert first_of(words).startswith(f"leaf {index} (message {step.root.code}, step ")


def test_nothing_is_wrong_where_nothing_was_done(tmp_path: Path) -> None:
    lives.sealed()

    assert lives.problems() == []
    assert lives.checked(lives.download(tmp_path)) == (0, "the record is whole\n")


def test_a_deleted_step_is_named(tmp_path: Path) -> None:
    step, index = step_to_change()

    with lives.superuser() as cursor:
        cursor.execute("DELETE FROM channels_app_messagestep WHERE id = %s", [step.pk])

    assert lives.problems()[0] == f"leaf {index}: message step {step.pk} is missing"
    status, words = lives.checked(lives.download(tmp_path))
    assert (status, first_of(words)) == (1, f"leaf {index}: its step is missing")


def test_two_steps_that_were_swapped_are_named(tmp_path: Path) -> None:
    step, index = step_to_change()
    other = step.root.steps.get(seq=3)

    with lives.superuser() as cursor:
        for pk, seq in ((step.pk, 1000), (other.pk, step.seq), (step.pk, other.seq)):
            cursor.execute("UPDATE channels_app_messagestep SET seq = %s WHERE id = %s", [seq, pk])

    found = lives.problems()
    assert found[0].startswith(f"leaf {index}: message step {step.pk} (")
    assert found[1].startswith(f"leaf {index + 1}: message step {other.pk} (")
    status, words = lives.checked(lives.download(tmp_path))
    assert status == 1
    assert first_of(words).startswith(f"leaf {index} (message ")


def test_two_leaves_that_were_swapped_are_named(tmp_path: Path) -> None:
    _step, index = step_to_change()

    with lives.superuser() as cursor:
        for old, new in ((index, 9999), (index + 1, index), (9999, index + 1)):
            cursor.execute("UPDATE lifecycle_leaf SET index = %s WHERE index = %s", [new, old])

    newest = Seal.objects.order_by("id").filter(size__gt=index).first()
    assert newest is not None
    assert lives.problems() == [
        f"seal {newest.pk} of {newest.size} leaves: the leaves up to it are not those that were"
        " sealed"
    ]
    status, words = lives.checked(lives.download(tmp_path))
    assert status == 1
    assert "not the 12 of the signed head" in words


def test_a_changed_step_with_a_new_leaf_is_found_by_the_head(tmp_path: Path) -> None:
    step, index = step_to_change()

    with lives.superuser() as cursor:
        cursor.execute("UPDATE channels_app_messagestep SET cause = 'x' WHERE id = %s", [step.pk])
    forged = hash_of("message", row_of(kinds()["message"], MessageStep.objects.get(pk=step.pk)))
    with lives.superuser() as cursor:
        cursor.execute("UPDATE lifecycle_leaf SET hash = %s WHERE index = %s", [forged, index])

    assert any("not those that were sealed" in line for line in lives.problems())
    status, words = lives.checked(lives.download(tmp_path))
    assert status == 1
    assert "signed head" in words


def test_a_leaf_that_is_gone_is_named(tmp_path: Path) -> None:
    _step, index = step_to_change()

    with lives.superuser() as cursor:
        cursor.execute("DELETE FROM lifecycle_leaf WHERE index = %s", [index])

    assert lives.problems()[0] == f"leaf {index}: it is missing; the next one is {index + 1}"
    assert lives.checked(lives.download(tmp_path))[0] == 1


def test_a_step_put_in_by_another_way_is_named() -> None:
    step, _index = step_to_change()

    with lives.superuser() as cursor:
        cursor.execute(
            "INSERT INTO channels_app_messagestep (root_id, seq, from_status, to_status, cause,"
            " text_digest, note_hash, at) VALUES (%s, 4, 'replied', 'routed', '', '', '', now())"
            " RETURNING id",
            [step.root_id],
        )
        (fresh,) = cursor.fetchone()

    assert lives.problems() == [
        f"message step {fresh}: it came by another way and is not in the record",
        f"{step.root.code}: its step 4 does not follow from the one before",
    ]


def test_a_step_deleted_before_it_was_sealed_is_named() -> None:
    message = lives.sealed(1)[0]
    lives.pass_on(message)
    last = message.steps.latest("seq")

    with lives.superuser() as cursor:
        cursor.execute("DELETE FROM channels_app_messagestep WHERE id = %s", [last.pk])
    sealing.seal()

    assert lives.problems() == [
        f"message step {last.pk}: it is missing and was not sealed yet",
        f"{message.code}: its last step, number 4, is missing",
    ]
    assert Unsealed.objects.exists()  # and rings until somebody looks


@pytest.mark.parametrize(
    "change",
    [
        "status = 'routed'",
        "office_id = (SELECT min(id) FROM people_office WHERE id <> office_id)",
        "due_at = due_at + interval '1 day'",
        "version = version - 1",
    ],
)
def test_a_row_that_stands_elsewhere_than_its_steps_led_is_named(
    change: str, tmp_path: Path
) -> None:
    message = lives.sealed(2)[1]

    with lives.superuser() as cursor:
        cursor.execute(
            f"UPDATE channels_app_message SET {change} WHERE id = %s",  # noqa: S608
            [message.pk],
        )

    assert {line.partition(":")[0] for line in lives.problems()} == {message.code}
    status, words = lives.checked(lives.download(tmp_path))
    assert (status == 1 and message.code in words) or "version" in change


def test_the_last_seal_dropped_is_named_and_whoever_kept_it_sees_it(tmp_path: Path) -> None:
    lives.sealed()
    kept = tmp_path / "kept"
    newest = Seal.objects.newest()
    assert newest is not None
    kept.write_text(newest.note)

    with lives.superuser() as cursor:
        cursor.execute("DELETE FROM lifecycle_seal WHERE id = %s", [newest.pk])

    assert lives.problems() == ["there are 12 leaves, but the last seal says 5"]
    status, words = lives.checked(lives.download(tmp_path), "--kept", kept)
    assert status == 1
    assert first_of(words) == ("the record has 5 leaves, the head that was kept 12: it is shorter")


def test_an_older_state_that_was_brought_back_is_refused_by_a_kept_head(tmp_path: Path) -> None:
    message = lives.sealed()[0]
    lives.pass_on(message)
    lives.seal_all()
    kept = tmp_path / "kept"
    newest = Seal.objects.newest()
    assert newest is not None
    kept.write_text(newest.note)

    with lives.superuser() as cursor:  # as it was before that step, to the last row
        step = message.steps.latest("seq")
        before = message.steps.get(seq=step.seq - 1)
        cursor.execute("DELETE FROM channels_app_messagestep WHERE id = %s", [step.pk])
        cursor.execute("DELETE FROM lifecycle_leaf WHERE step = %s", [step.pk])
        cursor.execute("DELETE FROM lifecycle_seal WHERE id = %s", [newest.pk])
        cursor.execute(
            "UPDATE channels_app_message SET status = %s, version = %s, due_at = %s, office_id = %s"
            " WHERE id = %s",
            [before.to_status, before.seq, before.due_at, before.office_id, message.pk],
        )
    assert lives.problems() == []  # it is whole in itself

    lives.lived(1)  # life goes on, another way
    lives.seal_all()

    with pytest.raises(SystemExit):
        call_command("verify_record", kept=kept, verbosity=0)
    status, words = lives.checked(lives.download(tmp_path), "--kept", kept)
    assert status == 1
    assert "are not those of the head that was kept" in words


def test_a_node_that_was_changed_is_named() -> None:
    lives.sealed(66)  # 264 steps

    with lives.superuser() as cursor:
        cursor.execute("UPDATE lifecycle_node SET hash = sha256('x')")

    assert lives.problems() == ["node 1/0: not that of its leaves, which end with 255"]


def test_the_command_names_places_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    step, index = step_to_change()
    call_command("verify_record", verbosity=0)
    assert "the record is whole: 12 steps" in capsys.readouterr().out

    with lives.superuser() as cursor:
        cursor.execute("UPDATE channels_app_messagestep SET at = now() WHERE id = %s", [step.pk])
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_record", verbosity=0)

    assert stopped.value.code == 1
    assert f"leaf {index}: message step {step.pk} (number 2 of" in capsys.readouterr().out
