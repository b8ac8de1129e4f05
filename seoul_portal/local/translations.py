"""Translations are compiled when their text is newer: .mo files are never committed."""

import os
from pathlib import Path

from seoul_portal.local import places


def compile_stale(locale: Path = places.ROOT / "locale") -> list[Path]:
    """Write the .mo beside every .po that changed since; say which."""
    stale = [path for path in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _is_stale(path)]
    for path in stale:
        _compile(path)
    return stale


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    # Imported here: a warm start has nothing to compile, and babel takes a while.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    language = source.parent.parent.name
    fresh = source.with_suffix(f".{os.getpid()}")
    with source.open("rb") as words, fresh.open("wb") as file:
        write_mo(file, read_po(words, locale=language))
    fresh.rename(source.with_suffix(".mo"))
