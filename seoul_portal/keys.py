"""The secrets of a laptop: made once, kept beside the database, never in the tree.

A real installation sets them in the environment; then this file is not written.
"""

import base64
import json
import os
import secrets
from pathlib import Path

NAMES = {"secret": 64, "link": 32, "contact": 32, "contact_index": 32}  # random bytes of each
ENVIRONMENT = ("SECRET_KEY", "LINK_KEY", "CONTACT_KEYS", "CONTACT_INDEX_KEY")


def read_keys(path: Path) -> dict[str, str]:
    """Name → key (random bytes, URL-safe base64); missing ones are made and written 0600."""
    if all(name in os.environ for name in ENVIRONMENT):
        return dict.fromkeys(NAMES, "")
    if not path.exists():
        _write_once(path)
    keys: dict[str, str] = json.loads(path.read_text())
    return keys


def _write_once(path: Path) -> None:
    """Two processes may start at once: the first link wins, both read the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = {
        name: base64.urlsafe_b64encode(secrets.token_bytes(length)).decode()
        for name, length in NAMES.items()
    }
    fresh = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
        json.dump(keys, file)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
