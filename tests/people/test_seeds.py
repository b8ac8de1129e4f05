"""The city as it starts: its offices, and the words that lead to them."""

import re
from collections import Counter
from importlib import import_module

import pytest
from django.apps import apps

from channels_app import seed_duties, seed_keywords
from channels_app.models import BoroughDuty, RoutingRule
from channels_app.models.routing import PLACES
from channels_app.text.routing import Term, Weigher
from people import seed, seed_offices
from people.models import Office, OfficeKind

pytestmark = pytest.mark.django_db
HANGUL, LATIN = re.compile("[가-힣]"), re.compile("[A-Za-z]")
FLOOR, MARGIN = 2.0, 1.0


@pytest.fixture(scope="module")
def slugs() -> list[str]:
    """The place of an office in this list stands for its key."""
    return [row[0] for row in seed_offices.rows()]


@pytest.fixture(scope="module")
def weigher(slugs: list[str]) -> Weigher:
    """The seeded table, without a database."""
    return Weigher(
        Term(slugs.index(slug), words, pattern, points, decides)
        for slug, words, pattern, points, decides in seed_keywords.rows()
    )


def test_all_twenty_five_boroughs_are_there_by_their_official_names() -> None:
    boroughs = Office.objects.filter(kind=OfficeKind.BOROUGH)

    assert boroughs.count() == 25
    assert {office.name_en.removesuffix(" Office")[-3:] for office in boroughs} == {"-gu"}
    assert {office.name_ko[-2:] for office in boroughs} == {"구청"}


def test_every_office_has_names_and_duties_in_both_languages() -> None:
    for office in Office.objects.all():
        assert HANGUL.search(office.name_ko), office.slug
        assert LATIN.search(office.name_en), office.slug
        assert not HANGUL.search(office.name_en + office.duties_en), office.slug
        assert HANGUL.search(office.duties_ko), office.slug
        assert office.duties_en.endswith("."), office.slug


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("mayor", OfficeKind.MAYOR),
        ("vice-mayor-1", OfficeKind.BUREAU),
        ("vice-mayor-2", OfficeKind.BUREAU),
        ("social-media-centre", OfficeKind.CENTRE),
        ("dasan", OfficeKind.CALL_CENTRE),
        ("sh", OfficeKind.CORPORATION),
        ("attentive-listening", OfficeKind.TEAM),
        ("local-authority", OfficeKind.TEAM),
        ("public-communication", OfficeKind.BUREAU),
        ("social-innovation", OfficeKind.BUREAU),
        ("spokesperson", OfficeKind.BUREAU),
        ("safety", OfficeKind.DEPARTMENT),
    ],
)
def test_the_offices_named_in_the_decisions_exist(slug: str, kind: str) -> None:
    assert Office.objects.get(slug=slug).kind == kind


def test_there_are_enough_departments_and_each_has_somebody_above_it() -> None:
    departments = Office.objects.filter(kind=OfficeKind.DEPARTMENT)

    assert departments.count() >= 30
    assert not departments.filter(parent=None).exists()


def test_planting_again_keeps_what_was_changed() -> None:
    Office.objects.filter(slug="bus-policy").update(name_ko="버스과")
    before = Office.objects.count()

    seed.plant(Office)

    assert Office.objects.count() == before
    assert Office.objects.get(slug="bus-policy").name_ko == "버스과"


def test_the_table_is_large_has_no_duplicates_and_fits_its_columns() -> None:
    rows = seed_keywords.rows()
    words = Counter(words.casefold() for _slug, words, *_rest in rows if words)

    assert len(rows) >= 250
    assert [word for word, times in words.items() if times > 1] == []
    assert all(2 <= len(word) <= 40 for word in words)
    assert RoutingRule.objects.count() == len(rows)
    for rule in RoutingRule.objects.select_related("office"):
        rule.full_clean(exclude=["office"])


def test_every_word_alone_reaches_its_office(weigher: Weigher, slugs: list[str]) -> None:
    for slug, words, _pattern, points, decides in seed_keywords.rows():
        if not words:
            continue
        verdict = weigher.verdict(words, floor=FLOOR, margin=MARGIN)
        assert slugs[verdict.candidates[0].office] == slug, words
        if points >= FLOOR or decides:
            assert verdict.office == slugs.index(slug), words


def test_every_office_is_found_by_its_own_name() -> None:
    """It decides alone, except where the name says a place: "in front of Jongno-gu Office"."""
    weigher = Weigher(RoutingRule.objects.terms())

    for office in Office.objects.answering():
        for name in (office.name_ko, office.name_en):
            verdict = weigher.verdict(name, floor=FLOOR, margin=MARGIN)
            assert verdict.candidates[0].office == office.pk, name
            if office.kind not in PLACES:
                assert verdict.office == office.pk, name


