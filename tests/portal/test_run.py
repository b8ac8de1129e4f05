"""`run` as a newcomer starts it, and every way it may end."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM, Signals

import pytest

from seoul_portal.local import places, ports
from tests.portal.waiting import until

OURS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PORTAL_SITE_URL", "PORTAL_DEMO")


@dataclass
class Portal:
    """A running portal, as its terminal sees it."""

    process: subprocess.Popen[bytes]
    address: str
    var: Path
    screen: Path

    def says(self, words: str) -> bool:
        return words in self.screen.read_text()

    def alive(self) -> list[str]:
        """Every process it started: those of its session, and PostgreSQL's in its folder."""
        return [words for folder in Path("/proc").glob("[1-9]*") if (words := self._ours(folder))]

    def _ours(self, process: Path) -> str:
        """The command line of a living process of this portal."""
        with suppress(OSError):
            state, _, _, session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
            here = (process / "cwd").resolve().is_relative_to(self.var)
            if state != "Z" and (here or session == str(self.process.pid)):
                return (process / "cmdline").read_text().replace("\0", " ").strip()
        return ""


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@contextmanager
def _running(var: Path) -> Iterator[Portal]:
    port, screen = ports.free_port(0), var / "screen"
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    command = [sys.executable, "manage.py", "run", "--no-demo", "--port", str(port)]
    with screen.open("w") as out:
        process = subprocess.Popen(
            command,
            cwd=places.ROOT,
            env=env | {"PORTAL_VAR": str(var)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    portal = Portal(process, f"http://localhost:{port}", var, screen)
    try:
        ready = until(lambda: portal.says("ready:") or process.poll() is not None, seconds=120)
        assert ready, screen.read_text()
        assert portal.says(f"ready: {portal.address}\n"), screen.read_text()
        yield portal
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.parametrize("number", [SIGTERM, SIGINT, SIGKILL])
def test_a_page_answers_and_no_end_leaves_a_process(var: Path, number: Signals) -> None:
    with _running(var) as portal:
        with urllib.request.urlopen(portal.address, timeout=20) as page:  # noqa: S310 our own address
            answered = page.status
        before = len(portal.alive())

        portal.process.send_signal(number)

        gone = until(lambda: not portal.alive(), seconds=5 if number == SIGKILL else 30)
        assert (answered, gone) == (200, True), portal.alive()
        assert before > 10


@pytest.mark.slow
def test_a_killed_child_and_a_killed_database_come_back(var: Path) -> None:
    with _running(var) as portal:
        clusters = (var / "postgres" / "postmaster.pid").read_text().split()[0]
        os.kill(int(clusters), SIGKILL)

        assert until(lambda: portal.says("PostgreSQL was gone and is back"), seconds=30)

        web = _children_of(portal.process.pid, "granian")
        os.kill(web[0], SIGKILL)

        assert until(lambda: portal.says("web stopped"), seconds=10)
        assert until(
            lambda: _children_of(portal.process.pid, "granian") not in ([], web), seconds=20
        )
        assert until(lambda: _answers(portal.address), seconds=30)


def _children_of(parent: int, word: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[1-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if fields[1] == str(parent) and word in (folder / "cmdline").read_text():
                found.append(int(folder.name))
    return found


def _answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5) as page:  # noqa: S310
        return bool(page.status == 200)
    return False


def test_a_taken_port_ends_it_with_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "manage.py", "run", "--port", port],
            cwd=places.ROOT,
            env=os.environ | {"PORTAL_VAR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr == f"CommandError: Port {port} is taken; choose another one with --port.\n"
