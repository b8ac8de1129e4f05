"""The rules' sweep in one worker process over a backlog of invented Korean messages.

Written are one decision a message, one Step for each that finds its office, and the rows. CPU is
that of the worker's process and of the whole database server, divided by the messages.
"""

import random
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta

from benchmarks import measuring
from channels_app import tasks
from channels_app.models import Channel, Kind, Message, MessageStep, RoutingDecision
from channels_app.states import MessageStatus
from channels_app.text.masking import mask
from lifecycle import clock
from people.models import Office

VOICES, QUICK_VOICES = 20_000, 2_000
PLACES = (
    "합정역 8번 출구 앞",
    "마포구 망원시장 입구",
    "종로구청 앞",
    "우리 아파트 단지 옆 골목",
    "은평구 불광천 산책로",
    "강남역 사거리",
    "초등학교 앞 횡단보도",
    "성북구 정릉동 버스 정류장",
    "한강공원 여의도 지구",
    "중랑천 다리 밑",
    "퇴근길 2호선 열차 안",
    "동네 놀이터",
    "관악구 신림동 주택가",
    "서울숲 입구",
    "시립 도서관 3층",
)
MATTERS = (
    "보도블록이 들려 있어서 유모차가 자꾸 걸립니다",
    "가로등이 며칠째 꺼져 있어 밤에 무섭습니다",
    "472번 버스가 30분 넘게 오지 않았습니다",
    "쓰레기를 아무 데나 버려서 악취가 심합니다",
    "불법 주정차 때문에 소방차도 못 지나갈 것 같아요",
    "공사장 소음 때문에 새벽에 잠을 못 잡니다",
    "따릉이 대여소를 하나 더 만들어 주시면 좋겠습니다",
    "수돗물에서 녹물이 나옵니다. 씻을 수가 없어요",
    "길고양이 밥그릇 때문에 이웃끼리 다툽니다",
    "하수구에서 냄새가 올라오고 비만 오면 물이 안 빠집니다",
    "청년수당 신청은 언제부터 할 수 있나요",
    "횡단보도 초록불이 너무 짧아 어머니가 다 건너지 못합니다",
    "전봇대 전선이 끊어져 길에 늘어져 있습니다",
    "미세먼지가 심한 날 야외 수업을 쉬면 좋겠습니다",
    "누구에게 말해야 할지 모르겠는데 마음이 답답합니다",
    "경로당 난방이 고장 나서 어르신들이 추워하십니다",
    "식당에서 먹은 음식에서 이물질이 나왔습니다",
    "공원 운동기구가 부서져 아이가 다칠 뻔했어요",
)
ENDINGS = (
    "빨리 고쳐 주세요.",
    "지난달에도 말씀드렸는데 그대로입니다. 언제쯤 바뀌는지 알려 주세요.",
    "제 번호는 010-1234-5678입니다. 연락 주세요.",
    "늘 애써 주셔서 고맙습니다.",
    "사진도 찍어 두었습니다. 필요하면 보내 드릴게요. 동네 사람들이 모두 불편해합니다.",
    "",
)


def run(*, quick: bool, seconds: float) -> dict[str, float]:
    """The figures of one run; raises RuntimeError if a message was neither routed nor left."""
    make_voices(QUICK_VOICES if quick else VOICES)
    server = measuring.postmaster()
    at_first = _waiting()
    before = time.process_time(), measuring.cpu_seconds(server) if server else 0.0
    started = time.monotonic()
    while _waiting() and time.monotonic() - started < seconds:
        tasks.route_waiting()
    took = time.monotonic() - started
    after = time.process_time(), measuring.cpu_seconds(server) if server else 0.0
    done = at_first - _waiting()
    _insist_on_the_books(done)
    ours, database = (1000 * (b - a) / done for a, b in zip(before, after, strict=True))
    routed = Message.objects.filter(status=MessageStatus.ROUTED).count()
    return {
        "messages_per_s": round(done / took, 1),
        "cpu_ms_message": round(ours, 3),
        "cpu_ms_db": round(database, 3),
        "batch": tasks.ROUTED_AT_ONCE,
        "messages": done,
        "routed_percent": round(100 * routed / done, 1),
    }


def make_voices(count: int) -> None:
    """A backlog as the door leaves it: each with its first Step, none considered."""
    centre, moment = Office.objects.centre(), clock.now()
    rows = Message.objects.bulk_create(_voices(count, centre), batch_size=1000)
    MessageStep.objects.bulk_create(
        [
            MessageStep(
                root=row, seq=0, to_status=row.status, office=centre, due_at=row.due_at, at=moment
            )
            for row in rows
        ],
        batch_size=1000,
    )


def _voices(count: int, centre: Office) -> Iterator[Message]:
    dice, moment = random.Random(2026), clock.now()
    due_at = moment + timedelta(days=7)
    for number in range(count):
        parts = [dice.choice(PLACES), dice.choice(MATTERS), dice.choice(ENDINGS)]
        if dice.random() < 0.3:
            parts += ["그리고", dice.choice(PLACES), dice.choice(MATTERS), dice.choice(ENDINGS)]
        text = " ".join(parts).strip()
        yield Message(
            code=f"B-{moment.year}-{number:06d}",
            channel=Channel.WEB,
            kind=Kind.COMPLAINT,
            text=text,
            masked_text=mask(text),
            client_key=uuid.UUID(int=dice.getrandbits(128)),
            received_at=moment,
            route_by=due_at,
            first_due_at=due_at,
            due_at=due_at,
            office=centre,
        )


def _waiting() -> int:
    return Message.objects.waiting_to_be_routed().count()


def _insist_on_the_books(done: int) -> None:
    """One decision each, one Step for each that was routed."""
    routed = Message.objects.filter(status=MessageStatus.ROUTED).count()
    readers = Message.objects.filter(status=MessageStatus.RECEIVED, needs_reader=True).count()
    decisions = RoutingDecision.objects.count()
    steps = MessageStep.objects.filter(seq=1).count()
    if not done or (routed + readers, decisions, steps) != (done, done, routed):
        raise RuntimeError(f"{done} done: {routed} + {readers}, {decisions} decisions, {steps}")
