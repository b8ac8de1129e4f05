"""A small still map, drawn by the server from the tiles of one host, if one is named."""

import math
from dataclasses import dataclass

from django.conf import settings

TILE = 256
ZOOM = 16
WIDTH, HEIGHT = 512, 256


@dataclass(frozen=True)
class Tile:
    """One picture and where its corner lies in the drawing."""

    address: str
    x: float
    y: float


@dataclass(frozen=True)
class Map:
    """The tiles around a position, which is the middle of the drawing."""

    tiles: tuple[Tile, ...]
    width: int = WIDTH
    height: int = HEIGHT
    tile: int = TILE

    @property
    def middle(self) -> tuple[int, int]:
        """Where the mark stands."""
        return self.width // 2, self.height // 2


def map_of(position: tuple[float, float] | None) -> Map | None:
    """The map around (latitude, longitude); None without a position or an address for tiles."""
    if position is None or not settings.MAP_TILES:
        return None
    x, y = _pixels(*position)
    left, top = x - WIDTH / 2, y - HEIGHT / 2
    columns = range(math.floor(left / TILE), math.floor((left + WIDTH) / TILE) + 1)
    rows = range(math.floor(top / TILE), math.floor((top + HEIGHT) / TILE) + 1)
    return Map(
        tuple(
            Tile(
                settings.MAP_TILES.format(z=ZOOM, x=column, y=row),
                round(column * TILE - left, 1),
                round(row * TILE - top, 1),
            )
            for row in rows
            for column in columns
        )
    )


def _pixels(latitude: float, longitude: float) -> tuple[float, float]:
    """On the plane of the usual web map (Mercator)."""
    world = TILE * 2**ZOOM
    sine = math.sin(math.radians(latitude))
    return (
        world * (longitude + 180) / 360,
        world * (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)),
    )
