"""Alarms by age only: one line when one begins, one when it is over, whoever looks."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.test import Client

from channels_app import tasks as routing
from channels_app.models import HeldReason, Lane
from lifecycle import clock
from lifecycle.models import Alarm, Heartbeat, Upkeep, UpkeepKind
from seoul_portal import tasks
from seoul_portal.operations import alarms, sweeps
from tests.channels_app import factories
from tests.mail_in.boxes import arrive, mailbox
from tests.mail_in.letters import raw
from tests.operations import portal
from tests.people import factories as people

pytestmark = pytest.mark.django_db
LOG = "seoul_portal.operations.alarms"


@pytest.fixture(autouse=True)
def _told(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.INFO, logger=LOG):
        yield


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """What was written: level and the first words."""
    mine = [record for record in caplog.records if record.name == LOG]
    return [(record.levelname, record.getMessage().partition(",")[0]) for record in mine]


def test_nothing_is_said_while_everything_is_in_time(caplog: pytest.LogCaptureFixture) -> None:
    portal.moving()

    tasks.watch()

    assert lines(caplog) == []
    assert not Alarm.objects.exists()


def test_one_line_when_it_begins_and_one_when_it_is_over(caplog: pytest.LogCaptureFixture) -> None:
    portal.moving()
    with clock.at(portal.long_ago(6)):
        factories.receive(public=False)
    for _minute in range(3):
        tasks.watch()

    routing.route_waiting()
    for _minute in range(3):
        tasks.watch()

    told = [line for line in lines(caplog) if "route_waiting" in line[1]]
    assert told == [
        ("ERROR", "alarm: undone:route_waiting"),
        ("INFO", "alarm over: undone:route_waiting"),
    ]
    assert Alarm.objects.get(name="undone:route_waiting").ended_at


def test_what_nobody_asked_about_is_not_over(caplog: pytest.LogCaptureFixture) -> None:
    portal.moving()
    Alarm.begin("backup")

    alarms.note([], kinds=("silent",))

    assert Alarm.objects.ringing().get().name == "backup"
    assert lines(caplog) == []


def test_two_who_look_at_once_begin_one_alarm() -> None:
    assert Alarm.begin("backup")
    assert not Alarm.begin("backup")

    assert Alarm.objects.ringing().get().end()
    assert Alarm.begin("backup")


@pytest.mark.parametrize(
    ("kind", "after"),
    [("backup", timedelta(hours=27)), ("drill", timedelta(days=101))],
)
def test_a_young_portal_has_until_its_first_one_would_be_late(kind: str, after: timedelta) -> None:
    names = {late.kind for late in alarms.all_late([])}

    with clock.at(clock.now() + after):
        later = {late.kind for late in alarms.all_late([])}

    assert kind not in names
    assert kind in later


def test_a_failed_drill_does_not_count() -> None:
    old = clock.now() - timedelta(days=200)
    Upkeep.enter(UpkeepKind.DRILL, at=old)
    Upkeep.enter(UpkeepKind.DRILL, ok=False)

    assert "drill" in {late.kind for late in alarms.all_late([])}


def test_a_channel_paused_for_long_rings() -> None:
    with clock.at(portal.long_ago(11)):
        Lane.pause("mail", why="535", try_at=clock.now())

    assert [late.name for late in alarms.all_late([])] == ["paused:mail"]


def test_what_is_held_rings_when_its_date_has_passed_and_not_before() -> None:
    held = factories.receive(held=HeldReason.TONE)
    factories.receive(held=HeldReason.TONE)
    due = held.publication_due_at
    assert due is not None

    with clock.at(due - timedelta(minutes=1)):
        before = {late.name for late in alarms.all_late([])}
    with clock.at(due + timedelta(minutes=1)):
        after = {late.name: late.age for late in alarms.all_late([])}

    assert "undecided" not in before
    assert after["undecided"] == 60.0


def test_what_waits_for_a_person_rings_by_the_age_of_the_oldest() -> None:
    people.centre()
    arrive(mailbox(), raw(sender="Mina"))
    before = {late.name for late in alarms.all_late([])}

    with clock.at(clock.now() + timedelta(days=4)):
        after = {late.name for late in alarms.all_late([])}

    assert "kept" not in before
    assert "kept" in after


def test_without_any_worker_the_health_page_notes_it(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    portal.moving()
    Heartbeat.objects.update(last_done_at=portal.long_ago(60 * 24))

    first, second = client.get("/healthz"), client.get("/healthz")

    assert first.status_code == second.status_code == 503
    assert second.json()["alarms"] == ["standstill"]
    assert lines(caplog) == [("ERROR", "alarm: standstill")]


def test_one_silent_sweep_is_named_and_all_of_them_are_one_alarm() -> None:
    portal.moving()
    with clock.at(portal.long_ago(6)):
        factories.receive(public=False)
    quiet = Heartbeat.objects.exclude(sweep="tell")
    quiet.update(last_done_at=portal.long_ago(60 * 24))

    some = {late.kind for late in alarms.all_late(sweeps.known())}
    Heartbeat.objects.update(last_done_at=portal.long_ago(2))  # a rare one is not silent yet
    every = {late.kind for late in alarms.all_late(sweeps.known())}

    assert {"silent", "undone"} <= some
    assert "standstill" in every
    assert not every & {"silent", "undone"}


def test_an_old_backup_takes_no_web_process_out_of_service(client: Client) -> None:
    portal.moving()
    Alarm.begin("backup")

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["alarms"] == ["backup"]


def test_a_fresh_portal_is_not_silent_before_its_time(client: Client) -> None:
    born = MigrationRecorder(connection).migration_qs.aggregate(at=Min("applied"))["at"]
    with clock.at(born + timedelta(seconds=10)):
        never = client.get("/healthz")

    with clock.at(born + timedelta(days=1)):
        later = client.get("/healthz")

    assert never.json()["workers"] == later.json()["workers"] == "silent"
    assert never.json()["alarms"] == []
    assert later.json()["alarms"] == ["standstill"]
