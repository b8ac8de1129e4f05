"""A restore for practice: a backup into a cluster of its own, looked through, thrown away.

The portal goes on beside it, and nothing of it is touched: the copy has its own folder, server,
photos, journal and list of erasures, and no way out for mail.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from channels_app import actions
from channels_app.models import Attachment, Contact, Delivery, Message
from seoul_portal.backups.folders import CLUSTER, BackupError
from seoul_portal.ledger import wrong_entries
from seoul_portal.local import places
from seoul_portal.local.postgres import Postgres
from seoul_portal.local.standing import standing_in

# What would lead the copy to the servers of the portal.
THEIRS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PORTAL_SITE_URL", "PORTAL_DEMO")
NOWHERE = "smtp://127.0.0.1:1"
MOST_IN_THE_BOOKS = 20_000  # every row of the ledger is read into memory


def drill(folder: Path, *, say: Callable[[str], object]) -> str:
    """Restore it and look; what was found, in a sentence. Raises BackupError if it is no good."""
    places.var().mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="drill-", dir=places.var()) as name:
        var = Path(name)
        env = _env(var)
        say(f"restoring {folder} …")
        _restore(folder, env)
        server = Postgres(var / "postgres", log=var / "log" / "postgres.log")
        server.start()
        try:
            with standing_in(server.url):
                say("looking through it …")
                if wrong := list(_wrong(var / "media")):
                    raise BackupError("; ".join(wrong[:5]))
                return _found(folder)
        finally:
            server.stop()


def _env(var: Path) -> dict[str, str]:
    """Folders of its own, and the keys of this portal: without them no backup is worth anything."""
    journal, aside = places.backups() / "wal", var / "backups" / "wal"
    aside.mkdir(parents=True)
    for piece in journal.glob("*") if journal.exists() else ():
        (aside / piece.name).symlink_to(piece)  # read there; what the copy writes stays here
    erasures = var / "erasures.jsonl"
    if Path(settings.ERASURE_LIST).exists():
        shutil.copyfile(settings.ERASURE_LIST, erasures)
    return {
        **{key: value for key, value in os.environ.items() if key not in THEIRS},
        "PORTAL_VAR": str(var),
        "PORTAL_BACKUPS": str(var / "backups"),
        "ERASURE_LIST": str(erasures),
        "EMAIL_URL": NOWHERE,
        "SECRET_KEY": settings.SECRET_KEY,
        "LINK_KEY": settings.LINK_KEY,
        "CONTACT_KEYS": ",".join(settings.CONTACT_KEYS),
        "CONTACT_INDEX_KEY": settings.CONTACT_INDEX_KEY,
        "RECORD_KEY": settings.RECORD_KEY,
        "RECORD_SIGNING_KEY": settings.RECORD_SIGNING_KEY,
    }


def _restore(folder: Path, env: dict[str, str]) -> None:
    """By the command an operator would use: checksums, one transaction, every row counted."""
    command = [sys.executable, str(places.ROOT / "manage.py"), "restore", str(folder), "-v0"]
    command += ["--to", "latest"] if (folder / CLUSTER).exists() else []
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        words = done.stderr.strip().splitlines() or done.stdout.strip().splitlines() or ["silence"]
        raise BackupError(f"It does not come back: {words[-1]}")


def _wrong(media: Path) -> Iterator[str]:
    """What a city would miss on the day after."""
    if leaving := Delivery.objects.leaving().count():
        yield f"{leaving} mails would leave by themselves"
    if counts := actions.wrong_counts():
        yield f"{len(counts)} kept counts differ from the messages"
    contact = Contact.objects.filter(erased_at=None).exclude(sealed="").first()
    if contact is not None:
        try:
            contact.address  # noqa: B018 - read for what it raises
        except Exception as problem:
            yield f"no address can be read with these keys ({type(problem).__name__})"
    pictures = Attachment.objects.exclude(picture="").values_list("picture", flat=True)
    if lost := sum(not (media / name).exists() for name in pictures.iterator()):
        yield f"{lost} photos have no file"
    if Message.objects.count() <= MOST_IN_THE_BOOKS:
        yield from wrong_entries(settled=False)


def _found(folder: Path) -> str:
    messages = Message.objects.count()
    held = Delivery.objects.held_since_restore().count()
    books = "books balance" if messages <= MOST_IN_THE_BOOKS else "books too long to read"
    return f"{folder.name}: {messages} messages, {held} mails held back, {books}"
