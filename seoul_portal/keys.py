"""The secrets of a laptop: made once, kept beside the database, never in the tree.

A real installation sets them in the environment; then this file is not written.
"""

import base64
import fcntl
import json
import os
import secrets
from pathlib import Path

# Random bytes of each, and where a real installation has it from.
NAMES = {
    "secret": 64,
    "link": 32,
    "contact": 32,
    "contact_index": 32,
    "record": 32,
    "record_signing": 32,
}
ENVIRONMENT = (
    "SECRET_KEY",
    "LINK_KEY",
    "CONTACT_KEYS",
    "CONTACT_INDEX_KEY",
    "RECORD_KEY",
    "RECORD_SIGNING_KEY",
)


def read_keys(path: Path) -> dict[str, str]:
    """Name → key (random bytes, URL-safe base64); missing ones are made and written 0600."""
    if all(name in os.environ for name in ENVIRONMENT):
        return dict.fromkeys(NAMES, "")
    keys = _written(path)
    return keys if NAMES.keys() <= keys.keys() else _make_missing(path)


def _written(path: Path) -> dict[str, str]:
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _make_missing(path: Path) -> dict[str, str]:
    """Two processes may start at once: the second one finds what the first one has made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fresh = {
            name: base64.urlsafe_b64encode(secrets.token_bytes(length)).decode()
            for name, length in NAMES.items()
        }
        keys = fresh | _written(path)
        unfinished = path.with_suffix(f".{os.getpid()}")
        line = os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(line, "w") as file:
            json.dump(keys, file)
        unfinished.rename(path)
    return keys
