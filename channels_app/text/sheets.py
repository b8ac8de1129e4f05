"""A file of rows as offices write it: whatever the spreadsheet, the encoding and the sign between.

Pure reading: names of columns in Korean or English become ours, cells become tidy words.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from channels_app.text.normal import folded, tidy

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "words", "내용", "말씀", "의견", "글", "민원내용"),
    "kind": ("kind", "type", "종류", "유형", "구분"),
    "borough": ("borough", "district", "자치구", "구"),
    "place": ("place", "location", "장소", "위치"),
    "channel": ("channel", "way", "통로", "경로", "접수경로", "들어온길"),
    "language": ("language", "lang", "언어"),
    "received_at": ("received_at", "received", "date", "받은날", "접수일", "접수일시", "날짜"),
    "contact": ("contact", "mail", "e-mail", "email", "phone", "연락처", "전화", "이메일"),
    "public": ("public", "공개", "공개여부", "공개동의"),
}
OURS = {name: column for column, names in COLUMNS.items() for name in names}
SEPARATORS = (",", ";", "\t")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
CELL = 8 * 1024 * 1024  # a cell may be as large as the file: how long words may be is said later
csv.field_size_limit(CELL)


class SheetError(Exception):
    """The file as a whole can't be read; `name` says why, `more` what of it."""

    def __init__(self, name: str, **more: object) -> None:
        super().__init__(name)
        self.name, self.more = name, more


@dataclass(frozen=True)
class Row:
    """One row under the number a spreadsheet shows; `broken` names what could not be read."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    broken: str = ""


def decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, or CP949. Raises SheetError."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("encoding")


def rows(text: str) -> Iterator[Row]:
    """Every row that holds something. Raises SheetError where the first one is no head."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    columns = _columns(_head(reader))
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(number, broken="quotes")
            continue
        if any(tidy(cell) for cell in cells):
            yield _row(number, columns, cells)


def left_out(text: str) -> list[str]:
    """Names of columns that are none of ours, as they stand in the head."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    return [tidy(name)[:40] for name in next(reader, []) if tidy(name) and _plain(name) not in OURS]


def defused(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _separator(text: str) -> str:
    """What stands most often in the first line; a comma where there is only one column."""
    first = text.partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def _head(reader: Iterator[list[str]]) -> list[str]:
    try:
        head = next(reader, [])
    except csv.Error as problem:
        raise SheetError("quotes_in_head") from problem
    if not any(tidy(name) for name in head):
        raise SheetError("empty")
    return head


def _columns(head: Sequence[str]) -> list[str]:
    """Our name of each column, nothing for a foreign one."""
    columns = [OURS.get(_plain(name), "") for name in head]
    known = [column for column in columns if column]
    for column in known:
        if known.count(column) > 1:
            raise SheetError("twice", column=column)
    if "text" not in known:
        raise SheetError("no_text_column")
    return columns


def _plain(name: str) -> str:
    return folded(tidy(name)).replace(" ", "")


def _row(number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    if any(tidy(cell) for cell in cells[len(columns) :]):
        return Row(number, broken="cells")
    named = zip(columns, cells, strict=False)
    return Row(number, {column: tidy(cell) for column, cell in named if column})
