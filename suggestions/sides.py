"""Who sits in a committee, side by side, for a page."""

from collections.abc import Sequence
from typing import NamedTuple

from suggestions.models import Seat
from suggestions.states_of_committees import NEEDED_SIDES, Side


class SideOf(NamedTuple):
    """One side with its seats; `missing`: the committee can't do without it, and nobody sits."""

    side: Side
    seats: list[Seat]
    missing: bool


def sides_of(seats: Sequence[Seat]) -> list[SideOf]:
    """All four in their order, empty ones too."""
    return [
        SideOf(side, rows, side in NEEDED_SIDES and not any(row.is_sitting for row in rows))
        for side in Side
        for rows in [[seat for seat in seats if seat.side == side]]
    ]
