"""Random lives of suggestions: whatever people try in whatever order, the invariants hold.

Dispositions are a partition, no open row is without owner and date, a latched threshold survives
every retreat, a refused turn changes nothing, nobody acts for an office after leaving it, and
every message is owed by somebody.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from channels_app.models import Kind
from lifecycle import clock
from people.models import Appointment, User
from suggestions import actions, tasks
from suggestions.models import Suggestion, SuggestionStep, Support
from suggestions.states import Disposition
from tests.channels_app import factories as voices
from tests.ledger import check_ledger
from tests.matrix.ideas_permitted import ACTS
from tests.matrix.ideas_standing import attempt, everything
from tests.matrix.people_of import ROLES, build_town
from tests.matrix.standing import REFUSALS
from tests.people import factories as people
from tests.suggestions import factories as factories

pytestmark = pytest.mark.django_db

somebody = st.sampled_from(("author", "supporter", "listener", *ROLES))
# Those that a state of their own decides about come by often enough to happen.
tries = st.sampled_from(ACTS)


class Lives(RuleBasedStateMachine):
    """A town in which everybody tries everything; each life is undone when it is over."""

    ideas = Bundle("ideas")

    @initialize()
    def found_the_town(self) -> None:
        """Nothing of this outlives the example."""
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        built = build_town()
        self.town = replace(built, users={**built.users, "listener": factories.listener()})
        self.reached: dict[int, datetime] = {}

    def teardown(self) -> None:
        """Undo it all."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def tried(self, act: Callable[[], object]) -> None:
        """Done, or refused by name and without a trace."""
        before = everything()
        try:
            with transaction.atomic():
                act()
        except REFUSALS:
            assert everything() == before

    def now(self, pk: int) -> Suggestion:
        """The row as it stands."""
        return Suggestion.objects.select_related("message").get(pk=pk)

    @rule(target=ideas, public=st.booleans())
    def speak(self, public: bool) -> int:
        """An idea for everyone, or a message whose author wants it to be one."""
        contact = ("mail", "mina@example.org")
        if public:
            return factories.opened(self.town.roads, contact=contact).pk
        return factories.submitted(self.town.roads, contact=contact).pk

    @rule()
    def an_idea_is_sent_and_the_sweep_comes(self) -> None:
        """Once it is routed it is taken up; twice is as once."""
        voices.routed_to(self.town.roads, kind=Kind.IDEA)
        with clock.at(clock.now() + timedelta(minutes=1)):
            tasks.take_up_ideas()
            before = everything()
            tasks.take_up_ideas()
        assert everything() == before

    @rule(idea=ideas, act=tries, role=somebody)
    def anybody_tries_anything(self, idea: int, act: str, role: str) -> None:
        """What the table permits is done, the rest refused."""
        if role in self.town.users:
            user = User.objects.get(pk=self.town.users[role].pk)
            self.town.users[role] = user
        suggestion = self.now(idea)
        self.tried(lambda: attempt(act, suggestion, self.town, role))
        if act == "unlatch" and self.now(idea).reached_at is None:
            self.reached.pop(idea, None)

    @rule(idea=ideas, people=st.sampled_from([1, 7, 49, 50]))
    def people_support_it(self, idea: int, people: int) -> None:
        """Some at once, and the sweep counts them."""
        suggestion = self.now(idea)
        for _one in range(people):
            self.tried_quickly(lambda: actions.support(suggestion, contact=factories.person()))
        self.the_sweep_counts()

    def tried_quickly(self, act: Callable[[], object]) -> None:
        """Without looking at every row: many times in a row."""
        try:
            with transaction.atomic():
                act()
        except REFUSALS:
            pass

    @rule(idea=ideas, many=st.sampled_from([1, 20]))
    def some_think_otherwise(self, idea: int, many: int) -> None:
        """What they had latched stays latched."""
        for row in Support.objects.counting().filter(suggestion=idea)[:many]:
            actions.take_support_back(row)
        self.the_sweep_counts()

    @rule()
    def the_sweep_counts(self) -> None:
        """Until nothing is left."""
        while actions.count_supports():
            pass

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        """Windows close, corrections end; twice is as once."""
        with clock.at(clock.now() + timedelta(days=days)):
            tasks.close_windows()
            before = everything()
            tasks.close_windows()
        assert everything() == before

    @rule(role=st.sampled_from(["jun", "head", "listener", "centre"]))
    def leave_office(self, role: str) -> None:
        """Somebody is relieved; somebody else takes the chair, under another name."""
        held = Appointment.objects.current().filter(user=self.town.users[role]).first()
        if held is not None:
            Appointment.objects.filter(pk=held.pk).update(until=clock.now())
            self.town.users[role] = people.officer_of(held.office)

    @invariant()
    def everything_is_in_its_place(self) -> None:
        """After every single step."""
        if not hasattr(self, "reached"):
            return
        rows = list(Suggestion.objects.select_related("message"))
        by_end = [Suggestion.objects.of_disposition(end).count() for end in Disposition]
        assert sum(by_end) == len(rows)
        assert all(row.is_final or (row.office_id and row.due_at) for row in rows)
        assert all((row.ended_at is not None) == row.is_final for row in rows)
        assert actions.wrong_counts() == []
        assert not list(self._acts_of_strangers())
        self._what_was_reached_stays(rows)
        check_ledger(settled=False)
        for row in rows:
            went_back = row.status == "redirected"
            assert (row.message.status != "taken_up") == went_back

    def _what_was_reached_stays(self, rows: list[Suggestion]) -> None:
        for row in rows:
            if row.pk in self.reached:
                assert row.reached_at == self.reached[row.pk]
            elif row.reached_at is not None:
                self.reached[row.pk] = row.reached_at

    def _acts_of_strangers(self) -> Iterator[SuggestionStep]:
        """Steps in the name of an office that their actor did not hold at that moment."""
        for step in SuggestionStep.objects.filter(by__isnull=False).select_related("by"):
            posts = Appointment.objects.filter(user=step.by_id, office=step.by_office_id)
            held = posts.filter(since__lte=step.at).exclude(until__lt=step.at)
            if not held.exists():
                yield step


@pytest.mark.slow
def test_random_lives_of_suggestions_keep_the_invariants() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
