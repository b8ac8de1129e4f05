"""Drafts: kept by a button, by a preview, when overtaken; shared in the office; gone when sent."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from channels_app import actions
from channels_app.models import Message
from desk import actions as desk_actions
from desk.models import Draft
from lifecycle import clock
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import case_url, press, words_of
from tests.people import factories as people

pytestmark = pytest.mark.django_db

WORDS = "내일 오전에 고치"


@pytest.fixture
def message(roads: Office) -> Message:
    """With Jun's office."""
    return voices.routed_to(roads)


@pytest.fixture
def park(roads: Office) -> User:
    """A colleague of Jun's."""
    return people.officer_of(roads, name="박서연")


def test_save_draft_keeps_every_field_and_the_next_look_finds_it(
    message: Message, at_desk: Client
) -> None:
    typed = {"kind": "declined", "answer": WORDS, "reason": "규칙이 그렇습니다."}
    saved = press(at_desk, message, "answer", act="save", **typed)

    page = at_desk.get(saved["Location"])

    form = page.context["answer_form"]
    assert "Your draft is kept" in words_of(page)
    assert (form.chosen, form.typed("answer")) == ("declined", WORDS)
    assert form.typed("reason") == "규칙이 그렇습니다."
    assert f"{WORDS}</textarea>" in page.content.decode()


def test_nothing_typed_is_nothing_kept(message: Message, at_desk: Client) -> None:
    page = press(at_desk, message, "answer", act="save", answer="  \n")

    assert not Draft.objects.exists()
    assert "There is nothing to keep yet" in words_of(at_desk.get(page["Location"]))


def test_a_preview_keeps_a_draft_and_sending_it_takes_it_away(
    message: Message, at_desk: Client
) -> None:
    press(at_desk, message, "answer", act="preview", answer=WORDS)
    kept = Draft.objects.get().words

    press(at_desk, message, "answer", act="send", answer=WORDS)

    assert kept == {"answer": WORDS}
    assert not Draft.objects.exists()


def test_an_answer_with_a_mistake_is_kept_too(message: Message, at_desk: Client) -> None:
    press(at_desk, message, "answer", act="send", kind="declined", answer=WORDS)

    assert Draft.objects.get().kind == "declined"


def test_who_was_overtaken_finds_every_field_again(
    message: Message, park: User, at_desk: Client
) -> None:
    stale = message.version
    actions.put_off(message, text="더", until=(timezone.now() + timedelta(days=40)).date(), by=park)
    typed = {"kind": "declined", "answer": WORDS, "next_door": "구청"}

    page = press(at_desk, message, "answer", act="send", version=stale, **typed)
    opened = press(at_desk, message, "answer", act="change", answer=f"{WORDS}겠습니다.")

    form = opened.context["answer_form"]
    assert page.status_code == 409
    assert form.typed("answer") == f"{WORDS}겠습니다."
    assert (form.chosen, form.typed("next_door")) == ("declined", "구청")


def test_a_colleague_sees_whose_draft_it_is_and_goes_on_with_it(
    message: Message, park: User, at_desk: Client
) -> None:
    with clock.at(timezone.now() - timedelta(hours=1)):
        draft = desk_actions.keep_draft(message, kind="promising", words={"answer": WORDS}, by=park)
    assert draft is not None

    page = at_desk.get(case_url(message))
    mine = press(at_desk, message, "answer", act="change", draft=draft.pk)

    assert "박서연 has a draft of" in words_of(page)
    assert f"{clock.seoul(draft.at):%H:%M}" in words_of(page)
    assert mine.context["answer_form"].typed("answer") == WORDS
    assert mine.context["answer_form"].chosen == "promising"


def test_another_office_sees_no_draft(message: Message, park: User, buses: Office) -> None:
    desk_actions.keep_draft(message, kind="done", words={"answer": WORDS}, by=park)
    actions.route(message, to=buses, by=people.centre_officer())
    sora = people.signed_in_client(people.officer_of(buses))

    page = sora.get(case_url(message))

    assert WORDS not in page.content.decode()
    assert page.status_code == 200


