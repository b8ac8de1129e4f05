"""The numbers of the wall, the same for everybody; its stream never reaches Django."""

from tests.matrix.addresses import page

LIVE = [page("live/wall.json")]
