"""Where photos and mails lie: below the media folder, outside everything that is served as it is.

A name is made here and holds nothing a person typed. A file appears whole or not at all.
"""

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from math import inf
from pathlib import Path
from typing import IO
from uuid import UUID, uuid4

from django.conf import settings

INCOMING, SHOWN, INBOUND = "incoming", "shown", "inbound"
KEPT_FREE = 1_000_000_000  # bytes that photos leave to everything else on the disk


def original_of(key: UUID) -> str:
    """The name of the bytes as they came."""
    return f"{INCOMING}/{key}"


def picture_of(key: UUID) -> str:
    """The name of our copy."""
    return f"{SHOWN}/{key}.jpg"


def thumbnail_of(key: UUID) -> str:
    """The name of our small copy."""
    return f"{SHOWN}/{key}-small.jpg"


def inbound_of(key: UUID) -> str:
    """The name of what came from a network, as it came."""
    return f"{INBOUND}/{key}"


def path_of(name: str) -> Path:
    """Where the file of this name lies."""
    return Path(settings.MEDIA_ROOT) / name


def has_room() -> bool:
    """Whether the disk can take photos without stopping what matters more."""
    return shutil.disk_usage(_made(path_of(INCOMING))).free > KEPT_FREE


def digest_of(pieces: Iterable[bytes]) -> str:
    """The same for the same bytes."""
    told = sha256()
    for piece in pieces:
        told.update(piece)
    return told.hexdigest()


def write(name: str, pieces: Iterable[bytes]) -> None:
    """Store these bytes under this name."""
    with fresh(name) as file:
        for piece in pieces:
            file.write(piece)


@contextmanager
def fresh(name: str) -> Iterator[IO[bytes]]:
    """An open file that has its name, on disk for good, once the block ends well."""
    path = path_of(name)
    unfinished = _made(path.parent) / f".{uuid4().hex}"
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        _sync(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def remove(*names: str) -> None:
    """Delete these files, where they are."""
    for name in filter(None, names):
        with suppress(FileNotFoundError):
            path_of(name).unlink()


def left_behind(*, hours: float, folder: str = INCOMING, within: float = inf) -> Iterator[str]:
    """The keys of files older than this, and not older than `within` hours.

    Somebody has to ask whether a row knows them.
    """
    moment = time.time()
    for file in os.scandir(_made(path_of(folder))):
        if hours < (moment - file.stat().st_mtime) / 3600 < within:
            yield file.name


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _sync(folder: Path) -> None:
    """A new name is safe only once its folder is on disk too."""
    line = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(line)
    finally:
        os.close(line)
