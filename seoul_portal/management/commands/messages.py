"""`./portal messages`: bring the Korean catalogue up to date; `--check`: is it complete?

English stands in the code; locale/ko/LC_MESSAGES/django.po is its only catalogue.
"""

import re
from argparse import ArgumentParser
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

APPS = (
    "channels_app", "desk", "lifecycle", "mayors_office", "people", "seoul_portal", "suggestions",
)  # fmt: skip
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


class Command(BaseCommand):
    """Extract every sentence from code and templates and compare with the catalogue."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only one."""
        parser.add_argument(
            "--check", action="store_true", help="change nothing, fail if incomplete"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError naming every sentence without Korean."""
        path = settings.BASE_DIR / "locale" / "ko" / "LC_MESSAGES" / "django.po"
        catalogue = _read(path)
        catalogue.update(_found(settings.BASE_DIR), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if not options["check"]:
            with path.open("wb") as file:
                pofile.write_po(file, catalogue, width=96, omit_header=False, no_location=True)
        if faults := list(_faults(catalogue)):
            raise CommandError("\n".join([f"{len(faults)} sentences need Korean:", *faults]))
        self.stdout.write(f"{len(catalogue)} sentences, all in Korean")


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="ko", project="Seoul Listens", charset="utf-8")
    with path.open("rb") as file:
        return pofile.read_po(file, locale="ko")


def _found(root: Path) -> Catalog:
    """Every sentence of the tree."""
    template = Catalog(project="Seoul Listens", charset="utf-8")
    for path, source in _sources(root):
        for line, sentence, comments, context in extract(
            "python", BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"}
        ):
            template.add(
                sentence, locations=[(path, line)], auto_comments=comments, context=context
            )
    return template


def _sources(root: Path) -> Iterator[tuple[str, str]]:
    """Python as it is; templates turned into the calls they stand for."""
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            yield str(path.relative_to(root)), path.read_text()
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            calls = templatize(path.read_text(), origin=str(path))
            # Indented as the template was, they would be no Python.
            flat = "\n".join(line.strip() for line in calls.splitlines())
            yield str(path.relative_to(root)), flat


def _faults(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if message.id and (fault := _fault(message)):
            yield f"  {fault}: {message.id!r}"


def _fault(message: Message) -> str:
    """A missing, doubtful or mismatched translation."""
    words = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(words):
        return "missing"
    if message.fuzzy:
        return "doubtful"
    wanted = set(PLACEHOLDER.findall(str(message.id)))
    return "" if wanted == set(PLACEHOLDER.findall(str(words))) else "placeholders differ"
