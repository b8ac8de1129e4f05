"""What is found, by whom, in which order; and what is found no more."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app import actions, search_rules, searching
from channels_app.models import Message, Passage, PassageDue
from channels_app.models.passages import trait
from channels_app.searching import Asked
from channels_app.text.finding import words_of
from lifecycle import clock
from people.models import Office, User
from tests.channels_app.factories import published_by, receive, routed_to
from tests.knowledge import library
from tests.people import factories as people
from tests.search.looking import all_due, amend, codes, found, passages_of, read_in

pytestmark = pytest.mark.django_db

SYLLABLES = st.text(alphabet="가나다라도서관버스abcXYZ12", min_size=2, max_size=9)
TEXTS = st.lists(SYLLABLES, min_size=1, max_size=5).map(" ".join)


@pytest.fixture
def roads() -> Office:
    return people.make_office("roads")


@pytest.fixture
def jun(roads: Office) -> User:
    return people.officer_of(roads, name="준")


@pytest.fixture
def sora() -> User:
    return people.officer_of(people.make_office("buses"), name="소라")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, TEXTS, st.data())
def test_every_stretch_of_a_public_text_finds_it_and_no_private_one(
    text: str, other: str, data: st.DataObject
) -> None:
    shown, hidden = receive(text=text), receive(text=f"{text} {other}", public=False)
    read_in()
    word = data.draw(st.sampled_from(text.split()))
    start = data.draw(st.integers(0, len(word) - 2))
    stretch = word[start : data.draw(st.integers(start + 2, len(word)))]

    numbers = found(stretch)

    assert shown.code in numbers or len(numbers) == 20
    assert hidden.code not in numbers


def test_all_words_have_to_stand_in_it_and_pieces_alone_find_nothing() -> None:
    both = receive(text="도서관 앞 버스 정류장")
    receive(text="도서 대출은 미술관에서")
    read_in()

    assert found("버스 도서관") == [both.code]
    assert found("서관") == [both.code]
    assert found("버스 미술관") == []


def test_the_answer_is_found_and_masked(jun: User, roads: Office) -> None:
    answered = published_by(jun, roads, text="분수대를 고쳤습니다. 010-1234-5678")
    read_in()

    assert found("분수대") == [answered.code]
    assert found("5678") == []
    assert found("분수대", trait("what", "message")) == []


def test_an_answer_that_can_still_be_taken_back_is_not_found(jun: User, roads: Office) -> None:
    reply = actions.answer(routed_to(roads), text="분수대를 고쳤습니다.", by=jun)
    read_in()

    actions.take_back(reply.message, by=jun)

    assert found("분수대", user=jun) == []


@pytest.mark.parametrize("leaves", ["hide", "erase", "set_aside", "report"])
def test_what_leaves_the_public_pages_leaves_the_search_at_once(leaves: str) -> None:
    message = receive(text="분수대가 멈췄어요")
    read_in()
    by = people.centre_officer()

    match leaves:
        case "hide":
            actions.hide(message, reason="personal", by=by)
        case "erase":
            actions.erase_message(message, by=by, reason="wish", withdraw=True)
        case "set_aside":
            actions.set_aside(message, reason="spam", by=by)
        case "report":
            actions.report(message)

    assert found("분수대") == []
    assert passages_of(message) == []
    read_in()
    assert found("분수대") == []


def test_what_is_erased_is_in_no_table_of_the_search() -> None:
    message = receive(text="분수대가 멈췄어요", public=False)
    read_in()

    actions.erase_message(message, by=people.centre_officer(), reason="wish")
    read_in()

    assert passages_of(message) == []
    assert all_due() == 0


def test_what_is_shown_again_comes_back() -> None:
    by, message = people.centre_officer(), receive(text="분수대가 멈췄어요")
    actions.hide(message, reason="personal", by=by)
    read_in()

    actions.show(Message.objects.get(pk=message.pk), by=by)
    read_in()

    assert found("분수대") == [message.code]


def test_officers_find_what_visible_to_lets_them_see(jun: User, sora: User, roads: Office) -> None:
    private = routed_to(roads, text="분수대가 멈췄어요", public=False)
    public = receive(text="분수대가 예뻐요")
    asked = routed_to(roads, text="분수대 물값", public=False)
    actions.ask_office(asked, office=Office.objects.get(slug="buses"), question="얼마?", by=jun)
    read_in()

    for user in (jun, sora, people.centre_officer(), people.auditor(), people.mayors_officer()):
        visible = set(Message.objects.visible_to(user).values_list("code", flat=True))
        assert set(found("분수대", user=user)) == visible & {private.code, public.code, asked.code}
    assert set(found("분수대", user=sora)) == {public.code, asked.code}
    assert found("분수대") == [public.code]


def test_who_gives_a_private_one_away_finds_it_no_more(
    jun: User, sora: User, roads: Office
) -> None:
    private = routed_to(roads, text="분수대가 멈췄어요", public=False)
    read_in()

    actions.route(private, to=Office.objects.get(slug="buses"), by=jun)

    assert found("분수대", user=jun) == []
    read_in()
    assert found("분수대", user=jun) == []
    assert found("분수대", user=sora) == [private.code]


def test_filters_narrow_it_down(jun: User, roads: Office) -> None:
    answered = published_by(jun, roads, text="고쳤습니다.")
    asked = receive(text="보도블록 색이 궁금해요", kind="question")
    read_in()

    assert set(found("보도블록")) == {answered.code, asked.code}
    assert found("보도블록", trait("kind", "question")) == [asked.code]
    assert found("보도블록", trait("state", "answered")) == [answered.code]
    assert found("보도블록", trait("office", roads.pk)) == [answered.code]
    assert found("보도블록", trait("office", roads.pk), trait("state", "open")) == []


def test_since_a_day(jun: User) -> None:
    with clock.at(clock.now() - timedelta(days=9)):
        receive(text="분수대 옛날")
    new = receive(text="분수대 요즘")
    read_in()

    hits = searching.find(Asked(["분수대"], since=clock.now() - timedelta(days=2)))

    assert codes(hits.keys) == [new.code]


@pytest.mark.parametrize("newest", [0, 1, 7, 20, 1000])
def test_pages_follow_each_other_without_gap_or_double_across_both_stages(newest: int) -> None:
    amend(search_rules.SEARCH_NEWEST, newest)
    moment = clock.now()
    for number in range(23):
        with clock.at(moment - timedelta(hours=number // 3)):
            receive(text="분수대" if number % 3 else "가로등")
    read_in()
    expected = list(
        Passage.objects.filter(letters="분수대").order_by("-at", "-id").values_list("pk", flat=True)
    )

    seen: list[int] = []
    key = "start"
    while key:
        hits = searching.find(Asked(["분수대"]), after=key, size=4)
        seen += hits.keys
        key = hits.next_key

    assert seen == expected
    assert len(seen) == 15


def test_counting_stops_where_the_rulebook_says() -> None:
    amend(search_rules.SEARCH_COUNTED, 3)
    for _number in range(6):
        receive(text="분수대")
    read_in()

    assert searching.count(Asked(["분수대"])) == 4


def test_a_search_that_takes_too_long_is_given_up() -> None:
    amend(search_rules.SEARCH_PATIENCE, 1)
    statement = "SELECT pg_sleep(1)"

    with pytest.raises(searching.TooLateError), searching.in_time() as ask:
        ask(statement, {})

    assert Message.objects.count() == 0


def test_the_index_leads_to_the_texts() -> None:
    receive(text="분수대")
    read_in()
    Passage.objects.bulk_create(
        Passage(
            kind="message", message=Message.objects.get(), public=True, at=clock.now(),
            letters=f"가로등 {number}번", traits=[searching.PUBLIC],
        )
        for number in range(500)
    )  # fmt: skip
    needs = {**Asked(words_of("분수대")).needs, "most": 21}
    statement = searching.ALL.format(where="TRUE", matches=searching.MATCHES)

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE channels_app_passage")
        cursor.execute(f"EXPLAIN {statement}", needs)
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "passage_pieces" in plan
    assert "Seq Scan" not in plan


def test_the_database_makes_the_same_pieces() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_pieces('도서관 bus 5호', ARRAY['=a:1'])")
        pieces = cursor.fetchone()[0]

    assert pieces == "'5호' '=a:1' 'bu' 'bus' 'us' '도서' '서관'"


def test_a_change_that_nobody_looks_for_notes_nothing(roads: Office) -> None:
    message = routed_to(roads)
    read_in()

    Message.objects.filter(pk=message.pk).update(due_at=clock.now(), version=9)

    assert all_due() == 0


def test_the_sweep_may_run_twice() -> None:
    message = receive(text="분수대")
    due = PassageDue.objects.next(10)
    actions.index(due)

    actions.index(due)

    assert passages_of(message) == ["분수대"]
    assert all_due() == 0


def test_articles_are_found_until_they_are_withdrawn() -> None:
    article, by = library.write(), people.centre_officer()
    read_in()
    asked = Asked(words_of("폐기물"))

    keys = searching.find(asked).keys
    actions.withdraw_article(article, because="낡았습니다", by=by)
    gone = searching.find(asked).keys
    read_in()

    assert (len(keys), gone) == (1, [])
    assert searching.find(Asked(asked.words, user=by)).keys == []
