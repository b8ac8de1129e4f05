"""A drill really restores: what is damaged, lost or locked away is found, and the portal stays."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from channels_app.models import Attachment, Delivery, Message
from lifecycle import clock
from lifecycle.models import Alarm, Upkeep, UpkeepKind
from people.models import User
from tests.deploy import pieces
from tests.faults import city
from tests.faults.conftest import jun, roads
from tests.faults.house import House
from tests.privacy import lives

__all__ = ["jun", "roads"]
pytestmark = pytest.mark.slow
MINA = "mina@example.org"


@pytest.fixture(autouse=True)
def backups(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of this test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURE_LIST = str(tmp_path / "erasures.jsonl")
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("PORTAL_BACKUPS", str(tmp_path / "backups"))
    return tmp_path / "backups"


def drill() -> str:
    """What it said at the end."""
    words = io.StringIO()
    call_command("drill", verbosity=0, stdout=words)
    return words.getvalue()


def test_the_latest_backup_comes_back_beside_the_portal(house: House, jun: User) -> None:
    city.publish_answer(city.speak(contact=MINA), by=jun)
    lives.with_everything()
    before = list(Delivery.objects.order_by("pk").values_list("state", "attempts"))
    call_command("backup", verbosity=0, stdout=pieces.nowhere())

    words = drill()

    entry = Upkeep.objects.latest_good(UpkeepKind.DRILL)
    assert entry is not None
    assert entry.words in words
    assert f"{Message.objects.count()} messages" in words
    assert "books balance" in words
    assert entry.size > 0
    assert list(Delivery.objects.order_by("pk").values_list("state", "attempts")) == before
    assert not list(Path(os.environ["PORTAL_VAR"]).glob("drill-*"))


def test_a_damaged_backup_is_found_and_entered(house: House, jun: User, backups: Path) -> None:
    city.speak()
    call_command("backup", verbosity=0, stdout=pieces.nowhere())
    dump = next(backups.glob("*/database.dump"))
    damaged = bytearray(dump.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    dump.write_bytes(damaged)

    with pytest.raises(CommandError, match="damaged"):
        drill()

    entry = Upkeep.objects.latest_of(UpkeepKind.DRILL)
    assert entry is not None
    assert not entry.ok
    assert "damaged" in entry.words
    assert dump.parent.name in entry.words


def test_a_backup_without_its_keys_is_worth_nothing(
    house: House, jun: User, settings: Settings
) -> None:
    city.speak(contact=MINA)
    call_command("backup", verbosity=0, stdout=pieces.nowhere())
    settings.CONTACT_KEYS = ["Zm9yZ290dGVuLWZvcmdvdHRlbi1mb3Jnb3R0ZW4tMTI="]

    with pytest.raises(CommandError, match="no address can be read with these keys"):
        drill()


def test_a_photo_that_is_not_in_it_is_missed(house: House, jun: User, backups: Path) -> None:
    moment = clock.now()
    Attachment.objects.create(
        message=city.speak(), state="ready", picture="pictures/lost.jpg", digest="0" * 64, size=1,
        created_at=moment, try_at=moment,
    )  # fmt: skip
    call_command("backup", verbosity=0, stdout=pieces.nowhere())

    with pytest.raises(CommandError, match="photos have no file"):
        drill()


def test_without_any_backup_it_says_what_to_do(house: House) -> None:
    with pytest.raises(CommandError, match=r"\./portal backup"):
        drill()

    assert not Alarm.objects.exists()


def test_what_is_restored_knows_where_it_came_from(house: House, jun: User, backups: Path) -> None:
    city.speak()
    call_command("backup", verbosity=0, stdout=pieces.nowhere())
    (folder,) = backups.iterdir()
    made = Upkeep.objects.latest_good(UpkeepKind.BACKUP)

    call_command("restore", folder, "--replace", verbosity=0, stdout=pieces.nowhere())

    again = Upkeep.objects.latest_good(UpkeepKind.BACKUP)
    restored = Upkeep.objects.latest_good(UpkeepKind.RESTORE)
    assert made is not None
    assert again is not None
    assert restored is not None
    assert again.at == made.at
    assert folder.name in restored.words
