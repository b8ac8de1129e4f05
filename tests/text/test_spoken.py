"""A receipt number is read out so that it is understood at once."""

import pytest

from channels_app.text import spoken


@pytest.mark.parametrize(
    ("code", "groups"),
    [
        ("S-2026-004127", ["S", "2026", "004", "127"]),
        ("S-2026-1004127", ["S", "2026", "1", "004", "127"]),
    ],
)
def test_digits_stand_in_groups_of_three(code: str, groups: list[str]) -> None:
    assert spoken.groups(code) == groups


@pytest.mark.parametrize(
    ("code", "korean"),
    [
        ("S-2026-004127", "에스, 이천이십육, 공공사, 일이칠"),
        ("S-2110-000090", "에스, 이천백십, 공공공, 공구공"),
    ],
)
def test_korean_reads_the_year_as_a_number_and_the_rest_by_digits(code: str, korean: str) -> None:
    assert spoken.in_korean(code) == korean


@pytest.mark.parametrize(
    ("code", "english"),
    [
        (
            "S-2026-004127",
            "S as in Seoul, twenty twenty-six, zero zero four, one two seven",
        ),
        ("S-2030-000001", "S as in Seoul, twenty thirty, zero zero zero, zero zero one"),
        ("S-2112-000001", "S as in Seoul, twenty-one twelve, zero zero zero, zero zero one"),
        ("S-2009-000001", "S as in Seoul, two zero zero nine, zero zero zero, zero zero one"),
    ],
)
def test_english_reads_the_year_in_halves(code: str, english: str) -> None:
    assert spoken.in_english(code) == english
