"""What can't be done stops nobody else, and somebody owns it."""

import pytest

from channels_app import actions, sheets, tasks
from channels_app.models import Sheet
from lifecycle import clock
from lifecycle.models import Heartbeat
from tests.operations import portal
from tests.people import factories as people

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