@pytest.mark.parametrize("who", ["auditor", "mayor", "centre"])
def test_who_may_not_answer_sees_no_draft(who: str, message: Message, park: User) -> None:
    desk_actions.keep_draft(message, kind="done", words={"answer": WORDS}, by=park)
    user = {
        "auditor": people.auditor,
        "mayor": people.mayors_officer,
        "centre": people.centre_officer,
    }[who]()

    page = people.signed_in_client(user).get(case_url(message))

    assert WORDS not in page.content.decode()


def test_who_empties_every_field_has_thrown_the_draft_away(
    message: Message, at_desk: Client
) -> None:
    press(at_desk, message, "answer", act="keep", answer=WORDS, kind="done")

    page = press(at_desk, message, "answer", act="keep", answer=" ", kind="done")

    assert page.status_code == 204
    assert not Draft.objects.filter(message=message).exists()


def test_strangers_keep_and_drop_nothing(message: Message, park: User, sora: User) -> None:
    draft = desk_actions.keep_draft(message, kind="done", words={"answer": WORDS}, by=park)
    assert draft is not None

    with pytest.raises(PermissionDenied):
        desk_actions.keep_draft(message, kind="done", words={"answer": WORDS}, by=sora)
    with pytest.raises(PermissionDenied):
        desk_actions.drop_draft(draft, by=sora)


def test_a_draft_is_thrown_away_by_its_button(
    message: Message, park: User, at_desk: Client
) -> None:
    draft = desk_actions.keep_draft(message, kind="done", words={"answer": WORDS}, by=park)
    assert draft is not None

    press(at_desk, message, "drop-draft", draft=draft.pk)

    assert not Draft.objects.exists()


def test_words_written_after_the_page_was_made_are_not_thrown_away(
    message: Message, park: User, at_desk: Client
) -> None:
    draft = desk_actions.keep_draft(message, kind="done", words={"answer": WORDS}, by=park)
    assert draft is not None
    seen = (draft.at - timedelta(seconds=1)).isoformat()

    page = press(at_desk, message, "drop-draft", draft=draft.pk, seen=seen)

    assert Draft.objects.exists()
    assert "has changed meanwhile" in words_of(at_desk.get(page["Location"]))


def test_an_answer_ends_its_own_draft_and_leaves_those_of_colleagues(
    message: Message, park: User, jun: User, at_desk: Client
) -> None:
    day = (timezone.now() + timedelta(days=40)).date()
    actions.promise(message, text="고칩니다", finish_on=day, by=jun)
    message.refresh_from_db()
    desk_actions.keep_draft(message, kind="done", words={"answer": WORDS}, by=park)
    press(at_desk, message, "answer", act="send", kind="progress", answer="반쯤 했습니다")
    press(at_desk, message, "answer", act="save", kind="done", answer="다 했습")
    begun = Draft.objects.count()

    press(at_desk, message, "answer", act="send", kind="done", answer="다 했습니다")

    assert (begun, Draft.objects.get().by) == (2, park)


def test_an_erased_message_takes_its_drafts_along(message: Message, park: User, jun: User) -> None:
    desk_actions.keep_draft(message, kind="done", words={"answer": "김민아 님께"}, by=park)

    counted = actions.would_erase(message)
    actions.erase_message(message, by=None, withdraw=True)

    assert counted["draft"] == 1
    assert Draft.objects.get().words == {}
    assert not Draft.objects.filled().exists()


def test_a_no_that_stays_public_keeps_its_masked_reasons_after_an_erasure(
    roads: Office, jun: User
) -> None:
    refusal = actions.Refusal("legal", "박 주무관 010-9876-5432", "구청", "턱을 낮춥니다")
    reply = actions.answer(
        voices.routed_to(roads), text="안 됩니다", outcome="declined", refusal=refusal, by=jun
    )
    with clock.at(reply.leaves_at):
        message = actions.publish(reply)

    actions.erase_message(message, by=None)

    reply.refresh_from_db()
    assert "010-9876-5432" not in reply.reason
    assert reply.next_door == "구청"


def test_a_null_character_is_no_reason_to_fail(message: Message, at_desk: Client) -> None:
    page = press(at_desk, message, "answer", act="save", answer=f"{WORDS}\x00")

    assert page.status_code == 302
    assert Draft.objects.get().words == {"answer": WORDS}
