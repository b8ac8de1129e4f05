"""What time and people have had deleted, and who read what: for the pages about privacy."""

from datetime import datetime, timedelta

from channels_app import actions
from channels_app.models import AccessReview, Message, Reading
from channels_app.states import MessageStatus
from lifecycle import clock
from people.models import Appointment, Office, Role, User
from seoul_portal.demo.play import Stage
from seoul_portal.demo.story import Answer, Voice

DAY_HOURS = 24.0
LONG_AGO = Voice(
    "서울숲 반려견 놀이터는 명절에도 여나요? 010-2345-6789로 답 주세요.",
    "question",
    500 * DAY_HOURS,
    office="parks",
    answer=Answer(5.0, "명절 당일만 쉽니다. 나머지 날은 아침 7시부터 밤 9시까지 엽니다."),
    mail="nari",
)
THOUGHT_BETTER = Voice(
    "버스 정류장 의자가 부서졌어요. 저는 바로 앞 가게에서 일합니다.",
    "complaint",
    70 * DAY_HOURS,
    office="bus-policy",
    answer=Answer(30.0, "의자를 새것으로 바꿨습니다. 알려 주셔서 고맙습니다."),
    mail="haru",
)
ONLY_OFFICE = Voice(
    "버스 안에서 있었던 일로 상담하고 싶어요. 이름은 밝히고 싶지 않습니다.",
    "complaint",
    69 * DAY_HOURS,
    office="bus-policy",
    public=False,
)


def play(now: datetime) -> None:
    """As it would stand at `now`; a second time changes nothing."""
    with clock.at(now):
        stage = Stage()
        old, public, private = (
            stage.play(voice) for voice in (LONG_AGO, THOUGHT_BETTER, ONLY_OFFICE)
        )
        _read(stage, public)
        _read(stage, private)
        _erase(old, public, private)
        _look_at(_month_before(now, 2))


def _erase(old: Message, public: Message, private: Message) -> None:
    """One because its time was over, one at its author's wish, one before it was answered."""
    for message in (old, public, private):
        message.refresh_from_db()
    if not old.is_erased and old.status == MessageStatus.REPLIED:
        actions.expire_message(old)
    if not public.is_erased:
        actions.erase_message(public, by=None)
    if not private.is_erased:
        actions.erase_message(private, by=None)


def _read(stage: Stage, message: Message) -> None:
    """In the last two months: as usual, late at night, and somebody of another office."""
    office = message.office or stage.office("bus-policy")
    own, other = stage.officer(office), stage.officer(stage.office("parks"))
    for back in (1, 2):
        first = _month_before(stage.now, back)
        times = [(own, 4, 10), (own, 4, 15), (own, 5, 23), (other, 6, 11)]
        for user, day, hour in times:
            _note(message, user, first + timedelta(days=day, hours=hour))


def _note(message: Message, user: User, at: datetime) -> None:
    if Reading.objects.filter(message=message, user=user, at=at).exists():
        return
    with clock.at(at):
        Reading.log(message, user, "desk_case")


def _look_at(first: datetime) -> None:
    if AccessReview.objects.filter(month=first.date()).exists():
        return
    actions.review_readings(
        first.date(),
        findings="밤 11시에 읽은 두 건은 당직 근무였습니다."
        " 다른 부서가 읽은 건은 부서장이 사유를 확인했습니다.",
        by=_auditor(),
    )


def _auditor() -> User:
    """The demonstration's own, or somebody who never signs in."""
    held = Appointment.objects.current().filter(role=Role.AUDITOR, user__is_demo=True)
    if (post := held.select_related("user").first()) is not None:
        return post.user
    user, is_new = User.objects.get_or_create(
        email="audit@demo.invalid", defaults={"name": "감사", "is_demo": True}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        office = Office.objects.get(slug="audit")
        Appointment.objects.create(user=user, office=office, role=Role.AUDITOR)
    return user


def _month_before(now: datetime, count: int) -> datetime:
    """The first moment of the month so many months back, on Seoul's clock."""
    first = clock.seoul(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for _month in range(count):
        first = (first - timedelta(days=1)).replace(day=1)
    return first
