"""Was it clear, did you feel heard: said once an answer, counted honestly."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels_app import actions, ratings
from channels_app.models import Message, Rating
from channels_app.ratings import Rated, Share
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from tests.channels_app.factories import published_by, routed_to
from tests.pages import promises, visits
from tests.people import factories as people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def said(message: Message, clear: str = "yes", heard: str = "no", words: str = "") -> Rating:
    """As its author."""
    return actions.rate(message, clear=clear, heard=heard, words=words)


def test_it_is_said_once_and_changed_later() -> None:
    message = visits.answered()

    first = said(message, words="전화 010-1234-5678 로 주세요")
    second = said(message, clear="partly", words="이제 알겠어요")

    assert (first.pk, first.masked_words.count("1234")) == (second.pk, 0)
    assert (second.clear, second.heard, second.words) == ("partly", "no", "이제 알겠어요")
    assert second.at == first.at
    assert second.changed_at is not None


def test_the_same_said_twice_changes_nothing() -> None:
    message = visits.answered()

    said(message)
    again = said(message)

    assert again.changed_at is None


def test_after_thirty_days_nothing_is_said_any_more() -> None:
    message = visits.answered()
    said(message)

    with clock.at(clock.now() + 31 * DAY), pytest.raises(WrongTurnError):
        said(message, clear="no")

    assert Rating.objects.get().clear == "yes"


@pytest.mark.parametrize("make", [lambda: routed_to(visits.office()), visits.set_aside])
def test_without_a_closing_answer_there_is_nothing_to_rate(make: object) -> None:
    with pytest.raises(WrongTurnError):
        said(make())  # type: ignore[operator]  # one of the two above

    assert not Rating.objects.exists()


def test_a_word_that_is_none_of_the_three_is_refused() -> None:
    message = visits.answered()

    with pytest.raises(ValueError, match="perhaps"):
        said(message, clear="perhaps")


def test_each_closing_answer_has_its_own() -> None:
    message = visits.answered()
    said(message, clear="no")
    actions.reopen(message, text="아직 그대로예요")
    officer = people.officer_of(visits.office())
    reply = actions.answer(message, text="다시 고쳤습니다", by=officer)
    with clock.at(reply.leaves_at):
        actions.publish(reply)

    said(message, clear="yes")

    assert list(Rating.objects.values_list("clear", flat=True)) == ["no", "yes"]


def test_who_was_joined_rates_the_answer_that_served_both() -> None:
    message = visits.joined()

    rating = said(message)

    assert rating.reply.message == message.lead
    assert rating.office == rating.reply.office


def test_a_rating_stays_with_the_office_that_answered() -> None:
    message = promises.answered_again()
    rating = said(message)
    office = rating.office

    actions.appeal(message, text="그래도 아니에요")

    assert ratings.trend_of_office(office).whole.number == 1
    assert not ratings.trend_of_office(people.make_office("another"))


def test_a_trend_is_by_month_with_the_months_between() -> None:
    officer = people.officer_of(visits.office())
    may = datetime(2026, 5, 10, 12, tzinfo=clock.SEOUL)
    for moment, clear in ((may, "yes"), (may + DAY, "no"), (may + 70 * DAY, "yes")):
        with clock.at(moment):
            said(published_by(officer, visits.office()), clear=clear)

    with clock.at(may + 90 * DAY):
        trend = ratings.trend_of_office(visits.office())

    assert [month.month for month in trend.months] == [date(2026, m, 1) for m in (5, 6, 7, 8)]
    assert [month.rated.number for month in trend.months] == [2, 0, 1, 0]
    assert str(trend.months[0].rated.clear) in ("1 of 2", "2명 중 1명")
    assert trend.whole == Rated(3, 2, 0)


def test_all_offices_are_counted_in_one_go() -> None:
    officer = people.officer_of(visits.office())
    now = clock.now()
    said(published_by(officer, visits.office()))

    counted = ratings.by_office(now - DAY, now + DAY)

    assert counted == {visits.office().pk: Rated(1, 1, 0)}


@given(answers=st.lists(st.sampled_from(["yes", "partly", "no"]), max_size=60))
def test_a_share_is_of_all_and_named_from_ten_on(answers: list[str]) -> None:
    share = Share(answers.count("yes"), len(answers))

    percent = share.percent

    assert (percent is None) == (len(answers) < 10)
    if percent is not None:
        assert 0 <= percent <= 100
        assert abs(percent - 100 * share.yes / share.number) <= 0.5


@given(parts=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))))
def test_months_together_are_the_whole(parts: list[tuple[int, int, int]]) -> None:
    rated = [Rated(clear + heard + more, clear, heard) for clear, heard, more in parts]

    whole = sum(rated, Rated())

    assert whole.clear.number == sum(one.number for one in rated)
    assert whole.clear_yes + whole.heard_yes <= whole.number
