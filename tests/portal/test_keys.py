"""The secrets of a laptop: made once, completed when a new one is wanted, never changed."""

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from pytest_django import Settings

from channels_app.connectors import push
from seoul_portal.keys import ENVIRONMENT, NAMES, read_keys


@pytest.fixture(autouse=True)
def _nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)


def test_they_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "keys.json"

    first, second = read_keys(path), read_keys(path)

    assert first == second
    assert first.keys() == NAMES.keys()
    assert path.stat().st_mode & 0o777 == 0o600


def test_one_that_came_later_is_added_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    known = {name: key for name, key in read_keys(path).items() if name != "vapid"}
    path.write_text(json.dumps(known))

    now = read_keys(path)

    assert {name: now[name] for name in known} == known
    assert now["vapid"]
    assert read_keys(path) == now


def test_four_who_start_at_once_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"

    with ProcessPoolExecutor(4) as pool:
        found = list(pool.map(read_keys, [path] * 4))

    assert all(keys == found[0] for keys in found)


def test_with_secrets_in_the_environment_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ENVIRONMENT:
        monkeypatch.setenv(name, "told")

    read_keys(tmp_path / "keys.json")

    assert list(tmp_path.iterdir()) == []


def test_a_key_of_ours_signs_for_browsers(tmp_path: Path, settings: Settings) -> None:
    settings.VAPID_KEY = read_keys(tmp_path / "keys.json")["vapid"]

    assert len(push.public_key()) == 87
