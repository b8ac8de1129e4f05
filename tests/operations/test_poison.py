"""What can't be done stops nobody else, and somebody owns it."""

from datetime import timedelta

import pytest
from django.db import connection

from channels_app import actions, sheets, tasks
from channels_app.models import Contact, Message, Sheet
from lifecycle import clock
from lifecycle.models import Heartbeat
from seoul_portal.operations import sweeps
from tests.operations import portal
from tests.people import factories as people
from tests.privacy import lives

pytestmark = pytest.mark.django_db


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


def refuse_changes(table: str, pk: int) -> None:
    """Whatever changes this row fails."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE EXCEPTION 'never'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER refuse BEFORE UPDATE ON {table} FOR EACH ROW"
            f" WHEN (old.id = {pk}) EXECUTE FUNCTION refuse()"
        )


def later(hours: float) -> sweeps.Sweep:
    """The sweep that erases, as it stands so many hours from now."""
    with clock.at(clock.now() + timedelta(hours=hours)):
        return next(one for one in sweeps.known() if one.name == "erase_expired")


def test_a_message_that_cant_be_erased_is_named_with_its_age_and_stops_no_other() -> None:
    poisoned, sound = (lives.finished(days_ago=1200, contact=None) for _n in range(2))
    refuse_changes(Message._meta.db_table, poisoned.pk)

    tasks.erase_expired()

    sound.refresh_from_db()
    assert sound.is_erased
    assert later(0).message == poisoned
    assert not later(2).is_behind
    assert later(4).is_behind
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse ON channels_app_message")
    tasks.erase_expired()
    assert later(4).due is None


def test_an_address_that_cant_be_erased_is_seen_too() -> None:
    lives.finished(days_ago=300)
    Contact.objects.update(created_at=clock.now() - timedelta(days=300))
    refuse_changes(Contact._meta.db_table, Contact.objects.get().pk)

    tasks.erase_expired()

    assert later(4).is_behind
