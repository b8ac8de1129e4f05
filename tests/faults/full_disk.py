"""A city on a disk of its own that runs full; `python -m tests.faults.full_disk FOLDER`.

It prints what the pages said as JSON. Run it where FOLDER lies on a small disk.
"""

import errno
import json
import os
import sys
import uuid
from pathlib import Path
from typing import Any

from seoul_portal.local.postgres import Postgres
from seoul_portal.local.valkey import Valkey

TEXT = "여기 도로가 들썩해요"


def main(folder: Path) -> None:
    """Fill the disk, send, make room, send again."""
    server = Postgres(folder / "postgres", log=folder.parent / "full-postgres.log")
    valkey = Valkey(folder.parent / "full-valkey", log=folder.parent / "full-valkey.log")
    server.start()
    valkey.start()
    os.environ |= {
        "DATABASE_URL": server.url,
        "REDIS_URL": valkey.url,
        "PORTAL_VAR": str(folder / "var"),
        "ALLOWED_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "seoul_portal.settings",
    }
    try:
        print(json.dumps(_play(folder)))  # noqa: T201 - this is its answer
    finally:
        valkey.stop()
        server.stop()


def _play(folder: Path) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from channels_app.models import Message, MessageStep

    call_command("migrate", verbosity=0)
    client, key = Client(), str(uuid.uuid4())
    typed = {"text": TEXT, "kind": "complaint", "audience": "office", "client_key": key}
    ballast = folder / "somebody-elses-file"
    full = _fill(ballast)
    refused = client.post("/say/send/", typed)
    ballast.unlink()
    connection.close()
    kept = (Message.objects.count(), MessageStep.objects.count())
    taken = client.post("/say/send/", typed)
    return {
        "full": full,
        "refused": refused.status_code,
        "text_kept": TEXT in refused.content.decode(),
        "key_kept": key in refused.content.decode(),
        "rows_then": kept,
        "taken": taken.status_code,
        "rows_now": (Message.objects.count(), MessageStep.objects.count()),
    }


def _fill(path: Path) -> str:
    """Big pieces, then small ones, until not a byte is left; what the kernel says then."""
    said = ""
    with path.open("wb", buffering=0) as file:
        for size in (1_000_000, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError as problem:
                said = errno.errorcode[problem.errno or 0]
    return said


if __name__ == "__main__":
    main(Path(sys.argv[1]))
