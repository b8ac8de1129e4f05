"""A witness keeps the last head and refuses a record that became shorter or was written anew."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from lifecycle.models import Seal
from lifecycle.record import merkle, notes
from tests.record import lives

RECORD = "/opendata/record/"
far = pytest.mark.django_db(transaction=True)
near = pytest.mark.django_db


def witness(source: object, state: Path, key: str = "") -> int:
    """The exit code of the command."""
    more = {"key": key} if key else {}
    try:
        call_command("witness", str(source), state=str(state), **more)
    except SystemExit as stopped:
        return int(str(stopped.code))
    return 0


def fork() -> None:
    """The same number of leaves with another past, signed by the same key."""
    with lives.superuser() as cursor:
        cursor.execute("UPDATE lifecycle_leaf SET hash = sha256('x') WHERE index = 2")
        cursor.execute("SELECT hash FROM lifecycle_leaf ORDER BY index")
        leaves = [bytes(one) for (one,) in cursor.fetchall()]
        note = notes.sign(len(leaves), merkle.root_of(leaves))
        cursor.execute("UPDATE lifecycle_seal SET note = %s WHERE size = %s", [note, len(leaves)])


@far
def test_it_follows_a_record_that_grows_and_refuses_one_written_anew(
    live_server: LiveServer, tmp_path: Path
) -> None:
    message, state = lives.sealed()[0], tmp_path / "state"
    address = live_server.url + RECORD
    assert witness(address, state) == 0
    first = state.read_text()
    lives.pass_on(message)
    lives.seal_all()
    assert witness(address, state) == 0
    assert witness(address, state) == 0  # nothing new
    second = state.read_text()

    fork()

    assert witness(address, state) == 1
    assert first != second == state.read_text()  # what it had stays


@far
def test_a_fork_that_has_grown_and_a_shorter_record_are_refused(
    live_server: LiveServer, tmp_path: Path
) -> None:
    message, state = lives.sealed()[0], tmp_path / "state"
    address = live_server.url + RECORD
    assert witness(address, state) == 0
    lives.pass_on(message)
    lives.seal_all()
    fork()

    assert witness(address, state) == 1

    with lives.superuser() as cursor:
        cursor.execute("DELETE FROM lifecycle_seal WHERE size > 5")
    assert witness(address, state) == 1


@near
def test_a_folder_is_watched_as_well(tmp_path: Path) -> None:
    message, state = lives.sealed()[0], tmp_path / "state"
    before = lives.download(tmp_path / "before")
    assert witness(before, state) == 0
    lives.pass_on(message)
    lives.seal_all()
    after = lives.download(tmp_path / "after")
    assert witness(after, state) == 0

    assert witness(before, state) == 1  # shorter now
    fork()
    assert witness(lives.download(tmp_path / "fork"), state) == 1


@near
def test_another_key_and_another_place_are_refused(tmp_path: Path) -> None:
    lives.sealed(1)
    folder = lives.download(tmp_path / "here")
    key = (folder / "key").read_text().strip()
    name, _plus, rest = key.partition("+")

    assert witness(folder, tmp_path / "state", key=f"other{name}+{rest}") == 1
    assert witness(tmp_path / "nowhere", tmp_path / "state", key=key) == 2
    assert not (tmp_path / "state").exists()


@near
def test_two_heads_are_shown_to_continue_each_other(client: Client) -> None:
    lives.sealed()

    def status(sizes: str) -> int:
        return client.get(f"/opendata/record/consistency/{sizes}").status_code

    assert Seal.objects.count() == 2
    assert status("5-12") == status("0-12") == status("12-12") == 200
    assert status("12-5") == status("5-13") == 404
