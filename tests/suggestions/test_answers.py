"""Official answers: versions stay, a no says what comes next, nothing leaves without own words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from lifecycle.models.tracked import digest
from people.models import Office, User
from suggestions import actions, tasks
from suggestions.actions import Refusal, Said
from suggestions.models import OfficialAnswer, Suggestion, SuggestionReminder
from suggestions.own_words import own_signs
from suggestions.states import Cause, SuggestionStatus
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions.answering import DAY, GENERAL, NO, PERSONAL, SAID, today

pytestmark = pytest.mark.django_db


GIVEN: dict[str, Callable[..., OfficialAnswer]] = {
    "interim": answering.put_off,
    "passed_on": answering.passed_on,
    "long_term": answering.planned,
    "declined": answering.declined,
}


@pytest.fixture
def buses() -> Office:
    return answering.department()


@pytest.fixture
def jun(buses: Office) -> User:
    return people.officer_of(buses)


@pytest.fixture
def head(buses: Office) -> User:
    return people.head_of(buses)


@pytest.fixture
def idea(buses: Office, jun: User, head: User) -> Suggestion:
    return answering.reviewed(buses)


def test_a_no_says_what_stands_in_the_way_and_what_comes_next(idea: Suggestion, head: User) -> None:
    answer = answering.declined(idea, by=head)

    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.DECLINED
    assert idea.ended_at is not None
    assert (answer.blocker, answer.alternative, answer.next_door) == (
        NO.blocker,
        NO.alternative,
        answer.next_door,
    )
    assert answer.step.text_digest == digest(answer.public_words)
    assert answer.alternative in answer.public_words


@pytest.mark.parametrize("missing", ["alternative", "next_door"])
def test_a_no_without_what_comes_next_is_not_sent(
    missing: str, idea: Suggestion, head: User
) -> None:
    half = Refusal(**{**vars(NO), missing: " "})

    with pytest.raises(ValueError, match="a no needs"):
        actions.decline(idea, said=SAID, refusal=half, by=head)

    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.UNDER_REVIEW
    assert not idea.answers.exists()


def test_ready_made_words_alone_are_no_answer(idea: Suggestion, head: User) -> None:
    copied = Said(f"{GENERAL} 네.", "", ready_made=[GENERAL])

    with pytest.raises(ValueError, match="this suggestion alone"):
        actions.decline(idea, said=copied, refusal=NO, by=head)


def test_own_words_beside_ready_made_ones_count() -> None:
    assert own_signs(PERSONAL, [GENERAL]) > 40
    assert own_signs(f"{GENERAL}\n{PERSONAL}", [GENERAL]) == own_signs(PERSONAL, [])
    assert own_signs("제안해 주셔서  고맙습니다!", [GENERAL]) == 0
    assert own_signs(GENERAL.replace(". ", "."), [GENERAL]) == 0


@given(st.text(max_size=80), st.lists(st.text(max_size=40), max_size=4))
def test_no_text_makes_its_own_copy_personal(text: str, others: list[str]) -> None:
    assert own_signs(text, [text, *others]) == 0
    assert own_signs(text, others) <= own_signs(text, [])


def test_words_about_people_are_masked(idea: Suggestion, head: User) -> None:
    said = Said(f"{PERSONAL} 담당자 010-1234-5678로 전화해 주세요.")

    answer = actions.decline(idea, said=said, refusal=NO, by=head)

    assert "010-1234-5678" not in answer.public_words


def test_an_interim_answer_names_a_later_date_and_counts(idea: Suggestion, jun: User) -> None:
    first = idea.due_at
    assert first is not None

    answer = answering.put_off(idea, by=jun)

    idea.refresh_from_db()
    assert idea.due_at is not None
    assert idea.due_at == answer.new_due_at
    assert idea.due_at > first
    assert (idea.first_due_at, idea.interims, idea.moves) == (first, 1, 1)
    assert idea.steps.get(seq=idea.version).cause == Cause.INTERIM


def test_two_by_the_office_the_third_by_its_head_the_fourth_before_the_mayor(
    idea: Suggestion, jun: User, head: User
) -> None:
    answering.put_off(idea, by=jun)
    answering.put_off(idea, by=jun)

    with pytest.raises(PermissionDenied):
        answering.put_off(idea, by=jun)
    answering.put_off(idea, by=head)
    assert not Suggestion.objects.put_off_often().exists()
    answering.put_off(idea, by=head)

    assert list(Suggestion.objects.put_off_often()) == [idea]


def test_an_earlier_date_is_no_interim_answer(idea: Suggestion, jun: User) -> None:
    assert idea.due_at is not None

    with pytest.raises(ValueError, match="later"):
        actions.answer_interim(idea, said=SAID, until=clock.seoul(idea.due_at).date() - DAY, by=jun)


def test_what_the_city_does_already_links_its_policy(
    idea: Suggestion, jun: User, buses: Office
) -> None:
    owl = answering.policy(buses)

    actions.already_in_place(idea, said=SAID, policy=owl, by=jun)

    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.IN_PLACE
    assert idea.answers.get().policy == owl


def test_a_policy_that_ended_is_not_in_place(idea: Suggestion, jun: User, buses: Office) -> None:
    ended = answering.policy(buses, ended_on=today())

    with pytest.raises(ValueError, match="no longer in force"):
        actions.already_in_place(idea, said=SAID, policy=ended, by=jun)


def test_what_is_passed_on_comes_back_on_its_day(idea: Suggestion, head: User) -> None:
    answering.passed_on(idea, by=head)
    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.PASSED_ON
    assert idea.due_at is not None

    tasks.follow_up()
    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.PASSED_ON
    with clock.at(idea.due_at + timedelta(minutes=1)):
        tasks.follow_up()
        tasks.follow_up()

    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.UNDER_REVIEW
    assert idea.steps.get(seq=idea.version).cause == Cause.FOLLOW_UP
    assert idea.interims == 0


def test_the_body_it_was_passed_on_to_has_answered(idea: Suggestion, head: User, jun: User) -> None:
    answering.passed_on(idea, by=head)

    actions.hear_back(idea, words="국토교통부가 시의 일이라고 답했습니다.", by=jun)

    idea.refresh_from_db()
    step = idea.steps.get(seq=idea.version)
    assert (idea.status, step.cause) == (SuggestionStatus.UNDER_REVIEW, Cause.HEARD)
    assert step.statement.text == "국토교통부가 시의 일이라고 답했습니다."


def test_passing_on_needs_a_body_and_days_in_order(idea: Suggestion, head: User) -> None:
    for body, sent_on, follow_up_on in (
        (" ", today(), today() + 30 * DAY),
        ("국회", today() + DAY, today() + 30 * DAY),
        ("국회", today(), today()),
    ):
        with pytest.raises(ValueError, match="passing on"):
            actions.pass_on(
                idea,
                said=SAID,
                body=body,
                sent_on=sent_on,
                follow_up_on=follow_up_on,
                by=head,
            )


def test_the_long_term_plan_looks_again_within_a_year(idea: Suggestion, head: User) -> None:
    with pytest.raises(ValueError, match="months"):
        actions.plan_long_term(idea, said=SAID, review_on=today() + 367 * DAY, by=head)

    answering.planned(idea, by=head)
    idea.refresh_from_db()
    assert idea.due_at is not None
    with clock.at(idea.due_at + timedelta(minutes=1)):
        tasks.follow_up()

    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.UNDER_REVIEW


@pytest.mark.parametrize("kind", GIVEN)
def test_better_words_are_a_new_version_and_the_old_one_stays(
    kind: str, idea: Suggestion, head: User
) -> None:
    first = GIVEN[kind](idea, by=head)
    better = Said(f"{PERSONAL} 셈은 9월에 시작합니다.")

    second = actions.reword(first, said=better, by=head)

    idea.refresh_from_db()
    assert second.supersedes == first
    assert list(OfficialAnswer.objects.newest()) == [second]
    assert (second.outcome, second.new_due_at, second.review_on, second.body) == (
        first.outcome,
        first.new_due_at,
        first.review_on,
        first.body,
    )
    assert idea.steps.get(seq=idea.version).cause == Cause.REWORDED
    assert second.step.text_digest == digest(second.public_words)
    with pytest.raises(WrongTurnError):
        actions.reword(first, said=better, by=head)


def test_an_answer_that_no_longer_holds_is_not_reworded(
    idea: Suggestion, head: User, jun: User
) -> None:
    answer = answering.passed_on(idea, by=head)
    actions.hear_back(idea, words="답이 왔습니다.", by=jun)

    with pytest.raises(WrongTurnError):
        actions.reword(answer, said=SAID, by=head)


def test_who_read_an_older_version_is_told(idea: Suggestion, head: User, jun: User) -> None:
    seen = idea.version
    answering.put_off(idea, by=jun)

    with pytest.raises(OvertakenError):
        actions.decline(idea, said=SAID, refusal=NO, by=head, version=seen)


def test_a_date_that_passed_stands_on_more_and_more_lists(idea: Suggestion, buses: Office) -> None:
    people.mayors_officer()
    due = idea.due_at
    assert due is not None

    for days, levels in ((1, ["late"]), (4, ["late", "head"]), (8, ["late", "head", "mayor"])):
        with clock.at(due + days * DAY):
            tasks.remind_of_suggestions()
            tasks.remind_of_suggestions()
            idea.refresh_from_db()
            assert idea.must_be_answered
        assert [row.level for row in idea.reminders.all()] == levels
    assert [row.office for row in idea.reminders.all()] == [
        buses,
        buses,
        people.mayors_office(),
    ]


def test_nobody_is_reminded_of_what_waits_elsewhere(idea: Suggestion, head: User) -> None:
    answering.passed_on(idea, by=head)
    idea.refresh_from_db()
    assert idea.due_at is not None

    with clock.at(idea.due_at + 30 * DAY):
        tasks.remind_of_suggestions()

    assert not SuggestionReminder.objects.exists()


def test_its_author_says_how_the_answer_was_and_changes_it(idea: Suggestion, head: User) -> None:
    answering.declined(idea, by=head)

    actions.rate(idea, clear="yes", heard="no", words="전화번호 010-1234-5678")
    said = actions.rate(idea, clear="yes", heard="partly")

    assert (said.clear, said.heard, said.words) == ("yes", "partly", "")
    assert said.changed_at is not None
    with clock.at(clock.now() + 31 * DAY), pytest.raises(WrongTurnError):
        actions.rate(idea, clear="no", heard="no")


def test_an_interim_answer_is_not_rated(idea: Suggestion, jun: User) -> None:
    answering.put_off(idea, by=jun)

    with pytest.raises(WrongTurnError):
        actions.rate(idea, clear="yes", heard="yes")
