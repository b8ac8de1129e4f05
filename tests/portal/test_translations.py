"""Translations are compiled when their text is newer."""

import gettext
import os
from pathlib import Path

from seoul_portal.local import translations

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def _write(locale: Path, words: str) -> Path:
    source = locale / "ko" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(f'{HEAD}msgid "Hello"\nmsgstr "{words}"\n')
    return source


def test_a_changed_text_is_compiled_once(tmp_path: Path) -> None:
    source = _write(tmp_path, "안녕")

    first, second = translations.compile_stale(tmp_path), translations.compile_stale(tmp_path)

    assert (first, second) == ([source], [])
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Hello") == "안녕"


def test_a_newer_text_is_compiled_again(tmp_path: Path) -> None:
    source = _write(tmp_path, "안녕")
    translations.compile_stale(tmp_path)
    made = source.with_suffix(".mo").stat().st_mtime
    os.utime(_write(tmp_path, "안녕하세요"), (made + 1, made + 1))

    assert translations.compile_stale(tmp_path) == [source]
