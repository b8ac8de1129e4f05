"""What stood in the tables of the release before comes through: its clock, and what is followed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from channels_app.models import Message, Topic
from lifecycle import clock
from tests.deploy.released import walk_to
from tests.faults import house as houses
from tests.faults.house import House

# The release before anything could be followed, and before messages knew their clocks.
RELEASED = {
    "channels_app": "0012_privacy",
    "lifecycle": "0001_initial",
    "people": "0003_seed_offices",
}
RECEIVED = datetime(2026, 11, 2, 10, tzinfo=clock.SEOUL)
DUE = RECEIVED + timedelta(days=7)
CLOSED = {"status": "replied", "replied_at": RECEIVED + timedelta(days=1)}


@pytest.fixture
def old(house: House) -> Iterator[Any]:
    """The apps of that release, in a database of its tables; the test stands in it."""
    name = f"{house.database}_old_rows"
    houses.execute("CREATE DATABASE {}", name)
    try:
        with houses.standing_in(houses.url_of(name)):
            walk_to(RELEASED)
            yield MigrationLoader(connection).project_state(list(RELEASED.items())).apps
    finally:
        houses.execute("DROP DATABASE {} WITH (FORCE)", name)


def speak(old: Any, number: int, **columns: Any) -> str:
    """A row as the release before wrote it; its number."""
    office = old.get_model("people", "Office").objects.get(kind="centre")
    row = {
        "code": f"S-2026-{number:06}",
        "kind": "complaint",
        "text": "제 번호는 010-1234-5678입니다.",
        "masked_text": "제 번호는 010-****-****입니다.",
        "received_at": RECEIVED,
        "route_by": DUE,
        "due_at": DUE,
        "first_due_at": DUE,
        "office": office,
        "publication": "public",
        "version": 3,
    }
    message = old.get_model("channels_app", "Message").objects.create(**row | columns)
    return str(message.code)


@pytest.mark.slow
def test_every_public_message_there_is_can_be_followed_and_every_one_has_its_clock(
    old: Any,
) -> None:
    public = {speak(old, 1), speak(old, 2, **CLOSED)}
    others = {
        speak(old, 3, publication="private"),
        speak(old, 4, publication="held", held_reason="tone"),
        speak(old, 5, publication="hidden", hidden_reason="personal"),
    }

    call_command("migrate", verbosity=0)

    topics = Topic.objects.shown().values_list("code", flat=True)
    assert sorted(topics) == sorted(public)
    assert not Message.objects.without_topic().exists()
    assert not Message.objects.filter(code__in=others, topic__isnull=False).exists()
    for message in Message.objects.filter(code__in=public).select_related("topic"):
        assert message.topic is not None
        assert (message.topic.code, message.topic.office) == (message.code, message.office)
        assert "-1234" not in message.topic.title + message.topic.text
    assert set(Message.objects.values_list("clock_from", flat=True)) == {RECEIVED}
    assert not Message.objects.with_untold_steps().exists()  # nobody is told what was long ago
    closed = Message.objects.get(status="replied")
    assert (closed.met_at, closed.was_in_time) == (closed.replied_at, True)
