"""Similar: what everyone may read, by words and place; never late, never private."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from benchmarks import similar as bench
from channels_app import actions, similar
from channels_app.models import Message
from lifecycle import clock, rules
from lifecycle.models import Rule
from people.models import Office
from tests.channels_app.factories import published_by, receive, routed_to
from tests.people import factories as people

pytestmark = pytest.mark.django_db

WORDS = "합정역 8번 출구 앞 보도블록이 들려 있어서 유모차 바퀴가 자꾸 걸립니다. 빨리 고쳐 주세요."
SAME = "합정역 8번 출구앞 보도 블록이 들려 있어 유모차 바퀴가 걸려요. 고쳐 주세요."
OTHER = "밤늦게까지 여는 동네 도서관이 한 곳만이라도 있으면 일하는 사람에게 큰 도움이 됩니다."


def found(text: str, **place: object) -> list[Message]:
    """The messages alone."""
    return [one.message for one in similar.similar_to(text, **place)]  # type: ignore[arg-type]


def amend(name: str, value: object) -> None:
    """Another value of a rule from now on."""
    Rule.objects.create(name=name, value=value, since=clock.now(), reason="test")
    rules.forget()


def test_trigrams_know_korean() -> None:
    """They would not in a cluster made with another character type than C.UTF-8."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT show_trgm('보도블록')")
        trigrams = cursor.fetchone()[0]

    assert len(trigrams) == 5


def test_an_edited_copy_is_found_and_called_probably_the_same() -> None:
    message = receive(WORDS)
    receive(OTHER)

    (one,) = similar.similar_to(SAME)

    assert one.message == message
    assert one.is_probably_same
    assert not one.is_answered


@pytest.mark.parametrize("question", ["합정역 보도블록", "합정역 보도블록이 들렸어요"])
def test_a_few_words_are_found_within_a_long_text(question: str) -> None:
    message = receive(WORDS)

    assert found(question) == [message]


def test_what_not_everyone_may_read_is_never_found() -> None:
    receive(WORDS, public=False)
    receive(WORDS, held="tone")
    actions.hide(receive(WORDS), reason="personal", by=people.centre_officer())

    assert found(WORDS) == []


def test_leads_are_found_those_joined_or_set_aside_are_not() -> None:
    office = people.make_office("roads-of-the-test")
    lead, joined, aside = (routed_to(office, text=WORDS) for _n in range(3))
    by = people.centre_officer()
    actions.join(joined, to=lead, by=by)
    actions.set_aside(aside, reason="spam", by=by)

    assert found(SAME) == [lead]


def test_an_answered_one_says_so() -> None:
    office = people.make_office("roads-of-the-test")
    message = published_by(people.officer_of(office), office)

    (one,) = similar.similar_to(message.masked_text)

    assert one.is_answered


def test_what_is_older_than_the_rulebook_says_is_forgotten() -> None:
    with clock.at(clock.now() - timedelta(days=181)):
        receive(WORDS)

    assert found(SAME) == []


def test_the_place_ranks_and_a_foreign_borough_counts_against() -> None:
    mapo, jung = (Office.objects.get(slug=slug) for slug in ("mapo", "jung"))
    here = receive(WORDS, borough=mapo)
    there = receive(WORDS, borough=jung)

    assert found(SAME, borough=mapo) == [here, there]
    assert found(SAME, borough=jung) == [there, here]


def test_a_message_close_by_needs_fewer_words_in_common() -> None:
    place = (37.5495, 126.9139)
    message = receive("보도블록이 깨져 있어요 조심하세요", position=place)
    question = "출구 앞 보도블록이 위험하게 튀어나와 사람들이 걸려 넘어지는 것을 보았습니다"
    mapo = Office.objects.get(slug="mapo")
    Message.objects.filter(pk=message.pk).update(borough=mapo)

    assert found(question) == []
    assert found(question, borough=mapo, position=(37.5496, 126.9140)) == [message]
    assert found(question, borough=mapo, position=(37.5596, 126.9140)) == []


def test_nobody_measures_an_exact_position_by_asking() -> None:
    message = receive(WORDS, position=(37.549512, 126.913949), place="행복아파트")
    coarse = message.public_position
    assert coarse is not None

    near = similar.similar_to(WORDS, position=coarse)[0].closeness
    exact = similar.similar_to(WORDS, position=(37.549512, 126.913949))[0].closeness

    assert near == exact


def test_the_switch_turns_it_off() -> None:
    receive(WORDS)

    amend("switch.similar", "off")

    assert found(SAME) == []


def test_the_switch_knows_two_words() -> None:
    with pytest.raises(rules.RuleValueError):
        rules.declared()["switch.similar"].read("perhaps")

    assert rules.declared()["switch.similar"].read("off") == "off"


def test_when_it_is_late_there_are_no_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    receive(WORDS)
    monkeypatch.setattr(similar, "LATE", 0.2)
    monkeypatch.setattr(
        similar, "BY_WORDS_SQL", "SELECT id FROM channels_app_message, pg_sleep(2) LIMIT 1"
    )

    assert found(SAME) == []
    assert Message.objects.exists()  # the connection goes on


def test_its_time_limit_leaves_no_trace() -> None:
    receive(WORDS)
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        before = cursor.fetchone()
        found(SAME)
        cursor.execute("SHOW statement_timeout")

        assert cursor.fetchone() == before


@pytest.mark.parametrize(
    "text", ["", " ", "%", "_", "'; --", "\\", "😀" * 50, "ㅋ" * 500, "a" * 5000]
)
def test_any_text_may_be_asked(text: str) -> None:
    receive(WORDS)

    assert found(text) == []


def test_more_messages_ask_no_more_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _n in range(12):
        receive(WORDS)
    similar.similar_to(SAME)

    # Savepoint, settings, two searches, weighing, rolling back (2), and the messages themselves.
    with django_assert_num_queries(7):
        [(one.message.office, one.message.borough) for one in similar.similar_to(SAME)]


@pytest.mark.slow
def test_many_messages_are_searched_by_the_index() -> None:
    bench.fill(20_000)
    asked: dict[str, Any] = {
        "text": WORDS,
        "offered": ["received"],
        "since": clock.now() - timedelta(days=90),
    }
    pieces = {"one": "%도서관에서%", "other": "%청소년들%"}

    with connection.cursor() as cursor:
        for statement in (similar.BY_WORDS_SQL, similar.BY_PIECES_SQL):
            cursor.execute(f"EXPLAIN {statement}", {**asked, **pieces})
            plan = "\n".join(row[0] for row in cursor.fetchall())

            assert "message_similar" in plan
            assert "Seq Scan on channels_app_message" not in plan


def test_an_office_finds_what_only_it_reads_and_nobody_else_does() -> None:
    roads, buses = people.make_office("roads"), people.make_office("buses")
    private = routed_to(roads, text=WORDS, public=False)
    routed_to(buses, text=WORDS, public=False)
    aside = routed_to(roads, text=WORDS, public=False)
    actions.set_aside(aside, reason="spam", by=people.officer_of(roads))

    assert found(SAME) == []
    assert found(SAME, at=roads) == [private]
