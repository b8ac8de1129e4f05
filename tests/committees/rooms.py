"""A committee with its people, made by the real actions."""

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from lifecycle import clock
from people.models import Office, User
from suggestions import actions
from suggestions.actions import Draft, Founding, LineDraft, Person, Planned
from suggestions.models import Committee, ProgressReport, Seat, Suggestion
from suggestions.states_of_committees import Side
from tests.people import factories as people
from tests.suggestions import factories as ideas

_number = itertools.count(1)
DAY = timedelta(days=1)
WHY = (
    "밤에 일하는 분들과 버스 회사와 우리 과가 한자리에 앉아야 어느 노선부터 늘릴지 정할 수 있고, "
    "그래야 오래갑니다."
)
NO = {"ground": "budget", "words": WHY, "alternative": "내년", "next_door": "예산"}


@dataclass
class Room:
    """One committee at work, and who is in it; its office is `office`, Jun is its officer."""

    office: Office
    jun: User
    head: User
    committee: Committee
    citizen: Seat
    civic: Seat
    suggestions: list[Suggestion] = field(default_factory=list)

    @property
    def suggestion(self) -> Suggestion:
        """The first one, as it stands now."""
        return Suggestion.objects.get(pk=self.suggestions[0].pk)


def founding() -> Founding:
    """Names and purposes of the next committee."""
    number = next(_number)
    return Founding(
        slug=f"night-buses-{number}",
        name_ko=f"심야버스 위원회 {number}",
        name_en=f"Night bus committee {number}",
        purpose_ko="밤에 일하는 사람의 길을 함께 살핍니다.",
        purpose_en="We look after the ways of those who work at night.",
    )


def formed(office: Office, occasion: Suggestion, *, by: User) -> Committee:
    """Only its leading office sits in it."""
    return actions.form_committee(founding(), office=office, occasion=occasion, by=by)


def seated(committee: Committee, side: str, *, by: User, name: str = "이서연") -> Seat:
    """Somebody who agreed on paper."""
    person = Person(side=side, name=name, organisation="밤길 모임", shown=True)
    return actions.seat_person(committee, person, consent="서면으로 동의", by=by)


def at_work(slug: str = "buses", *, suggestions: int = 1) -> Room:
    """Complete, active, with so many suggestions given to it."""
    office = people.make_office(slug)
    jun, head = people.officer_of(office), people.head_of(office)
    first = ideas.reviewed(office)
    committee = formed(office, first, by=jun)
    civic = seated(committee, Side.CIVIC, by=jun)
    seated(committee, Side.EXPERT, by=jun, name="박지호")
    citizen = seated(committee, Side.CITIZEN, by=jun, name="최수아")
    committee = actions.activate(committee, by=jun)
    room = Room(office, jun, head, committee, citizen, civic)
    for number in range(suggestions):
        given = first if number == 0 else ideas.reviewed(office)
        room.suggestions.append(actions.send_to_committee(given, to=committee, reason=WHY, by=head))
    return room


def planned(office: Office, *, days: int = 30, title: str = "노선 두 개를 늘리기") -> Planned:
    """One thing to be done in so many days."""
    return Planned(title=title, office=office, due_on=day(days))


def day(days: int) -> date:
    """So many days from now."""
    return (clock.seoul() + days * DAY).date()


def adopted(room: Room, *, days: int = 30) -> Suggestion:
    """Its first suggestion, with one item."""
    items = [planned(room.office, days=days)]
    return actions.adopt(room.suggestion, items, words=WHY, by=room.jun)


def adopted_directly(slug: str = "buses", *, days: int = 30) -> Suggestion:
    """By the head of its department, without a committee."""
    office = people.make_office(slug)
    suggestion = ideas.reviewed(office)
    items = [planned(office, days=days)]
    head = people.head_of(office)
    return actions.adopt_directly(suggestion, items, words=WHY, by=head)


def implementing(room: Room) -> Suggestion:
    """Its first suggestion, begun."""
    return actions.start_work(adopted(room), words="공사를 시작했습니다.", by=room.jun)


def report_of(committee: Committee) -> ProgressReport:
    """The newest one, made now if its period has none."""
    actions.open_reports_of_committee(committee)
    return committee.reports.latest("number")


def words(report: ProgressReport, *, done: str = "노선을 정했습니다.", **more: object) -> Draft:
    """Something about every suggestion of the report."""
    lines = {
        suggestion.pk: LineDraft(done=done, next="차를 삽니다.", moved="차가 늦습니다.")
        for suggestion in actions.live_suggestions(report)
    }
    return Draft(**{"lines": lines, "hours": Decimal(6), **more})  # type: ignore[arg-type]


def published(report: ProgressReport, *, by: User, **more: object) -> ProgressReport:
    """Written and published by an officer."""
    actions.draft_report(report, words(report, **more), by=by)  # type: ignore[arg-type]
    return actions.publish_report(report, by=by)
