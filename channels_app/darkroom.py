"""Where photos are drawn anew: each in a child of its own, under limits of memory and time."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from channels_app import children, media, rules
from channels_app.children import ChildFellError
from channels_app.models import Attachment, PhotoTrouble
from channels_app.models.attachments import PICTURE, THUMBNAIL

CHILD = Path(__file__).with_name("darkroom_child.py")
PATIENCE = 60  # seconds


class NotDrawnError(Exception):
    """This photo can't be drawn, however often one tries; `why` is a PhotoTrouble."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = PhotoTrouble(why)


@dataclass(frozen=True)
class Size:
    """Of the copy, in pixels."""

    width: int
    height: int


def draw(photo: Attachment) -> Size:
    """Make both copies of a photo under their names. Raises NotDrawnError, ChildFellError."""
    with (
        media.path_of(media.original_of(photo.key)).open("rb") as original,
        media.fresh(media.picture_of(photo.key)) as picture,
        media.fresh(media.thumbnail_of(photo.key)) as thumbnail,
    ):
        told = _told(original, picture, thumbnail)
    return Size(told["width"], told["height"])


def _told(original: IO[bytes], picture: IO[bytes], thumbnail: IO[bytes]) -> dict[str, int]:
    numbers = [picture.fileno(), thumbnail.fileno()]
    pixels = rules.PHOTO_MEGAPIXELS.value() * 1_000_000
    words = [str(number) for number in (*numbers, PICTURE, THUMBNAIL, pixels)]
    said = children.ask(CHILD, *words, given=original, patience=PATIENCE, files=numbers)
    try:
        told: dict[str, int | str] = json.loads(said)
    except ValueError as problem:
        raise ChildFellError(type(problem).__name__) from problem
    if "why" in told:
        raise NotDrawnError(str(told["why"]))
    return {name: int(value) for name, value in told.items()}
