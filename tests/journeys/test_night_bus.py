"""A night-bus idea from its first word to its evaluation: one number, each page, one record.

A message, taken up, supported past the threshold (another idea is picked without it), sent to a
committee with its reason, adopted there with four reports (one late), claimed, disputed once,
confirmed, evaluated. Every public page along the way is looked at in a browser; its author and
somebody who follows hear of each change; a stranger checks the record.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from channels_app.models import Delivery, Message, Notice
from lifecycle import clock
from people.models import Office, User
from suggestions import actions, tasks
from suggestions.actions import Person
from suggestions.models import (
    Committee,
    Evaluation,
    LateReport,
    OfficialAnswer,
    Seat,
    Suggestion,
)
from suggestions.models.reports import report_due
from suggestions.states import SuggestionStatus as S
from suggestions.states_of_committees import Side
from tests.channels_app import factories as voices
from tests.committees import rooms
from tests.desk.screens import problems
from tests.following.readers import SORA, confirmed, follow
from tests.pages.browsing import Setting
from tests.people import factories as people
from tests.record import lives
from tests.suggestions import factories as ideas

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]
DAY = timedelta(days=1)
NIGHT = "밤 12시 이후에도 다니는 심야버스를 운행해 주세요. 밤늦게 일하고 집에 갈 길이 없습니다."
OTHER = "정류장마다 눈이 어두운 사람도 읽을 큰 글씨 시간표를 붙여 주세요."
MINA = "mina@example.org"
LOOKS = (Setting(390, "ko", "light"), Setting(1280, "en", "dark"))


@dataclass
class Story:
    """The people of the story, its day, and every page as it stood along the way."""

    start: datetime = field(default_factory=lambda: clock.now() - 400 * DAY)
    pages: dict[str, Any] = field(default_factory=dict)
    citizen: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.buses: Office = people.make_office("buses")
        ideas.listening()
        self.jun: User = people.officer_of(self.buses)
        self.head: User = people.head_of(self.buses)
        self.team: User = ideas.listener()

    @contextmanager
    def on(self, day: float) -> Iterator[None]:
        """So many days after the beginning; in the end who follows is told of it."""
        with clock.at(self.start + day * DAY):
            yield
            tasks.spread()

    @property
    def idea(self) -> Suggestion:
        """As it stands now."""
        return Suggestion.objects.get(message__text=NIGHT)

    def words(self, name: str) -> str:
        """A page as it stood, in English, without its line breaks."""
        return " ".join(self.pages[f"{LOOKS[1]} {name}"].content.decode().split())

    def look(self, name: str, path: str = "") -> None:
        """The page as everyone sees it at this moment, kept for the browser."""
        for setting in LOOKS:
            lead = "/en" if setting.language == "en" else ""
            there = (path or self.idea.get_absolute_url()).removeprefix("/en")
            page = self.citizen.get(f"{lead}{there}")
            assert page.status_code == 200, (name, page.status_code)
            self.pages[f"{setting} {name}"] = page


def told(story: Story) -> None:
    """It is said, taken up by the sweep under its own number, and enough people support it."""
    with story.on(0):
        mina = confirmed(MINA)
        message = voices.routed_to(story.buses, text=NIGHT, kind="idea", contact=mina)
        follow(message, SORA)
        other = voices.routed_to(story.buses, text=OTHER, kind="idea")
    with story.on(0.01):
        tasks.take_up_ideas()
    assert story.idea.code == message.code
    assert Message.objects.get(pk=message.pk).status == "taken_up"
    with story.on(9):
        story.look("gathering support")
        ideas.supported(story.idea, 50)
        while actions.count_supports():
            pass
    assert (story.idea.status, story.idea.office) == (S.UNDER_REVIEW, story.buses)
    with story.on(10):
        picked = Suggestion.objects.get(message=other)
        picked = actions.pick(picked, reason="눈이 어두운 분이 많습니다.", by=story.team)
    assert (picked.status, picked.supports) == (S.UNDER_REVIEW, 0)
    with story.on(10.1):
        story.look("under review")
        story.look("picked without support", picked.get_absolute_url())


def decided(story: Story) -> Seat:
    """A committee takes it on, with its reason, and adopts it with two things to be done."""
    with story.on(20):
        committee = rooms.formed(story.buses, story.idea, by=story.jun)
        for side, name in ((Side.CIVIC, "이서연"), (Side.EXPERT, "박지호")):
            rooms.seated(committee, side, by=story.jun, name=name)
        person = Person(Side.CITIZEN, "최수아", organisation="밤길 모임", shown=True)
        citizen = actions.seat_person(committee, person, consent="서면", by=story.jun)
        committee = actions.activate(committee, by=story.jun)
        actions.send_to_committee(story.idea, to=committee, reason=rooms.WHY, by=story.team)
    with story.on(22):
        story.look("in a committee")
        story.look("the committee", committee.get_absolute_url())
        items = [
            rooms.planned(story.buses, days=60),
            rooms.planned(story.buses, days=90, title="밤 기사 스무 명을 뽑기"),
        ]
        actions.adopt(story.idea, items, words=rooms.WHY, by=story.jun)
        actions.start_work(story.idea, words="차를 사기 시작했습니다.", by=story.jun)
    assert story.idea.status == S.IMPLEMENTING
    assert OfficialAnswer.objects.filter(suggestion=story.idea, outcome="adopted").exists()
    return citizen


def reported(story: Story, seat: Seat) -> None:
    """Four reports, one for each fortnight; the second one comes late, and everyone can see it."""
    for number, day in enumerate((33.5, 52, 61.5, 75.5), 1):
        with story.on(day):
            tasks.keep_reports()
            report = seat.committee.reports.filter(published_at=None).earliest("number")
            assert report.number == number
            rooms.published(report, by=story.jun)
            story.look(f"report {number}", report.get_absolute_url())
    late = LateReport.objects.get(level="late")
    assert late.report.number == 2
    with story.on(76):
        story.look("with four reports")
        story.look("all reports of the committee", seat.committee.get_absolute_url())


def named_next(story: Story, committee: Committee) -> None:
    """Its page names the next report, on the way and after four of them."""
    committee.refresh_from_db()
    reports_from = committee.reports_from
    assert reports_from is not None
    for name, number in (("in a committee", 1), ("with four reports", 5)):
        day = f"{clock.seoul(report_due(reports_from, number)):%Y-%m-%d}"
        words = story.words(name)
        assert f'<dt>Next report by</dt> <dd><strong><time datetime="{day}"' in words, name
    assert "Decision by" in story.words("in a committee")
    assert "To be finished by" in story.words("with four reports")


def heard(story: Story) -> None:
    """Its author and whoever follows had one notice a day of changes, each report, each silence."""
    told = Notice.objects.filter(topic=story.idea.topic)
    kinds = Counter(key.rpartition("-")[0] for key in told.values_list("key", flat=True))
    assert (kinds["report"], kinds["no-report"]) == (4, 1)
    days = {clock.seoul(at).date() for at in story.idea.steps.values_list("at", flat=True)}
    assert kinds["step"] == len(days) == 8
    for notice in told:
        to = Delivery.objects.filter(notice=notice).select_related("contact")
        assert sorted(row.recipient.address for row in to) == [MINA, SORA], notice.key


def changed(story: Story) -> None:
    """What the city changed is said in the words of the claim that held."""
    for name in ("changed", "what changed"):
        words = story.words(name)
        assert "이제 다 다닙니다." in words, name
        assert "아홉 노선." not in words


def done(story: Story, seat: Seat) -> None:
    """The office says it is done; a citizen disputes it once, then its author confirms."""
    author = f"/s/{story.idea.code}/{story.idea.message.token}"
    with story.on(100):
        for item in story.idea.items.all():
            actions.start_item(item, by=story.jun)
            actions.finish_item(item, words="다닙니다.", by=story.jun)
        actions.claim_done(story.idea, result="programme", text="아홉 노선.", by=story.head)
        story.look("claimed")
        no = story.citizen.post(
            f"{seat.private_url()}done/{story.idea.code}/", {"text": "두 노선은 아직 없습니다."}
        )
        assert no.status_code == 302
    assert story.idea.status == S.IMPLEMENTING
    with story.on(120):
        story.look("disputed")
        actions.claim_done(story.idea, result="programme", text="이제 다 다닙니다.", by=story.head)
        assert story.citizen.post(f"{author}/is-done/").status_code == 302
    assert story.idea.status == S.IMPLEMENTED


def evaluated(story: Story) -> None:
    """Months later those who follow it are asked, and the team writes down what came of it."""
    with story.on(330):
        tasks.follow_up()
    evaluation = Evaluation.objects.get(suggestion=story.idea)
    with clock.at(evaluation.closes_at + DAY):
        actions.evaluate(story.idea, text="밤마다 삼천 명이 탑니다.", by=story.team)
        story.look("evaluated")
        for name, path in (("changed", "/changed/"), ("what changed", f"/changed/{story.idea}/")):
            story.look(name, path)
        tasks.spread()
    assert story.idea.status == S.EVALUATED


def test_an_idea_goes_all_the_way_on_one_record(browser: Browser, axe: Axe, tmp_path: Path) -> None:
    story = Story()

    told(story)
    seat = decided(story)
    reported(story, seat)
    done(story, seat)
    evaluated(story)
    lives.seal_all()
    story.look("suggestions", "/suggestions/")
    story.look("its record", f"{story.idea.get_absolute_url()}record/")

    named_next(story, seat.committee)
    heard(story)
    changed(story)
    assert lives.problems() == []
    assert lives.checked(lives.download(tmp_path)) == (0, "the record is whole\n")
    assert actions.wrong_counts() == []
    steps = list(story.idea.steps.order_by("seq"))
    assert all(step.office_id and step.due_at for step in steps[:-1])
    for setting in LOOKS:
        mine = {n: page for n, page in story.pages.items() if n.startswith(str(setting))}
        assert problems(browser, axe, setting, mine) == []
