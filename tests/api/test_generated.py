"""The schema tells the truth: generated requests, right and wrong, are answered as it says.

Over a real web server: every boundary that the schema names, then so many requests for each
address (PORTAL_FUZZ), then chains of them. `PORTAL_FUZZ=6000` makes more than 20,000.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from channels_app import actions
from lifecycle import rules
from lifecycle.actions import amend_rule
from tests.channels_app.factories import published_by, receive
from tests.faults.house import House
from tests.limits import lift
from tests.people import factories as people

EACH = int(os.environ.get("PORTAL_FUZZ", "40"))
ROOT = Path(__file__).parents[2]
TESTED = re.compile(r"(\d+) generated, (\d+) passed")


@pytest.fixture
def port(house: House) -> int:
    """A portal with something to read, where nobody is turned away for reading much."""
    lift()
    roads = people.make_office("roads-of-the-test")
    receive(place="합정역", position=(37.5, 126.9))
    published_by(people.officer_of(roads), roads)
    for name in ("api.reads", "api.reads_of_client"):
        amend_rule(name, to="1000000", reason="a test", by=people.administrator())
    rules.forget()
    house.valkey.start()
    return house.start_web(workers=2)


def generated(port: int, folder: Path, *words: str) -> tuple[int, str]:
    """How many requests were made, and what schemathesis says of the answers."""
    command = [str(Path(sys.executable).with_name("st")), "--no-color", "run"]
    command += [f"http://127.0.0.1:{port}/api/schema/", "--checks", "all", "--mode", "all"]
    command += ["--max-examples", str(EACH), "--generation-deterministic", "--seed", "1"]
    command += ["--suppress-health-check", "all", *words]
    env = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.api.generating", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    told = TESTED.search(done.stdout)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert told is not None, done.stdout[-2000:]
    assert told[1] == told[2]
    return int(told[1]), done.stdout


@pytest.mark.slow
def test_generated_requests_of_an_app_are_answered_as_the_schema_says(
    port: int, tmp_path: Path
) -> None:
    _client, token = actions.make_client("Seoul Walks", by=None, rate=1_000_000)

    made, told = generated(port, tmp_path, "--header", f"Authorization: Bearer {token}")

    assert made > 3 * EACH
    assert "Stateful (in" in told


@pytest.mark.slow
def test_generated_requests_of_anybody_are_answered_as_the_schema_says(
    port: int, tmp_path: Path
) -> None:
    made, _told = generated(port, tmp_path)

    assert made > 3 * EACH
