"""What officers find on their desk: ready-made texts, a half-written answer, a whole no."""

from datetime import datetime, timedelta

from channels_app import actions
from channels_app.actions import Refusal
from channels_app.models import Ground, Message, Outcome
from channels_app.states import MessageStatus
from desk import actions as desk_actions
from desk.models import CannedText, Draft, Writing
from lifecycle import clock
from people.models import Office
from seoul_portal.demo.play import Stage
from seoul_portal.demo.story import Voice

# Office ("" for all), kind, language, name, text.
TEXTS = (
    ("", "", "ko", "인사", "안녕하세요, {office}입니다. 보내 주신 글({code})을 잘 읽었습니다."),
    ("", "", "en", "Greeting", "Hello, this is {office}. Thank you for your message {code}."),
    (
        "", Writing.INTERIM, "ko", "시간이 더 필요할 때",
        "{due}까지 답을 드리기로 했지만 시간이 더 필요합니다. 까닭은 이렇습니다: ",
    ),
    (
        "", Writing.INTERIM, "en", "We need more time",
        "We promised an answer by {due} and need more time. This is why: ",
    ),
    (
        "", Writing.QUESTION, "ko", "자리를 물을 때",
        "{borough} 어디인지 조금 더 알려 주시겠어요? 가까운 건물이나 정류장 이름이면 됩니다.",
    ),
    (
        "", Writing.QUESTION, "en", "Where is it?",
        "Could you tell us where in {borough} it is? The name of a building or a stop is enough.",
    ),
    (
        "bus-policy", Writing.EXPLAINED, "ko", "배차 간격",
        "버스 사이의 시간은 타는 분의 수에 맞춰 해마다 두 번 다시 정합니다. 다음은 3월입니다.",
    ),
    (
        "bus-policy", Writing.PROMISING, "ko", "정류장 고치기",
        "정류장을 고치겠습니다. 끝나면 이 번호({code})로 알려 드립니다.",
    ),
)  # fmt: skip
BEGUN = Voice(
    "정류장 안내판 글씨가 너무 작아서 어머니가 버스를 자꾸 놓치십니다. 크게 바꿔 주세요.",
    "complaint",
    20.0,
    office="bus-policy",
    mail="dasom",
)
REFUSED = Voice(
    "우리 동네에도 심야 버스를 넣어 주세요. 밤 한 시에 일이 끝나면 집에 갈 길이 없습니다.",
    "idea",
    60.0,
    office="bus-policy",
    mail="bada",
)
NO = Refusal(
    ground=Ground.BUDGET,
    reason="심야 버스 한 노선에 한 해 14억 원이 듭니다. 올해 예산에는 새 노선이 없습니다.",
    next_door="10월에 열리는 시민참여예산 회의에 올릴 수 있습니다. 문의: 120.",
    will_do="밤 열두 시 반에 끝나던 N26번의 마지막 차를 한 시 십 분으로 늦춥니다.",
)


def play(now: datetime) -> list[Message]:
    """Every text, draft and answer once, however often it is played."""
    for slug, kind, language, name, text in TEXTS:
        office = Office.objects.get(slug=slug) if slug else None
        found = {"office": office, "language": language, "name": name}
        CannedText.objects.get_or_create(**found, defaults={"kind": kind, "text": text})
    with clock.at(now):
        stage = Stage()
        begun, refused = stage.play(BEGUN), stage.play(REFUSED)
    _begin(stage, begun, now - timedelta(hours=3))
    return [begun, _refuse(stage, refused, now - timedelta(hours=30))]


def _begin(stage: Stage, message: Message, at: datetime) -> None:
    """Somebody began a promise and went home."""
    if message.office is None or message.status != MessageStatus.ROUTED:
        return
    by = stage.officer(message.office)
    words = {"answer": "글씨를 두 배로 키우겠습니다. 먼저 합정역 앞 정류장부터"}
    if not Draft.objects.filter(message=message, by=by).exists():
        with clock.at(at):
            desk_actions.keep_draft(message, kind=Writing.PROMISING, words=words, by=by)


def _refuse(stage: Stage, message: Message, at: datetime) -> Message:
    """A no that names its reason, the next door, and what the city does all the same."""
    if message.office is None or message.status != MessageStatus.ROUTED or message.replies.exists():
        return message
    text = "심야 버스를 새로 넣지는 못합니다. 대신 지금 있는 버스를 더 늦게까지 보냅니다."
    with clock.at(at):
        by = stage.officer(message.office)
        reply = actions.answer(message, text=text, outcome=Outcome.DECLINED, refusal=NO, by=by)
    with clock.at(reply.leaves_at):
        return actions.publish(reply)
