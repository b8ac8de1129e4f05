"""The desk's forms for answers: seen first as everyone will read them, own words or none."""

from datetime import date
from typing import Any

import pytest

from desk.ideas.answers import OFFERS
from desk.ideas.offer import IdeaForm, Offer
from desk.models import CannedText
from people.models import Office, User
from suggestions.models import Suggestion
from suggestions.states import SuggestionStatus
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas
from tests.suggestions.answering import DAY, GENERAL, NO, PERSONAL, today

pytestmark = pytest.mark.django_db
BY_NAME: dict[str, Offer] = {offer.name: offer for offer in OFFERS}


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


def typed_for(name: str, idea: Suggestion) -> dict[str, str]:
    """What fits each of the forms."""
    later = today() + 100 * DAY
    fitting: dict[str, dict[str, Any]] = {
        "answer-interim": {"until": later},
        "answer-in-place": {"policy": ""},
        "answer-pass-on": {"body": "국회", "sent_on": today(), "follow_up_on": later},
        "answer-long-term": {"review_on": later},
        "answer-no": {
            "blocker": NO.blocker,
            "alternative": NO.alternative,
            "next_door": NO.next_door,
        },
        "claim-done": {"result": "budget", "text": "예산을 마련했습니다."},
    }
    shown = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in fitting[name].items()
    }
    return {"version": str(idea.version), "personal": PERSONAL, **shown}


def pressed(name: str, idea: Suggestion, user: User, typed: dict[str, str]) -> IdeaForm:
    """One press of the button."""
    form = BY_NAME[name].form(typed).about(idea, user)
    if form.is_valid():
        BY_NAME[name].act(idea, form.cleaned_data, user)
    return form


def seen(form: IdeaForm) -> dict[str, str]:
    """What the second press adds: that the words were read."""
    html = str(form["seen"])
    return {"seen": html.rpartition('value="')[2].partition('"')[0]}


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("answer-interim", "under_review"),
        ("answer-in-place", "in_place"),
        ("answer-pass-on", "passed_on"),
        ("answer-long-term", "long_term"),
        ("answer-no", "declined"),
        ("claim-done", "claimed_done"),
    ],
)
def test_the_first_press_shows_it_and_the_second_sends_it(
    name: str, leads_to: str, idea: Suggestion, buses: Office, head: User
) -> None:
    if name == "claim-done":
        idea = answering.at_work(idea)
    typed = typed_for(name, idea)
    if name == "answer-in-place":
        typed["policy"] = str(answering.policy(buses).pk)

    first = pressed(name, idea, head, typed)
    before = Suggestion.objects.get(pk=idea.pk)
    second = pressed(name, idea, head, {**typed, **seen(first)})

    words = typed.get("text") if name == "claim-done" else PERSONAL
    assert first.asks
    assert words is not None
    assert words in str(first["seen"])
    assert before.version == idea.version
    assert second.is_valid(), second.errors
    assert Suggestion.objects.get(pk=idea.pk).status == leads_to


def test_words_changed_after_reading_are_shown_again(idea: Suggestion, head: User) -> None:
    typed = typed_for("answer-no", idea)
    first = pressed("answer-no", idea, head, typed)

    other = pressed(
        "answer-no", idea, head, {**typed, **seen(first), "alternative": "다른 것을 합니다."}
    )

    assert other.asks
    assert "다른 것을 합니다." in str(other["seen"])
    assert not idea.answers.exists()


def test_a_ready_made_text_fills_but_does_not_answer(
    idea: Suggestion, buses: Office, head: User
) -> None:
    ready = CannedText.objects.create(office=buses, name="고마움", text=f"{{code}} {GENERAL}")
    typed = {**typed_for("answer-no", idea), "canned": str(ready.pk)}

    copied = pressed("answer-no", idea, head, {**typed, "personal": f"{idea.code} {GENERAL}"})
    first = pressed("answer-no", idea, head, typed)
    pressed("answer-no", idea, head, {**typed, **seen(first)})

    assert "personal" in copied.errors
    assert idea.answers.get().text == f"{idea.code} {GENERAL}"


@pytest.mark.parametrize("name", ["blocker", "alternative", "next_door", "personal"])
def test_a_no_without_one_of_its_parts_is_not_sent(name: str, idea: Suggestion, head: User) -> None:
    form = pressed("answer-no", idea, head, {**typed_for("answer-no", idea), name: " "})

    assert form.errors
    assert not form.asks
    assert form["alternative"].value() is not None


@pytest.mark.parametrize(
    ("name", "field", "day"),
    [
        ("answer-interim", "until", 0),
        ("answer-pass-on", "sent_on", 3),
        ("answer-pass-on", "follow_up_on", 0),
        ("answer-long-term", "review_on", 0),
        ("answer-long-term", "review_on", 400),
    ],
)
def test_a_wrong_day_is_named(
    name: str, field: str, day: int, idea: Suggestion, head: User
) -> None:
    typed = {**typed_for(name, idea), field: (today() + day * DAY).isoformat()}

    form = pressed(name, idea, head, typed)

    assert field in form.errors
    assert not idea.answers.exists()


def test_better_words_start_from_those_that_stand(idea: Suggestion, head: User) -> None:
    answering.declined(idea, by=head)
    idea.refresh_from_db()
    form = BY_NAME["reword"].form(initial={"version": idea.version}).about(idea, head)
    assert form["personal"].value() == PERSONAL
    typed = {
        "version": str(idea.version),
        "personal": f"{PERSONAL} 셈은 9월에 합니다.",
        "alternative": NO.alternative,
        "next_door": NO.next_door,
    }

    first = pressed("reword", idea, head, typed)
    pressed("reword", idea, head, {**typed, **seen(first)})

    assert idea.answers.count() == 2
    assert idea.answers.newest().get().personal.endswith("셈은 9월에 합니다.")


def offered(idea: Suggestion, user: User) -> set[str]:
    return {one.name for one in OFFERS if one.is_time(idea) and one.is_theirs(idea, user)}


def test_each_sees_the_buttons_that_work_for_them(idea: Suggestion, jun: User, head: User) -> None:
    sora = people.officer_of(people.make_office("water-of-the-test"))
    assert offered(idea, jun) == {"answer-interim", "answer-in-place"}
    assert offered(idea, head) == {
        "answer-interim",
        "answer-in-place",
        "answer-pass-on",
        "answer-long-term",
        "answer-no",
    }
    assert offered(idea, sora) == set()

    answering.passed_on(idea, by=head)
    idea.refresh_from_db()

    assert offered(idea, jun) == {"answer-in-place", "answer-no", "heard-back"}
    assert idea.status == SuggestionStatus.PASSED_ON


def test_the_team_evaluates_once_the_survey_is_over(idea: Suggestion, head: User) -> None:
    listener = ideas.listener()
    idea = answering.done(idea, by=head)

    assert offered(idea, listener) == set()
