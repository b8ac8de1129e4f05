"""A line over weeks as numbers of an SVG: 360 wide, so that its words stay readable on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360, 210
LEFT, RIGHT, TOP, BOTTOM = 40, 350, 14, 178
STEPS = (1, 2, 3, 6, 12, 24, 48, 72, 120, 240, 480, 960, 2400)  # hours between two lines
MOST_LABELS = 6


@dataclass(frozen=True)
class Point:
    """Where a value stands."""

    x: float
    y: float


@dataclass(frozen=True)
class Series:
    """Values that follow one another, broken where one is missing."""

    points: Sequence[Point | None]

    @property
    def paths(self) -> list[str]:
        """Each unbroken stretch of at least two, as points of a polyline."""
        found: list[list[Point]] = [[]]
        for point in self.points:
            if point is None:
                found.append([])
            else:
                found[-1].append(point)
        return [" ".join(f"{p.x},{p.y}" for p in part) for part in found if len(part) > 1]

    @property
    def dots(self) -> list[Point]:
        """Where there is a value."""
        return [point for point in self.points if point]


@dataclass(frozen=True)
class Label:
    """A word at a place."""

    words: str
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """All that the picture needs."""

    series: Sequence[Series]
    across: Sequence[Label]
    up: Sequence[Label]
    target: Label | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT

    @property
    def target_word_y(self) -> float:
        """Above the target's line."""
        return self.target.y - 5 if self.target else 0


def draw(
    values: Sequence[Sequence[float | None]],
    labels: Sequence[str],
    *,
    target: tuple[float, str] | None = None,
) -> Line:
    """Series of hours, one label for each place; the scale begins at nothing."""
    known = [value for series in values for value in series if value is not None]
    highest = max([*known, target[0] if target else 1])
    step = next((each for each in STEPS if highest / each <= 5), STEPS[-1])
    top = step * -(-highest // step)
    count = len(labels)

    def x(place: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * (place / (count - 1) if count > 1 else 0.5), 1)

    def y(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)

    every = max(1, -(-count // MOST_LABELS))
    return Line(
        series=[
            Series([None if v is None else Point(x(at), y(v)) for at, v in enumerate(series)])
            for series in values
        ],
        across=[
            Label(words, min(max(x(at), LEFT), RIGHT - 14), HEIGHT - 8)
            for at, words in enumerate(labels)
            if (count - 1 - at) % every == 0
        ],
        up=[Label(f"{value:g}", LEFT - 6, y(value)) for value in _ticks(step, top)],
        target=Label(target[1], RIGHT, y(target[0])) if target else None,
    )


def _ticks(step: float, top: float) -> list[float]:
    return [step * number for number in range(int(top / step) + 1)]
