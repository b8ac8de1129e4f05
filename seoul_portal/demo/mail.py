"""What came by mail, and the feed of a neighbourhood: told by mails as programs write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from channels_app import actions, inbox
from channels_app.connectors.contract import Batch
from channels_app.connectors.mailbox import event_of
from channels_app.letters import message_id
from channels_app.models import (
    Account,
    AccountState,
    Delivery,
    InboundEvent,
    Message,
    Network,
)
from channels_app.states import DeliveryState, InboundState, MessageStatus
from lifecycle import clock
from seoul_portal.demo.play import Stage
from seoul_portal.demo.story import Answer

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CITY = "listens@demo.invalid"


@dataclass(frozen=True)
class Mail:
    """One mail, `ago` hours before now; `answers` the name of the one whose receipt it answers."""

    name: str
    ago: float
    subject: str
    text: str
    sender: str = "sunja@demo.invalid"
    answers: str = ""
    file: str = ""
    automatic: bool = False
    office: str = ""
    answer: Answer | None = None


MAILS = (
    Mail("crossing", 50.0, "횡단보도 신호가 너무 짧습니다",
         "종로3가역 앞 횡단보도 신호가 짧아서 어르신들이 다 건너지 못합니다. 5초만 늘려 주세요.",
         office="traffic-operations",
         answer=Answer(20.0, "현장을 재 보고 초록 신호를 7초 늘렸습니다.")),
    Mail("leak", 9.0, "지하상가 천장에서 물이 샙니다",
         "을지로 지하상가 3번 출구 계단 천장에서 물이 떨어집니다. 붙임 파일에 위치를 적었습니다.",
         sender="hana@demo.invalid", file="위치 설명.txt", office="water-circulation"),
    Mail("leak-more", 7.5, "Re: 지하상가 천장에서 물이 샙니다",
         "오늘은 바닥까지 젖어서 미끄럽습니다.\n\n서울 경청 포털 님이 작성:\n> 접수했습니다.\n",
         sender="hana@demo.invalid", answers="leak"),
    Mail("nobody", 5.0, "골목 가로등", "골목 가로등이 하나도 켜지지 않습니다.", sender="이름 없음"),
    Mail("away", 4.0, "자동 응답: 휴가 중입니다", "12월 3일까지 자리를 비웁니다.", automatic=True),
)  # fmt: skip


def play(now: datetime) -> None:
    """Tell them as they would have been told by `now`; a second time changes nothing."""
    stage = Stage()
    with clock.at(now):
        account = _account(stage)
    for mail in MAILS:
        with clock.at(now - timedelta(hours=mail.ago)):
            _arrive(stage, account, mail)


def _account(stage: Stage) -> Account:
    """Switched off, so that nobody knocks at a server that is not there."""
    return Account.objects.get_or_create(
        network=Network.MAIL,
        handle=CITY,
        defaults={
            "office": stage.office("social-media-centre"),
            "address": "imaps://mail.demo.invalid/INBOX",
            "state": AccountState.OFF,
            "next_at": clock.now(),
        },
    )[0]


def _arrive(stage: Stage, account: Account, mail: Mail) -> None:
    batch = Batch((event_of(_written(mail)),), "")
    if not actions.store(account, batch, since=""):
        return
    event = InboundEvent.objects.filter(account=account, state=InboundState.NEW).latest("id")
    event.account = account
    inbox.take_in(event)
    event.refresh_from_db()
    if event.message is not None and event.message.status == MessageStatus.RECEIVED:
        _lead(stage, event.message, mail)


def _lead(stage: Stage, message: Message, mail: Mail) -> None:
    """The receipt has left; to its office, and answered where there is an answer."""
    start = clock.now()
    centre = stage.officer(stage.office("social-media-centre"))
    with clock.at(start + MINUTE):
        message = actions.consider(message, weigher=stage.weigher)
    if message.office != stage.office(mail.office):
        with clock.at(start + 12 * MINUTE):
            message = actions.route(message, to=stage.office(mail.office), by=centre)
    if mail.answer and message.office:
        with clock.at(start + timedelta(hours=mail.answer.after)):
            by = stage.officer(message.office)
            reply = actions.answer(message, text=mail.answer.text, by=by)
        with clock.at(reply.leaves_at):
            actions.publish(reply)


def _written(mail: Mail) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = mail.sender, CITY, mail.subject
    letter["Message-ID"] = f"<{mail.name}@demo.invalid>"
    letter["Date"] = format_datetime(clock.seoul())
    if mail.automatic:
        letter["Auto-Submitted"] = "auto-replied"
    letter.set_content(mail.text)
    for name in _receipts(mail):
        letter["In-Reply-To"] = name
    if mail.file:
        letter.add_attachment("3번 출구에서 두 번째 계단참".encode(), maintype="text",
                              subtype="plain", filename=mail.file)  # fmt: skip
        letter.set_boundary(mail.name)  # the same mail each time it is told
    return letter.as_bytes()


def _receipts(mail: Mail) -> Sequence[str]:
    """The Message-ID of the receipt that is answered, as the sender's program would know it."""
    if not mail.answers:
        return ()
    first = next(one for one in MAILS if one.name == mail.answers)
    rows = Delivery.objects.filter(
        event="receipt",
        message__events__account__handle=CITY,
        message__text__startswith=first.subject,
    ).exclude(state=DeliveryState.CANCELLED)
    return [message_id(row) for row in rows[:1]]
