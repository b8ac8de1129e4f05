"""The keyword table: points, deciding rules, patterns, and when a person has to read."""

import pytest

from channels_app.text.routing import Term, Weigher

BUS, ROAD, SAFETY = 1, 2, 3
TABLE = Weigher(
    [
        Term(BUS, "버스", points=1.0),
        Term(BUS, pattern="bus_route", points=2.0),
        Term(BUS, "bus", points=2.0),
        Term(ROAD, "보도 블록", points=2.0),
        Term(ROAD, "정류장 앞", points=1.5),
        Term(SAFETY, "붕괴", decides=True),
        Term(ROAD, "도로관리과", decides=True),
    ]
)


def decide(text: str) -> int | None:
    return TABLE.verdict(text, floor=2.0, margin=1.0).office


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("472번 버스가 안 와요", BUS),
        ("보도블록이 들렸어요", ROAD),
        ("보도 블록이 들렸어요", ROAD),
        ("The BUSES never come", BUS),
        ("my business is closed", None),
        ("버스", None),  # under the floor
        ("472번 버스 정류장 앞 보도블록", None),  # 3.0 against 3.5: no clear lead
        ("472번 버스 옆 건물이 붕괴", SAFETY),  # a deciding word beats points
        ("도로관리과님, 붕괴 위험입니다", None),  # two deciding words contradict
        ("", None),
    ],
)
def test_the_table_decides_or_leaves_it_to_a_reader(text: str, office: int | None) -> None:
    assert decide(text) == office


def test_the_verdict_says_which_words_mattered_best_first() -> None:
    verdict = TABLE.verdict("472번 버스 정류장 앞", floor=2.0, margin=1.0)

    assert [candidate.office for candidate in verdict.candidates] == [BUS, ROAD]
    assert verdict.candidates[0].words == ("버스", "472번 버스")
    assert verdict.candidates[0].points == 3.0


def test_at_most_three_are_named() -> None:
    many = Weigher([Term(office, "공원", points=office) for office in range(1, 9)])

    assert [found.office for found in many.verdict("공원", floor=2, margin=1).candidates] == [
        8,
        7,
        6,
    ]
