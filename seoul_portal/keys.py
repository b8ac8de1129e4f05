"""The secrets of a laptop: made once, kept beside the database, never in the tree.

A real installation sets them in the environment; then this file is not written.
"""

import base64
import fcntl
import json
import os
import secrets
from pathlib import Path

# Random bytes of each.
NAMES = {
    "secret": 64,
    "link": 32,
    "contact": 32,
    "contact_index": 32,
    "record": 32,
    "record_signing": 32,
    "vapid": 32,
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
    keys = _read(path)
    return keys if NAMES.keys() <= keys.keys() else _complete(path)


def _read(path: Path) -> dict[str, str]:
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _complete(path: Path) -> dict[str, str]:
    """Two processes may start at once: one makes what is missing, both read the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        keys = _read(path)
        for name in NAMES.keys() - keys.keys():
            fresh = secrets.token_bytes(NAMES[name])
            keys[name] = base64.urlsafe_b64encode(fresh).decode()
        whole = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(whole, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
            json.dump(keys, file)
        whole.replace(path)
    return keys
