"""The tables of numbers say what the rows say, whatever happened in between and however late."""

import random
import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app import actions
from channels_app import tasks as channel_tasks
from channels_app.models import Message
from lifecycle import clock
from lifecycle import rules as rulebook
from lifecycle.actions import amend_rule
from mayors_office import counting, spans, tasks
from mayors_office.models import STATES, Changed, Count, Scope, Slow, Span
from tests.channels_app import factories as voices
from tests.matrix.people_of import build_town
from tests.matrix.standing import REFUSALS, attempt, promised_by, put_off_by
from tests.pages import cities
from tests.people import factories as people

pytestmark = pytest.mark.django_db
ACTS = ("route", "hand_back", "answer", "take_back", "set_aside", "restore", "report", "hide")


def by_hand() -> Counter[tuple[Any, ...]]:
    """The same numbers, counted row by row in Python."""
    found: Counter[tuple[Any, ...]] = Counter()
    for one in Message.objects.all():
        shown = one.publication == "public" and one.status != "set_aside"
        day = clock.seoul(one.received_at).date()
        for scope, place in (
            ("city", None),
            ("borough", one.borough_id),
            ("office", one.office_id),
        ):
            where = (day, scope, place, shown, one.channel)
            found[*where, "came"] += 1
            found[*where, one.status] += 1
            found[*where, "met"] += one.met_at is not None
            found[*where, "in_time"] += bool(one.was_in_time)
            found[*where, "moved"] += one.moves > 0
            found[*where, "moves"] += one.moves
    return +found


def kept() -> Counter[tuple[Any, ...]]:
    """The numbers as the table has them."""
    names = ("came", *STATES, "met", "in_time", "moved", "moves")
    found: Counter[tuple[Any, ...]] = Counter()
    for row in Count.objects.all():
        where = (row.day, row.scope, row.place_id, row.shown, row.channel)
        found |= Counter({(*where, name): getattr(row, name) for name in names})
    return +found


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), count=st.integers(0, 60))
def test_the_numbers_of_any_city_are_those_of_its_rows(seed: int, count: int) -> None:
    cities.leave()
    cities.settle(count, seed=seed)

    tasks.count_days()

    assert kept() == by_hand()
    assert list(counting.differences()) == []


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6))
def test_the_numbers_follow_random_lives(seed: int) -> None:
    with transaction.atomic():
        live(random.Random(seed))
        transaction.set_rollback(True)


def live(dice: random.Random) -> None:
    """Voices that anybody does anything with; in between, sometimes, the sweep."""
    town = build_town()
    for _step in range(40):
        voice = dice.choice([*Message.objects.all(), None])
        if voice is None:
            voices.receive(public=dice.random() < 0.7)
        else:
            change(voice, town, dice)
        if dice.random() < 0.2:
            tasks.count_days()
    tasks.count_days()
    assert kept() == by_hand()
    assert list(counting.differences()) == []


def change(voice: Message, town: Any, dice: random.Random) -> None:
    """One act by one person, if it may be; or ten seconds pass."""
    who = dice.choice(["centre", "jun", "head", "sora"])
    with suppress(*REFUSALS, ValueError), transaction.atomic():
        match dice.choice([*ACTS, "promise", "put_off", "pass", "author"]):
            case "promise":
                promised_by(voice, town.users[who])
            case "put_off":
                put_off_by(voice, town.users[who])
            case "pass":
                with clock.at(clock.now() + timedelta(seconds=11)):
                    channel_tasks.publish_answers()
            case "author":
                attempt(dice.choice(["confirm_fixed", "reopen"]), voice, town, "author")
            case "report":
                actions.report(voice, words="no")
            case act:
                attempt(act, voice, town, who)


def test_a_day_is_counted_once_more_only_when_something_in_it_changed() -> None:
    message = voices.receive()
    tasks.count_days()

    Message.objects.filter(pk=message.pk).update(told_version=7)

    assert not Changed.objects.exists()
    actions.hide(message, reason="personal", by=people.centre_officer())
    assert Changed.objects.count() == 1


def test_counting_twice_or_late_changes_nothing() -> None:
    cities.settle(30)
    tasks.count_days()
    once = list(Count.objects.order_by("day", "scope", "place", "channel", "shown").values())

    Changed.objects.bulk_create([Changed(day=row["day"]) for row in once])
    tasks.count_days()

    again = list(Count.objects.order_by("day", "scope", "place", "channel", "shown").values())
    assert [{**row, "id": 0} for row in again] == [{**row, "id": 0} for row in once]


