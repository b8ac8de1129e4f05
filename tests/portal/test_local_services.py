"""The embedded PostgreSQL and Valkey: found, attached to, and back after every kind of death."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from seoul_portal.local import ports, postgres, processes, services
from seoul_portal.local.errors import NoServerError
from seoul_portal.local.postgres import Postgres
from seoul_portal.local.valkey import Valkey
from tests.portal.waiting import until


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Postgres]:
    server = Postgres(tmp_path / "postgres", log=tmp_path / "postgres.log", durable=False)
    yield server
    server.stop()


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    server = Valkey(tmp_path / "valkey", log=tmp_path / "valkey.log")
    yield server
    server.stop()


def _twin(server: Postgres) -> Postgres:
    return Postgres(server.cluster, log=server.log, durable=False)


def _owner_of(server: Postgres | Valkey) -> str:
    with psycopg.connect(host=str(_sockets(server)), user="portal", dbname="portal") as line:
        row = line.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname='portal'")
        return str((row.fetchone() or ("nobody",))[0])


def _sockets(server: Postgres | Valkey) -> Path:
    return server.sockets if isinstance(server, Postgres) else server.socket.parent


def test_postgres_starts_with_a_database_of_its_own(cluster: Postgres) -> None:
    cluster.start()

    assert _owner_of(cluster) == "portal"
    assert _sockets(cluster).stat().st_mode & 0o777 == 0o700


def test_a_second_start_attaches_and_leaves_the_first_running(cluster: Postgres) -> None:
    cluster.start()

    second = _twin(cluster)
    second.start()
    second.stop()

    assert second.process is None
    assert cluster.answers()


def test_postgres_comes_back_after_kill_9(cluster: Postgres) -> None:
    cluster.start()
    assert cluster.process is not None
    cluster.process.kill()

    second = _twin(cluster)
    second.start()

    assert second.answers()
    second.stop()


def test_a_foreign_number_in_the_pid_file_does_not_prevent_the_start(cluster: Postgres) -> None:
    cluster.start()
    cluster.stop()
    (cluster.cluster / "postmaster.pid").write_text(f"1\n{cluster.cluster}\n")

    cluster.start()

    assert cluster.answers()


def test_a_broken_off_set_up_is_done_again(cluster: Postgres) -> None:
    half = cluster.cluster.with_suffix(".new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    cluster.start()

    assert cluster.answers()


def test_valkey_comes_back_after_kill_9(valkey: Valkey) -> None:
    valkey.start()
    assert valkey.process is not None
    valkey.process.kill()
    valkey.process.wait()

    valkey.start()

    assert valkey.answers()


def test_throwaway_servers_leave_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with services.throwaway():
        assert os.environ["DATABASE_URL"].startswith(f"postgres://portal@/{tmp_path}/portal-")
        assert os.environ["REDIS_URL"].startswith(f"unix://{tmp_path}/portal-")

    assert not list(tmp_path.iterdir())
    assert "DATABASE_URL" not in os.environ


def test_a_named_server_is_used_and_none_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    monkeypatch.delenv("REDIS_URL", raising=False)

    assert [server.label for server in services.ours()] == ["Valkey"]


def test_no_postgres_is_one_sentence_that_names_the_way_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PORTAL_PG_BIN", str(tmp_path))

    with pytest.raises(NoServerError, match="Set DATABASE_URL to a PostgreSQL server instead"):
        postgres.binaries()


def test_a_taken_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(NoServerError, match=f"Port {port} is taken"):
            ports.must_be_free("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("a.kr", False)],  # noqa: S104
)
def test_only_loopback_is_ours_alone(host: str, alone: bool) -> None:
    assert ports.is_loopback(host) is alone


def test_a_child_dies_with_its_killed_parent(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from seoul_portal.local import processes;"
        "child = processes.spawn([sys.executable, '-c', 'import time; time.sleep(60)'],"
        " log=Path(sys.argv[1])); print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = Path("/proc") / parent.stdout.readline().strip()

    parent.kill()
    parent.communicate()

    assert until(lambda: not child.exists(), seconds=5)


def test_who_does_not_stop_when_asked_is_stopped(tmp_path: Path) -> None:
    code = (
        "import signal, time; signal.signal(15, signal.SIG_IGN);"
        "print('deaf', flush=True); time.sleep(60)"
    )
    deaf = processes.spawn([sys.executable, "-c", code], log=tmp_path / "log")
    assert until(lambda: (tmp_path / "log").read_text(), seconds=10)

    processes.stop(deaf, patience=0.1)

    assert deaf.returncode == -9
