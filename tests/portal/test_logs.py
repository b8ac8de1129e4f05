"""No line of a log holds a private link or what somebody typed about a person."""

import io
import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest

from seoul_portal.logs import NoSecrets

TOKEN = "abcdefghijklmnopqrstuvwxyz12"
SECRETS = ("1234-5678", "12345678", "900101", "1203호", "12가 3456", "mina@", "홍길동", TOKEN)
WORDS = (
    "제 번호는 010-1234-5678, 900101-1234567, 101동 1203호, 12가 3456, mina@example.org,"
    f" 이름: 홍길동, /s/S-2026-004127/{TOKEN}/"
)


@pytest.fixture
def paper() -> Iterator[io.StringIO]:
    """What a handler like ours writes of a logger of its own."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(
        logging.Formatter("%(levelname)s %(message)s %(told)s", defaults={"told": ""})
    )
    handler.addFilter(NoSecrets())
    _log().handlers = [handler]
    yield written
    _log().handlers = []


def _log() -> logging.Logger:
    log = logging.getLogger("tests.paper")
    log.propagate = False
    return log


def _fail() -> None:
    try:
        os.environ[WORDS]
    except KeyError as problem:
        raise ValueError(f"for {WORDS}") from problem


def holds_secrets(written: str) -> list[str]:
    """Which of them can be read."""
    return [secret for secret in SECRETS if secret in written]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ((WORDS,), {}),
        (("heard: %s", WORDS), {}),
        (("heard: %r", WORDS), {}),
        (("%(said)s", {"said": WORDS}), {}),
        (("heard: %s", [WORDS]), {}),
        (("too few: %s %s", WORDS), {}),
        (("a code: %d", WORDS), {}),
        (("told",), {"told": WORDS}),
        (("told",), {"told": {"who": [WORDS], WORDS: 1}}),
        (("told",), {"told": ValueError(WORDS)}),
        (("told",), {"told": 821012345678}),
        (("%s", WORDS.encode("unicode_escape").decode()), {}),
        (("%r", WORDS.replace("1234-5678", "1234-\u200b5678").replace("12가", "12\u200b가")), {}),
    ],
)
def test_a_line_is_clean_however_it_was_given(
    paper: io.StringIO, line: tuple[Any, ...], told: dict[str, Any]
) -> None:
    _log().error(*line, extra=told)

    assert paper.getvalue()
    assert holds_secrets(paper.getvalue()) == []


def test_an_exception_is_told_without_what_it_holds(paper: io.StringIO) -> None:
    try:
        _fail()
    except ValueError:
        _log().exception("failed", stack_info=True)

    written = paper.getvalue()
    assert "ValueError: for" in written
    assert "KeyError" in written
    assert "Stack (most recent call last)" in written
    assert holds_secrets(written) == []


def test_another_handler_can_not_write_the_exception_again(paper: io.StringIO) -> None:
    second = io.StringIO()
    _log().addHandler(logging.StreamHandler(second))
    try:
        _fail()
    except ValueError:
        _log().exception("failed")

    assert "ValueError" in second.getvalue()
    assert holds_secrets(second.getvalue()) == []


def test_a_line_without_a_person_stays_as_it_was(paper: io.StringIO) -> None:
    line = '"GET /smc/?show=overdue HTTP/1.1" 200 12345 in 0.0123 s, S-2026-004127, 02-2133-2279'

    _log().info(line)
    _log().warning(line)

    assert paper.getvalue().strip().endswith(line)
