"""Invented voices that came through another app, the way the open interface takes them in."""

import uuid
from datetime import datetime, timedelta

from channels_app import actions
from channels_app.actions import Said
from channels_app.models import ApiClient, Channel
from lifecycle import clock
from people.models import Office

NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "demo/api")
CLIENT = "Seoul Walks (demo)"
# Hours before now, kind, borough, place, position, words.
VOICES = (
    (30, "complaint", "mapo", "합정역 8번 출구", (37.54903, 126.91345),
     "걷기 앱에서 보냅니다. 출구 앞 점자블록이 깨져서 지팡이가 걸립니다."),
    (9, "hazard", "eunpyeong", "불광천 산책로", (37.59012, 126.91510),
     "산책로 난간이 통째로 흔들립니다. 아이들이 기대면 위험합니다."),
    (2, "idea", "seongbuk", "성북천", None,
     "걷기 앱 이용자들이 그늘이 있는 길을 찾습니다. 나무 그늘 지도를 만들면 좋겠습니다."),
)  # fmt: skip


def play(now: datetime) -> None:
    """One app, three voices; told again, nothing is doubled. Its token is thrown away."""
    client = ApiClient.objects.filter(name=CLIENT).first()
    if client is None:
        client, _token = actions.make_client(CLIENT, by=None, rate=30)
    for ago, kind, borough, place, position, words in VOICES:
        said = Said(
            text=words,
            kind=kind,
            public=True,
            channel=Channel.API,
            borough=Office.objects.boroughs().filter(slug__startswith=borough).first(),
            place=place,
            position=position,
            client=client,
        )
        with clock.at(now - timedelta(hours=ago)):
            actions.receive(said, client_key=uuid.uuid5(NAMES, words))
