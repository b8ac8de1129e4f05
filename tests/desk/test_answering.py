"""Answering: written, seen as the citizen will, sent, taken back within seconds, or published."""

from datetime import timedelta

import pytest
from django.test import Client

from channels_app import actions
from channels_app.models import Message, Reply
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import case_url, press, words_of
from tests.pages.html import broken_promises

pytestmark = pytest.mark.django_db

ANSWER = "내일 고치겠습니다.\n담당자 010-9876-5432"


@pytest.fixture
def message(roads: Office) -> Message:
    """A public message with Jun's office."""
    return voices.routed_to(roads)


def test_a_preview_sends_nothing(message: Message, at_desk: Client) -> None:
    page = press(at_desk, message, "answer", act="preview", answer=ANSWER)

    message.refresh_from_db()
    assert page.status_code == 200
    assert (message.status, message.version) == ("routed", 1)
    assert not Reply.objects.exists()


def test_without_saying_what_it_is_a_post_only_shows_the_preview(
    message: Message, at_desk: Client
) -> None:
    press(at_desk, message, "answer", answer=ANSWER)

    assert not Reply.objects.exists()


def test_the_preview_of_a_public_case_shows_both_copies_and_marks_what_is_covered(
    message: Message, at_desk: Client
) -> None:
    page = press(at_desk, message, "answer", act="preview", answer=ANSWER)

    html = page.content.decode()
    assert "010-9876-5432" in html
    assert "<mark>010-****-****</mark>" in html
    assert message.text in html
    assert "no-store" in page["Cache-Control"]
    assert broken_promises(page.content.decode(), "en") == []


def test_where_nothing_is_covered_the_preview_says_so(message: Message, at_desk: Client) -> None:
    page = press(at_desk, message, "answer", act="preview", answer="내일 고치겠습니다.")

    assert "Nothing had to be covered" in words_of(page)
    assert "<mark>" not in page.content.decode()


def test_the_preview_of_a_private_case_shows_the_private_page_alone(
    roads: Office, at_desk: Client
) -> None:
    private = voices.routed_to(roads, public=False)

    page = press(at_desk, private, "answer", act="preview", answer=ANSWER)

    assert "Nobody else reads it" in words_of(page)
    assert "010-****-****" not in page.content.decode()


def test_from_the_preview_it_can_be_changed_with_the_words_kept(
    message: Message, at_desk: Client
) -> None:
    page = press(at_desk, message, "answer", act="change", answer=ANSWER)

    assert page.status_code == 200
    assert "담당자 010-9876-5432</textarea>" in page.content.decode()
    assert not Reply.objects.exists()


def test_the_whole_walk_by_plain_posts(message: Message, jun: User, at_desk: Client) -> None:
    preview = press(at_desk, message, "answer", act="preview", answer=ANSWER)
    sent = at_desk.post(
        case_url(message, "answer"),
        {"act": "send", "answer": preview.context["text"], "version": message.version},
    )
    leaving = at_desk.get(sent["Location"])
    reply = message.replies.get()
    with clock.at(reply.leaves_at):
        actions.publish(reply)

    page = words_of(at_desk.get(case_url(message)))

    assert sent.status_code == 302
    assert "The answer leaves in 10 seconds" in words_of(leaving)
    assert f"leaves at {clock.seoul(reply.leaves_at):%H:%M:%S}" in words_of(leaving)
    assert "answered" in page
    assert "담당자 010-9876-5432" in page
    assert "담당자 010-9876-5432" in words_of(at_desk.get(message.private_url()))
    assert "담당자 010-****-****" in words_of(at_desk.get(message.get_absolute_url()))


def test_taken_back_within_its_seconds_nothing_left_and_the_words_stay(
    message: Message, at_desk: Client
) -> None:
    press(at_desk, message, "answer", act="send", answer=ANSWER)
    page = press(at_desk, message, "take-back")
    reply = message.replies.get()
    with clock.at(reply.leaves_at + timedelta(seconds=5)):
        actions.publish(reply)

    message.refresh_from_db()
    html = at_desk.get(page["Location"]).content.decode()
    assert (message.status, message.replied_at) == ("routed", None)
    assert "taken back, not sent" in html
    assert "담당자 010-9876-5432" in html


