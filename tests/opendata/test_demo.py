"""The demonstration leaves files at once, however often it is played."""

import pytest

from channels_app.models import Message
from lifecycle import clock
from mayors_office.opendata import files
from seoul_portal.demo import open_data, photos
from tests.opendata import shelf

pytestmark = pytest.mark.django_db


def test_it_leaves_the_files_of_what_is_public() -> None:
    now = clock.now()
    photos.play(now)

    for _time in range(2):
        open_data.play(now)

    manifest = files.read()
    assert manifest is not None
    assert len(shelf.rows(manifest, "messages")) == Message.objects.public().count() > 0
