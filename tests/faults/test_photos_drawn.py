"""A real worker draws photos anew, also those a killed one had begun."""

import pytest
from pytest_django.fixtures import Settings

from channels_app import media
from channels_app.models import Attachment
from lifecycle import clock
from people.models import Office
from tests.faults.house import House, until
from tests.photos.pictures import photos_of, sent

pytestmark = pytest.mark.slow


def test_photos_are_drawn_though_workers_are_killed(
    house: House, roads: Office, settings: Settings
) -> None:
    settings.MEDIA_ROOT = house.folder / "media"
    house.valkey.start()
    messages = [sent(5) for _n in range(6)]

    def done() -> int:
        return Attachment.objects.filter(state="ready").count()

    for most in (3, 12, 30):
        worker = house.start_worker()
        until(lambda most=most: done() >= most, within=60)  # type: ignore[misc]  # read at once
        house.kill(worker)
        # What it had begun is free again once its lease is over; nobody waits for that here.
        Attachment.objects.filter(state="waiting").update(try_at=clock.now())

    assert house.kills == 3
    # One killed between the row and the file leaves the original to the sweep of the next day.
    assert len(list(media.path_of("incoming").iterdir())) <= house.kills
    for message in messages:
        for one in photos_of(message):
            assert media.path_of(one.picture).stat().st_size > 0
