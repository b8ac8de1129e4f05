"""Promises: written down with their source, taken on, settled in public; the whole table tried."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User
from suggestions import actions
from suggestions.actions import Spoken
from suggestions.models import Promise, PromiseStep
from suggestions.states_of_promises import PROMISE_LIFECYCLE, PromiseStatus
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas
from tests.suggestions.answering import DAY, today

pytestmark = pytest.mark.django_db
WORDS = "내년 봄까지 심야버스를 아홉 노선으로 늘리겠습니다."


@pytest.fixture
def buses() -> Office:
    return answering.department()


@pytest.fixture
def town(buses: Office) -> dict[str, User]:
    """The mayor's office spoke; the buses' head takes it on."""
    return {
        "mayor": people.mayors_officer(),
        "jun": people.officer_of(buses),
        "head": people.head_of(buses),
        "sora": people.officer_of(people.make_office("water-of-the-test")),
        "alt": ideas.listener(),
        "centre": people.centre_officer(),
        "auditor": people.auditor(),
        "citizen": people.make_user(),
    }


def spoken(**fields: object) -> Spoken:
    return Spoken(**{"words": WORDS, "said_on": today(), "said_at": "broadcast", **fields})  # type: ignore[arg-type]  # words of a test


def made(town: dict[str, User]) -> Promise:
    return actions.make_promise(spoken(), speaker=people.mayors_office(), by=town["mayor"])


def accepted(town: dict[str, User], buses: Office) -> Promise:
    promise = made(town)
    return actions.accept(promise, office=buses, finish_on=today() + 90 * DAY, by=town["head"])


def test_a_promise_is_written_down_with_its_source(town: dict[str, User]) -> None:
    promise = actions.make_promise(
        spoken(source="라이브 서울", address="https://example.org/live", second=3725),
        speaker=people.mayors_office(),
        by=town["mayor"],
    )

    assert promise.status == PromiseStatus.MADE
    assert promise.office == people.mayors_office()
    assert promise.due_at is not None
    assert promise.moment_in_recording == "1:02:05"
    assert promise.steps.get().to_status == "made"


@pytest.mark.parametrize("wrong", [{"words": " "}, {"said_on": today() + 2 * DAY}])
def test_no_words_or_a_day_to_come_is_no_promise(
    wrong: dict[str, object], town: dict[str, User]
) -> None:
    with pytest.raises(ValueError, match="needs its words"):
        actions.make_promise(spoken(**wrong), speaker=people.mayors_office(), by=town["mayor"])
    with pytest.raises(ValidationError):
        actions.make_promise(
            spoken(address="javascript:alert(1)"),
            speaker=people.mayors_office(),
            by=town["mayor"],
        )


def test_whoever_takes_it_on_keeps_it(town: dict[str, User], buses: Office) -> None:
    promise = accepted(town, buses)

    actions.settle_promise(promise, end="kept", words="아홉 노선이 다닙니다.", by=town["head"])

    promise.refresh_from_db()
    assert (promise.status, promise.office) == (PromiseStatus.KEPT, buses)
    assert promise.end_words == "아홉 노선이 다닙니다."
    assert promise.ended_at is not None


def test_a_changed_promise_is_followed_in_its_new_words(
    town: dict[str, User], buses: Office
) -> None:
    old = accepted(town, buses)

    new = actions.change(
        old,
        spoken(words="내년 가을까지 여덟 노선으로 늘리겠습니다."),
        reason="운전기사를 더 뽑아야 합니다.",
        finish_on=today() + 300 * DAY,
        by=town["head"],
    )

    old.refresh_from_db()
    assert (old.status, old.end_words) == ("changed", "운전기사를 더 뽑아야 합니다.")
    assert (new.status, new.office, new.replaces) == ("accepted", buses, old)
    assert [step.to_status for step in new.steps.all()] == ["made", "accepted"]


def test_what_is_late_is_late_in_public(town: dict[str, User], buses: Office) -> None:
    promise = accepted(town, buses)
    assert promise.due_at is not None

    with clock.at(promise.due_at + timedelta(minutes=1)):
        assert list(Promise.objects.overdue()) == [promise]


Act = Callable[[Promise, Office, User], object]
ACTS: dict[str, Act] = {
    "accept": lambda promise, office, by: actions.accept(
        promise, office=office, finish_on=today() + 90 * DAY, by=by
    ),
    **{
        end: lambda promise, office, by, end=end: actions.settle_promise(  # type: ignore[misc]
            promise, end=end, words="이렇게 됐습니다.", by=by
        )
        for end in ("kept", "partly_kept", "broken")
    },
    "changed": lambda promise, office, by: actions.change(
        promise, spoken(), reason="바뀌었습니다.", finish_on=today() + 90 * DAY, by=by
    ),
}
ENDS = {"kept", "partly_kept", "broken", "changed"}
PERMITTED: dict[str, dict[str, set[str]]] = {
    "made": {"accept": {"head"}},
    "accepted": {end: {"head", "alt"} for end in ENDS},
    **{end: {} for end in ENDS},
}


@pytest.mark.parametrize("state", list(PromiseStatus))
def test_only_what_the_table_permits(state: str, town: dict[str, User], buses: Office) -> None:
    promise = made(town) if state == "made" else accepted(town, buses)
    if state in ENDS:
        ACTS[state](promise, buses, town["head"])
    wrong = []

    for act, do in ACTS.items():
        for role, user in town.items():
            before = list(Promise.objects.values()), PromiseStep.objects.count()
            done = False
            with transaction.atomic():
                try:
                    with transaction.atomic():
                        do(promise, buses, user)
                    done = True
                except (PermissionDenied, WrongTurnError, OvertakenError):
                    assert (list(Promise.objects.values()), PromiseStep.objects.count()) == before
                transaction.set_rollback(True)
            if done != (role in PERMITTED[state].get(act, set())):
                wrong.append(f"{role} {'could' if done else 'could not'} {act} at {state}")

    assert not wrong


@pytest.mark.parametrize("role", ["mayor", "alt", "jun", "sora", "auditor", "citizen"])
def test_who_writes_a_promise_down(role: str, town: dict[str, User]) -> None:
    if role in ("mayor", "alt"):
        assert actions.make_promise(spoken(), speaker=people.mayors_office(), by=town[role]).pk
        return

    with pytest.raises(PermissionDenied):
        actions.make_promise(spoken(), speaker=people.mayors_office(), by=town[role])


def test_every_state_is_a_key() -> None:
    assert set(PROMISE_LIFECYCLE) == set(PromiseStatus)
