"""A panel: a heading, one computed sentence, a figure, a table, and the file of the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format


@dataclass(frozen=True)
class Cell:
    """One number as the page shows it: `rows` of it are at `url`, where it is one of rows.

    `value` is what the file says, if that is not the words; a long one may break into lines.
    """

    words: str
    url: str = ""
    rows: int | None = None
    value: Any = None
    is_long: bool = False

    @property
    def plain(self) -> str:
        """For the file."""
        return self.words if self.value is None else str(self.value)


@dataclass(frozen=True)
class Row:
    """One line of the table: its head, its numbers, the length of its bar in hundredths."""

    head: str
    cells: Sequence[Cell]
    url: str = ""
    bar: int | None = None
    state: str = ""
    language: str = ""


@dataclass(frozen=True)
class Panel:
    """What a panel shows. `figure` names the template part that draws `drawing`.

    `columns` are the heads of the cells; the first column is named by `of`. `folded` hides the
    table behind its figure until somebody opens it.
    """

    slug: str
    heading: str
    finding: str
    of: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Row] = ()
    figure: str = ""
    drawing: Any = None
    notes: Sequence[str] = ()
    folded: bool = False
    sums: Row | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def has_bars(self) -> bool:
        """The table is the bar chart."""
        return any(row.bar is not None for row in self.rows)

    def lines(self) -> Iterator[list[str]]:
        """The file: heads, rows, sums."""
        yield [self.of, *self.columns]
        for row in (*self.rows, *([self.sums] if self.sums else [])):
            yield [row.head, *(cell.plain for cell in row.cells)]


def counted(number: int, url: str = "") -> Cell:
    """So many rows, which are there; nothing leads to none that can't be shown."""
    return Cell(grouped(number), url, number if url else None, number)


def grouped(number: int) -> str:
    """12,345."""
    return str(number_format(number, use_l10n=True, force_grouping=True))


def percent(part: float, whole: float, places: int = 0) -> str:
    """A share of a hundred; never rounded up to all, nor down to none."""
    if not whole:
        return "–"
    share, least = 100 * part / whole, 10**-places
    if part < whole:
        share = min(share, 100 - least)
    if part > 0:
        share = max(share, least)
    return f"{share:.{places}f} %"


def bars(numbers: Sequence[int]) -> list[int]:
    """Hundredths of the longest; what is there at all can be seen."""
    most = max(numbers, default=0)
    return [max(1, round(100 * number / most)) if number else 0 for number in numbers]
