"""The page: a sweep that stopped is seen, a stuck row has an owner, and its way out works."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from channels_app import actions, sheets
from channels_app.models import Attachment, Background, Delivery, Lane, Message, PassageDue, Sheet
from channels_app.states import DeliveryState
from lifecycle import clock
from lifecycle.models import Alarm, Heartbeat, Upkeep, UpkeepKind
from mayors_office import listening
from mayors_office import tasks as numbers
from seoul_portal.operations import sweeps
from tests.channels_app import factories
from tests.operations import portal
from tests.people import factories as people

pytestmark = pytest.mark.django_db
EN = "/en" + portal.PAGE


def test_where_everything_moves_the_page_says_so() -> None:
    portal.moving()

    page = portal.opened_by(people.administrator(), EN)

    assert "Everything is in time." in page
    assert "Nothing is stuck." in page
    assert "34.5 MB" in page


def test_a_sweep_that_stopped_is_seen() -> None:
    portal.moving()
    Heartbeat.objects.filter(sweep="tell").update(last_done_at=portal.long_ago(9))

    page = portal.opened_by(people.centre_officer(), EN)

    assert "The sweep is silent" in page
    assert "9 min ago" in page
    assert Alarm.objects.ringing().get().name == "silent:tell"


def test_the_oldest_undone_row_is_named_with_its_office() -> None:
    portal.moving()
    with clock.at(portal.long_ago(7)):
        message = factories.receive(public=False)

    page = portal.opened_by(people.centre_officer(), EN)

    assert "7 min" in page
    assert f"/en/admin/case/{message.code}/" in page
    assert "Rows wait longer than they may" in page


def test_rows_without_a_time_are_as_old_as_they_were_seen() -> None:
    portal.moving()
    message = factories.receive()
    assert PassageDue.objects.filter(message=message).exists()
    seen = {one.name: one for one in sweeps.known()}["index_texts"]

    with clock.at(clock.now() + timedelta(minutes=6)):
        later = {one.name: one for one in sweeps.known()}["index_texts"]

    assert seen.undone < 60
    assert later.undone >= 360
    assert later.is_behind
    assert later.message == message


def test_every_sweep_is_asked_for_its_rows_or_says_that_it_has_none() -> None:
    without = {one.name for one in sweeps.known() if not one.asked}

    assert without == {"add_up_tallies", "count_middles", "learn_words", "watch"}


def test_a_poisoned_message_lies_with_the_centre_and_can_be_routed() -> None:
    portal.moving()
    message, centre = portal.poisoned(), people.centre_officer()

    page = portal.opened_by(centre, EN)
    actions.route(message, to=people.make_office("roads"), by=centre)

    assert "the routing rules failed on it three times" in page
    assert f"lies with {people.centre().name_en}" in page
    assert "Nothing is stuck." in portal.opened_by(centre, EN)


def test_a_photo_that_could_not_be_prepared_lies_with_its_office() -> None:
    portal.moving()
    office, moment = people.make_office("roads", name_en="Roads"), clock.now()
    message = factories.routed_to(office)
    Attachment.objects.create(
        message=message, state="refused", why="unknown", tries=3, digest="0" * 64, size=1,
        created_at=moment, try_at=moment,
    )  # fmt: skip

    page = portal.opened_by(people.auditor(), EN)

    assert "a photo could not be prepared" in page
    assert f"lies with {office.name_en}" in page
    assert message.code in page


def test_a_file_that_does_not_end_can_be_given_up() -> None:
    portal.moving()
    keeper, mina = people.administrator(), people.centre_officer(name="Mina")
    sheet = sheets.bring(b"text\nhello\n", name="a.csv", channel="tour", by=mina)
    with clock.at(portal.long_ago(10)):
        actions.want(sheet, by=mina)
    client = people.signed_in_client(keeper)

    page = portal.opened_by(keeper, EN)
    client.post(f"{portal.PAGE}sheet/{sheet.pk}/")

    assert "lies with Mina" in page
    assert Sheet.objects.get(pk=sheet.pk).is_over
    assert Sheet.objects.get(pk=sheet.pk).sealed == ""
    assert "Nothing is stuck." in portal.opened_by(keeper, EN)


@pytest.mark.parametrize(
    ("act", "state"), [("again", DeliveryState.QUEUED), ("settle", DeliveryState.CANCELLED)]
)
def test_what_offices_did_not_get_is_sent_again_or_settled(act: str, state: str) -> None:
    portal.moving()
    row, centre = portal.owed_to_office(), people.centre_officer()
    client = people.signed_in_client(centre)
    assert "followers and offices again" in portal.opened_by(centre, EN)

    client.post(f"{portal.PAGE}beside/", {"act": act})

    row.refresh_from_db()
    assert (row.state, row.decided_by) == (state, centre)
    assert "followers and offices again" not in portal.opened_by(centre, EN)


def test_an_auditor_looks_and_presses_nothing() -> None:
    portal.moving()
    row, auditor = portal.owed_to_office(), people.auditor()
    client = people.signed_in_client(auditor)

    answer = client.post(f"{portal.PAGE}beside/", {"act": "again"})

    row.refresh_from_db()
    assert answer.status_code == 403
    assert row.state == DeliveryState.FAILED
    assert "followers and offices again" not in portal.opened_by(auditor, EN)


def test_a_paused_channel_names_its_reason_and_the_next_try() -> None:
    portal.moving()
    Lane.pause("mail", why="535 wrong password", try_at=clock.now() + timedelta(minutes=10))

    page = portal.opened_by(people.mayors_officer(), EN)

    assert "535 wrong password" in page
    assert "is paused since" in page


def test_a_backup_that_failed_is_named_beside_the_last_good_one() -> None:
    portal.moving()
    Upkeep.enter(UpkeepKind.BACKUP, ok=False, words="the disk is full")

    page = portal.opened_by(people.administrator(), EN)

    assert "the disk is full" in page
    assert "34.5 MB" in page


def test_administrators_see_whose_it_is_and_open_no_case() -> None:
    portal.moving()
    message = portal.poisoned()

    page = portal.opened_by(people.administrator(), EN)

    assert message.code in page
    assert f"/case/{message.code}/" not in page


def test_it_asks_the_same_however_much_waits(
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    portal.moving()
    client = people.signed_in_client(people.centre_officer())
    client.get(EN)
    for _n in range(5):
        portal.poisoned()
        factories.receive()
    Message.objects.update(received_at=portal.long_ago(20))
    Delivery.objects.update(next_at=portal.long_ago(20))
    client.get(EN)  # alarms begin, and what has no time of its own is remembered

    with django_assert_num_queries(89):
        client.get(EN)


def test_a_month_that_nobody_closed_waits_since_its_end() -> None:
    this = listening.this_month()
    last = listening.first_of(this - timedelta(days=1))
    Background.objects.bulk_create(
        Background(month=last, age="20-39", gender="man") for _n in range(20)
    )
    before = sweeps.oldest_of("close_month")

    numbers.close_month()

    assert before is not None
    assert clock.seoul(before[0]).date() == this
    assert sweeps.oldest_of("close_month") is None
