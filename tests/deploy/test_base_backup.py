"""The disk is lost: a base backup and the journal bring the city back to the last minute."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from signal import SIGKILL

import psycopg
import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from channels_app.models import Delivery, Message
from lifecycle.models import Seal
from seoul_portal.local import journal, places
from seoul_portal.local.postgres import Postgres
from tests.faults import city
from tests.faults import house as houses
from tests.ledger import check_ledger
from tests.record.lives import seal_all

OURS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PORTAL_SITE_URL", "PORTAL_DEMO")
# Its record is sealed here and there, with the same salts and the same signature.
KEYS = ("SECRET_KEY", "LINK_KEY", "CONTACT_INDEX_KEY", "RECORD_KEY", "RECORD_SIGNING_KEY")


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def cluster(var: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Postgres]:
    """The embedded server as `./portal run` has it, with the portal's tables in it."""
    server = Postgres(var / "postgres", log=var / "postgres.log", wal=var / "backups" / "wal")
    server.start()
    try:
        portal(var, "migrate", "-v0")
        with django_db_blocker.unblock():
            yield server
    finally:
        server.stop()


def portal(var: Path, *words: str) -> str:
    """One command of the portal; what it said."""
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    env |= {name: getattr(settings, name) for name in KEYS}
    env |= {"CONTACT_KEYS": ",".join(settings.CONTACT_KEYS)}
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=places.ROOT,
        env=env | {"PORTAL_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ask(server: Postgres, question: str) -> object:
    """One value, from the server itself."""
    with closing(
        psycopg.connect(host=str(server.sockets), user="portal", dbname="portal", autocommit=True)
    ) as line:
        row = line.execute(question.encode()).fetchone()
        return row[0] if row else None


def finish_a_piece(server: Postgres) -> None:
    """As a minute does; return when it lies aside."""
    piece = ask(server, "SELECT pg_walfile_name(pg_switch_wal())")
    assert server.wal is not None
    kept = server.wal / f"{piece}.gz"
    houses.until(kept.exists, within=20)


def lose_the_disk(server: Postgres) -> None:
    """Killed in the middle, and its folder is gone."""
    assert server.process is not None
    os.killpg(server.process.pid, SIGKILL)
    server.process.wait()
    server.process = None
    rmtree(server.cluster)


def heard(server: Postgres, *, sealed: str) -> set[str]:
    """Whose voices are there; the books and the record hold, and it goes on from this head."""
    server.start()
    try:
        with houses.standing_in(server.url):
            leaving = Delivery.objects.leaving().count()
            assert (leaving, Delivery.objects.held_since_restore().count() > 0) == (0, True)
            check_ledger(settled=False)
            assert Seal.objects.filter(note=sealed).exists()
            return set(Message.objects.values_list("masked_text", flat=True))
    finally:
        server.stop()


def head() -> str:
    """Every step is sealed now; the note that says so."""
    seal_all()
    newest = Seal.objects.newest()
    assert newest is not None
    return newest.note


@pytest.mark.slow
def test_the_city_comes_back_to_the_last_minute_or_to_any_before(
    cluster: Postgres, var: Path
) -> None:
    with houses.standing_in(cluster.url):
        city.build_city()
        city.speak(text="before the copy", contact="mina@example.org")
        folder = portal(var, "backup", "--base", "-v0").splitlines()[0]
        city.speak(text="after the copy")
        before = head()
        moment = timezone.now()
        city.speak(text="a minute later")
        last = head()
        finish_a_piece(cluster)
        city.speak(text="in the last minute")
    assert ask(cluster, "SHOW archive_timeout") == "1min"

    lose_the_disk(cluster)
    started = time.monotonic()
    portal(var, "restore", folder, "--to", "latest", "-v0")
    seconds = time.monotonic() - started

    told = heard(cluster, sealed=last)
    assert told == {"before the copy", "after the copy", "a minute later"}
    assert seconds < 15 * 60

    portal(var, "restore", folder, "--to", moment.isoformat(), "--replace", "-v0")

    assert heard(cluster, sealed=before) == {"before the copy", "after the copy"}
    assert not list(var.rglob("keys.json.*"))


def test_a_piece_of_another_cluster_is_never_overwritten(tmp_path: Path) -> None:
    piece, kept = tmp_path / "0001", tmp_path / "wal" / "0001.gz"
    piece.write_bytes(b"first")

    assert journal.keep(piece, kept)  # nobody has asked for a journal: nothing is kept
    assert not kept.exists()
    kept.parent.mkdir()
    assert journal.keep(piece, kept)
    assert journal.keep(piece, kept)  # the same again, after a crash
    piece.write_bytes(b"another")
    assert not journal.keep(piece, kept)
    assert journal.fetch(kept, piece)
    assert piece.read_bytes() == b"first"
    assert not journal.fetch(tmp_path / "none.gz", piece)
