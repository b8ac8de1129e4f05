"""Personal data goes, the record stays whole; and what the record holds is about nobody."""

from pathlib import Path

import pytest
from django.test import Client

from channels_app import actions
from lifecycle.models import Leaf
from tests.privacy import lives as people_of
from tests.record import lives

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("withdraw", [False, True])
def test_after_an_erasure_everything_still_verifies(withdraw: bool, tmp_path: Path) -> None:
    message = people_of.with_everything()
    lives.sealed(1)

    message.refresh_from_db()
    actions.erase_message(message, by=None, withdraw=withdraw)
    lives.seal_all()

    assert lives.problems() == []
    assert lives.checked(lives.download(tmp_path)) == (0, "the record is whole\n")


def test_what_was_withdrawn_is_opened_to_nobody_any_more(client: Client) -> None:
    message = people_of.said()
    lives.seal_all()
    assert message.code in client.get("/opendata/record/entries/0").content.decode()

    actions.erase_message(message, by=None, withdraw=True)

    assert client.get("/opendata/record/entries/0").content == b""
    assert Leaf.objects.count() == 1  # its hash stays
