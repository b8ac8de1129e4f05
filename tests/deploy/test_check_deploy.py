"""`check --deploy` has nothing to say about the environment the operator is told to make."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from seoul_portal.local import places
from tests.deploy.test_containers import example_lines
from tests.faults.house import House

SECRETS = (
    "SECRET_KEY",
    "LINK_KEY",
    "CONTACT_KEYS",
    "CONTACT_INDEX_KEY",
    "RECORD_KEY",
    "RECORD_SIGNING_KEY",
    "METRICS_TOKEN",
)


def check(house: House, tmp_path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, with the environment of the example and nothing inherited."""
    told = {name: value for name, value in example_lines() if value}
    keys = {name: house.env.get(name, "") or "t" * 60 for name in SECRETS}
    secret = {"SECRET_KEY": "".join(chr(33 + number % 90) for number in range(7, 80))}
    place = {"DATABASE_URL": house.database_url, "REDIS_URL": house.valkey.url}
    env = {"PATH": os.environ["PATH"], **told, **keys, **secret, **place}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=places.ROOT,
        env=env | {"PORTAL_VAR": str(tmp_path / "var")} | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_documented_environment_is_clean_and_a_demonstration_is_not(
    house: House, tmp_path: Path
) -> None:
    clean = check(house, tmp_path)
    demonstration = check(house, tmp_path, PORTAL_DEMO="1")

    assert clean.returncode == 0, clean.stderr
    assert "no issues" in clean.stdout
    assert not (tmp_path / "var" / "keys.json").exists()
    assert demonstration.returncode
    assert "PORTAL_DEMO is on" in demonstration.stderr
