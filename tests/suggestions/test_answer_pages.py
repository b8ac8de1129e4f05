"""The doors of answers: its author judges by the link, followers answer once, promises are read."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client

from channels_app import actions as message_actions
from channels_app import blanking
from channels_app.models import Confirmation, Follow
from channels_app.own_data import own_data
from lifecycle import clock
from people.models import Office, User
from suggestions import actions, tasks
from suggestions.models import Appeal, Dispute, Evaluation, Promise, Suggestion, SurveyAnswer
from suggestions.parts import answers as part
from suggestions.there import there_is
from tests.pages.html import Node, read
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas
from tests.suggestions.answering import DAY, PERSONAL, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def buses() -> Office:
    return answering.department()


@pytest.fixture
def head(buses: Office) -> User:
    return people.head_of(buses)


@pytest.fixture
def idea(buses: Office, head: User) -> Suggestion:
    return answering.reviewed(buses)


def door(idea: Suggestion, way: str) -> str:
    return f"/s/{idea.code}/{idea.message.token}/{way}/"


def shown(idea: Suggestion, *, private: bool = False) -> Node:
    """The part of the page, as everyone or as its author reads it."""
    idea = Suggestion.objects.select_related("message", "office").get(pk=idea.pk)
    needs = part.needs(idea, private, there_is(idea))
    html = render_to_string(part.PART.template, needs, request=HttpRequest())
    return read(f"<!DOCTYPE html>{html}")


# -- is it done? -------------------------------------------------------------------------------
def test_its_author_says_yes_without_a_script(idea: Suggestion, head: User, client: Client) -> None:
    idea = answering.claimed(idea, by=head)
    page = client.get(door(idea, "is-done"))
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    assert "N13" in page.content.decode()

    page = client.post(door(idea, "is-done"), follow=True)

    idea.refresh_from_db()
    assert page.status_code == 200
    assert idea.status == "implemented"


def test_its_author_says_what_is_missing(idea: Suggestion, head: User, client: Client) -> None:
    idea = answering.claimed(idea, by=head)
    typed = {"text": "강북에는 아직 없어요. 010-1234-5678로 연락 주세요."}

    warned = client.post(door(idea, "not-done"), typed)
    assert warned.status_code == 200
    assert not Dispute.objects.exists()
    sent = client.post(door(idea, "not-done"), {**typed, "seen": "1"})
    again = client.post(door(idea, "not-done"), {**typed, "seen": "1"})

    idea.refresh_from_db()
    assert (sent.status_code, again.status_code) == (302, 302)
    assert idea.status == "implementing"
    assert "010-1234-5678" not in Dispute.objects.get().masked_text


def test_a_no_without_words_is_asked_for_them(idea: Suggestion, head: User, client: Client) -> None:
    idea = answering.claimed(idea, by=head)

    page = client.post(door(idea, "not-done"), {"text": "  "})

    assert page.status_code == 422
    assert not Dispute.objects.exists()


@pytest.mark.parametrize("way", ["is-done", "not-done", "rate-answer"])
def test_a_door_that_is_shut_says_why_and_gives_the_words_back(
    way: str, idea: Suggestion, client: Client
) -> None:
    page = client.get(door(idea, way))
    pressed = client.post(door(idea, way), {"text": "아직 안 됐어요", "seen": "1"})

    assert (page.status_code, pressed.status_code) == (200, 409)
    if way == "not-done":
        assert "아직 안 됐어요" in pressed.content.decode()


@pytest.mark.parametrize("way", ["is-done", "not-done", "rate-answer"])
def test_a_wrong_link_opens_nothing(way: str, idea: Suggestion, head: User, client: Client) -> None:
    idea = answering.claimed(idea, by=head)
    wrong = f"/s/{idea.code}/{'x' * 28}/{way}/"

    assert client.get(wrong).status_code == 404
    assert client.post(wrong, {"text": "아니요"}).status_code == 404
    idea.refresh_from_db()
    assert idea.status == "claimed_done"


def test_its_author_rates_the_answer(idea: Suggestion, head: User, client: Client) -> None:
    answering.declined(idea, by=head)

    wrong = client.post(door(idea, "rate-answer"), {"clear": "yes"})
    assert wrong.status_code == 422
    page = client.post(door(idea, "rate-answer"), {"clear": "yes", "heard": "no"}, follow=True)

    assert page.status_code == 200
    assert (idea.answers.get().rating.clear, idea.answers.get().rating.heard) == ("yes", "no")


# -- the survey --------------------------------------------------------------------------------
@pytest.fixture
def asked(idea: Suggestion, head: User) -> Confirmation:
    """A link to a survey that has begun."""
    contact = ideas.person()
    message_actions.confirm_contact(contact)
    moment = clock.now()
    Follow.objects.create(topic=idea.topic, contact=contact, created_at=moment, confirmed_at=moment)
    idea = answering.done(idea, by=head)
    Suggestion.objects.filter(pk=idea.pk).update(due_at=moment - DAY)
    tasks.follow_up()
    tasks.invite_to_surveys()
    return Confirmation.objects.get(purpose="survey")


def test_a_follower_answers_once_without_a_script(asked: Confirmation, client: Client) -> None:
    there = f"/confirm/survey/{asked.pk}/{asked.token}/"
    assert client.get(there).status_code == 200
    assert client.post(there, {"there": "yes", "helps": "7"}).status_code == 422

    first = client.post(there, {"there": "yes", "helps": "4", "words": "좋아요"})
    again = client.post(there, {"there": "no", "helps": "1"})

    assert (first.status_code, again.status_code) == (200, 200)
    said = SurveyAnswer.objects.get()
    assert (said.there, said.helps, said.masked_words) == ("yes", 4, "좋아요")


def test_a_survey_that_is_over_says_so(asked: Confirmation, client: Client) -> None:
    there = f"/confirm/survey/{asked.pk}/{asked.token}/"
    Evaluation.objects.update(closes_at=clock.now())

    assert client.get(there).status_code == 200
    assert client.post(there, {"there": "yes", "helps": "4"}).status_code == 409
    assert not SurveyAnswer.objects.exists()


def test_a_wrong_survey_link_opens_nothing(asked: Confirmation, client: Client) -> None:
    Confirmation.objects.filter(pk=asked.pk).update(purpose="support")
    assert client.get(f"/confirm/survey/{asked.pk}/{asked.token}/").status_code == 404
    assert client.get(f"/confirm/survey/{asked.pk}/{'x' * 28}/").status_code == 404
    assert client.get(f"/confirm/survey/{10**17}/{asked.token}/").status_code == 404


# -- the part of the page ----------------------------------------------------------------------
def test_the_newest_version_is_open_and_older_ones_are_one_press_away(
    idea: Suggestion, head: User
) -> None:
    answering.put_off(idea, by=head)
    first = answering.declined(idea, by=head)
    actions.reword(first, said=actions.Said(f"{PERSONAL} 셈은 9월에 합니다."), by=head)

    page = shown(idea)

    folded = [node.text for node in page.all("details")]
    assert "셈은 9월에 합니다." in page.text
    assert len(folded) == 2
    assert not any("셈은 9월에" in text for text in folded)
    assert "막차 시간을 30분 늦춥니다." in page.text


def test_nothing_is_shown_where_nothing_was_said(idea: Suggestion) -> None:
    assert part.needs(idea, False, there_is(idea)) == {}
    assert list(part.entries(idea)) == []


def test_both_statements_stand_side_by_side(idea: Suggestion, head: User) -> None:
    idea = answering.claimed(idea, by=head)
    actions.dispute_done(idea, text="밤에는 아직 한 대도 안 와요.")

    page = shown(idea)

    assert "N13번이 밤새 다닙니다." in page.text
    assert "밤에는 아직 한 대도 안 와요." in page.text


def test_harsh_words_are_not_shown(idea: Suggestion, head: User) -> None:
    idea = answering.claimed(idea, by=head)
    actions.dispute_done(idea, text="야 이 개새끼들아 거짓말하지 마")

    assert "개새끼" not in shown(idea).text


def test_only_its_author_sees_the_doors(idea: Suggestion, head: User) -> None:
    idea = answering.claimed(idea, by=head)

    assert not [link for link in shown(idea).all("a") if "is-done" in link.attrs["href"]]
    assert [link for link in shown(idea, private=True).all("a") if "is-done" in link.attrs["href"]]


def test_more_answers_cost_no_more_queries(
    idea: Suggestion, head: User, django_assert_max_num_queries: Any
) -> None:
    answering.put_off(idea, by=head)
    with django_assert_max_num_queries(9):
        few = Suggestion.objects.select_related("message", "office").get(pk=idea.pk)
        needs = part.needs(few, False, there_is(few))
        render_to_string(part.PART.template, needs, request=HttpRequest())
        list(part.entries(few))
    for _n in range(10):
        answering.put_off(idea, by=head)
    idea = answering.claimed(idea, by=head)

    with django_assert_max_num_queries(9):
        many = Suggestion.objects.select_related("message", "office").get(pk=idea.pk)
        needs = part.needs(many, False, there_is(many))
        render_to_string(part.PART.template, needs, request=HttpRequest())
        list(part.entries(many))


# -- promises ----------------------------------------------------------------------------------
@pytest.fixture
def promise(buses: Office, head: User) -> Promise:
    made = actions.make_promise(
        actions.Spoken("심야버스를 늘리겠습니다.", today(), second=90, source="라이브 서울"),
        speaker=people.mayors_office(),
        by=people.mayors_officer(),
    )
    return actions.accept(made, office=buses, finish_on=today() + 30 * DAY, by=head)


def test_everyone_reads_what_was_promised(promise: Promise, client: Client) -> None:
    listed = client.get("/promises/?show=accepted").content.decode()
    page = client.get(f"/promises/{promise.pk}/").content.decode()

    assert "심야버스를 늘리겠습니다." in listed
    assert "심야버스를 늘리겠습니다." not in client.get("/promises/?show=kept").content.decode()
    assert "1:30" in page
    assert client.get("/promises/999999999999/").status_code == 404
    assert client.get("/promises/?show=nonsense&after=nonsense").status_code == 200


def test_a_long_list_of_promises_costs_no_more_queries(
    promise: Promise, client: Client, django_assert_num_queries: Any
) -> None:
    for _n in range(25):
        actions.make_promise(
            actions.Spoken("더 하겠습니다.", today()),
            speaker=people.mayors_office(),
            by=people.mayors_officer(),
        )

    with django_assert_num_queries(3):
        client.get("/promises/")
    with django_assert_num_queries(3):
        client.get("/promises/?show=accepted")


def test_the_page_of_a_promise_names_no_suggestion_that_is_not_public(
    promise: Promise, idea: Suggestion, client: Client
) -> None:
    Promise.objects.filter(pk=promise.pk).update(suggestion=idea)
    assert idea.code in client.get(f"/promises/{promise.pk}/").content.decode()

    message_actions.hide(idea.message, reason="personal", by=people.centre_officer())

    assert idea.code not in client.get(f"/promises/{promise.pk}/").content.decode()


# -- personal data -----------------------------------------------------------------------------
def test_what_its_author_said_is_downloaded_and_erased(idea: Suggestion, head: User) -> None:
    answering.declined(idea, by=head)
    actions.rate(idea, clear="no", heard="no", words="제 번호는 010-1234-5678입니다")
    actions.appeal(Suggestion.objects.get(pk=idea.pk), text="제 번호는 010-1234-5678입니다")
    held = own_data(idea.message)
    assert held["your_appeals"][0]["words"] == "제 번호는 010-1234-5678입니다"
    assert held["your_ratings_of_the_answer"][0]["it_was_clear"] == "no"

    blanking.blank(blanking.parts_of_message(idea.message, whole=False, because="request"))

    appeal = Appeal.objects.get()
    assert (appeal.text, "010-1234-5678" in appeal.masked_text) == ("", False)
    assert appeal.masked_text
    assert idea.answers.get().rating.words == ""
