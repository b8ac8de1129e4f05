"""What was said on the phone, in letters, at counters and on a listening tour."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from channels_app import actions, receipt_days, sheets
from channels_app.actions import Said
from channels_app.models import ContactKind, Message
from channels_app.states import MessageStatus
from lifecycle import clock
from seoul_portal.demo.play import NAMES, Stage
from seoul_portal.demo.story import Answer

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAY = 24.0


@dataclass(frozen=True)
class Call:
    """One voice that somebody wrote down, `ago` hours before now, and what came of it.

    `desk` is the office that wrote it down; `days` how many days before that it had come in;
    `spot` what was answered in the same breath, `answer` what its office answered later.
    """

    text: str
    kind: str
    channel: str
    ago: float
    desk: str = "dasan"
    public: bool = True
    mail: str = ""
    mobile: str = ""
    language: str = "ko"
    spoken_for: str = "self"
    days: int = 0
    office: str = ""
    spot: str = ""
    answer: Answer | None = None


CALLS = (
    Call("은평구 불광천 산책로에 가로등이 하나도 안 켜져서 걷기가 무서워요.", "complaint", "phone", 0.5,
         mobile="+821000000011"),
    Call("눈이 잘 안 보여서 전화합니다. 버스 정류장 안내 소리가 너무 작아요.", "complaint", "phone", 1.7,
         mail="sunja", office="bus-policy"),
    Call("어르신 교통카드를 잃어버렸는데 어디서 다시 만드나요?", "question", "phone", 3.0,
         spot="주소지 주민센터에 신분증을 가지고 가시면 그 자리에서 새 카드를 드립니다. 값은 3,000원입니다."),
    Call("My neighbour speaks no Korean. Where can she get a flu shot for her baby?", "question",
         "phone", 26.0, language="en", spoken_for="other",
         spot="Every health centre gives it free of charge. The one in her borough opens at nine."),
    Call("어머니가 사시는 반지하 창문에 물막이판을 달고 싶다고 하십니다.", "question", "phone", 2.2 * DAY,
         mail="sunja", spoken_for="other", office="water-circulation",
         answer=Answer(6.0, "물막이판은 무료로 달아 드립니다. 다음 주 화요일에 찾아가 재겠습니다.")),
    Call("손으로 씁니다. 우리 동네 작은 도서관이 문을 닫는다니 아이들이 갈 곳이 없어집니다.", "complaint",
         "letter", 4.0, desk="social-media-centre", days=2, office="libraries"),
    Call("경로당 앞길에 의자 두 개만 놓아 주세요. 쉬어 갈 데가 없습니다.", "idea", "letter", 5 * DAY,
         desk="social-media-centre", days=3, spoken_for="group", office="seniors",
         answer=Answer(30.0, "의자 세 개를 이번 주에 놓습니다. 그늘이 드는 자리로 골랐습니다.")),
    Call("주민센터 서류에 쓰는 글자가 너무 어려워요. 쉬운 말로 바꿔 주세요.", "idea", "counter", 6.0,
         desk="mapo", office="digital"),
    Call("휠체어로는 민원 창구 책상이 너무 높습니다.", "complaint", "counter", 3 * DAY, desk="mapo",
         public=False, mail="hana", office="disability"),
)  # fmt: skip
TOUR = (
    "내용,종류,자치구,장소,통로,언어,공개\r\n"
    "시장 천막이 낡아 비가 오면 물이 떨어져요.,불편,은평구,대림시장,현장,ko,예\r\n"
    "골목에 저녁 장터를 한 달에 한 번 열면 좋겠어요.,제안,은평구,연신내역 골목,현장,ko,예\r\n"
    "공영주차장 요금은 왜 구마다 다른가요?,질문,은평구,,현장,ko,예\r\n"
    '"휠체어가 들어갈 수 있는 화장실이 시장에 없어요.\r\n하나만이라도 만들어 주세요.",불편,은평구,대림시장,'
    "현장,ko,예\r\n"
)


def play(now: datetime) -> None:
    """Tell them as they would have been told by `now`; a second time changes nothing."""
    with clock.at(now):
        stage = Stage()
        for call in CALLS:
            _tell(stage, call, now)
    with clock.at(now - 20 * HOUR):
        _tour(stage)


@transaction.atomic
def _tell(stage: Stage, call: Call, now: datetime) -> None:
    key, start = uuid.uuid5(NAMES, call.text), now - timedelta(hours=call.ago)
    if Message.objects.filter(client_key=key).exists():
        return
    by = stage.officer(stage.office(call.desk))
    with clock.at(start):
        if call.spot:
            actions.answer_on_the_spot(_said(call, start), text=call.spot, by=by, client_key=key)
        else:
            actions.enter(_said(call, start), by=by, client_key=key)
    message = Message.objects.get(client_key=key)
    with clock.at(start + MINUTE):
        if call.spot:
            actions.publish(message.replies.get())
            return
        message = actions.consider(message, weigher=stage.weigher)
    _lead(stage, message, call, start)


def _lead(stage: Stage, message: Message, call: Call, start: datetime) -> None:
    """To its office where the rules did not find it, and answered where there is an answer."""
    centre = stage.officer(stage.office("social-media-centre"))
    if call.office and message.office != stage.office(call.office):
        with clock.at(start + 12 * MINUTE):
            message = actions.route(message, to=stage.office(call.office), by=centre)
    if call.answer and message.status == MessageStatus.ROUTED and message.office:
        with clock.at(start + timedelta(hours=call.answer.after)):
            by = stage.officer(message.office)
            reply = actions.answer(message, text=call.answer.text, by=by)
        with clock.at(reply.leaves_at):
            actions.publish(reply)


def _said(call: Call, start: datetime) -> Said:
    contact = (ContactKind.MAIL.value, f"{call.mail}@demo.invalid") if call.mail else None
    if call.mobile:
        contact = (ContactKind.PHONE.value, call.mobile)
    day = clock.seoul(start).date() - timedelta(days=call.days)
    return Said(
        text=call.text,
        kind=call.kind,
        public=call.public,
        contact=contact,
        language=call.language,
        channel=call.channel,
        spoken_for=call.spoken_for,
        came_at=receipt_days.came_on(day) if call.days else None,
    )


def _tour(stage: Stage) -> None:
    """The sheet of a listening tour in Eunpyeong, as the call centre took it in."""
    by = stage.officer(stage.office("dasan"))
    name = "은평 경청 투어.csv"
    sheet = sheets.bring(TOUR.encode("cp949"), name=name, channel="tour", by=by)
    actions.want(sheet, by=by)
    sheets.take_in(sheet)
    for message in Message.objects.filter(channel="tour", status=MessageStatus.RECEIVED):
        actions.consider(message, weigher=stage.weigher)
