"""Articles are found by their words, by the index, and never stand in the way."""

from typing import Any

import pytest
from django.db import connection, transaction

from channels_app import actions, knowledge
from channels_app.text.grams import grams_of, telling_grams_of
from lifecycle import clock
from tests.knowledge import library
from tests.people import factories as people

pytestmark = pytest.mark.django_db


def questions(text: str, language: str = "ko") -> list[str]:
    """What is offered to somebody who writes this."""
    return [found.words.question for found in knowledge.fitting(text, language=language)]


@pytest.mark.parametrize("word", ["수수", "폐기", "집 앞", "대형", "신고"])
def test_a_word_of_two_syllables_is_found_wherever_it_stands(word: str) -> None:
    library.write()

    assert [found.words.question for found in knowledge.searched(word, language="ko")] == [
        library.QUESTION
    ]


def test_what_somebody_writes_leads_to_the_article_and_no_other() -> None:
    library.write()
    library.write(
        question_ko="지하철에서 잃어버린 물건은 어디서 찾나요?", answer_ko="유실물센터에 있습니다."
    )

    assert questions("이사하면서 소파를 버려야 해요. 대형폐기물 신고는 어떻게 하나요?") == [
        library.QUESTION
    ]
    assert questions("지하철에 가방을 두고 내렸어요. 잃어버린 물건을 찾고 싶어요") == [
        "지하철에서 잃어버린 물건은 어디서 찾나요?"
    ]


def test_what_has_nothing_to_do_with_any_article_gets_none() -> None:
    library.write()

    assert questions("우리 동네 가로등이 밤마다 꺼져 있어서 무섭습니다.") == []
    assert questions("?!") == []


def test_in_english_it_is_found_in_english_and_else_in_the_language_it_has() -> None:
    library.write(question_en=library.QUESTION_EN, answer_en=library.ANSWER_EN)

    found = knowledge.fitting("throw away large furniture", language="en")
    korean = knowledge.fitting("대형폐기물 버리기", language="en")

    assert [(one.words.question, one.words.language) for one in (*found, *korean)] == [
        (library.QUESTION_EN, "en")
    ] * 2


def test_one_without_english_says_that_it_is_korean() -> None:
    library.write()

    (found,) = knowledge.fitting("대형폐기물 버리기", language="en")

    assert (found.words.language, found.words.question) == ("ko", library.QUESTION)


def test_what_is_withdrawn_is_not_found() -> None:
    article = library.write()
    actions.withdraw_article(article, because="수수료가 바뀌었습니다.", by=article.written_by)

    assert questions(library.QUESTION) == []


def test_what_stands_in_the_question_comes_before_what_stands_in_an_answer() -> None:
    office = people.make_office("recycling")
    by = people.officer_of(office)
    asked = library.write(
        question_ko="반려동물 등록은 어디서 하나요?", answer_ko="동물병원에서 합니다.", by=by
    )
    for number in range(30):
        answer = "반려동물 이야기도 나오지만 다른 내용입니다."
        library.write(question_ko=f"다른 질문 {number}", answer_ko=answer, by=by)

    assert knowledge.searched("반려동물", language="ko")[0].article == asked


def test_a_large_library_is_searched_by_its_index_alone() -> None:
    office = people.make_office("recycling")
    library.fill(1500, by=people.officer_of(office), office=office)
    library.write()

    (found, *_others) = knowledge.fitting("대형폐기물은 어떻게 버려요?", language="ko")
    plan = _plan("대형폐기물은 어떻게 버려요?")

    assert found.words.question == library.QUESTION
    assert "article_grams" in plan
    assert "Seq Scan on channels_app_knowledgearticle" not in plan


def _plan(text: str) -> str:
    pieces: dict[str, Any] = {"pieces": telling_grams_of(text), "now": clock.now()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {knowledge.CANDIDATES}", pieces)
        return "\n".join(row[0] for row in cursor.fetchall())


def test_pieces_are_pairs_of_syllables_and_whole_foreign_words() -> None:
    assert grams_of("대형폐기물 CCTV를 Buses 집") == [
        "대형", "형폐", "폐기", "기물", "cctv", "를", "buse", "집",
    ]  # fmt: skip


def test_little_words_say_nothing_unless_there_is_nothing_else() -> None:
    assert telling_grams_of("어떻게 버리나요") == ["버리", "리나"]
    assert telling_grams_of("how can I") == ["how", "can"]
