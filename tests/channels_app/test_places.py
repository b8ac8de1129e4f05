"""Places: boroughs by name and by outline, and how exactly everyone may know a position."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from channels_app import places
from channels_app.models import Boundary, Message
from channels_app.text.homes import names_a_home
from people.models import Office
from tests.channels_app.factories import receive

pytestmark = pytest.mark.django_db


def square(west: float, south: float, side: float = 0.1) -> list[list[list[float]]]:
    """A borough as nobody has ever drawn one."""
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(name: str, drawn: Any, kind: str = "Polygon", key: str = "SIG_KOR_NM") -> Any:
    """One feature of the file."""
    geometry = {"type": kind, "coordinates": drawn}
    return {"type": "Feature", "properties": {key: name}, "geometry": geometry}


MAPO, JUNG = feature("마포구", square(126.8, 37.5)), feature("중구", square(126.9, 37.5))


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Write a file of these features."""

    def written(*features: Any) -> Path:
        path = tmp_path / "boroughs.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return path

    return written


def do_import(path: Path, **options: Any) -> str:
    """The words of the command."""
    told = StringIO()
    with translation.override("en"):
        call_command("import_boroughs", path, stdout=told, verbosity=0, **options)
    return told.getvalue()


def borough(slug: str) -> Office:
    return Office.objects.get(slug=slug)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("마포구에서 넘어졌어요", "mapo"),
        ("서울시 마포구청 앞", "mapo"),
        ("The pavement in Mapo-gu is broken", "mapo"),
        ("jongno gu office", "jongno"),
        ("중구 을지로와 마포구", "jung"),
        ("강서구 화곡동", "gangseo"),
        ("합정역 8번 출구 앞", None),
        ("부산 강서구 명지동", None),
        ("대구광역시 중구 동성로", None),
        ("설명이 중구난방이에요", None),
        ("친구와 함께", None),
        ("", None),
    ],
)
def test_a_borough_is_found_by_its_name(text: str, slug: str | None) -> None:
    found = places.borough_named_in(text)

    assert (found.slug if found else None) == slug


def test_without_outlines_no_position_has_a_borough() -> None:
    assert places.borough_at(37.55, 126.85) is None


def test_a_position_finds_its_borough_once_outlines_are_imported(write: Any) -> None:
    told = do_import(write(MAPO, JUNG))

    assert places.borough_at(37.55, 126.85) == borough("mapo")
    assert places.borough_at(37.55, 126.95) == borough("jung")
    assert places.borough_at(37.55, 126.9) in (borough("jung"), borough("mapo"))
    assert places.borough_at(37.9, 126.85) is None
    assert "2 outlines imported" in told


def test_a_second_import_takes_the_place_of_the_first_in_this_process_too(write: Any) -> None:
    do_import(write(MAPO))
    assert places.borough_at(37.55, 126.85) == borough("mapo")

    do_import(write(feature("용산구", square(126.8, 37.5)), feature("마포구", square(127.0, 37.5))))

    assert places.borough_at(37.55, 127.05) == borough("mapo")
    assert Boundary.objects.count() == 2


