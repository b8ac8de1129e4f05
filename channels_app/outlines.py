"""Outlines of the boroughs out of a GeoJSON file: every fault is named by its feature."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from people.models import Office

# What the files of the statistics office, the road address office and others call it.
NAMES = (
    "SIG_KOR_NM", "SGG_NM", "sggnm", "name", "NAME", "NAME_2", "name_ko", "adm_nm",
    "SIG_ENG_NM", "name_eng", "name_en", "NAME_ENG",
)  # fmt: skip
CODES = ("SIG_CD", "SGG_CD", "sgg", "code")
SEOUL = "11"  # the first two digits of a district's code
WEST, SOUTH, EAST, NORTH = 124.0, 33.0, 132.0, 39.0
Feature = Mapping[str, Any]


class OutlineError(Exception):
    """The file can't be used; each argument is a sentence for who gave it."""


@dataclass(frozen=True)
class Outline:
    """One borough and its shape, valid, in degrees of WGS 84."""

    office: Office
    shape: BaseGeometry
    repaired: bool


def features_in(path: Path) -> list[Feature]:
    """The features of the file, those of other cities left out. Raises OutlineError."""
    try:
        content = json.loads(path.read_bytes())
    except OSError as problem:
        raise OutlineError(_("The file can't be read: %s") % problem.strerror) from problem
    except ValueError as problem:
        raise OutlineError(_("The file is no JSON: %s") % problem) from problem
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise OutlineError(_("The file is no GeoJSON FeatureCollection."))
    ours = [one for one in features if _code(one).startswith(SEOUL) or not _code(one)]
    if not ours:
        raise OutlineError(_("The file holds no features of this city."))
    return ours


def outlines_in(features: Iterable[Feature]) -> list[Outline]:
    """An outline for each feature. Raises OutlineError with a sentence for everything wrong."""
    known = {name: office for office in Office.objects.boroughs() for name in _names_of(office)}
    found: list[Outline] = []
    problems: list[str] = []
    for number, feature in enumerate(features, start=1):
        try:
            found.append(_outline(feature, number, known))
        except OutlineError as problem:
            problems.append(str(problem))
    problems += _twice(found)
    if problems:
        raise OutlineError(*problems)
    return found


def _outline(feature: Feature, number: int, known: Mapping[str, Office]) -> Outline:
    named = list(_named(feature))
    office = next((known[name] for name in named if name in known), None)
    if office is None:
        told = {"number": number, "names": ", ".join(named) or _("no name")}
        raise OutlineError(_("Feature %(number)d (%(names)s) is no borough of the city.") % told)
    told = {"number": number, "names": office.name_ko.removesuffix("청")}
    drawn = _drawn(feature, told)
    west, south, east, north = drawn.bounds
    if not (west >= WEST and south >= SOUTH and east <= EAST and north <= NORTH):
        raise OutlineError(
            _(
                "Feature %(number)d (%(names)s) lies outside 124–132 E and 33–39 N: the file"
                " has another coordinate system. Convert it to WGS 84 (EPSG:4326) first."
            )
            % told
        )
    if drawn.is_valid:
        return Outline(office, drawn, repaired=False)
    return Outline(office, _mended(drawn, told), repaired=True)


def _drawn(feature: Feature, told: dict[str, object]) -> BaseGeometry:
    """The geometry as it stands, if it is one that encloses something."""
    try:
        drawn = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        raise OutlineError(
            _("Feature %(number)d (%(names)s) has no geometry that can be read.") % told
        ) from None
    if not isinstance(drawn, Polygon | MultiPolygon) or drawn.is_empty:
        raise OutlineError(
            _("Feature %(number)d (%(names)s) must be a Polygon or a MultiPolygon.") % told
        )
    return drawn


def _mended(drawn: BaseGeometry, told: dict[str, object]) -> BaseGeometry:
    """Without crossings; points and lines that are left over enclose nothing."""
    parts = shapely.get_parts(shapely.make_valid(drawn))
    mended = shapely.union_all([part for part in parts if isinstance(part, Polygon | MultiPolygon)])
    if mended.is_empty or not mended.is_valid:
        raise OutlineError(_("Feature %(number)d (%(names)s) can't be repaired.") % told)
    return mended


def _twice(found: Iterable[Outline]) -> Iterator[str]:
    seen: set[int] = set()
    for one in found:
        if one.office.pk in seen:
            yield _("%s stands in the file twice.") % one.office.name_ko.removesuffix("청")
        seen.add(one.office.pk)


def _named(feature: Feature) -> Iterator[str]:
    """Everything that may be the name of the borough; of "서울특별시 마포구" the last word."""
    properties = feature.get("properties")
    for name in NAMES:
        value = properties.get(name) if isinstance(properties, dict) else None
        if isinstance(value, str) and value.strip():
            yield value.split()[-1].lower()


def _code(feature: Feature) -> str:
    properties = feature.get("properties")
    values = [properties.get(name) for name in CODES] if isinstance(properties, dict) else []
    return next((str(value) for value in values if value), "")


def _names_of(office: Office) -> tuple[str, ...]:
    """마포구, mapo-gu and mapo."""
    english = office.name_en.removesuffix(" Office").lower()
    return office.name_ko.removesuffix("청"), english, english.removesuffix("-gu")
