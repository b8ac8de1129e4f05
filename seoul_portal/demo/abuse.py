"""What the publication desk finds on its first morning: a flood, a harsh word, a report."""

import uuid
from datetime import datetime, timedelta

from channels_app import actions
from channels_app.actions import Said, Verdict
from channels_app.models import ContactKind, HeldReason, HiddenReason, Message
from lifecycle import clock
from people.models import User
from seoul_portal.demo.play import NAMES, Stage

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
COPIES = 12
SELLING = "지금 투자하면 두 배! 이 글을 열 명에게 보내세요. double-your-money.invalid"
SIGNED = "우리 마을 도서관을 없애지 말아 주세요. 주민 모두의 뜻입니다."


def play(now: datetime) -> list[Message]:
    """Every voice once, however often it is played; what was decided stays decided."""
    stage = Stage()
    centre = stage.officer(stage.office("social-media-centre"))
    _flood(now - 3 * HOUR)
    _petition_let_through(now - 26 * HOUR, by=centre)
    _harsh(now - 2 * HOUR)
    _hidden_with_a_notice(now - 30 * HOUR, by=centre)
    _reported_and_shown_again(now - 50 * HOUR, by=centre)
    return list(Message.objects.undecided().order_by("publication_due_at", "id"))


def _say(text: str, at: datetime, *, copy: int = 0, **said: object) -> Message:
    """The same voice gives the same row."""
    key = uuid.uuid5(NAMES, f"abuse {copy} {text}")
    told: dict[str, object] = {"kind": "complaint", "public": True, **said}
    with clock.at(at):
        return actions.receive(Said(text=text, **told), client_key=key)  # type: ignore[arg-type]  # named by the caller


def _flood(at: datetime) -> None:
    """The same words again and again: one card, one decision, still to be made."""
    for copy in range(COPIES):
        _say(SELLING, at + copy * MINUTE / 4, copy=copy, held=HeldReason.REPEATED)


def _petition_let_through(at: datetime, *, by: User) -> None:
    """Many with the same honest wish: held at first, then let through together."""
    rows = [
        _say(SIGNED, at + copy * MINUTE, copy=copy, kind="idea", held=HeldReason.REPEATED)
        for copy in range(3)
    ]
    waiting = [row for row in rows if row.is_held and row.is_undecided]
    if waiting:
        with clock.at(at + HOUR):
            actions.screen_all(waiting, Verdict.SHOW, by=by)


def _harsh(at: datetime) -> None:
    """A rude word about a real trouble: everyone may read it once an officer has looked."""
    text = "공사장 먼지 때문에 미치겠네, 이 새끼들아! 빨래를 널 수가 없어요."
    _say(text, at, held=HeldReason.TONE)


def _hidden_with_a_notice(at: datetime, *, by: User) -> None:
    """It names a neighbour; its author hears why, and the office still answers."""
    text = "305호 김철수 씨가 밤마다 노래를 불러요. 조용히 하라고 해 주세요."
    message = _say(text, at, contact=(ContactKind.MAIL.value, "nari@demo.invalid"))
    if message.screened_at is None:
        with clock.at(at + HOUR):
            actions.hide(message, reason=HiddenReason.PERSONAL, by=by)


def _reported_and_shown_again(at: datetime, *, by: User) -> None:
    """A reader minded a criticism of the city; an officer decided that it may stand."""
    message = _say("시장님 약속만 하고 지키지 않네요. 횡단보도는 언제 생기나요?", at)
    if message.screened_at is None:
        with clock.at(at + HOUR):
            actions.report(message, words="보기 싫어요.")
        with clock.at(at + 3 * HOUR):
            actions.show(message, by=by)
