"""A committee with four reports, one of them late; and an idea that an office adopts by itself."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from channels_app.models import Message
from lifecycle import clock
from people.models import Appointment, Role, User
from seoul_portal.demo.play import NAMES, Stage
from seoul_portal.demo.story import Voice
from suggestions import actions
from suggestions.actions import Draft, Founding, LineDraft, Person, Planned
from suggestions.models import BudgetRow, Committee, Mandate, Seat, Suggestion
from suggestions.states_of_committees import Side

DAY = timedelta(days=1)
HOURS_OF_A_DAY = 24.0
IDEA = Voice(
    "집 가까운 작은 도서관을 밤 열 시까지 열어 주세요. 퇴근하고 가면 늘 문이 닫혀 있습니다.",
    "idea",
    80 * HOURS_OF_A_DAY,
    office="libraries",
    mail="haram",
)
SECOND = Voice(
    "작은 도서관끼리 책을 서로 빌려주면 좋겠습니다. 한 곳에 신청하면 다른 곳의 책이 오게요.",
    "idea",
    79 * HOURS_OF_A_DAY,
    office="libraries",
)
DIRECT = Voice(
    "한강공원 화장실에 기저귀 가는 자리를 만들어 주세요. 아빠도 쓸 수 있는 곳에요.",
    "idea",
    50 * HOURS_OF_A_DAY,
    office="parks",
    mail="eunsol",
)
FOUNDING = Founding(
    slug="library-network",
    name_ko="작은 도서관 위원회",
    name_en="Small library committee",
    purpose_ko="작은 도서관의 시간과 책을 사서, 주민, 시가 함께 정합니다.",
    purpose_en="Librarians, residents and the city decide together on hours and books.",
)
TOGETHER = (
    "밤에 문을 열면 사서가 더 일해야 하고 열쇠를 맡을 분도 있어야 합니다. "
    "사서와 주민이 함께 정해야 오래갑니다."
)
BEGINNING = (
    "위원회가 채택했습니다. 사서가 두 명 이상인 열두 곳에서 먼저 밤 열 시까지 열고, "
    "나머지는 사람을 뽑는 대로 엽니다."
)
AT_ONCE = (
    "한강공원 열한 곳 모두에 바로 답니다. "
    "아빠도 쓸 수 있게 여자 화장실이 아니라 가족 화장실에, 여름 전에 답니다."
)
PEOPLE = (
    Person(Side.CIVIC, "오세린", "마을도서관 모임", shown=True),
    Person(Side.EXPERT, "류하진", "도서관학 연구자", shown=True),
    Person(Side.CITIZEN, "서이든"),
)


class Room:
    """The committee as the story goes on; days are counted back from now."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.first, self.second = (_reviewed(stage, voice, ago=72) for voice in (IDEA, SECOND))
        office = self.first.department
        assert office is not None  # noqa: S101 - the voices name it
        self.office = office
        self.by, self.head = stage.officer(office), head_of(stage, office.slug)
        self.committee, self.citizen = self._convened()

    def ago(self, days: float) -> datetime:
        """So many days before now."""
        return self.stage.now - days * DAY

    def _convened(self) -> tuple[Committee, Seat]:
        with clock.at(self.ago(66)):
            committee = actions.form_committee(
                FOUNDING, office=self.office, occasion=self.first, by=self.by
            )
            seats = [
                actions.seat_person(committee, person, consent="첫 모임에서 동의", by=self.by)
                for person in PEOPLE
            ]
        with clock.at(self.ago(60)):
            committee = actions.activate(committee, by=self.by)
            for suggestion in (self.first, self.second):
                actions.send_to_committee(
                    suggestion,
                    to=committee,
                    reason=TOGETHER,
                    by=self.head,
                )
        return committee, seats[-1]

    def meet(self, days: float, *, agenda: str, minutes: str) -> None:
        """A meeting so many days ago, its minutes three days later."""
        with clock.at(self.ago(days + 6)):
            meeting = actions.call_meeting(
                self.committee,
                starts_at=self.ago(days),
                place="서울도서관 사서교육장",
                agenda=agenda,
                by=self.by,
            )
        with clock.at(self.ago(days - 3)):
            actions.publish_minutes(
                meeting, minutes=minutes, present=self.committee.seats.sitting(), by=self.by
            )

    def adopt(self, days: float) -> None:
        """The first idea, with two things to be done."""
        with clock.at(self.ago(days)):
            items = [
                self._planned("열두 곳을 평일 밤 열 시까지 열기", 45 + days, weight=3),
                self._planned("밤 시간 자원봉사자 모으기", 20 + days, partners="마을도서관 모임"),
            ]
            self.first = actions.adopt(self.first, items, words=BEGINNING, by=self.by)
        with clock.at(self.ago(days - 2)):
            words = "도서관마다 밤 시간표를 짜기 시작했습니다."
            self.first = actions.start_work(self.first, words=words, by=self.by)
            for item in self.first.items.all():
                actions.start_item(item, by=self.by)

    def _planned(self, title: str, days: float, **more: object) -> Planned:
        day = (clock.seoul() + days * DAY).date()
        return Planned(title=title, office=self.office, due_on=day, **more)  # type: ignore[arg-type]  # weight, partners

    def share(self, days: float, percent: int) -> None:
        """How far the first thing is."""
        with clock.at(self.ago(days)):
            item = self.first.items.order_by("pk").first()
            if item is not None:
                actions.report_item(item, percent=percent, by=self.by)

    def report(
        self, days: float, said: Mapping[int, LineDraft], hours: str, **more: object
    ) -> None:
        """The report of the period before, so many days ago."""
        with clock.at(self.ago(days)):
            actions.open_reports_of_committee(self.committee)
            report = self.committee.reports.filter(published_at=None).order_by("number")[0]
            answers = {
                one.pk: "네 곳은 사서가 한 명뿐이라서요." for one in actions.unanswered(report)
            }
            draft = Draft(said, hours=Decimal(hours), answers=answers, **more)  # type: ignore[arg-type]  # no_change, because
            if "because" in more:
                report = actions.draft_report(report, draft, by=self.by)
            else:
                report = actions.draft_report_as_seat(report, draft, seat=self.citizen)
            actions.publish_report(report, by=self.by)

    def budget(self) -> None:
        """What this year's budget and the next set aside for the first idea."""
        year = clock.seoul(self.stage.now).year
        lines = (
            (year, "밤에 일하는 사서 두 사람", 84_000_000, 52_300_000),
            (year + 1, "나머지 도서관의 밤 사서", 310_000_000, None),
        )
        for year, title, planned, spent in lines:
            BudgetRow.objects.get_or_create(
                suggestion=self.first,
                year=year,
                title=title,
                defaults={"office": self.office, "planned": planned, "spent": spent},
            )


