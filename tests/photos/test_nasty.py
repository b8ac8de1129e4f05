"""Nasty and strange files: refused, or drawn anew without a word of what came along."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from channels_app import actions, darkroom, media
from channels_app.models import Attachment, Message, PhotoState
from channels_app.models.attachments import PICTURE, THUMBNAIL
from channels_app.photos import PhotoRefusedError
from tests.channels_app.factories import receive
from tests.photos import nasty
from tests.photos.pictures import photo, segments, upload

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BARE = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # JFIF, tables, frame, codes, scan: no room for words
SECRETS = (b"SECRET", b"script", b"GPS", b"Exif", b"http", b"PK\x03\x04", b"ICC_PROFILE")
MOST = 200  # MB
# Starts the child from a process that holds next to nothing, and tells the most it ever held.
MEASURED = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_pid, status, used = os.wait4(child, 0)
print(used.ru_maxrss // 1024)
"""


@pytest.fixture(autouse=True)
def _empty_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def voice() -> Message:
    """Something for the photos to belong to."""
    return receive()


def outcome(content: bytes, voice: Message) -> Attachment | None:
    """What became of a file that was sent with a voice; None if it was refused at the door."""
    try:
        one = actions.keep_photo(draft=uuid4(), content=upload(content))
    except PhotoRefusedError:
        return None
    one.message = voice
    one.save()
    for _try in range(3):
        one.tries += 1
        actions.draw_photo(one)
    one.refresh_from_db()
    return one


def peak(path: Path) -> int:
    """The most memory the darkroom's child holds over this file, in MB."""
    with path.open("rb") as file, Path(os.devnull).open("wb") as nowhere:
        number = str(nowhere.fileno())
        child = [sys.executable, "-I", str(darkroom.CHILD), number, number]
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", MEASURED, *child]
            + [str(n) for n in (PICTURE, THUMBNAIL, 50_000_000)],
            stdin=file,
            capture_output=True,
            pass_fds=[nowhere.fileno()],
            check=True,
        )
    return int(done.stdout.split()[-1])


def assert_bare(one: Attachment) -> None:
    """Both copies are plain pictures, and nothing else is left."""
    for name, most in ((one.picture, PICTURE), (one.thumbnail, THUMBNAIL)):
        drawn = media.path_of(name).read_bytes()
        assert set(segments(drawn)) <= BARE
        assert not [secret for secret in SECRETS if secret in drawn]
        with Image.open(BytesIO(drawn)) as image:
            assert (image.mode, max(image.size) <= most) == ("RGB", True)
            assert not image.getexif()
    assert not list(media.path_of("incoming").iterdir())


def test_there_are_more_than_sixty() -> None:
    assert len(nasty.DRAWN) + len(nasty.REFUSED) + len(nasty.EITHER) + len(nasty.NAMES) > 60


@pytest.mark.parametrize("name", nasty.DRAWN)
def test_a_strange_photo_is_drawn_anew_and_bare(name: str, voice: Message) -> None:
    content = nasty.DRAWN[name]()

    one = outcome(content, voice)

    assert one is not None
    assert (one.state, one.why) == (PhotoState.READY, "")
    assert_bare(one)


@pytest.mark.parametrize("name", nasty.REFUSED)
def test_what_is_no_photo_is_refused(name: str, voice: Message) -> None:
    one = outcome(nasty.REFUSED[name](), voice)

    assert one is None or one.state == PhotoState.REFUSED
    assert one is None or one.why
    assert not [path for path in media.path_of("").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", nasty.EITHER)
def test_a_spoilt_photo_does_no_harm(name: str, voice: Message) -> None:
    one = outcome(nasty.EITHER[name](), voice)

    assert one is None or one.state in (PhotoState.READY, PhotoState.REFUSED)
    if one is not None and one.is_ready:
        assert_bare(one)


ALL = {**nasty.DRAWN, **nasty.REFUSED, **nasty.EITHER}


@pytest.mark.parametrize("name", ALL)
def test_the_child_never_holds_much(name: str, tmp_path: Path) -> None:
    """Whatever it is given, even what the door would have refused."""
    path = tmp_path / "file"
    path.write_bytes(ALL[name]())

    assert peak(path) < MOST


@pytest.mark.parametrize("name", nasty.NAMES, ids=range(len(nasty.NAMES)))
def test_a_name_decides_nothing(name: str) -> None:
    one = actions.keep_photo(draft=uuid4(), content=upload(photo(), name))

    left = [path for path in media.path_of("").rglob("*") if path.is_file()]
    assert left == [media.path_of(f"incoming/{one.key}")]
    assert name not in "".join(str(value) for value in one.__dict__.values())


@pytest.mark.parametrize("name", nasty.NAMES, ids=range(len(nasty.NAMES)))
def test_a_refusal_names_the_file_without_its_tricks(name: str) -> None:
    with pytest.raises(PhotoRefusedError) as refused:
        actions.keep_photo(draft=uuid4(), content=upload(b"", name))

    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 160
