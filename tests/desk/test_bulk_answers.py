"""One answer to many suggestions at once: own words for each, seen first, a line for each."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Office, User
from suggestions import actions
from suggestions.models import Suggestion
from suggestions.states import SuggestionStatus
from tests.desk.ideas import DESK
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas
from tests.suggestions.answering import GENERAL, NO, today

pytestmark = pytest.mark.django_db
OWN = (
    "말씀하신 심야버스는 밤 12시부터 새벽 5시까지 일하는 분이 실제로 얼마나 타는지 "
    "먼저 세어 보고 알려드립니다.",
    "한강 다리를 건너는 노선이 없다는 말씀이 맞습니다. "
    "다리마다 밤에 몇 분이 건너시는지부터 재서 이 쪽에 올리겠습니다.",
)


@pytest.fixture
def head(roads: Office) -> User:
    return people.head_of(roads)


@pytest.fixture
def rows(roads: Office) -> list[Suggestion]:
    return [ideas.reviewed(roads) for _one in range(2)]


def chosen(rows: list[Suggestion]) -> list[str]:
    return [f"{row.code}:{row.version}" for row in rows]


def typed(rows: list[Suggestion], outcome: str, **more: Any) -> dict[str, Any]:
    own = {f"own_{row.pk}": words for row, words in zip(rows, OWN, strict=False)}
    return {"chosen": chosen(rows), "outcome": outcome, "text": GENERAL, **own, **more}


def press(client: Client, form: dict[str, Any]) -> HttpResponse:
    return client.post(f"{DESK}answer/", form, follow=True)  # type: ignore[return-value]


def press_twice(client: Client, form: dict[str, Any]) -> Any:
    first: Any = press(client, form)
    assert first.status_code == 200
    assert not Suggestion.objects.exclude(answers=None).exists()
    return press(client, {**form, "seen": first.context["form"].fields["seen"].widget.digest})


@pytest.mark.parametrize(
    ("outcome", "leads_to"),
    [("in_place", "in_place"), ("no", "declined"), ("interim", "under_review")],
)
def test_many_are_answered_with_one_text_and_a_paragraph_each(
    outcome: str, leads_to: str, rows: list[Suggestion], roads: Office, head: User
) -> None:
    client = people.signed_in_client(head)
    more: dict[str, dict[str, Any]] = {
        "in_place": {"policy": answering.policy(roads).pk},
        "no": {
            "blocker": NO.blocker,
            "alternative": NO.alternative,
            "next_door": NO.next_door,
        },
        "interim": {"until": today() + timedelta(days=100)},
    }

    done = press_twice(client, typed(rows, outcome, **more[outcome]))

    assert [row.code for row in done.context["moved"]] == [row.code for row in rows]
    for row, words in zip(rows, OWN, strict=True):
        row.refresh_from_db()
        answer = row.answers.get()
        assert (row.status, answer.personal, answer.text) == (leads_to, words, GENERAL)


def test_whose_box_stays_empty_is_left_as_it_is(rows: list[Suggestion], head: User) -> None:
    client = people.signed_in_client(head)
    form = typed(rows, "interim", until=today() + timedelta(days=100))

    done = press_twice(client, {**form, f"own_{rows[1].pk}": " "})

    assert [row.code for row in done.context["moved"]] == [rows[0].code]
    assert not rows[1].answers.exists()


def test_the_same_paragraph_for_all_is_nobodys(rows: list[Suggestion], head: User) -> None:
    form = typed(rows, "interim", until=today() + timedelta(days=100))
    same = {f"own_{row.pk}": OWN[0] for row in rows}

    page: Any = press(people.signed_in_client(head), {**form, **same})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == set(same)
    assert OWN[0] in page.content.decode()


def test_what_an_answer_needs_and_whose_it_is_is_said_before_anything_leaves(
    rows: list[Suggestion], head: User, at_desk: Client
) -> None:
    no = {"blocker": NO.blocker, "alternative": NO.alternative, "next_door": NO.next_door}

    lacks: Any = press(people.signed_in_client(head), typed(rows, "no", **{**no, "next_door": ""}))
    not_jun: Any = press(at_desk, typed(rows, "no", **no))

    assert set(lacks.context["form"].errors) == {"next_door"}
    assert set(not_jun.context["form"].errors) == {f"own_{row.pk}" for row in rows}


def test_somebody_was_faster_with_one_and_the_other_is_answered(
    rows: list[Suggestion], head: User
) -> None:
    form = typed(rows, "interim", until=today() + timedelta(days=100))
    actions.sum_up(
        rows[1], arguments_for="밤에 일합니다.", arguments_against="", improvements="", by=head
    )

    done = press_twice(people.signed_in_client(head), form)

    assert [row.code for row in done.context["moved"]] == [rows[0].code]
    assert [row.code for row, _why in done.context["left"]] == [rows[1].code]


def test_the_list_leads_there_and_names_what_is_not_theirs(
    rows: list[Suggestion], buses: Office, at_desk: Client
) -> None:
    other = ideas.reviewed(buses)

    page: Any = at_desk.post(f"{DESK}many/", {"chosen": chosen([*rows, other]), "verb": "answer"})

    html = page.content.decode()
    assert page.context["left"] == [other.code]
    assert all(f'name="own_{row.pk}"' in html for row in rows)
    assert Suggestion.objects.get(pk=other.pk).status == SuggestionStatus.UNDER_REVIEW


def test_the_page_asks_little_however_many_are_chosen(roads: Office, at_desk: Client) -> None:
    rows = [ideas.reviewed(roads)]

    def asked() -> int:
        form = typed(rows, "interim", until=today() + timedelta(days=100))
        with CaptureQueriesContext(connection) as found:
            press(at_desk, form)
        return len(found)

    asked()  # the session and the rules are read once
    few = asked()
    rows += [ideas.reviewed(roads) for _one in range(10)]

    assert asked() == few
