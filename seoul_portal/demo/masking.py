"""Invented voices full of invented personal data: everyone reads stars in its place."""

from datetime import datetime

from lifecycle import clock
from seoul_portal.demo.play import Stage
from seoul_portal.demo.story import Answer, Voice

VOICES = (
    Voice(
        "우리 골목에 12가 3456 차가 한 달째 서 있어요. 구급차가 못 지나갑니다."
        " 저는 한솔아파트 101동 1203호에 살고, 010-1234-5678로 전화해 주시면 됩니다.",
        "complaint",
        7.0,
        office="road-management",
        answer=Answer(
            3.0,
            "12가 3456 차의 주인과 연락해 오늘 옮겼습니다. 다시 서 있으면 120이나 02-2133-2279로"
            " 알려 주세요.",
        ),
        mail="haneul",
    ),
    Voice(
        "잘못 낸 주차 요금 12,000원을 돌려받고 싶어요. 국민은행 123456-78-901234, 예금주: 홍길동."
        " 카드는 4111-1111-1111-1111이었습니다.",
        "question",
        9.0,
        office="road-management",
    ),
    Voice(
        "I lost my wallet at Hapjeong station, exit 8. Please call 010 1234 5678 or write to"
        " kim (at) example (dot) com. My name is Kim Chulsu. Bus 472, 14:30.",
        "question",
        11.0,
        office="dasan",
        language="en",
    ),
)


def play(now: datetime) -> None:
    """Tell them as they would have been told by `now`; a second time changes nothing."""
    with clock.at(now):
        stage = Stage()
        for voice in VOICES:
            stage.play(voice)
