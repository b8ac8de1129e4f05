"""The demonstration of photos: three voices, however often it is played."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from channels_app.models import Attachment, HeldReason, Message, PhotoState
from lifecycle import clock
from seoul_portal.demo import photos

pytestmark = pytest.mark.django_db


def test_it_can_be_played_again_without_doubles(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    now = clock.now()

    for _time in range(2):
        photos.play(now)

    rows = Attachment.objects.select_related("message")
    assert [one.state for one in rows] == [PhotoState.READY] * 3
    assert Attachment.objects.public().count() == 1
    assert Message.objects.held().get().held_reason == HeldReason.PHOTO
    assert all(one.alt for one in rows)
