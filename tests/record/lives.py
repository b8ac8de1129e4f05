"""A few voices with lives behind them, sealed; and somebody who owns the database."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from channels_app import actions
from channels_app.models import Message
from lifecycle.models import Seal, Unsealed
from lifecycle.record import openings, sealing, verify, verifying
from tests.channels_app import factories
from tests.people import factories as people

SCRIPT = Path(verify.__file__)


def lived(count: int = 3) -> list[Message]:
    """Answered voices of everybody's reading; each is received, routed, answered and replied."""
    office = people.make_office("sealed-of-the-test")
    officer = people.officer_of(office)
    return [factories.published_by(officer, office) for _n in range(count)]


def sealed(count: int = 3) -> list[Message]:
    """The same, sealed in two goes."""
    lives = lived(count)
    sealing.seal(5)
    seal_all()
    return lives


def seal_all() -> None:
    """Until nothing waits."""
    while sealing.seal():
        pass
    assert not Unsealed.objects.exists()


def pass_on(message: Message) -> None:
    """One step more."""
    message.refresh_from_db()
    actions.reopen(message, text="아직이에요")


def problems() -> list[str]:
    """What we ourselves find."""
    return list(verifying.problems())


@contextmanager
def superuser() -> Iterator[Any]:
    """Whoever owns the server: no trigger, no foreign key stops them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        try:
            yield cursor
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


def download(folder: Path) -> Path:
    """All files of the record by HTTP, as a stranger has them."""
    client = Client()
    newest = Seal.objects.newest()
    assert newest is not None
    parts = range((newest.size + openings.PART - 1) // openings.PART)
    names = ["checkpoint", "key", "verify.py"]
    for name in (*names, *(f"{kind}/{part}" for part in parts for kind in ("leaves", "entries"))):
        answer = client.get(f"/opendata/record/{name}")
        assert answer.status_code == 200
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answer.getvalue())
    return folder


def stranger(*words: object, folder: Path) -> tuple[int, str]:
    """The downloaded script in a process of its own, with the standard library alone."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "verify.py"), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    return done.returncode, done.stdout + done.stderr


def checked(folder: Path, *more: object) -> tuple[int, str]:
    """What the stranger's check of all downloads says."""
    key = (folder / "key").read_text().strip()
    return stranger("check", folder, "--key", key, *more, folder=folder)
