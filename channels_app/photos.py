"""What may come in as a photo, and what its header tells; no pixel is decoded here."""

import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any
from uuid import UUID

import pillow_heif
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, JpegImagePlugin, PngImagePlugin

from channels_app import media, rules
from channels_app.models import Attachment

MEGABYTE = 1024 * 1024
HEADER = MEGABYTE  # of everything but HEIC no more than this is looked at
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
Position = tuple[float, float]


class PhotoRefusedError(Exception):
    """A photo is not taken; its text is a plain sentence that names the file."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))


@dataclass(frozen=True)
class Header:
    """What a photo says of itself; None where it does not."""

    width: int | None = None
    height: int | None = None
    position: Position | None = None


def suggested_position(draft: UUID) -> Position | None:
    """Where the first photo of an unsent form was taken, if it says so."""
    rows = Attachment.objects.of_draft(draft).unsent()
    for latitude, longitude in rows.values_list("latitude", "longitude"):
        if latitude is not None and longitude is not None:
            return latitude, longitude
    return None


def read(content: UploadedFile) -> Header:
    """The header of a photo that may come in. Raises PhotoRefusedError."""
    name = {"name": name_of(content)}
    if not content.size:
        raise PhotoRefusedError(_("“%(name)s” is empty.") % name)
    most = rules.PHOTO_MEGABYTES.value()
    if content.size > most * MEGABYTE:
        words = _("“%(name)s” is larger than %(most)d MB. Please send a smaller one.")
        raise PhotoRefusedError(words % {**name, "most": most})
    head = _start(content, HEADER)
    kind = kind_of(head)
    if kind is None:
        words = _("“%(name)s” is not a photo we can read. We take JPEG, PNG, WebP and HEIC.")
        raise PhotoRefusedError(words % name)
    if kind == "heic":
        head = _start(content, content.size)
    header = _header(kind, head, is_whole=len(head) == content.size)
    if header is None:
        words = _("“%(name)s” is damaged or did not arrive completely.")
        raise PhotoRefusedError(words % name)
    pixels = (header.width or 0) * (header.height or 0)
    if pixels > rules.PHOTO_MEGAPIXELS.value() * 1_000_000:
        words = _("“%(name)s” has more than %(most)d million pixels. Please send a smaller one.")
        raise PhotoRefusedError(words % {**name, "most": rules.PHOTO_MEGAPIXELS.value()})
    return header


def find_room(content: UploadedFile, *, beside: int) -> None:
    """Whether one more goes with this form, and on our disk. Raises PhotoRefusedError."""
    most = rules.PHOTOS_MOST.value()
    if beside >= most:
        words = _("“%(name)s” was left out: %(most)d photos are the most we can take.")
        raise PhotoRefusedError(words % {"name": name_of(content), "most": most})
    if not media.has_room():
        raise PhotoRefusedError(_("We can't take photos at the moment."))


def too_many_from_here(content: UploadedFile) -> PhotoRefusedError:
    """What the sender is told beyond the limit: the words are never refused."""
    words = _(
        "“%(name)s” was left out: very many photos came from your connection within the hour."
        " You can send your words without it."
    )
    return PhotoRefusedError(words % {"name": name_of(content)})


def name_of(content: UploadedFile) -> str:
    """What the sender calls it, short enough for a sentence."""
    name = "".join(sign for sign in content.name or "" if sign.isprintable())
    return name if len(name) <= 60 else f"{name[:40]}…{name[-15:]}"


def kind_of(head: bytes) -> str | None:
    """By its first bytes, never by its name or by what the browser says."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        brands = head[8 : min(int.from_bytes(head[:4], "big"), 512)]
        told = {brands[at : at + 4] for at in range(0, len(brands), 4)}
        return "heic" if told & HEIC else None
    return None


def _start(content: UploadedFile, length: int) -> bytes:
    content.seek(0)
    head: bytes = content.read(length)
    content.seek(0)
    return head


def _header(kind: str, head: bytes, *, is_whole: bool) -> Header | None:
    """None where it can't be read; unknown where it may go on behind what we look at."""
    try:
        size, exif = READERS[kind](BytesIO(head))
    except Exception:  # made by strangers: a library may stumble in any way
        return None if is_whole else Header()
    return Header(size[0], size[1], _position(exif))


Told = tuple[tuple[int, int], bytes | None]


def _jpeg(file: IO[bytes]) -> Told:
    image = JpegImagePlugin.JpegImageFile(file)
    return image.size, image.info.get("exif")


def _png(file: IO[bytes]) -> Told:
    image = PngImagePlugin.PngImageFile(file)
    return image.size, image.info.get("exif")


def _heic(file: IO[bytes]) -> Told:
    image = pillow_heif.open_heif(file)
    return image.size, image.info.get("exif")


def _webp(file: IO[bytes]) -> Told:
    """By hand: the library sets up the whole canvas to read the header."""
    file.seek(12)
    size, exif = None, None
    while len(start := file.read(8)) == 8:
        length = int.from_bytes(start[4:], "little")
        body = file.read(length if start[:4] == b"EXIF" else min(length, 10))
        if start[:4] == b"EXIF":
            exif = body
        size = size or _webp_size(start[:4], body)
        file.seek(length + length % 2 - len(body), 1)
    if size is None:
        raise ValueError("no size")
    return size, exif


def _webp_size(name: bytes, body: bytes) -> tuple[int, int] | None:
    if name == b"VP8X":
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
        return width, height
    if name == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 ":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    return None


READERS = {"jpeg": _jpeg, "png": _png, "webp": _webp, "heic": _heic}


def _position(raw: bytes | None) -> Position | None:
    """Where it was taken, if the camera wrote it down in a way that makes sense."""
    if not raw:
        return None
    try:
        exif = Image.Exif()
        exif.load(raw)
        told = exif.get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(told[2], is_negative=told[1] == "S")
        longitude = _degrees(told[4], is_negative=told[3] == "W")
    except Exception:  # the same strangers
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or (latitude, longitude) == (0, 0):
        return None
    return latitude, longitude


def _degrees(told: Iterable[Any], *, is_negative: bool) -> float:
    """Degrees, minutes and seconds as one number. Raises ValueError where it is none."""
    degrees, minutes, seconds = (float(part) for part in told)
    whole = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(whole):
        raise ValueError("no number")
    return round(-whole if is_negative else whole, 6)
