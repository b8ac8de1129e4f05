"""Files that mean harm, or are only unusual: each made here, none taken from anywhere."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO

from PIL import Image, PngImagePlugin

from tests.photos.pictures import corner, encoded, exif, photo

SCRIPT = b"<script>alert(document.domain)</script>"
Made = Callable[[], bytes]


def archive() -> bytes:
    """A small zip of a great deal of nothing."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros", bytes(10_000_000))
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, depth: int = 8, colour: int = 2, *, more: bytes = b"") -> bytes:
    """A PNG of zeros of any size: rows are packed without ever being held together."""
    row = bytes(1 + (width * depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour] + 7) // 8)
    pack = zlib.compressobj(1)
    packed = [*(pack.compress(row) for _row in range(height)), pack.flush()]
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    ends = chunk(b"IDAT", b"".join(packed)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + ends


def png_that_says(width: int, height: int) -> bytes:
    """The head of one size, the pixels of another."""
    content = bytearray(png(8, 8))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    content[8:33] = chunk(b"IHDR", head)
    return bytes(content)


def jpeg_that_says(width: int, height: int) -> bytes:
    """The same for a JPEG."""
    content = bytearray(encoded(corner()))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def webp_that_says(width: int, height: int) -> bytes:
    """The same for a WebP: a canvas of that size."""
    inner = encoded(corner(), "WEBP")[12:]
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + sizes + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def flipped(content: bytes) -> bytes:
    """With wrong bits in its second half."""
    spoilt = bytearray(content)
    for at in range(len(spoilt) // 2, len(spoilt) - 2, 7):
        spoilt[at] ^= 0x55
    return bytes(spoilt)


def moving(kind: str) -> bytes:
    """Three frames."""
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("green", "blue")]
    return encoded(corner(), kind, save_all=True, append_images=frames, duration=50)


def png_with_text() -> bytes:
    """Words of all kinds, and a place, in a PNG."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "SECRETCOMMENT <script>alert(1)</script>")
    told.add_itxt("XML:com.adobe.xmp", "<x>SECRETXMP</x>", zip=True)
    return encoded(corner(), "PNG", pnginfo=told, exif=exif())


def bomb(name: bytes, before: bytes) -> bytes:
    """A chunk of a PNG that unpacks to 200 MB."""
    pack = zlib.compressobj(9)
    packed = b"".join(pack.compress(bytes(1_000_000)) for _mb in range(200)) + pack.flush()
    return png(64, 48, more=chunk(name, before + packed))


def padded() -> bytes:
    """A JPEG whose header never seems to begin."""
    content = photo()
    return content[:2] + b"\xff" * 2_000_000 + content[2:]


def wide(content: bytes, segments: int) -> bytes:
    """A JPEG with so many full segments before its own."""
    filling = b"\xff\xed" + struct.pack(">H", 65_535) + b"s" * 65_533
    return content[:2] + filling * segments + content[2:]


def heic(**told: object) -> bytes:
    """As a phone of today keeps it."""
    return encoded(corner((256, 192)), "HEIC", **told)


def ftyp(brand: bytes, more: bytes = b"") -> bytes:
    """The first box of a film, or of another kind of picture."""
    return struct.pack(">I", 20) + b"ftyp" + brand + b"\0\0\0\0" + b"mif1" + more


# What is drawn anew: strange, but a photo.
DRAWN: dict[str, Made] = {
    "with a place": photo,
    "a huge header": lambda: photo(padding=60_000),
    "a script in the comment": lambda: encoded(corner(), comment=SCRIPT),
    "a script in the device": lambda: encoded(corner(), exif=exif() + SCRIPT),
    "a zip behind": lambda: photo() + archive(),
    "html behind": lambda: photo() + b"<html>" + SCRIPT,
    "a broken colour profile": lambda: encoded(corner(), icc_profile=b"not a profile" * 9),
    "CMYK": lambda: encoded(corner(mode="CMYK"), exif=exif()),
    "CMYK, a broken profile": lambda: encoded(corner(mode="CMYK"), icc_profile=b"x" * 300),
    "grey": lambda: encoded(corner(mode="L"), exif=exif()),
    "progressive": lambda: encoded(corner(), progressive=True, exif=exif()),
    "many segments": lambda: wide(photo(), 60),
    **{f"orientation {n}": partial(photo, orientation=n) for n in range(1, 9)},
    "orientation 9": lambda: photo(orientation=9),
    "orientation 65535": lambda: photo(orientation=65_535),
    "16 bits of grey": lambda: encoded(Image.new("I;16", (64, 48), 40_000), "PNG"),
    "16 bits of colour": lambda: png(64, 48, depth=16),
    "16 bits and alpha": lambda: png(64, 48, depth=16, colour=6),
    "one bit": lambda: encoded(corner(mode="1"), "PNG"),
    "a palette": lambda: encoded(corner(mode="P"), "PNG"),
    "a palette and alpha": lambda: encoded(corner(mode="P"), "PNG", transparency=0),
    "grey and alpha": lambda: encoded(corner(mode="LA"), "PNG"),
    "alpha": lambda: encoded(corner(mode="RGBA"), "PNG", exif=exif()),
    "words in a PNG": png_with_text,
    "a moving PNG": lambda: moving("PNG"),
    "html behind a PNG": lambda: encoded(corner(), "PNG") + SCRIPT,
    "49 million grey pixels": lambda: png(7000, 7000, colour=0),
    "WebP": lambda: encoded(corner(), "WEBP", exif=exif(), xmp=b"SECRETXMP"),
    "WebP without loss": lambda: encoded(corner(mode="RGBA"), "WEBP", lossless=True),
    "a moving WebP": lambda: moving("WEBP"),
    "HEIC with a place": lambda: heic(exif=exif(), xmp=b"SECRETXMP"),
    "HEIC on its side": lambda: heic(exif=exif(orientation=6)),
}  # fmt: skip

# What is not taken, at the door or in the darkroom.
REFUSED: dict[str, Made] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"\xff",
    "a beginning only": lambda: b"\xff\xd8\xff",
    "a beginning, then html": lambda: b"\xff\xd8\xff\xe0" + SCRIPT * 50,
    "a beginning, then noise": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 50,
    "half a JPEG": lambda: encoded(corner((640, 480)))[:2_000],
    "a JPEG without pixels": lambda: photo()[:300],
    "a JPEG of no width": lambda: jpeg_that_says(0, 48),
    "a JPEG that says it is huge": lambda: jpeg_that_says(65_500, 65_500),
    "60 million pixels": lambda: encoded(Image.new("L", (7750, 7750)), quality=5),
    "400 million bits": lambda: png(20_000, 20_000, depth=1, colour=0),
    "more colour than memory": lambda: png(7000, 7000, colour=6),
    "a PNG that says it is huge": lambda: png_that_says(2**31 - 1, 2**31 - 1),
    "a PNG with too few pixels": lambda: png_that_says(4000, 4000),
    "a PNG without pixels": lambda: png(8, 8)[:33] + chunk(b"IEND", b""),
    "half a PNG": lambda: encoded(Image.effect_noise((99, 99), 50), "PNG")[:3_000],
    "a bomb as profile": lambda: bomb(b"iCCP", b"icc\0\0"),
    "a WebP that says it is huge": lambda: webp_that_says(2**24, 2**24),
    "a WebP canvas of 268 million": lambda: webp_that_says(16_383, 16_383),
    "half a WebP": lambda: encoded(corner((300, 300)), "WEBP")[:120],
    "a WebP without anything": lambda: b"RIFF\x04\0\0\0WEBP",
    "half a HEIC": lambda: heic()[:600],
    "a HEIC of noise": lambda: ftyp(b"heic", bytes(range(256)) * 20),
    "a HEIC with a box of 4 GB": lambda: ftyp(b"heic", b"\xff\xff\xff\xffmeta" + b"x" * 99),
    "a GIF": lambda: encoded(corner(), "GIF"),
    "a moving GIF": lambda: moving("GIF"),
    "a GIF that is JavaScript": lambda: b"GIF89a=1;alert(1)//" + bytes(99),
    "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "XML with an entity": lambda: b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    "html": lambda: b"<!doctype html>" + SCRIPT,
    "html after spaces": lambda: b"\n\n\n <html>" + SCRIPT,
    "a zip": archive,
    "gzip": lambda: zlib.compress(bytes(1_000_000), wbits=31),
    "PDF": lambda: b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript >> >>",
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(ls) run",
    "a BMP": lambda: encoded(corner(), "BMP"),
    "a TIFF": lambda: encoded(corner(), "TIFF"),
    "an icon": lambda: encoded(corner(), "ICO"),
    "a JPEG 2000": lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(99),
    "AVIF": lambda: ftyp(b"avif", bytes(99)),
    "a film": lambda: ftyp(b"isom", bytes(99)),
    "a program": lambda: b"\x7fELF\x02\x01\x01" + bytes(99),
    "PHP": lambda: b"<?php system($_GET['c']); ?>",
    "a Photoshop file": lambda: b"8BPS\0\1" + bytes(99),
    "words": lambda: "사진이 아니에요".encode(),
}  # fmt: skip

# Which way these go is left to the libraries: they may, within the limits.
EITHER: dict[str, Made] = {
    "flipped bits": lambda: flipped(encoded(corner((640, 480)))),
    "flipped bits in a PNG": lambda: flipped(encoded(corner((640, 480)), "PNG")),
    "flipped bits in a WebP": lambda: flipped(encoded(corner((640, 480)), "WEBP")),
    "flipped bits in a HEIC": lambda: flipped(heic()),
    "a header behind padding": padded,
    "a bomb as words": lambda: bomb(b"zTXt", b"Comment\0\0"),
    "a bomb as other words": lambda: bomb(b"iTXt", b"Comment\0\1\0\0\0"),
    "a WebP of 40 million": lambda: encoded(Image.new("L", (6300, 6300)), "WEBP", method=0),
}

NAMES = [
    "../../../etc/passwd.jpg",
    "..\\..\\windows\\system32\\x.jpg",
    "/etc/cron.d/x.jpg",
    "photo.php.jpg",
    "<img src=x onerror=alert(1)>.jpg",
    "a" * 300 + ".jpg",
    "zero\x00byte.jpg",
    "right\u202egpj.exe",
    "incoming/other.jpg",
    ".jpg",
    "사진 1.jpg",
]
