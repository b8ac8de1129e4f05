"""Appeals against a no: once, in time, and never decided by whoever decided before."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions as message_actions
from channels_app import letters
from channels_app.models import Delivery
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import actions, tasks
from suggestions.actions import Said
from suggestions.models import Appeal, NotShown, Suggestion
from suggestions.states import Cause, SuggestionStatus
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas
from tests.suggestions.answering import DAY, PERSONAL, SAID

pytestmark = pytest.mark.django_db
WHY = "막차를 늦추는 것은 밤새 일하는 사람에게 도움이 되지 않습니다."


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
def above(buses: Office) -> User:
    assert buses.parent is not None
    return people.head_of(buses.parent)


@pytest.fixture
def idea(buses: Office, head: User) -> Suggestion:
    return answering.reviewed(buses)


def refused(idea: Suggestion, head: User, buses: Office, against: str) -> Suggestion:
    if against == "declined":
        answering.declined(idea, by=head)
    else:
        actions.already_in_place(idea, said=SAID, policy=answering.policy(buses), by=head)
    idea.refresh_from_db()
    return idea


@pytest.mark.parametrize("against", ["declined", "in_place"])
def test_the_head_above_decides_anew(
    against: str, idea: Suggestion, buses: Office, head: User, above: User, jun: User
) -> None:
    refused(idea, head, buses, against)
    first_due = idea.first_due_at
    appeal = actions.appeal(idea, text=f"{WHY} 010-1234-5678")
    assert "010-1234-5678" not in appeal.masked_text
    assert appeal.office == buses.parent
    everybody = {
        "head": head,
        "jun": jun,
        "alt": ideas.listener(),
        "mayor": people.mayors_officer(),
        "officer above": people.officer_of(appeal.office),
        "auditor": people.auditor(),
        "centre": people.centre_officer(),
    }
    for user in everybody.values():
        for decide in (actions.uphold, actions.reject):
            with pytest.raises(PermissionDenied):
                decide(appeal, reason="그렇습니다.", by=user)

    actions.uphold(appeal, reason="다시 살펴보겠습니다.", by=above)

    idea.refresh_from_db()
    assert (idea.status, idea.office, idea.ended_at) == ("under_review", buses, None)
    assert (idea.interims, idea.first_due_at) == (0, first_due)
    assert idea.due_at is not None
    assert idea.due_at > clock.now() + 29 * DAY
    assert idea.steps.get(seq=idea.version).cause == Cause.UPHELD
    with pytest.raises(WrongTurnError):
        actions.reject(appeal, reason="아닙니다.", by=above)


def test_a_rejected_appeal_leaves_the_answer_and_says_why(
    idea: Suggestion, buses: Office, head: User, above: User
) -> None:
    refused(idea, head, buses, "declined")
    appeal = actions.appeal(idea, text=WHY)

    actions.reject(appeal, reason="예산이 없습니다. 문의 010-1234-5678", by=above)

    idea.refresh_from_db()
    appeal.refresh_from_db()
    assert idea.status == SuggestionStatus.DECLINED
    assert appeal.upheld is False
    assert "010-1234-5678" not in appeal.reason


def test_once_against_each_decision_and_in_time(
    idea: Suggestion, buses: Office, head: User, above: User
) -> None:
    refused(idea, head, buses, "declined")
    assert idea.ended_at is not None
    with clock.at(idea.ended_at + 31 * DAY):
        assert not actions.may_be_appealed(idea)
        with pytest.raises(WrongTurnError):
            actions.appeal(idea, text=WHY)
    actions.reject(actions.appeal(idea, text=WHY), reason="안 됩니다.", by=above)

    with pytest.raises(WrongTurnError):
        actions.appeal(idea, text=WHY)
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("state", ["open", "under_review", "passed_on", "long_term"])
def test_what_is_no_refusal_is_not_appealed(
    state: str, idea: Suggestion, buses: Office, head: User
) -> None:
    match state:
        case "open":
            idea = ideas.opened(buses)
        case "passed_on":
            answering.passed_on(idea, by=head)
        case "long_term":
            answering.planned(idea, by=head)
    idea.refresh_from_db()

    with pytest.raises(WrongTurnError):
        actions.appeal(idea, text=WHY)


def test_where_the_office_has_no_head_the_one_above_it_decided(
    idea: Suggestion, buses: Office, above: User
) -> None:
    buses.appointments.all().delete()
    assert above.heads(buses)
    answering.declined(idea, by=above)

    mayor = people.mayors_officer()
    appeal = actions.appeal(Suggestion.objects.get(pk=idea.pk), text=WHY)

    assert appeal.office == people.mayors_office()
    assert not actions.may_decide(appeal, above)
    assert actions.may_decide(appeal, mayor)


def test_an_office_below_nobody_is_judged_at_the_mayors(head: User) -> None:
    people.mayors_office()
    borough = people.make_office("borough-of-the-test", "borough")
    own_head = people.head_of(borough)
    idea = answering.reviewed(borough)
    answering.declined(idea, by=own_head)

    appeal = actions.appeal(Suggestion.objects.get(pk=idea.pk), text=WHY)

    assert appeal.office == people.mayors_office()
    assert not actions.may_decide(appeal, own_head)
    assert actions.may_decide(appeal, people.mayors_officer())


def test_whoever_worded_the_no_does_not_judge_it(
    idea: Suggestion, buses: Office, head: User, above: User
) -> None:
    answer = answering.declined(idea, by=head)
    people.appoint(above, buses, "head")
    actions.reword(answer, said=Said(f"{PERSONAL} 더 쉽게 썼습니다."), by=above)

    appeal = actions.appeal(Suggestion.objects.get(pk=idea.pk), text=WHY)

    assert not actions.may_decide(appeal, above)


def test_another_moderator_looks_at_what_was_not_shown(buses: Office) -> None:
    moderator, other = ideas.listener(), ideas.listener()
    idea = ideas.opened(buses)
    _send_to_screening(idea)
    actions.refuse(idea, reason=NotShown.ABUSE, words="욕설이 있습니다.", by=moderator)
    appeal = actions.appeal(Suggestion.objects.get(pk=idea.pk), text="욕설이 아닙니다.")

    with pytest.raises(PermissionDenied):
        actions.uphold(appeal, reason="맞습니다.", by=moderator)
    actions.uphold(appeal, reason="욕설이 아니었습니다.", by=other)

    idea.refresh_from_db()
    assert (idea.status, idea.not_shown, idea.office) == ("submitted", "", people.centre())
    assert idea.due_at is not None
    assert idea.due_at < clock.now() + timedelta(days=10)


def _send_to_screening(idea: Suggestion) -> None:
    """As a text that was not opened yet; the sweep opens every public idea at once."""
    Suggestion.objects.filter(pk=idea.pk).update(status=SuggestionStatus.SUBMITTED)
    idea.refresh_from_db()


def test_its_author_hears_once_that_they_were_right_and_by_when_they_hear_more(
    buses: Office, head: User, above: User
) -> None:
    idea = answering.reviewed(buses, contact=("mail", "mina@example.org"))
    mina, sora = idea.message.contact, ideas.person()
    assert mina is not None
    for one in (mina, sora):
        message_actions.confirm_contact(one)
        one.refresh_from_db()
        message_actions.follow_confirmed(idea.topic, one, language="en")
    appeal = actions.appeal(refused(idea, head, buses, "declined"), text=WHY)
    tasks.spread()
    before = list(Delivery.objects.values_list("pk", flat=True))

    actions.uphold(appeal, reason="We look at it again.", by=above)
    tasks.spread()

    owed = Delivery.objects.exclude(pk__in=before)
    assert {(row.contact, row.event) for row in owed} == {(mina, "decided"), (sora, "notice")}
    assert len(owed) == 2
    idea.refresh_from_db()
    assert idea.due_at is not None
    mail = letters.compose(owed.get(contact=mina))
    assert "We look at it again." in mail.body
    assert f"{clock.seoul(idea.due_at):%Y-%m-%d}" in mail.body
