"""What colleagues left on the desk: a note, a message taken on, one that waits, shared views."""

from datetime import datetime, timedelta

from channels_app.states import MessageStatus
from desk import actions
from desk.models import Note, SavedView, Snooze, Taken, latest_for
from lifecycle import clock
from seoul_portal.demo.play import Stage
from seoul_portal.demo.story import Voice

CALLED = Voice(
    "사당역 환승센터 안내판 글자가 너무 작습니다. 눈이 어두운 사람은 타는 곳을 찾지 못해요.",
    "complaint",
    6.0,
    office="bus-policy",
    mail="saebom",
)
LATER = Voice(
    "버스 정류장 지붕에서 빗물이 샙니다. 비 오는 날에는 기다릴 수가 없어요.",
    "complaint",
    9.0,
    office="bus-policy",
    mail="garam",
)
NOTE = "현장팀과 통화함. 글자 크기 기준표를 내일 오전에 받기로 했습니다."
SHARED = (("위험한 것만", "show=all&kind=hazard"), ("제안만", "show=all&kind=idea"))


def play(now: datetime) -> None:
    """Once, however often it is played."""
    stage = Stage()
    office = stage.office("bus-policy")
    officer = stage.officer(office)
    called, later = stage.play(CALLED), stage.play(LATER)
    if called.status == MessageStatus.ROUTED and called.office == office:
        with clock.at(now - timedelta(hours=4)):
            if not Note.objects.filter(message=called).exists():
                actions.write_note(called, text=NOTE, by=officer)
            if not Taken.objects.filter(message=called).exists():
                actions.take(called, by=officer)
    latest = latest_for(later)
    if latest and later.office == office and not Snooze.objects.filter(message=later).exists():
        actions.snooze(later, until=min(now + timedelta(days=2), latest), by=officer)
    for name, query in SHARED:
        if not SavedView.objects.filter(by=officer, name=name).exists():
            actions.save_view(name, query=query, office=office, by=officer)
