"""What is sealed, when and by whom: every Step once, however late it was committed."""

import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from channels_app.models import MessageStep
from lifecycle import clock, tasks
from lifecycle.models import Heartbeat, Leaf, Node, Seal, Step, Unsealed
from lifecycle.record import notes, sealing
from lifecycle.record.entries import kinds
from lifecycle.record.sealing import RecordBrokenError
from tests.channels_app import factories
from tests.record import lives


@pytest.mark.django_db
def test_every_step_has_one_leaf_in_the_order_it_came() -> None:
    lives.lived(3)

    tasks.seal()

    steps = list(MessageStep.objects.order_by("pk").values_list("pk", flat=True))
    leaves = list(Leaf.objects.order_by("index").values_list("index", "kind", "step"))
    assert leaves == [(index, "message", pk) for index, pk in enumerate(steps)]
    assert not Unsealed.objects.exists()
    newest = Seal.objects.newest()
    assert newest is not None
    assert notes.read(newest.note).size == newest.size == len(steps) == 12
    assert Heartbeat.objects.filter(sweep="seal").exists()
    assert lives.problems() == []


@pytest.mark.django_db
def test_a_second_time_nothing_happens_and_a_new_step_is_added() -> None:
    message = lives.sealed(1)[0]
    before = list(Seal.objects.values())

    assert sealing.seal() == 0
    assert list(Seal.objects.values()) == before

    lives.pass_on(message)
    assert sealing.seal() == 1
    assert [seal.size for seal in Seal.objects.order_by("id")] == [4, 5]
    assert lives.problems() == []


@pytest.mark.django_db
def test_a_batch_takes_no_more_than_it_is_told() -> None:
    lives.lived(3)

    sizes = [sealing.seal(5) for _n in range(4)]

    assert sizes == [5, 5, 2, 0]
    assert lives.problems() == []


@pytest.mark.django_db
def test_once_a_day_a_head_goes_out_even_if_nothing_happens() -> None:
    lives.sealed(1)
    with clock.at(clock.now() + timedelta(days=1)):
        assert sealing.seal() == 0
        assert sealing.seal() == 0

    days = [seal.day for seal in Seal.objects.order_by("id")]
    today = clock.seoul().date()
    assert days == [today, today + timedelta(days=1)]
    assert {seal.size for seal in Seal.objects.all()} == {4}
    assert lives.problems() == []


@pytest.mark.django_db
def test_an_empty_portal_has_an_empty_record() -> None:
    sealing.seal()

    newest = Seal.objects.newest()
    assert newest is not None
    assert newest.size == 0
    assert lives.problems() == []


@pytest.mark.django_db
def test_nodes_are_kept_for_every_256_leaves() -> None:
    message = factories.receive()
    row = MessageStep.objects.get(root=message)
    copies = []
    for seq in range(1, 600):
        row.pk, row.seq = None, seq
        copies.append(MessageStep(**{f.attname: getattr(row, f.attname) for f in row._meta.fields}))
    MessageStep.objects.bulk_create(copies)

    sealing.seal(255)
    lives.seal_all()

    assert list(Node.objects.values_list("level", "index")) == [(1, 0), (1, 1)]
    assert not [one for one in lives.problems() if "leaf" in one or "node" in one or "seal" in one]


@pytest.mark.django_db
def test_what_it_asks_does_not_grow_with_the_record(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    message = lives.sealed(3)[0]
    lives.pass_on(message)

    with django_assert_num_queries(18):
        sealing.seal()


@pytest.mark.django_db
def test_over_a_broken_tree_nothing_is_sealed() -> None:
    lives.sealed(1)
    with lives.superuser() as cursor:
        cursor.execute("DELETE FROM lifecycle_leaf WHERE index = 3")

    with pytest.raises(RecordBrokenError, match="4 leaves"):
        sealing.seal()


@pytest.mark.django_db
def test_over_another_tree_nothing_is_sealed() -> None:
    lives.sealed(1)
    with lives.superuser() as cursor:
        cursor.execute("UPDATE lifecycle_leaf SET hash = sha256('other') WHERE index = 1")

    with pytest.raises(RecordBrokenError, match="not the one that was sealed"):
        sealing.seal()


@pytest.mark.django_db
def test_with_another_key_nothing_is_sealed(settings: Settings) -> None:
    message = lives.sealed(1)[0]
    lives.pass_on(message)
    settings.RECORD_KEY = "another"

    with pytest.raises(RecordBrokenError, match="RECORD_KEY"):
        sealing.seal()


@pytest.mark.django_db
def test_every_kind_of_step_can_be_sealed_and_opened() -> None:
    steps = [model for model in apps.get_models() if issubclass(model, Step)]

    found = kinds()

    assert sorted(kind.steps.__name__ for kind in found.values()) == sorted(
        model.__name__ for model in steps
    )
    for name, kind in found.items():
        assert kind.root._meta.model_name == name
        assert kind.code_in_sql
        assert kind.root._default_manager.public().query
        assert "to_be_sealed" in [one.name for one in getattr(kind.steps._meta, "triggers", [])]


@pytest.mark.django_db(transaction=True)
def test_a_step_that_commits_late_with_a_lower_key_is_sealed_too() -> None:
    factories.receive()
    written, may_commit = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            factories.receive("느린 말")
            written.set()
            may_commit.wait(20)
        connections.close_all()

    slow = threading.Thread(target=slowly)
    slow.start()
    assert written.wait(20)
    factories.receive("빠른 말")
    lives.seal_all()
    sealed_first = set(Leaf.objects.values_list("step", flat=True))

    may_commit.set()
    slow.join(20)
    lives.seal_all()

    late = set(MessageStep.objects.values_list("pk", flat=True)) - sealed_first
    assert len(late) == 1
    assert min(late) < max(sealed_first)
    assert Leaf.objects.filter(step__in=late).count() == 1
    assert lives.problems() == []


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_are_one() -> None:
    lives.lived(8)
    start, errors = threading.Barrier(4), list[Exception]()

    def at_once() -> None:
        start.wait()
        try:
            for _n in range(12):
                sealing.seal(3)
        except Exception as problem:
            errors.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=at_once) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lives.seal_all()

    assert errors == []
    assert Leaf.objects.count() == MessageStep.objects.count() == 32
    assert lives.problems() == []


@pytest.mark.django_db(transaction=True)
def test_a_sealer_that_dies_leaves_nothing_half_done() -> None:
    lives.lived(2)

    with transaction.atomic():
        sealing.seal()
        transaction.set_rollback(True)

    assert not Leaf.objects.exists()
    assert Unsealed.objects.count() == 8
    lives.seal_all()
    assert lives.problems() == []


@pytest.mark.django_db
def test_nothing_of_it_can_be_changed() -> None:
    lives.sealed(1)

    for table in ("leaf", "node", "seal"):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
                " AND tgname LIKE 'pgtrigger_append_only%%' AND tgenabled = 'O'",
                [f"lifecycle_{table}"],
            )
            assert cursor.fetchone()[0] == 1
