"""What is known already is shown in place, and nobody has to choose anything."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lifecycle import rules
from lifecycle.actions import amend_rule
from people.models import Office
from suggestions import actions, similar
from suggestions.models import Policy
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
LIKE_IT = "밤 12시 넘어서도 다니는 심야버스를 운행해 주세요. 밤늦게 일하는 분들이 많습니다."


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


def policy(office: Office, **fields: object) -> Policy:
    return Policy.objects.create(
        office=office,
        since=date(2026, 1, 2),
        **{
            "title_ko": "올빼미버스",
            "title_en": "Owl buses",
            "text_ko": "자정부터 새벽 5시까지 심야버스 열네 노선을 운행합니다.",
            "text_en": "Fourteen night buses run from midnight to five.",
            **fields,
        },
    )


def test_what_others_suggest_comes_best_first(buses: Office) -> None:
    idea = ideas.opened(buses)
    ideas.opened(buses, "한강공원 자전거도로에 쉼터를 더 만들어 주세요.")

    known = similar.known(LIKE_IT)

    assert [one.suggestion for one in known.ideas] == [idea]
    assert known.ideas[0].closeness > 0.3


def test_a_few_words_find_a_long_text(buses: Office) -> None:
    idea = ideas.opened(buses)

    assert [one.suggestion for one in similar.known("심야버스 운행").ideas] == [idea]


def test_only_what_is_on_its_way_and_public_is_offered(buses: Office) -> None:
    actions.withdraw(ideas.opened(buses))

    assert not similar.known(LIKE_IT)


@pytest.mark.parametrize(
    "text", ["심야버스를 더 운행해 주세요", "We need more night buses at midnight"]
)
def test_a_policy_in_force_is_named(text: str, buses: Office) -> None:
    known = policy(buses)
    policy(buses, title_ko="끝난 심야버스", ended_on=date(2026, 2, 1))

    assert list(similar.known(text).policies) == [known]


def test_a_policy_is_found_by_short_words_too(buses: Office) -> None:
    known = policy(buses)

    assert list(similar.known("자정 이후 새벽 심야 노선").policies) == [known]


@pytest.mark.parametrize(
    ("text", "table", "index"),
    [
        (LIKE_IT, "suggestions_suggestion", "suggestion_similar"),
        ("심야버스 운행", "suggestions_suggestion", "suggestion_similar"),
        ("심야버스를 더 운행해 주세요", "suggestions_policy", "policy_similar"),
        ("자정 새벽 심야", "suggestions_policy", "policy_similar"),
    ],
)
def test_the_index_is_asked_and_no_table_read_whole(
    text: str, table: str, index: str, buses: Office
) -> None:
    policy(buses)
    ideas.opened(buses)
    with CaptureQueriesContext(connection) as caught:
        similar.known(text)
    asked = [one["sql"] for one in caught.captured_queries if "MATERIALIZED" in one["sql"]]
    (search,) = [sql for sql in asked if table in sql]
    settings = {"late": "1000ms", "shown": "0.3"}

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(similar.BY_INDEX, settings)
        cursor.execute(f"EXPLAIN {search}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        transaction.set_rollback(True)

    assert f"Bitmap Index Scan on {index}" in plan
    assert f"Seq Scan on {table}" not in plan


@pytest.mark.parametrize(
    "text",
    [
        "",
        "한글과 English words 섞인 이야기",
        "   ",
        "%",
        "a_b%c",
        "'; drop table",
        "\U0001f68c" * 50,
    ],
)
def test_odd_words_find_nothing_and_break_nothing(text: str, buses: Office) -> None:
    policy(buses)
    ideas.opened(buses)

    assert not similar.known(text)


def test_the_switch_of_the_rulebook_turns_it_off(buses: Office) -> None:
    ideas.opened(buses)
    amend_rule("switch.similar", to="off", reason="crowded", by=people.administrator())
    rules.forget()

    assert not similar.known(LIKE_IT)


def test_the_check_page_shows_it_in_place_and_a_danger_is_sent_at_once(
    client: Client, buses: Office
) -> None:
    idea = ideas.opened(buses)
    policy(buses)

    page = client.post("/say/check/", {"text": LIKE_IT, "kind": "idea"}).content.decode()
    danger = client.post("/say/check/", {"text": LIKE_IT, "kind": "hazard"}).content.decode()

    assert idea.get_absolute_url() in page
    assert "올빼미버스" in page
    assert "올빼미버스" not in danger


def test_a_piece_of_a_page_comes_while_somebody_writes(client: Client, buses: Office) -> None:
    idea = ideas.opened(buses)

    answer = client.post("/oasis/known/", {"text": LIKE_IT})

    assert idea.get_absolute_url() in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "hint" in client.post("/oasis/known/", {"text": "전혀 다른 이야기"}).content.decode()
    assert client.get("/oasis/known/").status_code == 405
