"""Who calls."""

import os
from collections.abc import Iterator

import pytest
from django.utils import translation
from redis import Redis

from tests.api.callers import Caller, make_caller
from tests.people import factories as people


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> Iterator[None]:
    """Counts of other tests are forgotten, and the language they left behind."""
    Redis.from_url(os.environ["REDIS_URL"]).flushdb()
    with translation.override("ko"):
        yield


@pytest.fixture
def app(db: None) -> Caller:
    """An app with a token; the centre stands."""
    people.centre()
    return make_caller()


@pytest.fixture
def anybody(db: None) -> Caller:
    """Somebody without a token."""
    people.centre()
    return Caller()