def test_a_position_costs_two_questions(
    write: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    do_import(write(MAPO, JUNG))
    places.borough_at(37.55, 126.85)

    with django_assert_num_queries(2):
        places.borough_at(37.55, 126.95)


@pytest.mark.parametrize("key", ["SIG_KOR_NM", "name", "NAME", "adm_nm"])
@pytest.mark.parametrize("name", ["마포구", "서울특별시 마포구"])
def test_the_name_stands_under_one_of_the_usual_properties(key: str, name: str, write: Any) -> None:
    do_import(write(feature(name, square(126.8, 37.5), key=key)))

    assert places.borough_at(37.55, 126.85) == borough("mapo")


def test_an_english_name_and_several_parts_are_understood(write: Any) -> None:
    drawn = [square(126.8, 37.5), square(127.1, 37.5)]

    do_import(write(feature("Mapo-gu", drawn, "MultiPolygon", "SIG_ENG_NM")))

    assert places.borough_at(37.55, 127.15) == borough("mapo")


def test_districts_of_other_cities_are_left_out_by_their_code(write: Any) -> None:
    other = feature("중구", square(129.0, 35.1))
    other["properties"]["SIG_CD"] = "26110"
    ours = feature("중구", square(126.9, 37.5))
    ours["properties"]["SIG_CD"] = "11140"

    do_import(write(other, ours))

    assert places.borough_at(37.55, 126.95) == borough("jung")
    assert places.borough_at(35.15, 129.05) is None


def test_a_crossed_outline_is_repaired(write: Any) -> None:
    bow = [[[126.8, 37.5], [126.9, 37.6], [126.9, 37.5], [126.8, 37.6], [126.8, 37.5]]]

    told = do_import(write(feature("마포구", bow)))

    assert "Mapo-gu: repaired" in told
    assert places.borough_at(37.55, 126.81) == borough("mapo")


def test_checking_changes_nothing(write: Any) -> None:
    told = do_import(write(MAPO), check=True)

    assert "1 outline could be imported" in told
    assert not Boundary.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (feature("무릉구", square(126.8, 37.5)), r"2 \(무릉구\).*구청|2 \(무릉구\)"),
        (feature("종로구", square(953000.0, 1952000.0, 100.0)), r"2 \(종로구\).*EPSG:4326"),
        (feature("종로구", [126.8, 37.5], "Point"), r"2 \(종로구\).*Polygon"),
        (feature("종로구", "nonsense"), r"2 \(종로구\)"),
        ({"type": "Feature"}, r"2 \("),
        (MAPO, "마포구"),
    ],
)
def test_a_fault_names_its_feature_and_changes_nothing(wrong: Any, words: str, write: Any) -> None:
    with pytest.raises(CommandError, match=words):
        do_import(write(MAPO, wrong))

    assert not Boundary.objects.exists()


@pytest.mark.parametrize("content", ["no json", "[]", '{"features": 3}', '{"features": []}'])
def test_a_file_that_is_none_is_refused_in_a_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "boroughs.geojson"
    path.write_text(content)

    with pytest.raises(CommandError, match="file"):
        do_import(path)
    with pytest.raises(CommandError):
        do_import(tmp_path / "nowhere")


def test_a_voice_gets_its_borough_from_position_words_or_choice(write: Any) -> None:
    do_import(write(MAPO))

    assert receive(position=(37.55, 126.85)).borough == borough("mapo")
    assert receive(place="중구 을지로 12").borough == borough("jung")
    assert receive(text="종로구 보도블록이 들렸어요").borough == borough("jongno")
    assert receive(borough=borough("gangnam"), place="마포구").borough == borough("gangnam")
    assert receive().borough is None


def test_the_public_place_is_masked() -> None:
    message = receive(place="010-1234-5678 가게 앞")

    assert "1234" not in message.masked_place
    assert "1234" in message.place


@pytest.mark.parametrize(
    ("place", "kind", "decimals"),
    [
        ("합정역 8번 출구", "complaint", 4),
        ("", "hazard", 4),
        ("행복아파트 102동 앞", "complaint", 3),
        ("102동 1204호", "complaint", 3),
        ("우리 집 앞 골목", "complaint", 3),
        ("my apartment", "hazard", 3),
        ("합정역", "question", 3),
        ("합정역", "idea", 3),
    ],
)
def test_a_position_is_public_only_roughly(place: str, kind: str, decimals: int) -> None:
    message = receive(place=place, kind=kind, position=(37.5512345, 126.9123456))

    shown = (round(37.5512345, decimals), round(126.9123456, decimals))
    assert message.public_position == shown
    assert message.position == (37.5512345, 126.9123456)
    assert receive().public_position is None


@pytest.mark.parametrize(
    "place", ["수집장 앞", "편집샵", "8호선 잠실역", "집중호우 때 잠기는 길", "모집 공고"]
)
def test_other_words_are_no_home(place: str) -> None:
    assert not names_a_home(place)


def test_a_position_without_one_number_is_refused_by_the_database() -> None:
    message = receive(position=(37.55, 126.9))
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(latitude=91)
