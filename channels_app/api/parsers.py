"""Reading a body: strict, small, and never a surprise further in."""

import json
import math
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, DataAndFiles, MultiPartParser

from channels_app.api.problems import ProblemError

LONGEST = 256 * 1024  # bytes: four times the longest message, every sign of it escaped
BIGGEST = 2**53  # beyond it a number is not the same for every reader
UNREADABLE = "\N{REPLACEMENT CHARACTER}"


class StrictJson(BaseParser):
    """One JSON object in UTF-8: no NaN, no name twice, no number nobody needs."""

    media_type = "application/json"

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Any = None
    ) -> dict[str, Any]:
        """The object. Raises ParseError in words, ProblemError for too much of it."""
        body: bytes = stream.read(LONGEST + 1)
        if len(body) > LONGEST:
            raise ProblemError("too-large", _("JSON may be up to 256 kB long."))
        try:
            read = json.loads(
                body.decode(),
                parse_constant=_refuse_number,
                parse_int=_whole,
                parse_float=_finite,
                object_pairs_hook=_once,
            )
            json.dumps(read, ensure_ascii=False).encode()  # half a sign is no text
        except UnicodeDecodeError as problem:
            raise ParseError(_("The body is not UTF-8.")) from problem
        except (ValueError, RecursionError) as problem:
            raise ParseError(_("The body is not JSON we can read.")) from problem
        if not isinstance(read, dict):
            raise ParseError(_("Send one JSON object, with names and values."))
        return read


class ReadableForm(MultiPartParser):
    """A multipart form; with photos, this is the only way."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Any = None
    ) -> "DataAndFiles[Any, Any]":
        """Fields and files. Raises ParseError."""
        try:
            read: DataAndFiles[Any, Any] = super().parse(stream, media_type, parser_context)
        except UnicodeError as problem:
            raise ParseError(_("The body is not UTF-8.")) from problem
        if any(UNREADABLE in value for _name, values in read.data.lists() for value in values):
            raise ParseError(_("The body is not UTF-8."))
        return read


def _refuse_number(text: str) -> NoReturn:
    raise ValueError(text)


def _whole(text: str) -> int:
    number = int(text) if len(text) < 20 else BIGGEST
    if abs(number) >= BIGGEST:
        _refuse_number(text)
    return number


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse_number(text)
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object with a name twice means something else to every reader."""
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError("a name twice")
    return read
