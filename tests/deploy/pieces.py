"""Small things the tests of running and restoring look at."""

import io
import json
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from people.models import User
from seoul_portal.backups import folders
from seoul_portal.backups.folders import Manifest
from tests.people import factories as people
from tests.privacy.test_erasure import places_with


def files_in(folder: Path) -> dict[str, str]:
    """Every file with its digest."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in paths}


def clear(folder: Path) -> None:
    """As on a new machine."""
    rmtree(folder, ignore_errors=True)


def manifest_of(folder: Path) -> Manifest:
    """As it was written."""
    return Manifest(**json.loads((folder / folders.MANIFEST).read_text()))


def nowhere() -> io.StringIO:
    """For the words of a command."""
    return io.StringIO()


def centre_officer() -> User:
    """Who routes."""
    return people.centre_officer()


def texts_with(*secrets: str) -> list[str]:
    """Every column that holds one of these."""
    return places_with(*secrets)
