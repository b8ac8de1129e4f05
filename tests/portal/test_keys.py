"""The keys of a laptop: made once, and only those that are missing."""

import json
import threading
from pathlib import Path

import pytest

from seoul_portal import keys


@pytest.fixture(autouse=True)
def _none_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in keys.ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)


def test_they_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"

    first, second = keys.read_keys(path), keys.read_keys(path)

    assert first == second == json.loads(path.read_text())
    assert set(first) == set(keys.NAMES)
    assert path.stat().st_mode & 0o777 == 0o600


def test_those_of_an_older_version_stay_and_new_ones_join_them(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    old = {"secret": "s", "link": "l", "contact": "c", "contact_index": "i"}
    path.write_text(json.dumps(old))

    found = keys.read_keys(path)

    assert found.items() >= old.items()
    assert found["record"] != found["record_signing"] != ""
    assert found == json.loads(path.read_text())


def test_many_who_start_at_once_have_the_same(tmp_path: Path) -> None:
    path, found = tmp_path / "keys.json", list[dict[str, str]]()
    threads = [
        threading.Thread(target=lambda: found.append(keys.read_keys(path))) for _n in range(8)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert all(one == found[0] for one in found)


def test_a_real_installation_writes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in keys.ENVIRONMENT:
        monkeypatch.setenv(name, "x")

    keys.read_keys(tmp_path / "keys.json")

    assert list(tmp_path.iterdir()) == []