def test_words_taken_back_can_be_used_again(message: Message, at_desk: Client) -> None:
    press(at_desk, message, "answer", act="send", answer=ANSWER)
    press(at_desk, message, "take-back")

    page = at_desk.post(case_url(message, "answer"), {"act": "change", "answer": ANSWER})
    again = at_desk.post(
        case_url(message, "answer"),
        {
            "act": "send",
            "answer": page.context["answer_form"]["answer"].value(),
            "version": page.context["answer_form"]["version"].value(),
        },
    )

    assert page.status_code == 200
    assert again.status_code == 302
    assert message.replies.count() == 2


def test_after_it_has_left_it_can_not_be_taken_back(
    message: Message, jun: User, at_desk: Client
) -> None:
    press(at_desk, message, "answer", act="send", answer=ANSWER)
    message.refresh_from_db()
    version, reply = message.version, message.replies.get()
    with clock.at(reply.leaves_at):
        actions.publish(reply)

    page = press(at_desk, message, "take-back", version=version)

    assert page.status_code == 409
    assert "the time for this step is over" in words_of(page)
    with pytest.raises(WrongTurnError):
        actions.take_back(message, by=jun)


def test_of_two_who_answer_one_wins_and_the_other_keeps_the_words(
    message: Message, jun: User, at_desk: Client
) -> None:
    press(at_desk, message, "answer", act="preview", answer="두 번째 답입니다")
    actions.answer(message, text="첫 번째 답입니다", by=jun)

    page = press(at_desk, message, "answer", act="send", answer="두 번째 답입니다", version=1)

    assert page.status_code == 409
    assert "두 번째 답입니다" in words_of(page)
    assert "첫 번째 답입니다" in words_of(page)
    assert message.replies.get().text == "첫 번째 답입니다"


def test_changing_after_being_overtaken_gives_the_words_back(
    message: Message, jun: User, at_desk: Client
) -> None:
    actions.answer(message, text="첫 번째 답입니다", by=jun)

    page = press(at_desk, message, "answer", act="change", answer="두 번째 답입니다")

    assert page.status_code == 409
    assert "두 번째 답입니다</textarea>" in page.content.decode()


def test_words_given_back_open_the_case_as_it_is_now(
    message: Message, roads: Office, jun: User, at_desk: Client
) -> None:
    actions.answer(message, text="성급한 답입니다", by=jun)
    actions.take_back(message, by=jun)
    overtaken = press(at_desk, message, "answer", act="send", answer=ANSWER, version=1)

    page = at_desk.post(case_url(message, "answer"), {"act": "change", "answer": ANSWER})

    assert overtaken.status_code == 409
    assert f'action="{case_url(message, "answer")}#write"' in overtaken.content.decode()
    assert page.context["answer_form"]["version"].value() == 3


def test_the_other_language_shows_the_same_preview(message: Message, at_desk: Client) -> None:
    page = press(at_desk, message, "answer", act="preview", answer=ANSWER)
    korean = case_url(message, "answer").removeprefix("/en")

    there = at_desk.post(
        korean, {"act": "preview", "answer": ANSWER, "version": page.context["message"].version}
    )

    assert f'action="{korean}"' in page.content.decode()
    assert there.status_code == 200
    assert '<html lang="ko"' in there.content.decode()
    assert "담당자 010-9876-5432" in there.content.decode()


def test_an_answer_that_came_back_goes_along_into_the_other_language(
    message: Message, at_desk: Client
) -> None:
    page = press(at_desk, message, "answer", act="change", answer=ANSWER)

    head = page.content.decode().partition("</header>")[0]

    assert f'action="{case_url(message, "answer").removeprefix("/en")}"' in head
    assert "담당자 010-9876-5432" in head
