"""The two laws, the size of a file and the names of rooms: checked in every run."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    "people", "lifecycle", "channels_app", "suggestions", "desk", "mayors_office", "seoul_portal",
)  # fmt: skip
BANNED = {"utils", "helpers", "common", "core", "base", "manager", "service", "services_", "data"}
LONGEST = 400


def tracked(*endings: str) -> list[Path]:
    """The files of the tree, new ones among them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    paths = [ROOT / name for name in listed.stdout.splitlines()]
    return [path for path in paths if path.suffix in endings and path.exists()]


def test_foreign_keys_only_go_down() -> None:
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        floor = FLOORS.index(model._meta.app_label)
        for field in model._meta.get_fields():
            target: Any = field.related_model if field.concrete else None
            if target is not None and target._meta.app_label in FLOORS:
                assert FLOORS.index(target._meta.app_label) <= floor, f"{model}.{field.name}"


def test_only_lifecycle_changes_a_status() -> None:
    assert [place for place in _status_changes() if not place.startswith("lifecycle/")] == []


def _status_changes() -> Iterator[str]:
    """Places that assign `.status`, or pass `status=` to an update."""
    for path in tracked(".py"):
        name = str(path.relative_to(ROOT))
        if name.startswith("tests/") or "/migrations/" in name:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if _assigns_status(node) or _updates_status(node):
                yield f"{name}:{node.lineno}"  # type: ignore[attr-defined]  # statements have one


def _assigns_status(node: ast.AST) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else []
    parts = [part for target in targets for part in ast.walk(target)]
    return any(isinstance(part, ast.Attribute) and part.attr == "status" for part in parts)


def _updates_status(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("update", "bulk_update")
        and any(keyword.arg == "status" for keyword in node.keywords)
    )


def test_no_file_is_longer_than_a_reader_bears() -> None:
    files = [
        path for path in tracked(".py", ".html", ".css", ".js") if "migrations" not in str(path)
    ]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files
        if (lines := len(path.read_text().splitlines())) > LONGEST
    }

    assert long == {}


def test_no_room_has_a_name_that_says_nothing() -> None:
    assert [str(path) for path in tracked(".py") if path.stem in BANNED] == []


def test_every_app_says_what_its_room_is_for() -> None:
    for app in FLOORS:
        words = ast.get_docstring(ast.parse((ROOT / app / "__init__.py").read_text()))
        assert words
        assert 2 <= len(words.splitlines()) + 1 <= 8


def test_every_public_thing_says_what_it_promises() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in tracked(".py")
        if not str(path.relative_to(ROOT)).startswith("tests/") and "migrations" not in str(path)
        for node in _public(ast.parse(path.read_text()))
        if not ast.get_docstring(node)
    ]

    assert silent == []


def _public(tree: ast.Module) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Functions and classes of a module, and methods of its classes; `Meta` and dunders aside."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from (
                part
                for part in node.body
                if isinstance(part, ast.FunctionDef)
                and not part.name.startswith("_")
                and not any(
                    isinstance(mark, ast.Name) and mark.id == "override"
                    for mark in part.decorator_list
                )
            )


@pytest.mark.parametrize("word", [r"\bTODO", r"FIXME", r"XXX\b"])
def test_nothing_is_left_for_later_without_an_owner(word: str) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in tracked(".py", ".html", ".css", ".js")
        if path != Path(__file__) and re.search(word, path.read_text())
    ]

    assert found == []
