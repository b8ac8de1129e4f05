"""Small groups of people: nothing below five is shown, nor follows from what is shown."""

import itertools
from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app.models import AgeGroup, Background, Gender, YesNo
from mayors_office import listening, tasks
from mayors_office.dashboards.who import groups_of
from mayors_office.models import Heard, Trait
from mayors_office.small import LEAST, protected
from people.models import Office
from tests.pages import cities
from tests.pages.html import read

tables = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=2, max_size=8)


def derivable(shown: tuple[int | None, dict[str, int | None]]) -> list[int]:
    """Every size of a group of people that follows by adding and subtracting what is shown."""
    everybody, groups = shown
    known = [people for people in groups.values() if people is not None]
    sums = {sum(some) for size in range(len(known) + 1) for some in combinations(known, size)}
    if everybody is not None:
        sums |= {everybody - each for each in sums}
    return sorted(sums)


def combinations(known: list[int], size: int) -> Any:
    """All choices of so many."""
    return itertools.combinations(known, size)


@settings(deadline=None)
@given(tables)
def test_no_sum_or_difference_of_shown_numbers_is_a_small_group(groups: dict[str, int]) -> None:
    shown = protected(groups)

    assert [size for size in derivable(shown) if 0 < size < LEAST] == []
    assert all(people is None or people == groups[name] for name, people in shown[1].items())


@settings(deadline=None)
@given(tables)
def test_what_is_hidden_is_hidden_for_a_reason(groups: dict[str, int]) -> None:
    everybody, shown = protected(groups)

    if everybody is not None and min(groups.values()) >= LEAST:
        assert shown == groups


@pytest.mark.parametrize("groups", [2, 3, 4])
def test_whoever_knows_the_rule_can_still_not_tell_a_hidden_number(groups: int) -> None:
    """Every table that could have led to what is shown is tried: no hidden number is the only one.

    For all who answered up to sixteen.
    """
    names = "abcd"[:groups]
    fitting: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in itertools.product(range(17), repeat=groups):
        if sum(numbers) <= 16:
            everybody, shown = protected(dict(zip(names, numbers, strict=True)))
            fitting[everybody, tuple(shown.values())].append(numbers)
    for (_everybody, shown_numbers), possible in fitting.items():
        for place, shown_number in enumerate(shown_numbers):
            if shown_number is None:
                assert len({numbers[place] for numbers in possible}) > 1


@settings(deadline=None)
@given(st.lists(tables, min_size=1, max_size=6))
def test_sums_over_months_hold_only_what_each_month_shows(months: list[dict[str, int]]) -> None:
    rows = []
    for number, groups in enumerate(months):
        everybody, shown = protected(groups)
        for name, people_ in {"": everybody, **shown}.items():
            month = date(2025, 1 + number, 1)
            rows.append(Heard(month=month, trait=Trait.AGE, group=name, people=people_))

    for group in groups_of(rows):
        shown_in = [row.people for row in rows if row.group == group.name and row.people]
        assert (group.people or 0) == sum(shown_in)
        assert group.people is None or group.people >= LEAST


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_look_at_the_page_and_no_file_tells_of_a_small_group(data: st.DataObject) -> None:
    with transaction.atomic():
        client, mapo = Client(), cities.offices()[2]
        spoken(data, mapo)
        tasks.close_month()
        looks = {
            client.get(f"/en/dashboard/who.csv?days={days}{borough}").content.decode()
            for days in (7, 30, 90, 365)
            for borough in ("", "&borough=mapo")
        }

        assert len(looks) == 1  # no filter takes a part of it
        for line in looks.pop().splitlines()[1:]:
            people_, part = line.rsplit(",", 4)[1:3] if '"' not in line else ("", "")
            assert not people_.isdigit() or int(people_) >= LEAST, (line, part)
        assert not Heard.objects.filter(people__lt=LEAST).exists()
        transaction.set_rollback(True)


def spoken(data: st.DataObject, mapo: Office) -> None:
    """What some people said of themselves in the last months, this one among them."""
    this = listening.this_month()
    months = [this]
    for _back in range(3):
        months.append(listening.first_of(date.fromordinal(months[-1].toordinal() - 1)))
    one = st.builds(
        Background,
        month=st.sampled_from(months),
        borough=st.sampled_from([None, mapo]),
        age=st.sampled_from(["", *AgeGroup.values]),
        gender=st.sampled_from(["", *Gender.values]),
        disability=st.sampled_from(["", *YesNo.values]),
        first_time=st.just(""),
    )
    Background.objects.bulk_create(data.draw(st.lists(one, max_size=60)))


@pytest.mark.django_db
def test_a_month_is_told_of_once_it_is_over_and_never_changes(client: Client) -> None:
    this = listening.this_month()
    last = listening.first_of(date.fromordinal(this.toordinal() - 1))
    Background.objects.bulk_create(Background(month=this, age="65+") for _n in range(9))
    ages = [age for age in AgeGroup.values for _n in range(9)]
    Background.objects.bulk_create(Background(month=last, age=age) for age in ages)
    tasks.close_month()
    before = list(Heard.objects.values())

    Background.objects.create(month=last, age="65+")
    tasks.close_month()

    assert list(Heard.objects.values()) == before
    assert set(Heard.objects.values_list("month", flat=True)) == {last}
    page = read(client.get("/en/dashboard/").content.decode())
    assert "Age: 20 to 39" in page.text


@pytest.mark.django_db
def test_the_database_itself_refuses_a_small_number() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Heard.objects.create(month=date(2025, 1, 1), trait="age", group="65+", people=4)


def test_everybody_is_asked_for_by_the_same_groups_as_in_the_form() -> None:
    assert set(listening.CHOICES) == set(Trait.values) - {Trait.BOROUGH}
