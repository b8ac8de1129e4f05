"""Where in the city: which borough a position or a name means. Offices and outlines are rows."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import shapely
from django.db.models import Max

from channels_app.models import Boundary
from people.models import Office

Position = tuple[float, float]  # (latitude, longitude) in WGS 84 degrees

# Six other cities have a 중구 or 강서구 of their own; 중구난방 is a word.
ELSEWHERE = r"(?:(?P<elsewhere>부산|대구|인천|광주|대전|울산)[가-힣]{0,3}\s?)?"
NOTHING = re.compile(r"(?!)")
SEOUL = r"(?:서울(?:특별)?시?\s?)?"
FRESH_FOR = 60.0  # seconds a process may trust the names it read


@dataclass(frozen=True)
class _Map:
    """The outlines as this process read them, in a tree that is asked quickly."""

    tree: shapely.STRtree
    offices: tuple[int, ...]


def borough_at(latitude: float, longitude: float) -> Office | None:
    """The borough around this position; None outside the city, or where no outline is known."""
    imported_at = Boundary.objects.aggregate(at=Max("imported_at"))["at"]
    if imported_at is None:
        return None
    drawn = _map(imported_at)
    found = drawn.tree.query(shapely.Point(longitude, latitude), predicate="intersects")
    # On the line between two boroughs both are right: always the same one of them.
    keys = sorted(drawn.offices[place] for place in found)
    return Office.objects.get(pk=keys[0]) if keys else None


@lru_cache(maxsize=1)
def _map(_imported_at: datetime) -> _Map:
    """Read once for each import, by every process for itself."""
    rows = list(Boundary.objects.order_by("office_id").values_list("office_id", "shape"))
    shapes = [shapely.from_wkb(shape) for _office, shape in rows]
    return _Map(shapely.STRtree(shapes), tuple(office for office, _shape in rows))


def borough_named_in(text: str) -> Office | None:
    """The first borough this text names, in Korean or English; None if it names none."""
    if "구" not in text and "gu" not in text.lower():
        return None
    _names.refresh()
    for found in _names.pattern.finditer(text):
        if not found["elsewhere"]:
            return _names.offices[(found["korean"] or found["english"]).lower()]
    return None


def likely_borough(position: Position | None, *texts: str) -> Office | None:
    """Where nobody chose a borough: by the position, else by the first text that names one."""
    if position is not None and (office := borough_at(*position)) is not None:
        return office
    return next((office for text in texts if (office := borough_named_in(text))), None)


class _Names:
    """The boroughs by their names in lower case, as this process last read them."""

    def __init__(self) -> None:
        self.read_at = float("-inf")
        self.offices: dict[str, Office] = {}
        self.pattern = NOTHING

    def refresh(self) -> None:
        if time.monotonic() - self.read_at < FRESH_FOR:
            return
        offices = list(Office.objects.boroughs())
        self.read_at = time.monotonic()
        korean = {office.name_ko.removesuffix("청"): office for office in offices}
        english = {_english(office): office for office in offices}
        self.offices = korean | english
        self.pattern = _pattern(korean, english) if offices else NOTHING


def _pattern(korean: Iterable[str], english: Iterable[str]) -> re.Pattern[str]:
    here, there = ("|".join(map(re.escape, names)) for names in (korean, english))
    return re.compile(
        rf"(?<![가-힣]){ELSEWHERE}{SEOUL}(?P<korean>{here})(?!난방)|\b(?P<english>{there})[-\s]?gu\b",
        re.IGNORECASE,
    )


def _english(office: Office) -> str:
    return office.name_en.removesuffix(" Office").removesuffix("-gu").lower()


_names = _Names()


def forget() -> None:
    """Read the names again at the next question."""
    _names.read_at = float("-inf")
