"""Twelve weeks of voices, for the numbers to have something to say: one seed, one history."""

import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from channels_app import actions
from channels_app.actions import Said
from channels_app.models import Message
from channels_app.states import MessageStatus
from lifecycle import clock
from mayors_office import tasks
from people.models import Office
from seoul_portal.demo.play import NAMES, Stage

WEEKS, A_WEEK = 12, 9
SEED = 2012
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Matter:
    """Something people write about: of which kind, whose it is, what the office answers."""

    text: str
    kind: str
    office: str
    answer: str


MATTERS = (
    Matter("버스가 앞차와 붙어 오고 그다음 차는 한참 안 옵니다.", "complaint", "bus-policy",
           "배차 간격을 살폈습니다. 이번 주부터 붙어 다니지 않게 출발 시각을 나누었습니다."),
    Matter("보도블록이 깨져서 비가 오면 물이 튑니다.", "complaint", "sidewalks",
           "깨진 블록을 새것으로 바꾸었습니다."),
    Matter("가로등이 꺼져 밤길이 어둡습니다.", "complaint", "road-management",
           "등을 갈았고 배선도 살폈습니다."),
    Matter("공원 운동기구에서 삐걱거리는 소리가 크게 납니다.", "complaint", "parks",
           "나사를 조이고 기름을 쳤습니다."),
    Matter("도서관을 주말에 한 시간만 더 열어 주세요.", "idea", "libraries",
           "다음 달부터 토요일에 한 시간 늦게 닫아 보겠습니다."),
    Matter("체육관 예약은 언제부터 할 수 있나요?", "question", "sports",
           "매달 25일 아침 9시부터 누리집에서 하실 수 있습니다."),
    Matter("재산세 고지서를 전자우편으로 받을 수 있나요?", "question", "tax",
           "네. 누리집에서 신청하시면 다음 고지부터 전자우편으로 갑니다."),
    Matter("길고양이 밥그릇 둘레가 지저분합니다.", "complaint", "animals",
           "돌보는 분들과 함께 자리를 치우고 자주 살피기로 했습니다."),
    Matter("시장 골목에 쉬어 갈 의자를 놓아 주세요.", "idea", "economy",
           "상인회와 자리를 정했습니다. 의자 네 개를 놓습니다."),
    Matter("공사장 가림막이 바람에 흔들려 떨어질 것 같습니다.", "hazard", "building",
           "바로 나가 가림막을 다시 묶었습니다."),
)  # fmt: skip
SPOTS = (
    "역 앞",
    "시장 어귀",
    "학교 앞",
    "주민센터 옆",
    "사거리",
    "정류장 앞",
    "공원 들머리",
    "다리 밑",
)
# Younger people answer more often who they are; older ones speak less often here.
AGES = ("20-39",) * 8 + ("40-64",) * 6 + ("65+",) * 3 + ("0-19",) * 1
GENDERS = ("woman",) * 9 + ("man",) * 8 + ("",) * 2
RARELY = ("yes",) * 1 + ("no",) * 9 + ("",) * 2
OFTEN = ("yes",) * 5 + ("no",) * 4


def play(now: datetime) -> None:
    """Each voice once, however often it is played; at the end everything is counted."""
    with clock.at(now):
        stage = Stage()
    dice = random.Random(SEED)  # noqa: S311 - a history, no secret
    boroughs = list(Office.objects.boroughs())
    busy = [boroughs[number * number % len(boroughs)] for number in range(60)]
    for number in range(WEEKS * A_WEEK):
        _tell(stage, dice, number, dice.choice(busy))
    tasks.count_days()
    tasks.close_month()


def _tell(stage: Stage, dice: random.Random, number: int, borough: Office) -> None:
    """One voice: heard, given to its office, mostly answered; the later, the sooner."""
    matter = MATTERS[number % len(MATTERS)]
    text = f"{borough.area} {dice.choice(SPOTS)} {number + 1}번 자리, {matter.text}"
    ago = (WEEKS * A_WEEK - number) * 7 * 24 / A_WEEK + dice.uniform(-9, 9)
    slow = ago / (WEEKS * 7 * 24)  # 1 twelve weeks ago, 0 now
    start = stage.now - max(ago, 3) * HOUR
    found = start + timedelta(minutes=dice.uniform(4, 30 + 200 * slow))
    answered = found + dice.lognormvariate(0, 0.7) * (14 + 70 * slow) * HOUR
    silent, private = dice.random() < 0.07, dice.random() < 0.15
    age, gender, tells = dice.choice(AGES), dice.choice(GENDERS), dice.random() < 0.8
    disability, first_time = dice.choice(RARELY), dice.choice(OFTEN)
    key = uuid.uuid5(NAMES, f"numbers {number}")
    if Message.objects.filter(client_key=key).exists():
        return
    with transaction.atomic():
        with clock.at(start):
            said = Said(text=text, kind=matter.kind, public=not private, borough=borough)
            message = actions.receive(said, client_key=key)
            if tells:
                actions.tell_background(
                    message, age=age, gender=gender, disability=disability, first_time=first_time
                )
        _route(stage, message, matter, found)
        if not silent and answered < stage.now:
            _answer(stage, message, matter, answered)


def _route(stage: Stage, message: Message, matter: Matter, at: datetime) -> None:
    if at < stage.now:
        with clock.at(at):
            by = stage.officer(stage.office("social-media-centre"))
            actions.route(message, to=stage.office(matter.office), by=by)


def _answer(stage: Stage, message: Message, matter: Matter, at: datetime) -> None:
    message.refresh_from_db()
    if message.status != MessageStatus.ROUTED or message.office is None:
        return
    with clock.at(at):
        reply = actions.answer(message, text=matter.answer, by=stage.officer(message.office))
    with clock.at(reply.leaves_at):
        actions.publish(reply)
