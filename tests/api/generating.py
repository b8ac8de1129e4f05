"""What schemathesis can't read from a schema: which boroughs there are, and what a photo is.

Loaded by `st run` through SCHEMATHESIS_HOOKS. Only requests meant to be right are helped; whatever
is meant to be wrong goes out as it was made.
"""

import itertools
import uuid
from io import BytesIO
from typing import Any

import schemathesis
from hypothesis import strategies as st
from PIL import Image
from schemathesis import HookContext

BOROUGHS = ("mapo", "eunpyeong", "jongno")
OFFICES = ("social-media-centre", *BOROUGHS)
MOST_PHOTOS = 5

_number = itertools.count()


def _photo(form: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (8, 8), "white").save(written, form)
    return written.getvalue()


for kind in ("jpeg", "png", "webp"):
    schemathesis.openapi.media_type(f"image/{kind}", st.just(_photo(kind)))
schemathesis.openapi.media_type("image/heic", st.just(_photo("jpeg")))  # by its bytes, not its name


@schemathesis.hook
def before_call(context: HookContext, case: Any, kwargs: Any) -> None:
    """Put known values where a schema only knows their shape."""
    if not case.meta or not case.meta.generation.mode.is_positive:
        return
    number = next(_number)
    if "Idempotency-Key" in (case.headers or {}):  # a key used twice is another right answer
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if isinstance(case.query, dict):
        _know(case.query, number)
        case.query.pop("cursor", None)  # the portal alone makes them
        if ("latitude" in case.query) != ("longitude" in case.query):
            case.query.pop("latitude", None)  # no schema can say of an address: both or none
            case.query.pop("longitude", None)
    if isinstance(case.body, dict):
        # A body with photos can't be changed and still count as right.
        if "borough" in case.body or len(case.body.get("photos", ())) > MOST_PHOTOS:
            case.body.pop("photos", None)
        _know(case.body, number)


def _know(typed: dict[str, Any], number: int) -> None:
    for name, known in (("borough", BOROUGHS), ("office", OFFICES)):
        if name in typed:
            typed[name] = known[number % len(known)]
