"""Of two thousand voices full of numbers, none can be read where it has no business to be."""

import io
import logging
from collections.abc import Iterator
from itertools import islice

import pytest
from django.utils.module_loading import import_string
from pytest_django import Settings
from redis import Redis

from channels_app import kicks
from channels_app.models import Delivery, Message, Passage, Reply
from tests.faults.house import until
from tests.opendata import shelf
from tests.privacy import doors, reading, speaking
from tests.privacy.reading import Haystack
from tests.text.invented import bare, invented

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SEED = 13


@pytest.fixture
def paper(settings: Settings) -> Iterator[io.StringIO]:
    """What our log would hold with everything switched on, by its own filter and format."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["plain"]["format"]))
    handler.addFilter(import_string(settings.LOGGING["filters"]["no_secrets"]["()"])())
    level = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def bell(settings: Settings) -> Iterator[Redis]:
    """Kicks are given, and nobody takes them: what they hold stays to be read."""
    settings.KICKS = True
    store = Redis.from_url(settings.REDIS_URL)
    store.flushdb()
    yield store
    store.flushdb()
    store.close()


def test_no_original_of_two_thousand_can_be_found_outside_the_office(
    bell: Redis, paper: io.StringIO
) -> None:
    voices = list(invented(SEED))
    hearts = {original.heart for voice in voices for original in voice.originals}
    given = [speaking.contact_of(n) for n in range(speaking.BY_FORM + speaking.BY_API)]
    contacts = {bare(address) for address in (*given, *doors.contacts())}

    speaking.speak(voices)
    doors.follow(list(Message.objects.public().order_by("id")[: doors.EACH]))
    speaking.route_and_answer(voices)
    doors.bring_photos(voices)
    doors.sweep()
    speaking.fail_aloud(list(Message.objects.order_by("id")[:200]))
    until(lambda: not kicks._wanted and bell.llen("fast") > 0)

    _everybody_was_heard(len(voices) + doors.PHOTOS)
    _everybody_else_was_told()
    # The search finds every one of them where it may stand: so it would elsewhere.
    assert Haystack(reading.tables(private=True)).hold(hearts) == sorted(hearts)
    places = {
        "public pages": reading.public_pages(),
        "the search": reading.searches(),
        "letters to others": reading.letters_to_others(),
        "the API": reading.open_interface("보도블록"),
        "open data": shelf.texts(shelf.write()),
        "the log": iter([paper.getvalue()]),
        "the tables": reading.tables(private=False),
        "Valkey": reading.valkey(),
    }
    assert _leaks(places, hearts | contacts) == {}


def _everybody_was_heard(count: int) -> None:
    messages = Message.objects.all()
    assert messages.count() == count
    assert messages.filter(publication="public").count() >= 0.9 * count
    closing = Reply.objects.published().filter(kind="closing").count()
    assert closing == speaking.ANSWERED + doors.EACH
    for channel in ("mail", "feed", "tour", "phone"):
        assert messages.filter(channel=channel).count() == doors.EACH, channel


def _everybody_else_was_told() -> None:
    """Followers have their mails, the mail of a day among them, and the search its texts."""
    news = Delivery.objects.filter(follow__isnull=False).exclude(event="follow")
    assert news.count() > doors.EACH
    assert Delivery.objects.filter(event="digest").exists()
    assert Passage.objects.filter(public=True).count() >= 0.9 * Message.objects.count()


def _leaks(places: dict[str, Iterator[str]], hearts: set[str]) -> dict[str, list[str]]:
    """Where something was found that should not be, at most ten a place."""
    found = {place: Haystack(texts).hold(hearts) for place, texts in places.items()}
    return {place: list(islice(leaks, 10)) for place, leaks in found.items() if leaks}
