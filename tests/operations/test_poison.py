"""What can't be done stops nobody else, and somebody owns it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from channels_app import actions, sheets, tasks
from channels_app.models import Background, Contact, Delivery, Kind, Message, Sheet
from lifecycle import clock
from lifecycle.actions import declare_holiday
from lifecycle.models import Heartbeat, Holiday
from mayors_office import listening
from mayors_office import tasks as numbers
from mayors_office.models import Changed, Heard
from seoul_portal.operations import sweeps
from tests.channels_app import factories
from tests.operations import portal
from tests.people import factories as people
from tests.poison import poison
from tests.privacy import lives

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_file_that_cant_be_opened_stops_no_other_one() -> None:
    portal.moving()
    mina = people.centre_officer(name="Mina")
    broken, good = (
        sheets.bring(f"text\nhello {n}\n".encode(), name="a.csv", channel="tour", by=mina)
        for n in range(2)
    )
    with clock.at(portal.long_ago(10)):
        actions.want(broken, by=mina)
    actions.want(good, by=mina)
    Sheet.objects.filter(pk=broken.pk).update(sealed="no key opens this")
    Heartbeat.objects.filter(sweep="take_in_sheets").delete()

    tasks.take_in_sheets()

    assert Sheet.objects.get(pk=good.pk).is_over
    assert not Sheet.objects.get(pk=broken.pk).is_over
    assert Heartbeat.objects.filter(sweep="take_in_sheets").exists()
    page = portal.opened_by(people.administrator(), "/en" + portal.PAGE)
    assert "a file of voices is not taken in to its end" in page
    assert "lies with Mina" in page


def later(hours: float) -> sweeps.Sweep:
    """The sweep that erases, as it stands so many hours from now."""
    with clock.at(clock.now() + timedelta(hours=hours)):
        return next(one for one in sweeps.known() if one.name == "erase_expired")


def test_a_message_that_cant_be_erased_is_named_with_its_age_and_stops_no_other() -> None:
    poisoned, sound = (lives.finished(days_ago=1200, contact=None) for _n in range(2))
    with poison(Message._meta.db_table, f"NEW.id = {poisoned.pk}"):
        tasks.erase_expired()

    sound.refresh_from_db()
    assert sound.is_erased
    assert later(0).message == poisoned
    assert not later(2).is_behind
    assert later(4).is_behind
    tasks.erase_expired()
    assert later(4).due is None


def test_an_address_that_cant_be_erased_is_seen_too() -> None:
    lives.finished(days_ago=300)
    Contact.objects.update(created_at=clock.now() - timedelta(days=300))
    with poison(Contact._meta.db_table, f"NEW.id = {Contact.objects.get().pk}"):
        tasks.erase_expired()

    assert later(4).is_behind


@dataclass
class Pair:
    """A row that can't be written, and its neighbour; how one sees that the neighbour is done."""

    sweep: Any
    table: str
    rows: str
    is_done: Callable[[], bool]
    at: str = "INSERT"
    moment: datetime = field(default_factory=clock.now)


def two_offices() -> Pair:
    """Both have a late answer."""
    bad, good = (people.make_office(f"late-{n}") for n in range(2))
    with clock.at(clock.now() - 30 * DAY):
        for office in (bad, good):
            factories.routed_to(office)
    return Pair(
        tasks.remind,
        "channels_app_delivery",
        f"NEW.office_id = {bad.pk}",
        lambda: Delivery.objects.filter(office=good, event="duty").exists(),
    )


def two_holidays() -> Pair:
    """The first one touches both messages, the second only that which can be counted anew."""
    monday = datetime(2026, 11, 23, 10, tzinfo=clock.SEOUL)
    with clock.at(monday):
        bad, _good = (factories.receive(kind=kind) for kind in (Kind.QUESTION, Kind.COMPLAINT))
        _first, second = (
            declare_holiday(
                date(2026, 11, day), name_ko="쉬는 날", name_en="A day", by=people.administrator()
            )
            for day in (24, 25)
        )
    return Pair(
        tasks.recount_dates,
        "channels_app_message",
        f"NEW.id = {bad.pk}",
        lambda: not Holiday.objects.not_recounted().filter(pk=second.pk).exists(),
        at="UPDATE",
        moment=monday + timedelta(minutes=10),
    )


def two_months() -> Pair:
    """Both are over, and in both people said who they are."""
    last = listening.this_month() - DAY
    good, bad = listening.first_of(last), listening.first_of(listening.first_of(last) - DAY)
    Background.objects.bulk_create(
        Background(month=month, age="20-39") for month in (bad, good) for _n in range(20)
    )
    return Pair(
        numbers.close_month,
        "mayors_office_heard",
        f"NEW.month = '{bad}'",
        lambda: Heard.objects.filter(month=good).exists() and listening.open_months() == [bad],
    )


def two_days() -> Pair:
    """On both of them somebody said something."""
    with clock.at(clock.now() - 3 * DAY):
        good = factories.receive()
    bad = factories.receive()
    days = [clock.seoul(message.received_at).date() for message in (bad, good)]
    return Pair(
        numbers.count_days,
        "mayors_office_count",
        f"NEW.day = '{days[0]}'",
        lambda: list(Changed.objects.values_list("day", flat=True).distinct()) == days[:1],
    )


@pytest.mark.parametrize("pair_of", [two_offices, two_holidays, two_months, two_days])
def test_one_that_raises_ends_no_sweep(pair_of: Callable[[], Pair]) -> None:
    people.centre()
    pair = pair_of()
    name = pair.sweep.__name__
    Heartbeat.objects.filter(sweep=name).delete()

    with clock.at(pair.moment):
        with poison(pair.table, pair.rows, at=pair.at):
            pair.sweep()

        assert pair.is_done()
        assert Heartbeat.objects.filter(sweep=name).exists()
        pair.sweep()  # whatever was wrong is mended
        assert sweeps.oldest_of(name) is None
