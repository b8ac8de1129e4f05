"""Where a text would probably go: the keyword table is made ready once, until it changes."""

import pytest
from pytest_django import DjangoAssertNumQueries

from channels_app import routing_guess
from channels_app.models import RoutingRule
from people.models import Office
from tests.people.factories import make_office

pytestmark = pytest.mark.django_db
WORDS = "무지개떡방앗간"


@pytest.fixture
def mill() -> Office:
    """An office that nothing speaks for yet."""
    return make_office("mill-of-the-test")


def rule(office: Office) -> RoutingRule:
    """The words speak for this office."""
    return RoutingRule.objects.create(office=office, words=WORDS, points=50.0)


def test_the_table_is_made_ready_once(
    mill: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rule(mill)
    first = routing_guess.weigher()

    with django_assert_num_queries(2):  # has anything changed?
        second = routing_guess.weigher()

    assert second is first


def test_a_new_keyword_counts_at_once(mill: Office) -> None:
    assert routing_guess.probable_office(WORDS) is None

    rule(mill)

    assert routing_guess.probable_office(WORDS) == mill


def test_a_changed_keyword_counts_at_once(mill: Office) -> None:
    other = make_office("other-mill-of-the-test")
    rule(mill)
    assert routing_guess.probable_office(WORDS) == mill

    RoutingRule.objects.filter(words=WORDS).update(office=other)

    assert routing_guess.probable_office(WORDS) == other


def test_a_keyword_taken_out_counts_no_more(mill: Office) -> None:
    written = rule(mill)
    assert routing_guess.probable_office(WORDS) == mill

    written.delete()

    assert routing_guess.probable_office(WORDS) is None


def test_a_closed_office_is_guessed_no_more(mill: Office) -> None:
    rule(mill)
    assert routing_guess.probable_office(WORDS) == mill

    Office.objects.filter(pk=mill.pk).update(closed=True)

    assert routing_guess.probable_office(WORDS) is None


def test_a_renamed_office_is_known_by_its_new_name(mill: Office) -> None:
    assert routing_guess.probable_office(WORDS) is None

    Office.objects.filter(pk=mill.pk).update(name_ko=WORDS)

    assert routing_guess.probable_office(WORDS) == mill
