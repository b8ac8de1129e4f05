"""Done means done: a claim, a yes or a no of those who asked for it, and a survey months later."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from channels_app import actions as message_actions
from channels_app import letters
from channels_app.models import Confirmation, Delivery, DeliveryEvent, Follow
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import actions, surveys, tasks
from suggestions.models import Dispute, Evaluation, Judge, Suggestion, SurveyAnswer
from suggestions.states import Cause, SuggestionStatus
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas
from tests.suggestions.answering import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def buses() -> Office:
    return answering.department()


@pytest.fixture
def head(buses: Office) -> User:
    return people.head_of(buses)


@pytest.fixture
def idea(buses: Office, head: User) -> Suggestion:
    return answering.reviewed(buses, contact=("mail", "mina@example.org"))


def test_a_claim_waits_for_those_who_asked_for_it(idea: Suggestion, head: User) -> None:
    idea = answering.claimed(idea, by=head)

    claim = idea.claims.get()
    assert idea.status == SuggestionStatus.CLAIMED_DONE
    assert claim.confirmed_at is None
    assert idea.due_at is not None
    assert idea.due_at > clock.now() + 29 * DAY


def test_a_claim_needs_evidence(idea: Suggestion, head: User) -> None:
    idea = answering.at_work(idea)

    with pytest.raises(ValueError, match="evidence"):
        actions.claim_done(idea, result="budget", text=" ", by=head)
    with pytest.raises(ValidationError):
        actions.claim_done(idea, result="budget", text="했습니다", address="javascript:1", by=head)
    with pytest.raises(PermissionDenied):
        actions.claim_done(
            idea, result="budget", text="했습니다", by=people.officer_of(answering.department())
        )


def test_its_author_says_yes_once(idea: Suggestion, head: User) -> None:
    idea = answering.claimed(idea, by=head)

    actions.confirm_done(idea)
    idea = actions.confirm_done(idea)

    claim = idea.claims.get()
    assert (idea.status, claim.confirmed_by) == (SuggestionStatus.IMPLEMENTED, Judge.AUTHOR)
    assert idea.office == ideas.listening()
    assert idea.steps.filter(to_status="implemented").count() == 1


def test_silence_of_thirty_days_counts_as_yes(idea: Suggestion, head: User) -> None:
    idea = answering.claimed(idea, by=head)
    assert idea.due_at is not None

    tasks.follow_up()
    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.CLAIMED_DONE
    with clock.at(idea.due_at + timedelta(minutes=1)):
        tasks.follow_up()
        tasks.follow_up()

    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.IMPLEMENTED
    assert idea.steps.get(seq=idea.version).cause == Cause.SILENT
    assert idea.claims.get().confirmed_by == Judge.NOBODY


def test_a_no_goes_back_to_the_office_and_both_statements_stay(
    idea: Suggestion, head: User, buses: Office
) -> None:
    idea = answering.claimed(idea, by=head)

    dispute = actions.dispute_done(idea, text="밤에는 아직 한 대도 안 와요.")

    idea.refresh_from_db()
    assert (idea.status, idea.office) == (SuggestionStatus.IMPLEMENTING, buses)
    assert idea.due_at == idea.finish_at
    assert idea.steps.get(seq=idea.version).cause == Cause.DISPUTED
    assert dispute.public
    assert dispute.claim.text
    with pytest.raises(WrongTurnError):
        actions.dispute_done(idea, text="다시 말해요")
    assert Dispute.objects.count() == 1


def test_a_harsh_no_counts_and_is_for_the_office_alone(idea: Suggestion, head: User) -> None:
    idea = answering.claimed(idea, by=head)

    dispute = actions.dispute_done(idea, text="야 이 개새끼들아 거짓말하지 마")

    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.IMPLEMENTING
    assert not dispute.public
    assert idea.steps.get(seq=idea.version).text_digest == ""


def test_a_citizen_of_the_committee_judges_too(idea: Suggestion, head: User) -> None:
    idea = answering.claimed(idea, by=head)

    said = "현장에 가 보니 없습니다. 010-1234-5678로 물어 보세요."
    actions.dispute_done(idea, text=said, judge=Judge.SEAT)
    idea.refresh_from_db()
    actions.claim_done(idea, result="improvement", text="이제 다닙니다.", by=head)
    actions.confirm_done(idea, judge=Judge.SEAT)

    first, second = idea.claims.order_by("id")
    assert first.dispute.judge == Judge.SEAT
    assert first.dispute.text == ""  # no erasure would find the original
    assert "현장에 가 보니" in first.dispute.masked_text
    assert "1234-5678" not in first.dispute.masked_text
    assert (first.confirmed_at, second.confirmed_by) == (None, Judge.SEAT)


# -- months later ------------------------------------------------------------------------------
def surveyed(idea: Suggestion, head: User, people_: int = 6) -> Evaluation:
    """So many follow it; the survey has begun and everybody was written to."""
    for _one in range(people_):
        contact = ideas.person()
        message_actions.confirm_contact(contact)
        Follow.objects.create(
            topic=idea.topic, contact=contact, created_at=clock.now(), confirmed_at=clock.now()
        )
    idea = answering.done(idea, by=head)
    assert idea.due_at is not None
    with clock.at(idea.due_at + timedelta(minutes=1)):
        tasks.follow_up()
        tasks.invite_to_surveys()
    return Evaluation.objects.get(suggestion=idea)


def test_after_three_months_everybody_who_followed_is_asked_once(
    idea: Suggestion, head: User
) -> None:
    evaluation = surveyed(idea, head)

    with clock.at(evaluation.opened_at + DAY):
        tasks.follow_up()
        tasks.invite_to_surveys()

    idea.refresh_from_db()
    asked = Confirmation.objects.filter(purpose="survey")
    mails = Delivery.objects.filter(event=DeliveryEvent.CONFIRM, confirmation__in=asked)
    assert asked.count() == mails.count() == evaluation.invited == 6
    assert idea.status == SuggestionStatus.IMPLEMENTED
    assert idea.steps.get(seq=idea.version).cause == Cause.SURVEY
    assert idea.due_at is not None
    assert idea.due_at > evaluation.closes_at


def test_the_mail_holds_a_link_of_its_own_and_nothing_else(idea: Suggestion, head: User) -> None:
    surveyed(idea, head, people_=1)
    mail = Delivery.objects.filter(confirmation__purpose="survey").get()
    assert mail.confirmation is not None

    letter = letters.compose(mail)

    assert f"/survey/{mail.confirmation.pk}/{mail.confirmation.token}/" in letter.body
    assert idea.masked_text not in letter.body


def test_who_never_confirmed_or_stopped_is_not_asked(idea: Suggestion, head: User) -> None:
    silent = ideas.person()
    stopped = ideas.person()
    message_actions.confirm_contact(stopped)
    moment = clock.now()
    for contact, ended in ((silent, None), (stopped, moment)):
        Follow.objects.create(
            topic=idea.topic,
            contact=contact,
            created_at=moment,
            confirmed_at=moment,
            ended_at=ended,
        )

    evaluation = surveyed(idea, head, people_=2)

    assert evaluation.invited == 2


def test_supporters_and_its_author_are_asked_and_nobody_twice(buses: Office, head: User) -> None:
    idea = ideas.opened(buses, contact=("mail", "mina@example.org"))
    mina, sori, took_back = idea.message.contact, ideas.person(), ideas.person()
    assert mina is not None
    for contact in (mina, sori, took_back):
        message_actions.confirm_contact(contact)
        row = actions.support(idea, contact=contact)
    moment = clock.now()
    Follow.objects.create(topic=idea.topic, contact=sori, created_at=moment, confirmed_at=moment)
    actions.take_support_back(row)
    actions.count_supports()
    actions.pick(idea, reason="많은 시민이 바랍니다.", by=ideas.listener())

    surveyed(Suggestion.objects.get(pk=idea.pk), head, people_=0)

    asked = Confirmation.objects.filter(purpose="survey").values_list("contact", flat=True)
    assert sorted(asked) == sorted([mina.pk, sori.pk])


def answers_of(evaluation: Evaluation, said: list[tuple[str, int]]) -> None:
    asked = Confirmation.objects.filter(purpose="survey").order_by("id")
    with clock.at(evaluation.opened_at + DAY):
        for row, (there, helps) in zip(asked, said, strict=False):
            actions.answer_survey(row, there=there, helps=helps, words="010-1234-5678로 주세요")


def test_a_link_answers_once_and_nothing_leads_back(idea: Suggestion, head: User) -> None:
    evaluation = surveyed(idea, head)
    asked = Confirmation.objects.filter(purpose="survey").earliest("id")

    answers_of(evaluation, [("yes", 5)])
    with clock.at(evaluation.opened_at + DAY), pytest.raises(WrongTurnError):
        actions.answer_survey(asked, there="no", helps=1)

    (said,) = SurveyAnswer.objects.all()
    asked.refresh_from_db()
    assert (said.there, said.helps) == ("yes", 5)
    assert "010-1234-5678" not in said.masked_words
    assert asked.confirmed_at == evaluation.opened_at
    assert {field.name for field in SurveyAnswer._meta.get_fields()} == {
        "id",
        "evaluation",
        "there",
        "helps",
        "masked_words",
    }


def test_after_its_end_nobody_answers_any_more(idea: Suggestion, head: User) -> None:
    evaluation = surveyed(idea, head)
    asked = Confirmation.objects.filter(purpose="survey").earliest("id")

    with clock.at(evaluation.closes_at), pytest.raises(WrongTurnError):
        actions.answer_survey(asked, there="yes", helps=5)


def test_four_answers_show_no_number_five_do(idea: Suggestion, head: User) -> None:
    evaluation = surveyed(idea, head)

    answers_of(evaluation, [("yes", 4)] * 4)
    assert surveys.findings(evaluation).answered is None
    answers_of(evaluation, [])
    rest = Confirmation.objects.filter(purpose="survey", confirmed_at=None).order_by("id")
    with clock.at(evaluation.opened_at + DAY):
        actions.answer_survey(rest[0], there="yes", helps=5)

    found = surveys.findings(evaluation)
    assert (found.answered, found.helps) == (5, 4.2)


@given(st.tuples(*[st.integers(0, 30)] * 3), st.integers(1, 10))
def test_no_small_group_is_shown_nor_told_by_the_total(counts: tuple[int, ...], least: int) -> None:
    groups = dict(zip(("yes", "partly", "no"), counts, strict=True))

    shown = surveys.shown(groups, least)

    hidden = [name for name, people_ in shown.items() if people_ is None]
    assert all(people_ is None or people_ >= least for people_ in shown.values())
    assert len(hidden) != 1
    told = sum(groups.values()) - sum(people_ or 0 for people_ in shown.values())
    assert not hidden or told >= least or len(hidden) == len(groups)


def test_the_team_writes_what_became_of_it_once_the_survey_is_over(
    idea: Suggestion, head: User
) -> None:
    evaluation = surveyed(idea, head)
    listener = ideas.listener()

    with clock.at(evaluation.opened_at + DAY), pytest.raises(WrongTurnError):
        actions.evaluate(idea, text="도움이 됩니다.", by=listener)
    with clock.at(evaluation.closes_at):
        with pytest.raises(PermissionDenied):
            actions.evaluate(idea, text="도움이 됩니다.", by=head)
        actions.evaluate(idea, text="도움이 됩니다.", by=listener)

    idea.refresh_from_db()
    evaluation.refresh_from_db()
    assert (idea.status, evaluation.text) == (SuggestionStatus.EVALUATED, "도움이 됩니다.")
    assert idea.ended_at == evaluation.evaluated_at


def test_an_evaluation_that_is_not_written_is_late(idea: Suggestion, head: User) -> None:
    surveyed(idea, head)
    idea.refresh_from_db()
    assert idea.due_at is not None

    with clock.at(idea.due_at + DAY):
        tasks.remind_of_suggestions()

    assert idea.reminders.get().office == ideas.listening()
