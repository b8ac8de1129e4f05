"""Not a byte is left on the disk: plain words, nothing half, and it goes on when there is room."""

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from channels_app import media
from seoul_portal.local import places

OWN_DISK = ["unshare", "--user", "--map-root-user", "--mount"]
SIZE = "300m"


def may_mount() -> bool:
    """Does this machine allow us a disk of our own?"""
    try:
        return not subprocess.run([*OWN_DISK, "true"], capture_output=True).returncode
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(not may_mount(), reason="no disk of our own without user namespaces")
def test_a_full_disk_of_the_database_is_an_answer_and_passes(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size={SIZE} none {disk}"
    play = f"exec {sys.executable} -m tests.faults.full_disk {disk}"

    done = subprocess.run(
        [*OWN_DISK, "sh", "-c", f"{mount} && {play}"],
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said == {
        "full": "ENOSPC",
        "refused": 503,
        "text_kept": True,
        "key_kept": True,
        "rows_then": [0, 0],
        "taken": 302,
        "rows_now": [1, 1],
    }


@pytest.fixture
def _small_files() -> Iterator[None]:
    """The kernel gives no file more than a page, as on a disk without room."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGXFSZ, old)
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("_small_files")
def test_a_photo_that_does_not_fit_leaves_no_half_file(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"

    with pytest.raises(OSError, match="too large"):
        media.write("incoming/photo", [b"x" * 3000, b"x" * 3000])

    assert [path for path in (tmp_path / "media").rglob("*") if path.is_file()] == []
