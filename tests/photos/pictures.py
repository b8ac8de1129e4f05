"""Photos of all kinds, made by the test; and what a file says of itself."""

import struct
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageDraw

from channels_app import actions
from channels_app.models import Attachment, Message
from tests.channels_app.factories import WORDS
from tests.people import factories as people

SEOUL = (37.566294, 126.977944)
GPS = ((37.0, 33.0, 58.66), (126.0, 58.0, 40.6))
HERE = {"latitude": GPS[0], "longitude": GPS[1]}


def exif(*, orientation: int = 1, gps: bool = True, padding: int = 0) -> bytes:
    """The header of a phone: who made it, how it was held, where."""
    told = Image.Exif()
    told[ExifTags.Base.Make] = "SECRETPHONE"
    told[ExifTags.Base.Orientation] = orientation
    if padding:
        told[ExifTags.Base.ImageDescription] = "p" * padding
    if gps:
        where = told.get_ifd(ExifTags.IFD.GPSInfo)
        where[1], where[2], where[3], where[4] = "N", GPS[0], "E", GPS[1]
    return told.tobytes()


def corner(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """A picture with a red upper left corner, so that one sees how it is turned."""
    image = Image.new("RGB", size, "white")
    quarter = (0, 0, size[0] // 2 - 1, size[1] // 2 - 1)
    ImageDraw.Draw(image).rectangle(quarter, fill=(220, 0, 0))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a file."""
    out = BytesIO()
    if kind == "HEIC":
        pillow_heif.from_pillow(image).save(out, quality=80, **options)
    else:
        image.save(out, kind, **options)
    return out.getvalue()


def photo(size: tuple[int, int] = (64, 48), **told: Any) -> bytes:
    """As a phone sends it."""
    return encoded(corner(size), exif=exif(**told), comment=b"SECRETCOMMENT")


def upload(content: bytes, name: str = "IMG_1.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """As a form brings it."""
    return SimpleUploadedFile(name, content, kind)


def kept(draft: UUID | None = None, content: bytes = b"", **told: Any) -> Attachment:
    """A photo of a form that nobody has sent."""
    file = upload(content or photo())
    return actions.keep_photo(draft=draft or uuid4(), content=file, **told)


def sent(count: int = 1, *, text: str = WORDS, public: bool = True, **said: Any) -> Message:
    """A voice with so many photos, not drawn yet."""
    people.centre()
    draft = uuid4()
    for number in range(count):
        kept(draft, photo((64 + number, 48)), position=number)
    said = {"kind": "complaint", "photos": True, **said}
    return actions.receive(actions.Said(text=text, public=public, **said), client_key=draft)


def drawn(count: int = 1, **said: Any) -> Message:
    """A voice whose photos are ready."""
    message = sent(count, **said)
    for one in photos_of(message):
        actions.draw_photo(one)
    return message


def shown(count: int = 1, **said: Any) -> Message:
    """A public voice whose photos everyone sees."""
    message = drawn(count, **said)
    by = people.centre_officer()
    for number, one in enumerate(photos_of(message), start=1):
        actions.show_photo(one, by=by, alt=f"보도블록 {number}")
    return actions.show(message, by=by)


def photos_of(message: Message) -> list[Attachment]:
    """As they are now."""
    return list(Attachment.objects.filter(message=message))


def segments(jpeg: bytes) -> list[int]:
    """The marker of every part of a JPEG before its pixels; nothing may follow its end."""
    assert jpeg[:2] == b"\xff\xd8"
    assert jpeg[-2:] == b"\xff\xd9"
    found, at = [], 2
    while True:
        start, marker, length = struct.unpack(">BBH", jpeg[at : at + 4])
        assert start == 0xFF
        found.append(marker)
        if marker == 0xDA:
            return found
        at += 2 + length
