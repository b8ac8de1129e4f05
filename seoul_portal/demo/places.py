"""Three who say the same about one place: joined by themselves, by an officer, and parted again."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from channels_app import actions
from channels_app.actions import Said
from channels_app.models import ContactKind, Kind, Message
from channels_app.states import MessageStatus
from lifecycle import clock
from people.models import Office
from seoul_portal.demo.play import NAMES, Stage

HOUR = timedelta(hours=1)
HERE = (37.5559, 126.9058)
PLACE = "망원시장 입구 횡단보도"
FIRST = "망원시장 입구 횡단보도 신호가 너무 짧아서 어르신들이 다 건너지 못합니다."
SECOND = "망원시장 앞 횡단보도 신호가 짧아요. 어르신들이 중간에 서 계십니다."
THIRD = "시장 입구 건널목에서 파란불이 금방 바뀌어 유모차를 밀고 뛰어야 합니다."
OTHER = "망원시장 공영주차장 입구 신호등이 자주 꺼져 있습니다."


@transaction.atomic
def play(now: datetime) -> None:
    """The same story however often it is played; every hour is counted back from `now`."""
    with clock.at(now):
        stage = Stage()
    lead = _said(FIRST, now - 30 * HOUR, position=HERE)
    if lead.version > 0:
        return
    office = stage.office("traffic-operations")
    centre = stage.officer(stage.office("social-media-centre"))
    with clock.at(now - 29 * HOUR):
        lead = actions.route(lead, to=office, by=centre)
    _said(SECOND, now - 20 * HOUR, same_as=lead.code, mail="haru")
    _joined(_said(THIRD, now - 9 * HOUR, position=HERE), lead, now - 8 * HOUR, stage)
    parted = _joined(_said(OTHER, now - 7 * HOUR), lead, now - 6 * HOUR, stage)
    with clock.at(now - 5 * HOUR):
        actions.un_join(parted, reason="신호가 짧은 것과 꺼진 것은 다른 일입니다.", by=centre)


def _said(
    text: str,
    at: datetime,
    *,
    position: tuple[float, float] | None = None,
    same_as: str = "",
    mail: str = "",
) -> Message:
    said = Said(
        text=text,
        kind=Kind.COMPLAINT,
        public=True,
        place=PLACE,
        borough=Office.objects.get(slug="mapo"),
        position=position,
        same_as=same_as,
        contact=(ContactKind.MAIL.value, f"{mail}@demo.invalid") if mail else None,
    )
    with clock.at(at):
        return actions.receive(said, client_key=uuid.uuid5(NAMES, text))


def _joined(message: Message, lead: Message, at: datetime, stage: Stage) -> Message:
    """An officer of the centre finds that it is the same matter."""
    if message.status != MessageStatus.RECEIVED:
        return message
    with clock.at(at):
        return actions.join(message, to=lead, by=stage.officer(stage.office("social-media-centre")))
