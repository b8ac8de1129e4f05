"""Discussion: said by whoever confirms it, held or hidden for a look, never lost, two levels."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from channels_app import news
from channels_app.models import Delivery
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office
from suggestions import actions, discussion, talk_rules
from suggestions.models import Badge, Comment, Suggestion
from suggestions.talk_states import WordState
from suggestions.tasks import forget_unconfirmed
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
HARSH = "이 병신 같은 의견은 뭐냐"


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.opened(buses)


def test_words_wait_until_their_address_is_confirmed(idea: Suggestion) -> None:
    comment = ideas.asked(idea)
    assert comment.state == WordState.PENDING
    assert not discussion.threads(idea)
    asked = comment.confirmation
    assert asked is not None

    actions.confirm_comment(asked)
    actions.confirm_comment(asked)

    assert [thread.first for thread in discussion.threads(idea).rows] == [comment]
    assert asked.contact == comment.contact
    assert Delivery.objects.get(confirmation=asked).event == "confirm"


def test_an_address_is_asked_so_often_and_no_more(idea: Suggestion) -> None:
    for _time in range(talk_rules.MAILS.value()):
        ideas.asked(idea, address="mina@example.org")

    refused = actions.ask_to_comment(
        idea, address="mina@example.org", language="ko", text="또 저예요", stance="for"
    )

    assert refused is None
    assert idea.comments.count() == talk_rules.MAILS.value()


def test_everyone_reads_the_masked_words(idea: Suggestion) -> None:
    comment = ideas.commented(idea, "제 번호는 010-1234-5678 이에요.")

    assert "1234" not in comment.masked_text
    assert "1234" in comment.text


def test_harsh_words_wait_for_a_moderator_and_are_never_refused(idea: Suggestion) -> None:
    comment = ideas.commented(idea, HARSH, "against")
    assert (comment.state, comment.held_reason) == (WordState.HELD, "tone")
    assert comment.due_at is not None

    actions.show_comment(comment, by=ideas.listener())

    comment.refresh_from_db()
    assert comment.is_shown
    assert not comment.is_undecided


def test_an_answer_to_an_answer_joins_its_thread(idea: Suggestion) -> None:
    first = ideas.commented(idea)
    answer = ideas.commented(idea, "맞아요", "", parent=first)

    second = ideas.commented(idea, "저도요", "", parent=answer)

    assert second.parent == first
    thread = discussion.threads(idea).rows[0]
    assert list(thread.answers) == [answer, second]


def test_a_comment_takes_a_side_or_answers(idea: Suggestion) -> None:
    with pytest.raises(ValueError, match="side"):
        ideas.asked(idea, stance="")
    with pytest.raises(ValueError, match="words"):
        ideas.asked(idea, text=" \u200b ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.create(suggestion=idea, at=clock.now(), stance="")


def test_nobody_answers_what_is_not_shown_or_stands_elsewhere(
    idea: Suggestion, buses: Office
) -> None:
    hidden = actions.mind_comment(ideas.commented(idea))
    elsewhere = ideas.commented(ideas.opened(buses, "공원에 그늘을 더 만들어 주세요."))

    for parent in (hidden, elsewhere):
        with pytest.raises(WrongTurnError):
            ideas.asked(idea, stance="", parent=parent)


def test_what_a_reader_minds_is_hidden_at_once_and_decided(idea: Suggestion) -> None:
    comment = actions.mind_comment(ideas.commented(idea), words="이름이 나와요 010-1234-5678")
    assert comment.is_hidden
    assert comment.due_at is not None
    assert "1234" not in comment.report_words
    moderator = ideas.listener()

    actions.hide_comment(comment, reason="personal", by=moderator)

    comment.refresh_from_db()
    assert (comment.hidden_reason, comment.report_words) == ("personal", "")
    assert not comment.is_undecided
    told = Delivery.objects.get(confirmation=comment.confirmation, event="decided")
    assert news.untrue_because(told) == ""
    assert told.contact == comment.contact


def test_where_much_is_reported_it_stays_until_a_look(idea: Suggestion) -> None:
    comment = actions.mind_comment(ideas.commented(idea), hides=False)

    assert comment.is_shown
    assert comment.is_undecided


def test_whoever_wrote_it_takes_it_back_for_good(idea: Suggestion) -> None:
    comment = actions.take_comment_back(ideas.commented(idea))
    assert (comment.text, comment.masked_text) == ("", "")

    with pytest.raises(WrongTurnError):
        actions.show_comment(comment, by=ideas.listener())

    assert actions.take_comment_back(comment).is_taken_back


def test_officers_speak_for_their_office_and_the_author_as_the_author(
    idea: Suggestion, buses: Office
) -> None:
    jun = people.officer_of(buses)

    official = actions.comment_as_officer(idea, text="검토하고 있습니다", stance="improve", by=jun)
    author = actions.comment_as_author(idea, text="고맙습니다", parent=official)

    assert (official.badge, official.office, official.is_shown) == (Badge.OFFICIAL, buses, True)
    assert (author.badge, author.parent) == (Badge.AUTHOR, official)
    with pytest.raises(PermissionDenied):
        actions.comment_as_officer(idea, text="저는", stance="for", by=people.auditor())


def test_a_moderator_marks_an_expert(idea: Suggestion) -> None:
    comment = ideas.commented(idea)
    moderator = ideas.listener()

    assert actions.name_expert(comment, by=moderator).badge == Badge.EXPERT
    assert actions.name_citizen(comment, by=moderator).badge == Badge.CITIZEN
    with pytest.raises(PermissionDenied):
        actions.name_expert(comment, by=people.officer_of(people.make_office("parks")))


def test_nothing_is_said_once_the_discussion_is_over(idea: Suggestion) -> None:
    late = ideas.asked(idea)
    actions.withdraw(idea)
    idea.refresh_from_db()
    assert late.confirmation is not None

    with pytest.raises(WrongTurnError):
        actions.confirm_comment(late.confirmation)
    with pytest.raises(WrongTurnError):
        ideas.asked(idea)


def test_what_nobody_confirms_is_forgotten(idea: Suggestion) -> None:
    ideas.asked(idea)
    said = ideas.commented(idea)
    forget_unconfirmed()
    assert idea.comments.count() == 2

    with clock.at(clock.now() + timedelta(days=talk_rules.FORGET_DAYS.value(), hours=1)):
        forget_unconfirmed()
        forget_unconfirmed()

    assert list(idea.comments.all()) == [said]


def test_a_long_thread_shows_its_first_answers_and_how_many_more(idea: Suggestion) -> None:
    first = ideas.commented(idea)
    for number in range(discussion.ANSWERS + 3):
        ideas.commented(idea, f"{number}번째 대답", "", parent=first)

    (thread,) = discussion.threads(idea).rows

    assert (len(thread.answers), thread.more) == (discussion.ANSWERS, 3)
    assert len(discussion.thread(first).rows[0].answers) == discussion.ANSWERS + 3


def test_each_side_counts_exactly_what_its_list_shows(idea: Suggestion) -> None:
    for stance in ("for", "for", "against", "improve"):
        ideas.commented(idea, f"{stance} 의견입니다", stance)
    actions.mind_comment(ideas.commented(idea, "숨겨진 의견", "for"))
    first = discussion.threads(idea).rows[0].first
    ideas.commented(idea, "대답", "", parent=first)

    for side in discussion.sides(idea):
        listed = discussion.threads(idea, stance=side.stance).rows
        assert len(listed) == side.count