@pytest.mark.django_db(transaction=True)
def test_a_voice_whose_transaction_commits_late_is_counted_all_the_same() -> None:
    people.centre()
    written, counted = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            voices.receive("늦게 끝나는 말")
            written.set()
            counted.wait(20)
        connection.close()

    writer = threading.Thread(target=slowly)
    writer.start()
    written.wait(20)
    voices.receive("나중에 왔지만 먼저 끝난 말")
    tasks.count_days()
    assert Count.objects.get(scope=Scope.CITY).came == 1

    counted.set()
    writer.join(20)
    tasks.count_days()

    assert Count.objects.get(scope=Scope.CITY).came == 2
    assert list(counting.differences()) == []


def test_switched_off_nothing_is_counted_and_nothing_is_lost() -> None:
    by = people.administrator()
    amend_rule("dashboard.numbers", to="off", reason="crowded", by=by)
    rulebook.forget()
    voices.receive()
    tasks.count_days()
    assert not Count.objects.exists()

    amend_rule("dashboard.numbers", to="on", reason="quiet again", by=by)
    rulebook.forget()
    tasks.count_days()

    assert Count.objects.get(scope=Scope.CITY).came == 1


def test_the_command_rebuilds_and_finds_what_was_tampered_with() -> None:
    cities.settle(40)
    tasks.count_days()
    Count.objects.filter(scope=Scope.CITY).update(moves=99)
    Slow.objects.all().delete()

    said = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("rebuild_numbers", "--check", stdout=said, verbosity=0)
    assert stopped.value.code == 1
    assert "moves=99" in said.getvalue()
    assert "mayors_office_slow counted" in said.getvalue()

    call_command("rebuild_numbers", verbosity=0)

    call_command("rebuild_numbers", "--check", verbosity=0)
    assert kept() == by_hand()


def test_what_waits_to_be_counted_is_no_difference() -> None:
    voices.receive()

    assert list(counting.differences()) == []
    call_command("rebuild_numbers", "--check", verbosity=0)


def test_the_time_until_the_right_office_ends_with_the_office_that_has_it() -> None:
    office, centre = people.make_office("sidewalks"), people.centre_officer()
    start = clock.now() - timedelta(days=1)
    with clock.at(start):
        message = voices.receive()
    for hours, to in ((1, people.make_office("bus-policy")), (4, office)):
        with clock.at(start + timedelta(hours=hours)):
            actions.route(message, to=to, by=centre)

    tasks.count_days()

    span = Span.objects.get(scope=Scope.CITY, what="route")
    assert spans.lower(span.bucket) <= timedelta(hours=4) <= spans.upper(span.bucket)


@settings(deadline=None)
@given(minutes=st.lists(st.floats(1, 60 * 24 * 300), min_size=1, max_size=200))
def test_a_percentile_of_a_histogram_is_off_by_a_step_at_most(minutes: list[float]) -> None:
    buckets: Counter[int] = Counter()
    for each in minutes:
        buckets[next(b for b in range(200) if spans.upper(b) > timedelta(minutes=each))] += 1

    for share in (0.5, 0.9):
        found = spans.within(buckets, share, of=len(minutes))
        true = sorted(minutes)[max(0, -(-int(share * len(minutes) * 100) // 100) - 1)]
        assert found is not None
        assert true / 1.2 <= found / timedelta(minutes=1) <= true * 1.2


def test_what_is_not_done_yet_counts_as_longer_than_all_that_is() -> None:
    assert spans.within({8: 4}, 0.5, of=10) is None
    assert spans.within({8: 5}, 0.5, of=10) == spans.upper(8)
    assert spans.within({}, 0.5, of=0) is None


def test_the_slowest_of_a_day_are_kept_by_place() -> None:
    cities.settle(200, seed=3)

    tasks.count_days()

    public = Message.objects.public().exclude(status="set_aside").exclude(met_at=None)
    true = sorted((one.met_at - one.received_at for one in public if one.met_at), reverse=True)
    slow = Slow.objects.filter(scope=Scope.CITY, shown=True).order_by("-took")
    assert [one.took for one in slow[:20]] == true[:20]
