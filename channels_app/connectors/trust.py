"""Whose certificates this machine trusts: read once, and anew when they change."""

import ssl
from functools import lru_cache
from pathlib import Path


def trusted() -> ssl.SSLContext:
    """For lines to servers. To read the certificates takes fifty milliseconds: they share it."""
    paths = ssl.get_default_verify_paths()
    return _read(_as_it_is(paths.cafile), _as_it_is(paths.capath))


def _as_it_is(path: str | None) -> tuple[str, float]:
    """Another one, or changed since, is another key."""
    if path is None:
        return "", 0.0
    return path, Path(path).stat().st_mtime


@lru_cache(maxsize=2)
def _read(_file: tuple[str, float], _folder: tuple[str, float]) -> ssl.SSLContext:
    return ssl.create_default_context()
