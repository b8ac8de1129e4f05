"""Moderation: what nobody outside has read waits for a moderator; its author is told why not."""

from datetime import timedelta

import pytest

from channels_app import actions as message_actions
from channels_app import keeping, letters, news
from channels_app.connectors.mail import Letter
from channels_app.models import Delivery, Topic
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import actions, tasks
from suggestions.models import Suggestion
from suggestions.states import SuggestionStatus
from tests.channels_app import factories as voices
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MINA = ("mail", "mina@example.org")
SECRET = "내 번호는 010-1234-5678, 버스를 늘려 주세요."


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


@pytest.fixture
def moderator() -> User:
    return people.centre_officer()


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.submitted(buses, text=SECRET, contact=MINA, language="en")


def newest(suggestion: Suggestion, *, confirmed: bool = True) -> Letter:
    """The mail that is owed for the last decision, as it would leave now."""
    delivery = Delivery.objects.filter(message=suggestion.message, event="decided").latest("id")
    if confirmed:
        message_actions.confirm_contact(delivery.recipient)
        delivery.recipient.refresh_from_db()
    assert news.untrue_because(delivery) == ""
    return letters.compose(delivery)


def test_until_a_moderator_has_looked_nobody_outside_reads_it(
    idea: Suggestion, moderator: User
) -> None:
    assert idea.status == SuggestionStatus.SUBMITTED
    assert not Suggestion.objects.public().exists()
    assert not Topic.objects.get(code=idea.code).shown

    actions.publish(idea, by=moderator)

    assert Suggestion.objects.public().get() == idea
    assert Topic.objects.get(code=idea.code).shown
    assert idea.message.publication_changes.count() == 1


def test_a_public_message_is_open_at_once_when_its_author_offers_it(buses: Office) -> None:
    message = voices.routed_to(buses, kind="question")
    ideas.listening()

    suggestion = actions.offer(message)

    assert suggestion.status == SuggestionStatus.OPEN
    assert (suggestion.origin, suggestion.department) == ("author", buses)


def test_an_officer_says_how_its_author_agreed(buses: Office) -> None:
    message = voices.routed_to(buses, public=False)
    ideas.listening()
    by = people.officer_of(buses)

    with pytest.raises(ValueError, match="agreed"):
        actions.take_up(message, by=by, consent=" ")
    suggestion = actions.take_up(message, by=by, consent="전화로 동의했습니다.")

    assert suggestion.status == SuggestionStatus.SUBMITTED
    assert not suggestion.message.is_public
    note = suggestion.message.steps.get(to_status="taken_up").note
    assert note.text == "전화로 동의했습니다."


@pytest.mark.parametrize("state", ["hidden", "held", "answered", "erased"])
def test_what_is_decided_or_not_for_everyone_can_not_be_offered(
    state: str, buses: Office, moderator: User
) -> None:
    ideas.listening()
    message = voices.routed_to(buses)
    match state:
        case "hidden":
            message_actions.hide(message, reason="personal", by=moderator)
        case "held":
            message = voices.receive(held="burst")
        case "answered":
            message_actions.answer(message, text="고쳤습니다.", by=people.officer_of(buses))
        case "erased":
            message_actions.erase_message(message, by=moderator, reason="요청", withdraw=True)
    message.refresh_from_db()

    with pytest.raises(WrongTurnError):
        actions.offer(message)

    assert not Suggestion.objects.exists()


def test_without_consent_nothing_private_is_taken_up(buses: Office) -> None:
    ideas.listening()

    with pytest.raises(WrongTurnError):
        actions.take_up(voices.routed_to(buses, public=False))


def test_the_author_reads_why_and_until_when_to_appeal(idea: Suggestion, moderator: User) -> None:
    actions.refuse(idea, reason="personal", words="It names your neighbour.", by=moderator)

    mail = newest(idea)

    assert mail.subject == f"[{idea.code}] Your suggestion is not shown"
    assert "it names or accuses a person" in mail.body
    assert "It names your neighbour." in mail.body
    assert "You can appeal once" in mail.body
    assert idea.message.private_url() in mail.body


def test_an_address_nobody_confirmed_gets_no_word_of_it(idea: Suggestion, moderator: User) -> None:
    actions.refuse(idea, reason="personal", words="It names your neighbour.", by=moderator)

    mail = newest(idea, confirmed=False)

    assert "neighbour" not in mail.subject + mail.body
    assert "not shown" not in mail.subject


def test_each_time_it_goes_back_its_author_is_told(idea: Suggestion, moderator: User) -> None:
    for words in ("Which street?", "And which side?"):
        actions.send_back(idea, reason="unclear", words=words, by=moderator)
        assert words in newest(idea).body
        actions.correct(idea, text="버스를 늘려 주세요, 자세히.")

    assert Delivery.objects.filter(event="decided").count() == 2


def test_what_was_decided_otherwise_meanwhile_does_not_leave(
    idea: Suggestion, moderator: User
) -> None:
    actions.send_back(idea, reason="unclear", words="Which street?", by=moderator)
    owed = Delivery.objects.get(event="decided")
    actions.correct(idea, text="버스를 늘려 주세요, 자세히.")

    assert news.untrue_because(owed) == news.DECIDED_ANEW


@pytest.mark.parametrize("act", ["uphold", "reject"])
def test_how_an_appeal_was_decided_is_told(act: str, idea: Suggestion, moderator: User) -> None:
    actions.refuse(idea, reason="unclear", words="What shall change?", by=moderator)
    made = actions.appeal(idea, text="더 많은 버스입니다.")
    decide = actions.uphold if act == "uphold" else actions.reject

    decide(made, reason="We have read it again.", by=ideas.listener())

    mail = newest(idea)
    assert "Your appeal is decided" in mail.subject
    assert "We have read it again." in mail.body
    assert ("The decision stands" in mail.body) == (act == "reject")
    assert "You can appeal" not in mail.body


def test_what_was_never_corrected_ends_and_its_author_is_told(
    idea: Suggestion, moderator: User
) -> None:
    actions.send_back(idea, reason="unclear", words="Which street?", by=moderator)

    with clock.at(clock.now() + timedelta(days=32)):
        tasks.close_windows()
        tasks.close_windows()

        mail = newest(idea)
    assert mail.subject == f"[{idea.code}] Your suggestion has ended"
    assert "It was not corrected in time" in mail.body
    assert Delivery.objects.filter(event="decided").count() == 2


def test_an_erasure_takes_the_words_and_what_was_noted_about_them(
    idea: Suggestion, moderator: User
) -> None:
    actions.refuse(idea, reason="personal", words="It names your neighbour.", by=moderator)

    message_actions.erase_message(idea.message, by=moderator, reason="요청", withdraw=True)

    idea.refresh_from_db()
    topic = Topic.objects.get(code=idea.code)
    assert (idea.title, idea.masked_text) == ("", "")
    assert (topic.title, topic.text, topic.shown) == ("", "", False)
    assert idea.steps.get(to_status="refused").note.text == ""


def test_what_becomes_of_it_keeps_the_message(idea: Suggestion, moderator: User) -> None:
    with clock.at(clock.now() + timedelta(days=4000)):
        assert idea.message not in keeping.late_messages()
        actions.refuse(idea, reason="unclear", words="What shall change?", by=moderator)
        assert idea.message in keeping.late_messages()
