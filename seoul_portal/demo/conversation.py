"""People say how an answer was; one voice holds two matters; words that nobody has read yet."""

import uuid
from datetime import datetime, timedelta
from zlib import crc32

from channels_app import actions, ratings
from channels_app.models import Message, Reply, ReplyKind
from lifecycle import clock
from seoul_portal.demo.play import MINUTE, NAMES, Stage
from seoul_portal.demo.promise import DAY, HOURS_OF_A_DAY, Scene
from seoul_portal.demo.story import Answer, Voice

HOUR = timedelta(hours=1)
LATELY = 9  # so many of the questions were asked in the last weeks, the others month by month
PARKS = "parks"
# Short questions over some months, so that one office has enough ratings for a share.
ASKED = (
    ("서울숲 물놀이터는 몇 시까지 하나요?", "오후 6시까지 엽니다. 월요일은 쉽니다."),
    ("보라매공원에 자전거를 타고 들어가도 되나요?", "자전거길로만 다닐 수 있습니다."),
    ("남산 둘레길에 유모차로 갈 수 있는 길이 있나요?", "북쪽 순환로는 턱이 없습니다."),
    ("공원에서 그늘막을 쳐도 되나요?", "정해진 잔디밭에서 저녁 7시까지 됩니다."),
    ("반려견 놀이터는 예약해야 하나요?", "예약 없이 오시면 됩니다. 등록증을 가져오세요."),
    ("공원 화장실에 기저귀 갈이대가 있나요?", "북문과 남문 화장실에 있습니다."),
    ("월드컵공원 억새축제 날짜가 정해졌나요?", "10월 둘째 주말입니다."),
    ("공원 벤치를 기증할 수 있나요?", "네. 신청서를 누리집에 올려 두었습니다."),
    ("나무 이름표에 영어도 적어 주실 수 있나요?", "새로 다는 이름표부터 함께 적습니다."),
    ("공원 수도꼭지가 겨울에는 언제 잠기나요?", "11월 말부터 3월까지 잠급니다."),
    ("숲 해설은 외국어로도 하나요?", "토요일 오후에 영어로 합니다."),
    ("공원 주차장은 밤에도 열려 있나요?", "밤 11시에 닫습니다."),
)
SECOND_MATTER = "그리고 그 앞 횡단보도 신호가 너무 짧아서 건너기 무섭습니다."
TWO_MATTERS = Voice(
    f"공원 북문 화장실 문이 잠기지 않아요.\n{SECOND_MATTER}",
    "complaint",
    2.2 * HOURS_OF_A_DAY,
    office=PARKS,
    mail="narae",
)
MORE_TO_SAY = Voice(
    "산책로 계단 손잡이가 흔들려요. 어르신들이 많이 다니는 길입니다.",
    "complaint",
    1.6 * HOURS_OF_A_DAY,
    office=PARKS,
    mail="hanbit",
)
WORDS = {
    "yes": "무엇을 언제 하는지 적혀 있어서 좋았어요.",
    "partly": "날짜는 알겠는데 왜 그런지는 아직 모르겠어요.",
    "no": "제가 물은 것과 다른 이야기 같아요. 전화 010-0000-0000으로 알려 주세요.",
}


def play(now: datetime) -> None:
    """As it would stand at `now`; a second time changes nothing."""
    with clock.at(now):
        stage = Stage()
    for number, (asked, said) in enumerate(ASKED):
        ago = (3 + 1.5 * number if number < LATELY else 20 * (number - 6)) * HOURS_OF_A_DAY
        stage.play(Voice(asked, "question", ago, office=PARKS, answer=Answer(5, said)))
    _two_matters(stage)
    _more_to_say(stage)
    closing = Reply.objects.published().filter(kind=ReplyKind.CLOSING, ratings__isnull=True)
    for reply in closing.select_related("message").order_by("pk"):
        _rate(reply.message, reply, now)


def _is_new(voice: Voice) -> bool:
    return not Message.objects.filter(client_key=uuid.uuid5(NAMES, voice.text)).exists()


def _two_matters(stage: Stage) -> None:
    if not _is_new(TWO_MATTERS):
        return
    scene = Scene(stage, TWO_MATTERS)
    by = scene.by()
    with clock.at(scene.ago(2)):
        made = actions.split(scene.message, text=SECOND_MATTER, kind="complaint", by=by)
    with clock.at(scene.ago(2) + MINUTE):
        made = actions.consider(made, weigher=stage.weigher)
    if made.is_waiting_for_reader:
        with clock.at(scene.ago(2) + HOUR):
            centre = stage.officer(stage.office("social-media-centre"))
            actions.route(made, to=stage.office("traffic-operations"), by=centre)


def _more_to_say(stage: Stage) -> None:
    """A question, an answer to it, and words that nobody has read yet."""
    if not _is_new(MORE_TO_SAY):
        return
    scene = Scene(stage, MORE_TO_SAY)
    by = scene.by()
    with clock.at(scene.ago(1.4)):
        actions.ask_back(scene.message, text="몇 번째 계단인지 알려 주시겠어요?", by=by)
    with clock.at(scene.ago(1.1)):
        actions.add_words(scene.message, text="아래에서 세어 스무 번째쯤입니다.")
    with clock.at(scene.ago(0.2)):
        actions.add_words(scene.message, text="오늘 보니 나사가 하나 빠져 있었어요.")


def _rate(message: Message, reply: Reply, now: datetime) -> None:
    """Three of four say how it was, a day later; always the same ones."""
    dice = crc32(message.text.encode()) % 100
    at = (reply.published_at or now) + DAY
    if dice >= 75 or at > now or message.text == "":
        return
    clear = "yes" if dice < 50 else "partly" if dice < 64 else "no"
    heard = "yes" if dice < 42 else "partly" if dice < 60 else "no"
    with clock.at(at):
        if ratings.answer_to_rate(message) == reply:
            words = WORDS[clear] if dice % 3 == 0 else ""
            actions.rate(message, clear=clear, heard=heard, words=words)
