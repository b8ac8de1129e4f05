"""Draws one photo anew, in a process of its own that a bomb or a poisoned file may kill.

Started as a script, apart from the portal: it knows no secret and no database. The original comes
through stdin; both copies leave through open files whose numbers it is told; stdout gets one line
of JSON: the width and height, or why not.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, UnidentifiedImageError

MEMORY = 185_000_000  # bytes this process may hold, all in all
SECONDS = 20  # of processor time
LARGEST_COPY = 20_000_000
PROGRESSIVE_MOST = 20_000_000  # pixels of a progressive JPEG that surely fit
QUALITY = 82
ORIENTATION = 0x0112
RAW_FORMATS = ("JPEG", "PNG", "WEBP")
DEEP = ("I;16", "I;16L", "I;16B", "I")  # greys of 16 bits
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class NotDrawnError(Exception):
    """It can't be drawn; its text is a PhotoTrouble."""


def main(picture: int, thumbnail: int, longer: int, small: int, pixels: int) -> None:
    """Both copies of the photo in stdin, or why not."""
    _limit()
    try:
        image = _opened(sys.stdin.buffer, longer, pixels)
        copy = _plain(image, longer)
        _save(copy, picture)
        told: dict[str, Any] = {"width": copy.width, "height": copy.height}
        copy.thumbnail((small, small))
        _save(copy, thumbnail)
    except NotDrawnError as problem:
        told = {"why": str(problem)}
    except (MemoryError, Image.DecompressionBombError):
        told = {"why": "too_large"}
    except (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError):
        told = {"why": "damaged"}
    print(json.dumps(told))  # noqa: T201 - this is how it answers


def _limit() -> None:
    """From here on neither more memory nor more time, and nothing left behind if it falls."""
    with open("/proc/self/statm", "rb") as file:
        mapped, held = (int(pages) * resource.getpagesize() for pages in file.read().split()[:2])
    most = mapped + MEMORY - held
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_COPY, LARGEST_COPY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def _opened(file: Any, longer: int, pixels: int) -> Image.Image:
    """The first picture of the file, its pixels decoded; not one pixel if there are too many."""
    Image.MAX_IMAGE_PIXELS = pixels
    content = BytesIO(file.read())
    if content.getvalue()[4:8] == b"ftyp":
        return _heic(content, longer, pixels)
    image = Image.open(content, formats=RAW_FORMATS)
    if (image_pixels := image.width * image.height) > pixels:
        raise NotDrawnError("too_large")
    scale = min(1.0, longer / max(image.size))
    # A JPEG can be decoded at a half, a quarter or an eighth: that saves memory and time.
    image.draft(image.mode, (round(image.width * scale), round(image.height * scale)))
    try:
        image.load()
    except OSError as problem:
        # A progressive one is held whole, whatever the scale: it was the memory, not the file.
        if image.info.get("progressive") and image_pixels > PROGRESSIVE_MOST:
            raise NotDrawnError("too_large") from problem
        raise
    return image


def _heic(file: Any, longer: int, pixels: int) -> Image.Image:
    """In strips, each made small at once: the whole would be in memory twice."""
    import pillow_heif  # only here: most photos do without

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.options.THUMBNAILS = False
    pillow_heif.options.DEPTH_IMAGES = False
    pillow_heif.options.AUX_IMAGES = False
    heif = pillow_heif.open_heif(file, convert_hdr_to_8bit=True)
    width, height = heif.size
    if width * height > pixels:
        raise NotDrawnError("too_large")
    one = heif[heif.primary_index]
    data, stride, mode = memoryview(one.data), one.stride, one.mode
    factor = max(1, max(width, height) // longer)
    rows = 256 // factor * factor or factor
    whole = Image.new(mode, (-(-width // factor), -(-height // factor)))
    for top in range(0, height, rows):
        count = min(rows, height - top)
        part = bytes(data[top * stride : (top + count) * stride])
        strip = Image.frombuffer(mode, (width, count), part, "raw", mode, stride, 1)
        whole.paste(strip.reduce(factor), (0, top // factor))
    if profile := one.info.get("icc_profile"):
        whole.info["icc_profile"] = profile
    return whole  # libheif has turned it already


def _plain(image: Image.Image, longer: int) -> Image.Image:
    """Small enough, upright, in sRGB, without transparency, without a word of what came along."""
    orientation = image.getexif().get(ORIENTATION) if image.format else None
    profile = image.info.get("icc_profile")
    if image.mode in DEEP:
        image = image.convert("I").point(lambda value: value * (1 / 256) + 0).convert("L")
    elif image.mode == "P" and "transparency" not in image.info:
        image = image.convert("RGB")
    elif "transparency" in image.info or image.mode in ("P", "LA", "PA", "La", "RGBa"):
        image = image.convert("RGBA")
    image.thumbnail((longer, longer))
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    image = _in_srgb(image, profile)
    if orientation in TURNS:
        image = image.transpose(TURNS[orientation])
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    return bare


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By its own colour profile where it has one that can be used."""
    if profile and image.mode in ("RGB", "L", "CMYK"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, theirs, ours, outputMode="RGB")
            if turned is not None:
                return turned
    return image if image.mode == "RGB" else image.convert("RGB")


def _save(image: Image.Image, number: int) -> None:
    with os.fdopen(number, "wb", closefd=False) as file:
        image.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=False)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:6]))
