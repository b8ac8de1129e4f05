"""The local servers together: `running` keeps its data in var/, `throwaway` keeps nothing."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from seoul_portal.local import places
from seoul_portal.local.postgres import Postgres
from seoul_portal.local.valkey import Valkey

Server = Postgres | Valkey


def ours() -> list[Server]:
    """The servers of var/ that this environment uses (or will: a variable unset is ours)."""
    var = places.var()
    everyone = (
        Postgres(var / "postgres", log=var / "log" / "postgres.log", wal=places.backups() / "wal"),
        Valkey(var / "valkey", log=var / "log" / "valkey.log"),
    )
    return [one for one in everyone if os.environ.get(one.variable, one.url) == one.url]


@contextmanager
def running() -> Iterator[None]:
    """Attach to the servers of var/, or start them for as long as this lasts."""
    with _started(ours()):
        yield


@contextmanager
def throwaway(*, durable: bool = False) -> Iterator[None]:
    """Servers in a temporary folder, quick because nothing has to last, unless that is measured."""
    with tempfile.TemporaryDirectory(prefix="portal-test-") as name:
        folder = Path(name)
        everyone: list[Server] = [
            Postgres(folder / "postgres", log=folder / "postgres.log", durable=durable),
            Valkey(folder / "valkey", log=folder / "valkey.log"),
        ]
        with _started([one for one in everyone if one.variable not in os.environ]):
            yield


@contextmanager
def _started(servers: Sequence[Server]) -> Iterator[None]:
    with ExitStack() as stack:
        for one in servers:
            stack.callback(one.stop)
            one.start()
            if one.variable not in os.environ:
                os.environ[one.variable] = one.url
                stack.callback(os.environ.pop, one.variable)
        yield
