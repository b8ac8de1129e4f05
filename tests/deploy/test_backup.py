"""A backup comes back whole; nothing of it goes out twice, and nobody erased comes back."""

import itertools
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.module_loading import import_string
from psycopg import sql

from channels_app import actions, tasks
from channels_app.models import Delivery, Erasure, Message, Reply
from lifecycle import clock
from people.models import Office, User
from seoul_portal.backups import dumps, folders
from seoul_portal.rules import KEEP_BACKUPS
from tests.deploy import pieces
from tests.faults import city
from tests.faults import house as houses
from tests.faults.house import House
from tests.faults.smtp import counting
from tests.ledger import check_ledger
from tests.privacy import lives

MINA = "mina@example.org"
KEYS = ("SECRET_KEY", "LINK_KEY", "CONTACT_INDEX_KEY")
_number = itertools.count(1)
Elsewhere = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _places_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURE_LIST = str(tmp_path / "apart" / "erasures.jsonl")


@pytest.fixture
def elsewhere(house: House) -> Elsewhere:
    """An empty database on a machine that has no photos yet."""

    @contextmanager
    def standing() -> Iterator[None]:
        name = f"{house.database}_restored_{next(_number)}"
        houses.execute("CREATE DATABASE {}", name)
        try:
            with houses.standing_in(houses.url_of(name)):
                yield
        finally:
            houses.execute("DROP DATABASE {} WITH (FORCE)", name)

    return standing


def back_up(tmp_path: Path) -> Path:
    """One backup; its folder."""
    call_command("backup", tmp_path / "backups", verbosity=0)
    return max((tmp_path / "backups").iterdir())


