"""Routing in the demonstration: a borough's own duty, parts of other offices, a quarrel ended."""

import uuid
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import transaction

from channels_app import actions
from channels_app.actions import Said
from channels_app.models import Kind, Message
from lifecycle import clock
from seoul_portal.demo.play import NAMES, Stage

HOUR = timedelta(hours=1)
WASTE = "마포구 망원동 골목에 누가 밤마다 쓰레기 봉투를 쌓아 둡니다. 무단투기 단속을 해 주세요."
STOP = "강남대로 버스 정류장 앞 보도블록이 깨졌는데 비가 오면 웅덩이가 생겨 기다릴 수가 없어요."
WALL = "공원 담장 옆 나무가 기울어 있습니다. 누구 땅인지 몰라서 그런지 아무도 오지 않아요."


def play(now: datetime) -> None:
    """Three voices, told once however often it is played."""
    with clock.at(now):
        stage = Stage()
    for text, ago, tell in (
        (WASTE, 5, _borough_does_it),
        (STOP, 20, _three_offices_answer_together),
        (WALL, 60, _centre_ends_the_quarrel),
    ):
        start = now - ago * HOUR
        key = uuid.uuid5(NAMES, text)
        if Message.objects.filter(client_key=key).exists():
            continue
        with transaction.atomic():
            with clock.at(start):
                said = Said(text=text, kind=Kind.COMPLAINT, public=True)
                message = actions.receive(said, client_key=key)
            tell(stage, message, start)


def _borough_does_it(stage: Stage, message: Message, start: datetime) -> None:
    """The words point to the city's department, the place to the borough that does it itself."""
    with clock.at(start + HOUR / 60):
        actions.consider(message, weigher=stage.weigher)


def _three_offices_answer_together(stage: Stage, message: Message, start: datetime) -> None:
    """The sidewalks are in charge; one part is given, one is still owed."""
    owner, buses = stage.office("sidewalks"), stage.office("bus-policy")
    by = stage.officer(owner)
    _route(stage, message, "sidewalks", start + HOUR)
    with clock.at(start + 2 * HOUR):
        part = actions.ask_office(
            message, office=buses, question="이 정류장을 잠시 옮길 수 있나요?", by=by
        )
        actions.ask_office(
            message,
            office=stage.office("water-circulation"),
            question="빗물받이가 막혔는지 봐 주세요.",
            by=by,
        )
    with clock.at(start + 6 * HOUR):
        text = "공사하는 사흘 동안 20미터 앞에 임시 정류장을 둘 수 있습니다."
        actions.answer_part(part, text=text, by=stage.officer(buses))


def _centre_ends_the_quarrel(stage: Stage, message: Message, start: datetime) -> None:
    """Three offices say that it is not theirs; the centre decides, for good."""
    way = ("street-trees", "parks", "living-environment", "building")
    _route(stage, message, way[0], start + HOUR)
    for number, (here, there) in enumerate(pairwise(way), start=1):
        with clock.at(start + (1 + 8 * number) * HOUR):
            by = stage.officer(stage.office(here))
            reason = "우리 땅이 아니라서 넘깁니다."
            actions.route(message, to=stage.office(there), by=by, reason=reason)
    _route(stage, message, "parks", start + 30 * HOUR)


def _route(stage: Stage, message: Message, slug: str, at: datetime) -> None:
    """Somebody at the centre reads it and finds the office."""
    with clock.at(at):
        by = stage.officer(stage.office("social-media-centre"))
        actions.route(message, to=stage.office(slug), by=by)
