"""The kept counts are those of the rows: at every moment, summed up or not, counted anew or not."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app import actions, counts, tallies, tasks
from channels_app.models import CountChange, DayCount, Message, MiddleTime
from channels_app.models.counts import MEASURES
from channels_app.wall_form import Wanted, how_many
from lifecycle import clock
from lifecycle.models import Heartbeat
from people.models import Office
from tests.channels_app.factories import receive
from tests.pages import cities

pytestmark = pytest.mark.django_db
DAYS = [0, 1, 29, 30, 31, 90, 365, 700]


def rows_of(measure: str, office: Office, since: date) -> int:
    """What the rows say."""
    found = Message.objects.filter(office=office).exclude(status="set_aside")
    found = found.filter(tallies.came_since(since))
    if measure == "not_shown":
        return found.exclude(publication="public").count()
    public = found.filter(publication="public")
    return {
        "came": public,
        "replied": public.filter(status="replied"),
        "in_time": public.filter(tallies.in_time()),
        "late": public.filter(met_at__gt=F("met_due_at")),
    }[measure].count()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10**6),
    count=st.integers(0, 60),
    summed=st.integers(0, 2),
    days=st.sampled_from(DAYS),
)
def test_any_sum_is_that_of_the_rows(seed: int, count: int, summed: int, days: int) -> None:
    cities.leave()
    cities.settle(count, seed=seed)
    if summed:
        actions.add_up_counts()
    cities.settle(count // 2, seed=seed + 1)
    if summed == 2:
        actions.count_anew()
    since = tallies.days_ago(days)

    for office in cities.offices():
        found = counts.sums("office", dict.fromkeys(MEASURES, since), office)

        for measure in MEASURES:
            kept = found.get(office.pk, {}).get(measure, 0)
            assert kept == rows_of(measure, office, since), measure
    assert actions.wrong_counts() == []


def test_the_first_of_a_month_reads_months_alone() -> None:
    first = tallies.days_ago(365).replace(day=1)
    assert counts.first_month(first) == first
    assert counts.first_month(first + timedelta(days=1)).day == 1
    cities.settle(40)
    actions.add_up_counts()

    (found,) = counts.sums("office", {"came": first}, cities.offices()[0]).values()

    assert found["came"] == rows_of("came", cities.offices()[0], first)


def test_every_change_counts_at_once_and_is_added_up_by_the_sweep() -> None:
    message = receive(public=True)
    today = clock.seoul().date()
    assert how_many(Wanted()).number == 1
    Message.objects.filter(pk=message.pk).update(publication="hidden", hidden_reason="abuse")
    assert how_many(Wanted()).number == 0

    tasks.add_up_counts()

    assert not CountChange.objects.exists()
    (day,) = DayCount.objects.filter(by="office", span="day")
    assert (day.day, day.came, day.not_shown) == (today, 0, 1)
    assert Heartbeat.objects.filter(sweep="add_up_counts").exists()
    Message.objects.filter(pk=message.pk).update(version=7)
    assert not CountChange.objects.exists()


def test_who_goes_past_the_triggers_is_found_and_put_right(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cities.settle(10)
    actions.add_up_counts()
    DayCount.objects.filter(by="borough", span="month").update(came=900)

    with pytest.raises(SystemExit):
        call_command("counts")
    call_command("counts", "--anew")

    assert "0 counts differ" in capsys.readouterr().out
    assert actions.wrong_counts() == []


@pytest.mark.parametrize("show", ["all", "replied", "in_time", "too_late", "overdue"])
@pytest.mark.parametrize("days", [None, 200])
def test_the_wall_says_how_many_rows_it_shows(show: str, days: int | None) -> None:
    cities.settle(80)
    actions.add_up_counts()
    since = tallies.days_ago(days) if days else None

    for office in (None, *cities.offices()):
        wanted = Wanted(show, office=office, since=since)

        assert how_many(wanted).number == wanted.rows().count()
    by_place = Wanted(show, borough=cities.offices()[2], since=since)
    assert how_many(by_place).number == by_place.rows().count()
    both = Wanted(show, kind="complaint", office=cities.offices()[0], since=since)
    assert how_many(both).number == both.rows().count()


def test_of_very_many_the_wall_says_only_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels_app.wall_form.MOST_COUNTED", 5)
    cities.settle(60)

    found = how_many(Wanted(kind="complaint"))

    assert (found.number, found.is_more) == (5, True)


def test_the_time_in_the_middle_says_when_it_was_counted() -> None:
    cities.settle(60)

    tasks.count_middles()

    office = cities.offices()[0]
    took = sorted(
        row.met_at - row.received_at
        for row in tallies.those_of(office, "office").filter(met_at__isnull=False)
        if row.met_at and clock.seoul(row.received_at).date() >= tallies.days_ago(365)
    )
    tally, _not_shown = tallies.of_one(office, "office")
    assert took[0] <= (tally.median or timedelta(0)) <= took[-1]
    assert tally.median_at is not None
    assert MiddleTime.objects.get(by="office", place=office).took == tally.median
