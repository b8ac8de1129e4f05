"""A case at every point of a promise: asked back, at work, late, refused, reopened, appealed."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from channels_app import actions
from channels_app.actions import Refusal
from channels_app.models import Ground, Message, Outcome
from lifecycle import clock
from people.models import User
from seoul_portal.demo.play import NAMES, Stage
from seoul_portal.demo.story import Voice

DAY = timedelta(days=1)
HOURS_OF_A_DAY = 24.0


class Scene:
    """One voice, and what its office and its author do on the days after it."""

    def __init__(self, stage: Stage, voice: Voice) -> None:
        self.stage = stage
        self.message = stage.play(voice)

    def by(self) -> User:
        """Somebody of the office in charge."""
        self.message.refresh_from_db()
        return self.stage.officer(self.message.office or self.stage.office("social-media-centre"))

    def ago(self, days: float) -> datetime:
        """So many days before now."""
        return self.stage.now - days * DAY

    def day(self, days: float) -> datetime:
        """The same, counted on: in so many days from now, for a date that is promised."""
        return self.ago(-days)

    def answer(self, days: float, text: str, **more: object) -> None:
        """The closing answer, so many days ago."""
        by = self.by()
        with clock.at(self.ago(days)):
            reply = actions.answer(self.message, text=text, by=by, **more)  # type: ignore[arg-type]  # outcome, refusal
        with clock.at(reply.leaves_at):
            actions.publish(reply)

    def promise(self, days: float, text: str, *, finish: float) -> None:
        """Work with a finish date, in `finish` days from now."""
        by = self.by()
        with clock.at(self.ago(days)):
            on = clock.seoul(self.day(finish)).date()
            actions.promise(self.message, text=text, finish_on=on, by=by)

    def put_off(self, days: float, text: str, *, until: float) -> None:
        """More time."""
        by = self.by()
        with clock.at(self.ago(days)):
            on = clock.seoul(self.day(until)).date()
            actions.put_off(self.message, text=text, until=on, by=by)

    def progress(self, days: float, text: str) -> None:
        """How far it is."""
        by = self.by()
        with clock.at(self.ago(days)):
            actions.report_progress(self.message, text=text, by=by)


WAITING = Voice(
    "무인민원발급기가 카드를 넣으면 자꾸 꺼져요. 두 번이나 그냥 돌아왔습니다.",
    "complaint",
    2.5 * HOURS_OF_A_DAY,
    office="digital",
    mail="daon",
)
AT_WORK = Voice(
    "놀이터 미끄럼틀이 여름이면 너무 뜨거워요. 그늘막을 달아 주세요.",
    "idea",
    20 * HOURS_OF_A_DAY,
    office="parks",
    mail="sebin",
)
LATE = Voice(
    "지하보도 천장에서 물이 떨어져 바닥이 늘 미끄럽습니다. 어르신 한 분이 넘어지셨어요.",
    "complaint",
    50 * HOURS_OF_A_DAY,
    office="sidewalks",
    mail="garam",
)
REFUSED = Voice(
    "버스전용차로를 밤에는 택시도 다니게 해 주세요. 손님을 태우면 훨씬 빨리 갑니다.",
    "idea",
    12 * HOURS_OF_A_DAY,
    office="taxi-policy",
)
REOPENED = Voice(
    "The ramp at the north gate of the market is too steep for my wheelchair.",
    "complaint",
    16 * HOURS_OF_A_DAY,
    office="disability",
    language="en",
    mail="alex",
)
APPEALED = Voice(
    "마을버스가 종점에서 늘 10분씩 일찍 떠납니다. 시간표를 믿고 나가면 놓칩니다.",
    "complaint",
    44 * HOURS_OF_A_DAY,
    office="bus-policy",
    mail="noeul",
)
CONFIRMED = Voice(
    "The street lamp in front of our kindergarten has been flickering all week.",
    "complaint",
    6 * HOURS_OF_A_DAY,
    office="road-management",
    language="en",
    mail="robin",
)
ANSWERED_LATE = Voice(
    "구립 수영장 새벽반은 언제부터 신청할 수 있나요? 누리집에는 날짜가 없습니다.",
    "question",
    24 * HOURS_OF_A_DAY,
    office="sports",
)


def _waiting(scene: Scene) -> None:
    by = scene.by()
    with clock.at(scene.ago(1.2)):
        text = "어느 주민센터였는지, 몇 시쯤이었는지 알려 주시겠어요? 알면 바로 기사를 보냅니다."
        actions.ask_back(scene.message, text=text, by=by)


def _at_work(scene: Scene) -> None:
    text = "놀이터 스물네 곳을 조사했습니다. 가장 뜨거운 아홉 곳부터 그늘막을 답니다."
    scene.promise(15, text, finish=25)
    scene.progress(3, "아홉 곳 가운데 네 곳에 그늘막을 달았습니다. 나머지는 다음 주에 시작합니다.")


def _late(scene: Scene) -> None:
    scene.promise(46, "방수층이 낡아 새로 깝니다. 업체를 정해 공사하겠습니다.", finish=-25)
    text = "벽을 뜯어 보니 배관도 새고 있었습니다. 배관을 먼저 바꾸느라 날이 더 걸립니다."
    scene.put_off(27, text, until=-10)
    scene.progress(18, "배관 교체를 마쳤습니다. 미끄럼 방지 매트를 먼저 깔았습니다.")
    for days in (9, 6, 2):
        _sweep(scene.ago(days))


def _sweep(at: datetime) -> None:
    """What the beat did on that day."""
    with clock.at(at):
        for _batch in actions.remind():
            pass


def _refused(scene: Scene) -> None:
    refusal = Refusal(
        ground=Ground.LEGAL,
        reason="도로교통법은 전용차로에 버스와 승합차만 다니게 합니다. 시가 고칠 수 없는 법입니다.",
        next_door="법을 바꾸자는 의견은 국민제안 누리집이나 지역 국회의원에게 낼 수 있습니다.",
        will_do="밤에 전용차로를 일반차로로 돌리는 시간을 두 구간에서 먼저 늘려 보겠습니다.",
    )
    text = "지금은 받아들일 수 없습니다. 까닭과 다른 길을 아래에 적었습니다."
    scene.answer(7, text, outcome=Outcome.DECLINED, refusal=refusal)


def _reopened(scene: Scene) -> None:
    text = "We measured the ramp and put up a handrail on both sides."
    scene.answer(11, text, outcome=Outcome.DONE)
    with clock.at(scene.ago(0.8)):
        text = "The handrail helps, but the slope is the same: I still can't get up alone."
        actions.reopen(scene.message, text=text)


def _appealed(scene: Scene) -> None:
    scene.answer(40, "회사에 시간표를 지키라고 알렸습니다.", outcome=Outcome.EXPLAINED)
    with clock.at(scene.ago(33)):
        actions.reopen(
            scene.message, text="지난주에도 세 번 일찍 떠났습니다. 달라진 것이 없습니다."
        )
    scene.answer(29, "배차 기록을 확인했고 어긋난 날은 없었습니다.", outcome=Outcome.EXPLAINED)
    with clock.at(scene.ago(1.5)):
        text = "정류장 시계와 사진을 찍어 두었습니다. 과장님이 직접 기록을 보아 주세요."
        actions.appeal(scene.message, text=text)


def _confirmed(scene: Scene) -> None:
    scene.answer(5, "We replaced the lamp and its cable this morning.", outcome=Outcome.DONE)
    with clock.at(scene.ago(4)):
        actions.confirm_fixed(scene.message)


def _answered_late(scene: Scene) -> None:
    _sweep(scene.ago(18))
    text = "늦어서 미안합니다. 새벽반은 매달 25일 아침 9시부터 받습니다. 누리집에도 적었습니다."
    scene.answer(15, text)


STORIES: tuple[tuple[Voice, Callable[[Scene], None]], ...] = (
    (ANSWERED_LATE, _answered_late),
    (WAITING, _waiting),
    (AT_WORK, _at_work),
    (LATE, _late),
    (REFUSED, _refused),
    (REOPENED, _reopened),
    (APPEALED, _appealed),
    (CONFIRMED, _confirmed),
)


@transaction.atomic
def play(now: datetime) -> None:
    """Each story once, however often it is played; every day is counted back from `now`."""
    with clock.at(now):
        stage = Stage()
    for voice, what_came in STORIES:
        key = uuid.uuid5(NAMES, voice.text)
        if not Message.objects.filter(client_key=key).exists():
            what_came(Scene(stage, voice))