COMPLAINTS = [
    ("bus-policy", "472번 버스가 정류장을 그냥 지나쳤어요. 20분을 더 기다렸습니다."),
    ("bus-policy", "버스 배차간격이 너무 길어요. 출근 시간에 좀 늘려 주세요."),
    ("bus-policy", "The 7016 bus driver was rude and drove off while I was boarding."),
    ("bus-policy", "버스정류장에 의자가 없어서 어르신들이 힘들어해요. 벤치 좀 놓아 주세요."),
    ("urban-railway", "2호선 너무 덥습니다. 냉방 좀 해 주세요."),
    ("urban-railway", "The platform door at Sadang station does not close."),
    ("sidewalks", "합정역 8번 출구 앞 보도블록이 들려 있어요. 유모차가 걸립니다."),
    ("sidewalks", "학교 앞 보도블록이 깨져서 아이들이 넘어져요."),
    ("sidewalks", "The sidewalk in front of my house is broken and I tripped."),
    ("road-management", "집 앞 도로에 구멍이 나서 차 바퀴가 빠졌어요."),
    ("road-management", "지하철역 앞 가로등이 나갔어요."),
    ("road-management", "There is a big pothole on Teheran-ro."),
    ("parks", "어린이공원 놀이터 그네가 고장났어요."),
    ("street-trees", "가로수 가지가 간판을 가려요. 가지치기 부탁드립니다."),
    ("traffic-operations", "병원 앞 신호등 시간이 너무 짧아요."),
    ("traffic-operations", "Please add a crosswalk near the school gate."),
    ("parking", "병원 앞 이중주차 단속해 주세요."),
    ("walking-cycling", "인도에 전동킥보드가 널려 있어요."),
    ("taxi-policy", "택시가 승차거부를 했습니다."),
    ("water-circulation", "하수구에서 악취가 올라옵니다."),
    ("waterworks", "수돗물에서 녹물이 나와요."),
    ("hangang", "한강공원 화장실이 더러워요."),
    ("rivers", "중랑천 산책로에 조명이 없어요."),
    ("recycling", "놀이터 옆에 누가 쓰레기를 버려요."),
    ("recycling", "Someone dumps garbage on our corner every night."),
    ("living-environment", "윗집 층간소음 때문에 잠을 못 자요."),
    ("sh", "임대아파트 보일러가 고장인데 고쳐 주지 않아요."),
    ("disability", "장애인콜택시를 두 시간 기다렸어요."),
    ("seniors", "경로당에 에어컨이 고장 났어요."),
    ("childcare", "국공립어린이집 대기가 너무 길어요."),
    ("health", "보건소 예방접종 시간이 언제인가요?"),
    ("animals", "길고양이 급식소를 설치해 주세요."),
    ("tax", "자동차세 고지서가 두 번 왔어요."),
    ("culture", "홍대 앞 버스킹 시간을 늘려 주세요."),
    ("safety", "아파트 옹벽에 금이 갔어요. 무너질 것 같아요."),
    ("safety", "지하차도가 침수되고 있어요. 버스도 못 지나갑니다."),
    ("safety", "The wall next to the school is about to collapse."),
]


@pytest.mark.parametrize(("slug", "text"), COMPLAINTS)
def test_typical_complaints_find_their_office(
    weigher: Weigher, slugs: list[str], slug: str, text: str
) -> None:
    verdict = weigher.verdict(text, floor=FLOOR, margin=MARGIN)

    assert verdict.office == slugs.index(slug), verdict.candidates


@pytest.mark.parametrize(
    "text", ["안녕하세요, 수고 많으십니다.", "요즘 살기가 참 힘드네요.", "Thank you for your work."]
)
def test_what_says_nothing_about_an_office_needs_a_reader(weigher: Weigher, text: str) -> None:
    assert weigher.verdict(text, floor=FLOOR, margin=MARGIN).office is None


def test_the_seeds_go_out_and_come_back() -> None:
    offices = import_module("people.migrations.0003_seed_offices")
    keywords = import_module("channels_app.migrations.0003_seed_keywords")
    duties = import_module("channels_app.migrations.0011_seed_borough_duties")

    duties.uproot(apps, None)
    keywords.uproot(apps, None)
    offices.uproot(apps, None)
    assert not Office.objects.exists()
    offices.plant(apps, None)
    keywords.plant(apps, None)
    duties.plant(apps, None)
    duties.plant(apps, None)

    assert Office.objects.count() == len(seed_offices.rows())
    assert RoutingRule.objects.count() == len(seed_keywords.rows())
    kept = BoroughDuty.objects.values_list("office__slug", "active").order_by("id")
    assert tuple(kept) == seed_duties.DUTIES
