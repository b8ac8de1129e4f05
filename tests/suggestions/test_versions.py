"""Versions: a new wording is read at once, or after a look; every one stays readable."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from channels_app import letters, news
from channels_app.connectors.mail import Letter
from channels_app.models import Delivery, HiddenReason, Notice, Topic
from lifecycle.errors import WrongTurnError
from lifecycle.models import digest
from people.models import Office
from suggestions import actions, difference, talk_rules, tasks
from suggestions.models import Suggestion
from suggestions.states import Cause
from suggestions.talk_states import WordState
from tests.following.readers import confirmed
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
BETTER = "밤 12시부터 새벽 4시까지 심야버스 아홉 노선을 운행해 주세요."
HARSH = "이 병신 같은 행정은 그만하고 버스를 늘려라"


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.opened(buses)


def test_the_first_version_is_what_its_author_sent(idea: Suggestion) -> None:
    first = idea.versions.get()

    assert (first.number, first.text) == (1, idea.message.text)
    assert first.masked_text == idea.masked_text


def test_a_new_version_is_what_everyone_reads(idea: Suggestion) -> None:
    version = actions.rewrite(idea, text=BETTER)

    idea.refresh_from_db()
    assert (version.number, version.state) == (2, WordState.SHOWN)
    assert (idea.title, idea.masked_text) == (version.title, version.masked_text)
    step = idea.steps.order_by("-seq").first()
    assert step is not None
    assert (step.cause, step.text_digest) == (
        Cause.REWRITTEN,
        digest(f"{version.title}\n{version.masked_text}"),
    )
    assert Topic.objects.get(pk=idea.topic_id).text == version.masked_text
    assert idea.told_version < idea.version  # so that whoever follows is told


def test_a_version_needs_new_words(idea: Suggestion) -> None:
    for words in ("", "  ", idea.message.text):
        with pytest.raises(ValueError, match="new words"):
            actions.rewrite(idea, text=words)

    assert idea.versions.count() == 1


def test_harsh_words_wait_for_a_moderator_while_the_old_text_stands(idea: Suggestion) -> None:
    before = idea.masked_text

    version = actions.rewrite(idea, text=HARSH)

    idea.refresh_from_db()
    assert version.is_held
    assert idea.masked_text == before
    actions.show_version(version, by=ideas.listener())
    idea.refresh_from_db()
    assert idea.masked_text == version.masked_text


def decided() -> list[Letter]:
    """The mails owed for what moderators decided, as they would leave now."""
    rows = list(Delivery.objects.filter(event="decided").order_by("id"))
    assert [news.untrue_because(row) for row in rows] == [""] * len(rows)
    return [letters.compose(row) for row in rows]


def test_whoever_wrote_a_version_that_is_not_shown_reads_why(buses: Office) -> None:
    idea = ideas.opened(buses, contact=confirmed("mina@example.org"), language="en")
    actions.assign(idea, to=buses, reason="for the office alone", by=ideas.listener())

    for text in (HARSH, f"{HARSH} 또"):
        actions.hide_version(actions.rewrite(idea, text=text), reason="abuse", by=ideas.listener())

    first, second = decided()
    assert first.subject == second.subject == f"[{idea.code}] Your new version is not shown"
    with translation.override("en"):
        assert str(HiddenReason.ABUSE.label) in first.text
    assert "for the office alone" not in first.text


def test_a_version_that_is_let_through_is_told_with_its_step(buses: Office) -> None:
    idea = ideas.opened(buses, contact=confirmed("mina@example.org"))
    tasks.spread()

    actions.show_version(actions.rewrite(idea, text=HARSH), by=ideas.listener())
    tasks.spread()

    assert decided() == []
    notice = Notice.objects.latest("id")
    assert Delivery.objects.filter(notice=notice, message=idea.message).count() == 1


def test_who_writes_along_hears_what_was_decided_each_time(idea: Suggestion) -> None:
    sora = actions.invite_author(idea, address="sora@example.org", language="en")
    assert sora is not None
    assert sora.confirmation is not None
    sora = actions.join_in(sora.confirmation)

    held = actions.rewrite(idea, text=HARSH, coauthor=sora)
    actions.hide_version(held, reason="abuse", by=ideas.listener())
    (hidden,) = decided()
    assert hidden.to == "sora@example.org"
    assert f"Your version of the suggestion {idea.code} is not shown" in hidden.text
    Delivery.objects.filter(event="decided").update(state="sent")
    held = actions.rewrite(idea, text=f"{HARSH} 또", coauthor=sora)
    actions.show_version(held, by=ideas.listener())

    assert "is what everyone reads now" in decided()[-1].text


def test_a_held_version_never_overtakes_a_newer_one(idea: Suggestion) -> None:
    held = actions.rewrite(idea, text=HARSH)
    newer = actions.rewrite(idea, text=BETTER)

    with pytest.raises(WrongTurnError):
        actions.show_version(held, by=ideas.listener())

    actions.hide_version(held, reason="abuse", by=ideas.listener())
    idea.refresh_from_db()
    held.refresh_from_db()
    assert idea.masked_text == newer.masked_text
    assert (held.state, held.hidden_reason) == (WordState.HIDDEN, "abuse")


def test_too_many_versions_a_day_wait_for_a_look(idea: Suggestion) -> None:
    for number in range(talk_rules.VERSIONS.value()):
        assert actions.rewrite(idea, text=f"{BETTER} {number}안").is_shown

    assert actions.rewrite(idea, text=f"{BETTER} 마지막").is_held


def test_the_text_stands_once_an_office_has_to_answer(idea: Suggestion) -> None:
    actions.pick(idea, reason="많은 시민이 바랍니다.", by=ideas.listener())

    with pytest.raises(WrongTurnError):
        actions.rewrite(idea, text=BETTER)


def test_a_held_version_is_too_late_once_an_office_has_to_answer(idea: Suggestion) -> None:
    held = actions.rewrite(idea, text=HARSH)
    actions.pick(idea, reason="많은 시민이 바랍니다.", by=ideas.listener())

    with pytest.raises(WrongTurnError):
        actions.show_version(held, by=ideas.listener())

    held.refresh_from_db()
    assert held.is_held


def test_whoever_was_invited_writes_along_until_they_part(idea: Suggestion) -> None:
    sora = actions.invite_author(idea, address="sora@example.org", language="ko")
    assert sora is not None
    assert sora.confirmation is not None
    assert Delivery.objects.filter(confirmation=sora.confirmation, event="confirm").exists()
    with pytest.raises(PermissionDenied):
        actions.rewrite(idea, text=BETTER, coauthor=sora)

    sora = actions.join_in(sora.confirmation)
    version = actions.rewrite(idea, text=BETTER, coauthor=sora)

    assert version.coauthor == sora
    actions.part_from(sora)
    with pytest.raises(PermissionDenied):
        actions.rewrite(idea, text=f"{BETTER} 다시", coauthor=sora)


def test_nobody_writes_along_with_somebody_elses_suggestion(
    idea: Suggestion, buses: Office
) -> None:
    other = ideas.opened(buses, "공원에 그늘을 더 만들어 주세요.")
    sora = actions.invite_author(other, address="sora@example.org", language="ko")
    assert sora is not None
    assert sora.confirmation is not None
    sora = actions.join_in(sora.confirmation)

    with pytest.raises(PermissionDenied):
        actions.rewrite(idea, text=BETTER, coauthor=sora)


def test_an_invitation_that_was_taken_back_opens_nothing(idea: Suggestion) -> None:
    sora = actions.invite_author(idea, address="sora@example.org", language="ko")
    assert sora is not None
    assert sora.confirmation is not None
    actions.part_from(sora)

    with pytest.raises(WrongTurnError):
        actions.join_in(sora.confirmation)

    again = actions.invite_author(idea, address="sora@example.org", language="ko")
    assert again is not None
    assert again.confirmation is not None
    assert actions.join_in(again.confirmation).writes_along


def test_only_so_many_write_along(idea: Suggestion) -> None:
    for number in range(talk_rules.COAUTHORS.value()):
        actions.invite_author(idea, address=f"friend{number}@example.org", language="ko")

    with pytest.raises(WrongTurnError):
        actions.invite_author(idea, address="one-more@example.org", language="ko")


def test_a_correction_leaves_what_nobody_could_read_unread(idea: Suggestion) -> None:
    Suggestion.objects.filter(pk=idea.pk).update(status="submitted")
    actions.send_back(idea, reason="personal", words="이름을 빼 주세요.", by=ideas.listener())

    actions.correct(idea, text=BETTER)

    first, second = idea.versions.all()
    assert (first.state, second.state) == (WordState.HIDDEN, WordState.SHOWN)
    assert second.number == 2


WORDS = st.text(alphabet="가나다 \n", max_size=40)


@given(before=WORDS, after=WORDS)
def test_the_pieces_make_up_both_wordings(before: str, after: str) -> None:
    pieces = difference.between(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
