"""The exchange at the desk: one conversation, words nobody has read, ratings, two matters."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser

from channels_app import actions
from channels_app.models import Message, Rating
from lifecycle import clock
from people.models import Office, User
from tests.channels_app.factories import published_by, receive, routed_to
from tests.desk.doors import case_url, press, words_of
from tests.desk.screens import problems
from tests.pages.browsing import NARROW, TWO, Setting
from tests.pages.html import read
from tests.people import factories as people

pytestmark = pytest.mark.django_db
BOTH = "보도블록이 들려 있어요.\n가로등이 꺼져 있어요."
SECOND = "가로등이 꺼져 있어요."


def rated(message: Message, **said: str) -> Rating:
    """As its author; with a number that only the office may read."""
    said = {"clear": "partly", "heard": "no", "words": "전화 010-1234-5678", **said}
    return actions.rate(message, **said)


def test_the_case_page_tells_who_said_what_in_order(
    at_desk: Client, jun: User, roads: Office
) -> None:
    message = routed_to(roads, contact=("mail", "mina@example.org"))
    moment = clock.now()
    with clock.at(moment + timedelta(minutes=1)):
        actions.ask_back(message, text="Which side?", by=jun)
    with clock.at(moment + timedelta(minutes=2)):
        actions.add_words(message, text="The left side.")

    page = read(at_desk.get(case_url(message)).content.decode())

    turns = [turn.text for turn in page.one("main").all("article")]
    asked, said = (next(n for n, turn in enumerate(turns) if words in turn)
                   for words in ("Which side?", "The left side."))  # fmt: skip
    assert asked < said
    assert "not read yet" in page.one("main").text
    assert "Next: " in page.one("main").text


def test_added_words_are_marked_until_the_office_opens_the_case(
    at_desk: Client, roads: Office
) -> None:
    other = routed_to(roads)
    message = routed_to(roads)
    actions.add_words(message, text="왼쪽이에요")
    centre = people.signed_in_client(people.centre_officer())
    auditor = people.signed_in_client(people.auditor())

    assert message in Message.objects.with_new_words()
    assert "author added words" in words_of(at_desk.get(case_url(other) + "?show=all"))
    for reader in (centre, auditor):
        reader.get(case_url(message))
    assert message in Message.objects.with_new_words()
    assert "not read yet" in words_of(at_desk.get(case_url(message)))

    assert message not in Message.objects.with_new_words()
    assert "not read yet" not in words_of(at_desk.get(case_url(message)))


def test_words_that_came_while_the_page_was_made_stay_unread(jun: User, roads: Office) -> None:
    message = routed_to(roads)
    first = actions.add_words(message, text="왼쪽이에요")
    with clock.at(first.at + timedelta(seconds=1)):
        actions.add_words(message, text="아니, 오른쪽이에요")

    assert not actions.read_words(message, upto=first.at, by=jun)

    assert message in Message.objects.with_new_words()


def test_the_office_reads_what_was_said_of_which_answer(
    at_desk: Client, jun: User, roads: Office
) -> None:
    message = published_by(jun, roads)
    rated(message)

    office = words_of(at_desk.get(case_url(message)))
    mayor = words_of(people.signed_in_client(people.mayors_officer()).get(case_url(message)))

    assert "Was it clear? Partly" in office
    assert "Felt heard? No" in office
    assert "010-1234-5678" in office
    assert "-1234" not in mayor


def test_what_a_joined_author_says_stands_at_the_answer_masked(
    at_desk: Client, jun: User, roads: Office
) -> None:
    lead = routed_to(roads)
    joined = receive(same_as=lead.code)
    reply = actions.answer(Message.objects.get(pk=lead.pk), text="고쳤습니다", by=jun)
    with clock.at(reply.leaves_at):
        actions.publish(reply)
    rated(joined)

    at_lead = words_of(at_desk.get(case_url(lead)))
    at_joined = words_of(at_desk.get(case_url(joined)))

    assert joined.code in at_lead
    assert "-1234" not in at_lead
    assert "Felt heard? No" in at_joined


def test_a_second_matter_is_split_off_and_put_together(at_desk: Client, roads: Office) -> None:
    message = routed_to(roads, text=BOTH)
    before = words_of(at_desk.get(case_url(message)))

    told = press(at_desk, message, "split", text=SECOND, kind="hazard")

    made = Message.objects.get(split_from=message)
    page = words_of(at_desk.get(told.url))
    assert "Split off a second matter" in before
    assert f"{made.code} is the second matter" in page
    assert "Undo: it is one matter" in page
    press(at_desk, message, "put-together", part=made.code)
    assert "is put together with this again" in words_of(at_desk.get(case_url(message)))
    made.refresh_from_db()
    assert made.status == "set_aside"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": ""}, "Leave the words of the second matter."),
        ({"text": BOTH}, "This is the whole message"),
        ({"text": "다른 말"}, "These words do not stand in the message."),
    ],
)
def test_wrong_words_come_back_with_a_sentence(
    at_desk: Client, roads: Office, typed: dict[str, str], words: str
) -> None:
    message = routed_to(roads, text=BOTH)

    page = press(at_desk, message, "split", kind="idea", **typed)

    assert page.status_code == 422
    assert words in words_of(page)
    assert not Message.objects.filter(split_from=message).exists()


def test_a_summary_may_be_the_officers_own(at_desk: Client, roads: Office) -> None:
    message = routed_to(roads, text=BOTH)

    press(at_desk, message, "split", text="가로등 고장", own_words="on", kind="hazard")

    made = Message.objects.get(split_from=message)
    assert made.summed_up
    centre = people.signed_in_client(people.centre_officer())
    assert "an officer's summary" in words_of(centre.get(case_url(made))).replace("&#x27;", "'")


def test_a_long_exchange_asks_no_more_questions(at_desk: Client, jun: User, roads: Office) -> None:
    message = published_by(jun, roads)
    rated(message)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert at_desk.get(case_url(message)).status_code == 200
        rows = [query for query in asked if "lifecycle_" not in query["sql"]]  # those are cached
        return len(rows)

    def talk(times: int) -> None:
        for _n in range(times):
            Message.objects.filter(pk=message.pk).update(round=0)
            actions.reopen(message, text=f"아직 {_n}")
            actions.split(Message.objects.get(pk=message.pk), text=f"또 {_n}", kind="idea", by=jun)
            reply = actions.answer(Message.objects.get(pk=message.pk), text="다시", by=jun)
            with clock.at(reply.leaves_at):
                actions.publish(reply)
            rated(message)

    talk(1)
    at_desk.get(case_url(message))  # here the words are read
    few = questions()
    talk(8)
    at_desk.get(case_url(message))  # here the words are read

    assert questions() == few <= 24


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("setting", [*TWO, NARROW], ids=str)
def test_nothing_is_wrong_with_the_exchange(
    at_desk: Client, jun: User, roads: Office, browser: Browser, axe: Axe, setting: Setting
) -> None:
    message = published_by(jun, roads, text=BOTH)
    rated(message)
    actions.reopen(message, text="아직 그대로예요 " * 20)
    actions.split(Message.objects.get(pk=message.pk), text="둘째", kind="idea", by=jun)

    def page(path: str) -> Any:
        return at_desk.get(path if setting.language == "en" else path.removeprefix("/en"))

    pages = {
        "office": page(f"/en/admin/office/{roads.slug}/"),
        "case": page(case_url(message)),
        "wrong words": press(at_desk, message, "split", text="없는 말", kind="idea"),
    }
    assert problems(browser, axe if setting in TWO else None, setting, pages) == []
