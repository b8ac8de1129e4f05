"""Random lives of messages: whatever people try in whatever order, the ledger balances.

No open row without owner and date, a refused turn
changes nothing, nobody acts for an office after leaving it, every voice is routed or in a named
queue and every answer owed once.
"""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
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

from channels_app import actions, tasks
from channels_app.actions import Said
from channels_app.models import (
    Asked,
    Delivery,
    Message,
    MessageStep,
    Reading,
    Reminder,
    Reply,
    RoutingRule,
)
from lifecycle import clock, workdays
from lifecycle.actions import amend_rule, declare_holiday
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Appointment, User
from tests.ledger import check_ledger
from tests.matrix.people_of import ROLES, build_town
from tests.matrix.standing import attempt, everything, promised_by, put_off_by, standing_at
from tests.people import factories as people

pytestmark = pytest.mark.django_db

somebody = st.sampled_from(ROLES)
offices = st.sampled_from(["roads", "water"])
REFUSALS = (PermissionDenied, WrongTurnError, OvertakenError)


class Lives(RuleBasedStateMachine):
    """A town in which everybody tries everything; each life is undone when it is over."""

    voices = Bundle("voices")

    @initialize()
    def found_the_town(self) -> None:
        """Nothing of this outlives the example."""
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.town = build_town()
        RoutingRule.objects.create(office=self.town.roads, words="들썩돌", decides=True)
        self.receipts: list[str] = []
        self.promised: dict[int, tuple[datetime, int]] = {}
        workdays.forget()

    def teardown(self) -> None:
        """Undo it all."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        workdays.forget()

    def tried(self, act: Callable[[], object]) -> None:
        """Done, or refused by name and without a trace."""
        before = everything()
        try:
            with transaction.atomic():
                act()
        except REFUSALS:
            assert everything() == before

    def who(self, role: str) -> User:
        """The person as the next request would know them."""
        return User.objects.get(pk=self.town.users[role].pk)

    @rule(target=voices, clear=st.booleans(), contact=st.sampled_from(["", "mina", "sora"]))
    def speak(self, clear: bool, contact: str) -> int:
        """A voice, clear to the rules or not."""
        said = Said(
            text="들썩돌이 들썩해요" if clear else "뭐라고 할까요",
            kind="question",
            public=clear,
            contact=("mail", f"{contact}@example.org") if contact else None,
        )
        message = actions.receive(said, client_key=uuid.uuid4())
        self.receipts.append(message.code)
        return message.pk

    @rule()
    def the_sweep_routes(self) -> None:
        """As every few seconds."""
        tasks.route_waiting()
        assert not Message.objects.waiting_to_be_routed().exists()

    @rule(voice=voices, role=somebody, to=offices, blind=st.booleans())
    def route(self, voice: int, role: str, to: str, blind: bool) -> None:
        """Anybody, with the version seen or with an older one."""
        message, by = Message.objects.get(pk=voice), self.who(role)
        version = None if blind else message.version
        office = getattr(self.town, to)
        self.tried(lambda: actions.route(message, to=office, by=by, version=version))

    @rule(voice=voices, role=somebody)
    def hand_back(self, voice: int, role: str) -> None:
        """With a reason, for without one nobody may."""
        message, by = Message.objects.get(pk=voice), self.who(role)
        self.tried(lambda: actions.hand_back(message, reason="우리 일이 아니에요", by=by))

    @rule(voice=voices, role=somebody, to=offices)
    def ask_for_a_part(self, voice: int, role: str, to: str) -> None:
        """Whoever is not in charge may not."""
        message, by = Message.objects.get(pk=voice), self.who(role)
        office = getattr(self.town, to)
        self.tried(lambda: actions.ask_office(message, office=office, question="?", by=by))

    @rule(voice=voices, role=somebody)
    def give_a_part(self, voice: int, role: str) -> None:
        """Only the office that is asked, and only while it is owed."""
        asked = Asked.objects.filter(message=voice).last()
        if asked is not None:
            by = self.who(role)
            self.tried(lambda: actions.answer_part(asked, text="새지 않습니다", by=by))

    @rule(voice=voices, role=somebody, late=st.integers(0, 2))
    def answer(self, voice: int, role: str, late: int) -> None:
        """Perhaps from a page that is a few versions old."""
        message, by = Message.objects.get(pk=voice), self.who(role)
        version = max(0, message.version - late)
        self.tried(lambda: actions.answer(message, text="답입니다", by=by, version=version))

    @rule(voice=voices, role=somebody)
    def take_back(self, voice: int, role: str) -> None:
        """Undo an answer."""
        message, by = Message.objects.get(pk=voice), self.who(role)
        self.tried(lambda: actions.take_back(message, by=by))

    @rule(voice=voices, role=somebody, act=st.sampled_from([promised_by, put_off_by]))
    def name_a_date(self, voice: int, role: str, act: Callable[[Message, User], None]) -> None:
        """A promise, or an interim answer with a later date."""
        message, by = Message.objects.get(pk=voice), self.who(role)
        self.tried(lambda: act(message, by))

    @rule(voice=voices, role=somebody, asks=st.booleans())
    def say_in_between(self, voice: int, role: str, asks: bool) -> None:
        """How far it is, or a question to the author."""
        message, by = Message.objects.get(pk=voice), self.who(role)
        act = actions.ask_back if asks else actions.report_progress
        self.tried(lambda: act(message, text="말씀드릴 것이 있어요", by=by))

    @rule(voice=voices, act=st.sampled_from(["add_words", "confirm_fixed", "reopen", "appeal"]))
    def its_author_comes_back(self, voice: int, act: str) -> None:
        """By the private link, at any time."""
        message = Message.objects.get(pk=voice)
        self.tried(lambda: attempt(act, message, self.town, "author"))

    @rule(days=st.integers(1, 20))
    def nobody_answers_for_days(self, days: int) -> None:
        """The clocks of those who were asked run again; what is late is said, once."""
        with clock.at(clock.now() + timedelta(days=days)):
            tasks.stop_waiting()
            tasks.remind()
            told = list(Reminder.objects.values())
            tasks.remind()
        assert list(Reminder.objects.values()) == told
        assert all(one["due_at"] for one in told)

    @rule(ahead=st.integers(0, 12), works=st.booleans())
    def a_day_is_declared(self, ahead: int, works: bool) -> None:
        """Free, or not after all; what is open is counted anew, and twice is as once."""
        day = clock.seoul().date() + timedelta(days=ahead)
        declare_holiday(
            day, works=works, name_ko="임시", name_en="Day", by=self.who("administrator")
        )
        workdays.forget()
        tasks.recount_dates()
        before = everything()
        tasks.recount_dates()
        assert everything() == before

    @rule(voice=voices, role=somebody, restore=st.booleans())
    def screen(self, voice: int, role: str, restore: bool) -> None:
        """Set aside, or restore."""
        message, by = Message.objects.get(pk=voice), self.who(role)
        if restore:
            self.tried(lambda: actions.restore(message, by=by))
        else:
            self.tried(lambda: actions.set_aside(message, reason="spam", by=by))

    @rule(voice=voices, lead=voices, role=somebody, part=st.booleans())
    def join(self, voice: int, lead: int, role: str, part: bool) -> None:
        """The same matter as another one, perhaps itself; or no longer."""
        message, to, by = (
            Message.objects.get(pk=voice), Message.objects.get(pk=lead), self.who(role)
        )  # fmt: skip
        if part:
            self.tried(lambda: actions.un_join(message, reason="다른 일이에요", by=by))
        else:
            self.tried(lambda: actions.join(message, to=to, by=by))

    @rule(target=voices, lead=voices, contact=st.sampled_from(["", "mina"]))
    def say_the_same(self, lead: int, contact: str) -> int:
        """A voice whose author names another one; it is taken in whatever that one is."""
        said = Said(
            text="저도 들썩돌이 들썩해요",
            kind="question",
            contact=("mail", f"{contact}@example.org") if contact else None,
            same_as=Message.objects.get(pk=lead).code,
        )
        message = actions.receive(said, client_key=uuid.uuid4())
        self.receipts.append(message.code)
        return message.pk

    @rule(voice=voices)
    def report(self, voice: int) -> None:
        """A reader minds."""
        actions.report(Message.objects.get(pk=voice), words="보기 싫어요")

    @rule()
    def ten_seconds_pass(self) -> None:
        """What was answered is published."""
        with clock.at(clock.now() + timedelta(seconds=11)):
            tasks.publish_answers()
        assert not Reply.objects.filter(published_at=None, taken_back_at=None).exists()

    @rule(anew=st.booleans())
    def the_counts_are_added_up(self, anew: bool) -> None:
        """By the sweep, or all of them again."""
        if anew:
            actions.count_anew()
        tasks.add_up_counts()

    @rule(dies=st.booleans())
    def a_sender_works(self, dies: bool) -> None:
        """It claims a row and says "sent", or dies and is found by the sweep."""
        with clock.at(clock.now() + timedelta(minutes=1)):
            row = Delivery.objects.claim("a sender")
        if row is None:
            return
        if not dies:
            row.become("sent", sent_at=clock.now())
            return
        with clock.at(clock.now() + timedelta(minutes=5)):
            tasks.send_stale()
        row.refresh_from_db()
        assert (row.state, row.repeated) in (("queued", True), ("unknown", True))

    @rule(role=st.sampled_from(["jun", "head", "sora", "centre"]))
    def leave_office(self, role: str) -> None:
        """Somebody is relieved; somebody else takes the chair, under another name."""
        held = Appointment.objects.current().filter(user=self.town.users[role]).first()
        if held is not None:
            Appointment.objects.filter(pk=held.pk).update(until=clock.now())
            self.town.users[role] = people.officer_of(held.office)

    @invariant()
    def the_ledger_balances(self) -> None:
        """After every single step."""
        if hasattr(self, "receipts"):
            check_ledger(receipts=self.receipts, settled=False)
            assert not list(self._acts_of_strangers())
            assert not list(self._refused_too_often())
            self._the_first_promise_stands()
            assert actions.wrong_counts() == []

    def _the_first_promise_stands(self) -> None:
        """Whatever happened, `first_due_at` is what it was, and `moves` has only grown."""
        now = {
            pk: (first, moves)
            for pk, first, moves in Message.objects.values_list("pk", "first_due_at", "moves")
        }
        for pk, (first, moves) in self.promised.items():
            assert now[pk][0] == first
            assert now[pk][1] >= moves
        self.promised = now

    def _refused_too_often(self) -> Iterator[Message]:
        """Offices gave it away three times at most, and each time is counted; never by the centre.

        What the centre decided after the third time no office has given away again.
        """
        for message in Message.objects.all():
            by_offices = [
                step
                for step in message.steps.filter(by__isnull=False).select_related("by_office")
                if step.from_status == "routed"
                and step.to_status in ("routed", "received")
                and step.by_office is not None
                and not step.by_office.is_centre
            ]
            if message.hand_backs != len(by_offices) or message.hand_backs > 3:
                yield message

    def _acts_of_strangers(self) -> Iterator[MessageStep]:
        """Steps in the name of an office that their actor did not hold at that moment."""
        for step in MessageStep.objects.filter(by__isnull=False).select_related("by"):
            posts = Appointment.objects.filter(user=step.by_id, office=step.by_office_id)
            held = posts.filter(since__lte=step.at).exclude(until__lt=step.at)
            if not held.exists():
                yield step


@pytest.mark.slow
def test_random_lives_keep_the_ledger() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


REWRITING = [
    "UPDATE channels_app_messagestep SET id = id",
    "DELETE FROM channels_app_messagestep",
    "UPDATE channels_app_routingdecision SET id = id",
    "DELETE FROM channels_app_routingdecision",
    "UPDATE channels_app_reading SET id = id",
    "DELETE FROM channels_app_reading",
    "DELETE FROM channels_app_publicationchange",
    "UPDATE lifecycle_rule SET id = id",
    "DELETE FROM lifecycle_rule",
]


@pytest.mark.parametrize("statement", REWRITING)
def test_the_database_refuses_to_rewrite_what_was_recorded(statement: str) -> None:
    town = build_town()
    message = standing_at("routed", town)
    actions.hide(message, reason="personal", by=town.users["jun"])
    Reading.log(message, town.users["jun"], "desk_case")
    amend_rule("answer.idea", to="6", reason="faster", by=town.users["administrator"])

    with (
        pytest.raises(DatabaseError, match="Cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