def head_of(stage: Stage, slug: str) -> User:
    """The head of an office, who never signs in."""
    office = stage.office(slug)
    user, is_new = User.objects.get_or_create(
        email=f"head-{slug}@demo.invalid", defaults={"name": "임하준", "is_demo": True}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        Appointment.objects.create(user=user, office=office, role=Role.HEAD)
    return user


def _reviewed(stage: Stage, voice: Voice, *, ago: float) -> Suggestion:
    """Taken up, and picked by the listening team."""
    message = stage.play(voice)
    suggestion = Suggestion.objects.filter(message=message).first()
    if suggestion is None:
        with clock.at(stage.now - timedelta(hours=voice.ago) + DAY):
            suggestion = actions.take_up(message)
    with clock.at(stage.now - ago * DAY):
        listener = stage.officer(stage.office("attentive-listening"))
        return actions.pick(suggestion, reason="여러 동네에서 같은 말을 들었습니다.", by=listener)


def _committee(stage: Stage) -> None:
    room = Room(stage)
    room.meet(55, agenda="어느 도서관부터 밤에 열지", minutes="열두 곳에서 먼저 열기로 했습니다.")
    room.adopt(52)
    one, two = room.first.pk, room.second.pk
    room.report(
        46.5,
        {
            one: LineDraft("열두 곳을 골라 밤 시간표를 짰습니다.", "봉사자를 모읍니다."),
            two: LineDraft("도서관 서른 곳에 뜻을 물었습니다.", "답을 모아 셈합니다."),
        },
        "14.5",
    )
    with clock.at(room.ago(40)):
        actions.say_about(
            room.committee.reports.get(number=1),
            text="왜 열두 곳뿐인가요? 우리 동네 네 곳이 모두 빠졌습니다.",
            contact=None,
            language="ko",
        )
    room.share(36, 35)
    room.report(
        33,
        {one: LineDraft("네 곳이 밤에 열었습니다.", "다음 네 곳을 준비합니다.")},
        "18",
    )
    room.meet(24, agenda="책을 서로 빌려주는 길", minutes="배달차를 함께 쓰기로 했습니다.")
    with clock.at(room.ago(13)):  # the third one was late: its date passed in silence
        actions.open_reports_of_committee(room.committee)
        list(actions.tell_of_late())
    room.share(12, 60)
    room.report(
        11,
        {
            one: LineDraft(
                "여덟 곳이 밤에 엽니다.", "나머지 네 곳을 엽니다.", "사서를 늦게 뽑았습니다."
            ),
            two: LineDraft("배달차 한 대를 정했습니다.", "시험 배달을 합니다."),
        },
        "21",
    )
    room.budget()
    room.report(5, {}, "4", no_change=True, because="시의회가 예산을 심의하고 있어 기다립니다.")
    with clock.at(room.ago(1)):
        actions.open_reports_of_committee(room.committee)
        actions.call_meeting(
            room.committee,
            starts_at=room.stage.now + 9 * DAY,
            place="서울도서관 사서교육장",
            agenda="나머지 네 곳을 여는 날",
            by=room.by,
        )


def _alone(stage: Stage) -> None:
    idea = _reviewed(stage, DIRECT, ago=44)
    head = head_of(stage, "parks")
    office = idea.department
    assert office is not None  # noqa: S101 - the voice names it
    with clock.at(stage.now - 20 * DAY):
        items = [
            Planned("공원 열한 곳의 화장실에 자리 달기", office, (stage.now + 40 * DAY).date()),
        ]
        idea = actions.adopt_directly(idea, items, words=AT_ONCE, by=head)
    by = stage.officer(office)
    with clock.at(stage.now - 18 * DAY):
        idea = actions.start_work(idea, words="달 자리를 재기 시작했습니다.", by=by)
        actions.start_item(idea.items.get(), by=by)
    with clock.at(stage.now - 7 * DAY):
        actions.report_item(idea.items.get(), percent=25, by=by)
        mandate = Mandate.objects.get(suggestion=idea)
        report = actions.open_reports_of_office(mandate)[0]
        said = {idea.pk: LineDraft("세 곳에 자리를 달았습니다.", "여덟 곳을 더 답니다.")}
        report = actions.draft_report(report, Draft(said, hours=Decimal(6)), by=by)
        actions.publish_report(report, by=by)
        actions.open_reports_of_office(mandate)


STORIES: tuple[tuple[Voice, Callable[[Stage], None]], ...] = ((IDEA, _committee), (DIRECT, _alone))


@transaction.atomic
def play(now: datetime) -> None:
    """Each story once, however often it is played; every day is counted back from `now`."""
    with clock.at(now):
        stage = Stage()
    for voice, what_came in STORIES:
        key = uuid.uuid5(NAMES, voice.text)
        if not Message.objects.filter(client_key=key).exists():
            what_came(stage)