def checksums() -> dict[str, str]:
    """One for the content of each table a backup brings back, whatever the order of its rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in dumps.rows():
            query = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
            cursor.execute(sql.SQL(query).format(sql.Identifier(table)))
            found[table] = cursor.fetchone()[0]
    return found


def test_everything_comes_back_as_it_was(
    house: House, jun: User, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    city.publish_answer(city.speak(contact=MINA), by=jun)
    Delivery.objects.update(state="sent", sent_at=jun.date_joined)
    lives.with_everything()
    before, photos = checksums(), pieces.files_in(django_settings.MEDIA_ROOT)
    Delivery.objects.filter(state="queued").update(state="cancelled")
    before = checksums()
    folder = back_up(tmp_path)
    pieces.clear(django_settings.MEDIA_ROOT)

    with elsewhere():
        dumps.load(folder, pieces.manifest_of(folder), quiet=True)
        after = checksums()
    call_command("restore", folder, "--replace", verbosity=0)

    assert after == before
    assert pieces.files_in(django_settings.MEDIA_ROOT) == photos != {}
    told = json.loads((folder / "manifest.json").read_text())
    assert told["rows"]["channels_app_message"] == Message.objects.count() > 1
    assert told["migrations"]["channels_app"] >= "0015"


def test_no_key_is_in_a_backup(house: House, jun: User, tmp_path: Path) -> None:
    city.speak(contact=MINA)

    folder = back_up(tmp_path)

    held = b"".join(path.read_bytes() for path in folder.iterdir())
    keys = [getattr(django_settings, name) for name in KEYS] + django_settings.CONTACT_KEYS
    assert not [key for key in keys if key.encode() in held]
    assert {path.name for path in folder.iterdir()} == {
        "database.dump",
        "media.tar",
        "manifest.json",
    }
    assert folder.stat().st_mode & 0o077 == 0


def test_nothing_goes_out_again_until_somebody_says_so(
    house: House, jun: User, tmp_path: Path, elsewhere: Elsewhere, send_to: Callable[[int], None]
) -> None:
    row, on_its_way = city.owe(MINA), city.owe(f"2-{MINA}")
    assert Delivery.objects.claim("a sender of before", pk=on_its_way.pk)
    city.publish_answer(city.speak(contact=f"3-{MINA}"), by=jun)
    leaving = city.speak(contact=f"4-{MINA}")
    actions.route(leaving, to=Office.objects.get(pk=jun.offices[0]), by=pieces.centre_officer())
    actions.answer(leaving, text="고쳤습니다.", by=jun)  # its ten seconds run while we back up
    Reply.objects.filter(message=leaving).update(leaves_at=row.created_at)
    folder = back_up(tmp_path)
    with counting() as (server, port), elsewhere():
        send_to(port)
        call_command("restore", folder, verbosity=0, stdout=pieces.nowhere())

        for entry in django_settings.CELERY_BEAT_SCHEDULE.values():
            import_string(str(entry["task"]))()

        assert server.kept == []
        assert Message.objects.get(pk=leaving.pk).status == "replied"
        held = Delivery.objects.held_since_restore()
        assert held.count() == Delivery.objects.count() > 4
        assert all(each.told_of.office for each in held)
        check_ledger(outside=server.copies)

        call_command("outbox", "--send", verbosity=0, stdout=pieces.nowhere())
        tasks.send_due()

        assert len(server.kept) > 4
        assert set(server.copies.values()) == {1}
        check_ledger(outside=server.copies)


def test_whoever_was_erased_after_the_backup_stays_erased(
    house: House, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    message = lives.with_everything()
    folder = back_up(tmp_path)
    actions.erase_message(message, by=None, reason="asked by mail", withdraw=True)
    media = pieces.files_in(django_settings.MEDIA_ROOT)

    with elsewhere():
        call_command("restore", folder, "--replace", verbosity=0, stdout=pieces.nowhere())

        again = Message.objects.get(code=message.code)
        assert again.is_erased
        assert again.is_gone
        assert Erasure.objects.filter(key=message.code).exists()
        assert pieces.texts_with(*lives.SECRETS) == []
        assert pieces.files_in(django_settings.MEDIA_ROOT) == media


def test_everybody_is_signed_out(house: House, tmp_path: Path, elsewhere: Elsewhere) -> None:
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date="2099-01-01T00:00Z")
    folder = back_up(tmp_path)

    with elsewhere():
        call_command("restore", folder, verbosity=0, stdout=pieces.nowhere())

        assert not Session.objects.exists()


def test_a_portal_is_never_overwritten_unasked(house: House, tmp_path: Path) -> None:
    folder = back_up(tmp_path)
    later = city.speak()

    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", folder, verbosity=0)

    assert Message.objects.filter(pk=later.pk).exists()


@pytest.mark.parametrize("name", ["database.dump", "media.tar"])
def test_a_damaged_backup_changes_nothing(name: str, house: House, tmp_path: Path) -> None:
    city.speak()
    folder = back_up(tmp_path)
    damaged = bytearray((folder / name).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (folder / name).write_bytes(damaged)

    with pytest.raises(CommandError, match=rf"{name} is damaged"):
        call_command("restore", folder, "--replace", verbosity=0)

    assert Message.objects.count() == 1


def test_a_backup_of_a_newer_portal_is_refused(house: House, tmp_path: Path) -> None:
    folder = back_up(tmp_path)
    told = json.loads((folder / "manifest.json").read_text())
    told["migrations"]["channels_app"] = "9999_from_the_future"
    (folder / "manifest.json").write_text(json.dumps(told))

    with pytest.raises(CommandError, match="newer portal"):
        call_command("restore", folder, "--replace", verbosity=0)


def test_a_missing_program_is_named_with_its_package(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "postgres").touch()
    monkeypatch.setenv("PORTAL_PG_BIN", str(tmp_path / "bin"))

    with pytest.raises(CommandError, match=r"pg_dump was not found.*postgresql-client"):
        call_command("backup", tmp_path / "backups", verbosity=0)

    assert list((tmp_path / "backups").iterdir()) == []


def test_a_folder_that_is_no_backup_is_named(house: House, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is no backup"):
        call_command("restore", tmp_path, verbosity=0)


def test_a_backup_older_than_its_limit_is_deleted_and_nothing_else(
    house: House, tmp_path: Path, settings: Any
) -> None:
    parent, day = tmp_path / "backups", timedelta(days=KEEP_BACKUPS.value())
    moment = clock.now()
    with clock.at(moment - day - timedelta(seconds=2)):
        old = back_up(tmp_path)
    with clock.at(moment - day + timedelta(minutes=1)):
        young = back_up(tmp_path)
    for name in ("portal-20200101T000000Z", "notes-20200101T000000Z", "old"):
        (parent / name).mkdir()  # not ours: no manifest in it

    with clock.at(moment):
        new = back_up(tmp_path)

    assert not old.exists()
    assert young.exists()
    assert new.exists()
    assert len(list(parent.iterdir())) == 5


def test_the_journal_is_kept_from_the_oldest_base_backup_on(tmp_path: Path) -> None:
    wal, moment = tmp_path / "wal", clock.now()
    wal.mkdir()
    for days in (1, 10, 20, 40):
        piece = wal / f"{days:024}.gz"
        piece.write_bytes(b"x")
        at = (moment - timedelta(days=days)).timestamp()
        os.utime(piece, (at, at))

    assert folders.drop_journal(wal, moment - timedelta(days=35)) == 1
    base = tmp_path / folders.name_of("base", moment - timedelta(days=15))
    (base / folders.CLUSTER).mkdir(parents=True)
    (base / folders.MANIFEST).write_text("{}")
    assert folders.drop_journal(wal, moment - timedelta(days=35)) == 1
    assert sorted(int(piece.stem) for piece in wal.iterdir()) == [1, 10]
