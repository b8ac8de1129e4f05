"""Whoever dies while writing leaves the old files whole, and nothing that stays in the way."""

import os
import subprocess
import sys
from datetime import timedelta
from signal import SIGKILL

import pytest
from pytest_django.fixtures import Settings

from lifecycle import clock
from mayors_office.opendata import editions, files
from tests.channels_app.factories import receive
from tests.faults.house import House
from tests.opendata import shelf

DIES = """
import os, signal, django
django.setup()
from lifecycle import clock
from mayors_office.opendata import editions
list(editions.write_everything(lambda: os.kill(os.getpid(), signal.SIGKILL)))
"""


@pytest.mark.django_db
def test_a_fault_while_writing_leaves_the_old_files_and_nothing_else() -> None:
    receive()
    before = shelf.write()
    receive()

    with pytest.raises(ZeroDivisionError):
        list(editions.write_everything(lambda: 1 / 0))

    assert files.read() == before
    assert [len(shelf.lines(one)) for one in before.files] == [one.rows for one in before.files]
    assert list(files.folder().glob("*.part")) == []


@pytest.mark.django_db
def test_a_month_that_cannot_be_written_does_not_stop_the_others() -> None:
    with clock.at(clock.now() - timedelta(days=70)):
        receive()
    receive()
    results = iter([ZeroDivisionError])

    def fail_once() -> None:
        for error in results:
            raise error

    before = list(editions.write_due(fail_once))
    after = list(editions.write_due(lambda: None))

    assert before[-1] == clock.seoul().date().replace(day=1)
    assert len(after) == 1
    assert after[0] not in before
    assert len(shelf.rows(files.read() or files.Manifest(), "messages")) == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_writer_leaves_the_old_files_and_the_way_free(
    house: House, settings: Settings
) -> None:
    settings.OPEN_DATA = house.folder / "opendata"
    receive()
    before = shelf.write()
    receive()

    died = subprocess.run(
        [sys.executable, "-c", DIES],
        env={**os.environ, **house.env, "DJANGO_SETTINGS_MODULE": "seoul_portal.settings"},
        check=False,
    )

    assert died.returncode == -SIGKILL
    assert list(files.folder().glob("*.part"))
    assert files.read() == before
    assert [len(shelf.lines(one)) for one in before.files] == [one.rows for one in before.files]
    assert len(shelf.rows(shelf.write(), "messages")) == 2
    assert list(files.folder().glob("*.part")) == []
