"""Who calls."""

import os

import pytest
from redis import Redis

from tests.api.callers import Caller, make_caller
from tests.people import factories as people


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    """Counts of other tests are forgotten."""
    Redis.from_url(os.environ["REDIS_URL"]).flushdb()


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
