"""Random lives of suggestions to their end: answered, in a committee, reported on, done, joined.

Beside what holds in their first life: reports are one a fortnight, a cluster counts different
people, every line of the dispositions is its rows, and answers, thresholds and tallies balance.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from lifecycle import clock
from people.models import User
from suggestions import actions, dispositions, tasks
from suggestions.models import (
    ActionItem,
    Cluster,
    ClusterMember,
    DropProposal,
    ProgressReport,
    Suggestion,
    reports,
)
from tests.committees import rooms
from tests.matrix import test_committee_acts as working
from tests.matrix import test_idea_answers as answers
from tests.matrix.ideas_standing import everything
from tests.matrix.people_of import ROLES
from tests.matrix.test_random_suggestions import Lives
from tests.people import factories as people
from tests.snapshots import snapshot
from tests.suggestions import answering
from tests.suggestions import factories as factories

pytestmark = pytest.mark.django_db
REFUSALS = (*answers.REFUSALS, ValueError)
OFFICERS = ("jun", "head", "listener", "sora", "centre", "mayor")
WORKS = ("send", "adopt_directly", "adopt", "propose_drop", "take_drop_back", "drop", "start_work",
         "block", "unblock", "plan")  # fmt: skip
KEEPS = ("start", "report", "finish", "move", "block", "postpone", "cancel", "hand")
officers = st.sampled_from(OFFICERS)


def all_rows() -> list[object]:
    """All that any of these acts could touch."""
    joined = snapshot(Cluster, ClusterMember)
    return [everything(), answers.everything(), working.everything(), joined]


class WholeLives(Lives):
    """The same town, with a committee at work."""

    ideas = Lives.ideas

    @initialize()
    def found_the_town(self) -> None:
        """Nothing of this outlives the example."""
        Lives.found_the_town(self)
        people.mayors_office()
        answering.policy(self.town.roads)
        self.committee = working.committee_in(self.town)

    def tried(self, act: Callable[[], object]) -> None:
        """Done, or refused by name and without a trace."""
        before = all_rows()
        try:
            with transaction.atomic():
                act()
        except REFUSALS:
            assert all_rows() == before

    def fresh(self, role: str) -> User:
        """Whoever has this part now."""
        return User.objects.get(pk=self.town.users[role].pk)

    @rule(target=ideas)
    def is_reviewed(self) -> int:
        """The roads have to answer."""
        return factories.reviewed(self.town.roads, contact=("mail", "mina@example.org")).pk

    @rule(target=ideas, state=st.sampled_from(["in_committee", "agreed", "implementing"]))
    def is_worked_on(self, state: str) -> int:
        """The committee has it."""
        return working.suggestion_at(state, self.town, self.committee).pk

    @rule(
        idea=ideas,
        act=st.sampled_from(answers.ACTS),
        role=st.sampled_from(("author", "system", "alt", *ROLES)),
    )
    def anybody_answers(self, idea: int, act: str, role: str) -> None:
        """What the table permits is done, the rest refused."""
        suggestion, listener = self.now(idea), self.fresh("listener")
        if role in self.town.users:
            self.town.users[role] = self.fresh(role)
        self.tried(lambda: answers.attempt(act, suggestion, role, self.town, listener))

    @rule(idea=ideas, act=st.sampled_from(WORKS), role=officers)
    def anybody_works(self, idea: int, act: str, role: str) -> None:
        """The same of the committee's acts."""
        acts, by = working.acts_on(self.now(idea), self.town, self.committee), self.fresh(role)
        self.tried(lambda: acts[act](by))

    @rule(idea=ideas, concurs=st.booleans())
    def a_citizen_says_what_they_think(self, idea: int, concurs: bool) -> None:
        """Of a proposed "no", if there is one."""
        proposal = DropProposal.objects.filter(suggestion=idea).last()
        seat = working.citizen_in(self.committee)
        if proposal is not None:
            self.tried(
                lambda: actions.say_opinion(proposal, seat=seat, concurs=concurs, words="생각")
            )

    @rule(idea=ideas, act=st.sampled_from(KEEPS), role=officers)
    def anybody_keeps_an_item(self, idea: int, act: str, role: str) -> None:
        """The newest one of this suggestion."""
        item, by = ActionItem.objects.filter(suggestion=idea).last(), self.fresh(role)
        if item is not None:
            self.tried(lambda: working.acts_on_item(item, self.town)[act](by))

    @rule(role=officers)
    def a_report_is_written(self, role: str) -> None:
        """The oldest that is owed, and published."""
        report = ProgressReport.objects.unfinished().order_by("due_at", "id").first()
        by = self.fresh(role)
        if report is not None:
            self.tried(lambda: rooms.published(report, by=by))

    @rule(one=ideas, other=ideas, parts=st.booleans())
    def a_moderator_joins_or_parts(self, one: int, other: int, parts: bool) -> None:
        """Each stays what it is."""
        by = self.fresh("listener")
        if parts:
            self.tried(lambda: actions.take_out(self.now(one), by=by))
        else:
            self.tried(lambda: actions.put_in_cluster(self.now(one), to=self.now(other), by=by))

    @rule()
    def the_sweep_counts(self) -> None:
        """Until nothing is left; what a cluster reaches is latched."""
        tasks.count_supports()

    @rule(days=st.integers(1, 60))
    def days_pass(self, days: int) -> None:
        """Every sweep comes; twice is as once, and no fortnight is without its report."""
        with clock.at(clock.now() + timedelta(days=days)):
            self.all_sweeps()
            before = all_rows()
            self.all_sweeps()
            assert all_rows() == before
            assert not reports.committees_owing().exists()
            assert not reports.offices_owing().exists()

    @staticmethod
    def all_sweeps() -> None:
        """As the clock starts them."""
        tasks.close_windows()
        tasks.follow_up()
        tasks.remind_of_suggestions()
        tasks.keep_reports()

    @invariant()
    def everything_is_in_its_place(self) -> None:
        """After every single step."""
        if not hasattr(self, "committee"):
            return
        Lives.everything_is_in_its_place(self)
        numbers = dispositions.numbers()
        assert numbers.total == Suggestion.objects.count()
        assert sum(line.total for line in numbers.lines) == numbers.total
        for line in numbers.lines:
            shown = Suggestion.objects.public().of_disposition(line.disposition)
            assert line.shown == shown.count()
        for cluster in Cluster.objects.filter(ended_at=None):
            supports = [row.supports for row in cluster.suggestions()]
            assert max(supports) <= cluster.people <= sum(supports)


@pytest.mark.slow
def test_random_whole_lives_keep_the_invariants() -> None:
    run_state_machine_as_test(
        WholeLives,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
