"""Reading too often is asked to wait; with Valkey away nobody is."""

from datetime import datetime

import pytest
from pytest_django import Settings

from lifecycle import clock, rules
from lifecycle.actions import amend_rule
from tests.api.callers import MESSAGES, Caller, problem_of
from tests.people import factories as people

NOON = datetime(2026, 11, 23, 12, 0, 15, tzinfo=clock.SEOUL)


@pytest.fixture(autouse=True)
def _few(db: None) -> None:
    for name in ("api.reads", "api.reads_of_client"):
        with clock.at(NOON.replace(hour=1)):
            amend_rule(name, to="2", reason="few", by=people.administrator())
    rules.forget()


def statuses(caller: Caller, times: int, **headers: str) -> list[int]:
    """What so many readings at noon are answered."""
    with clock.at(NOON):
        return [caller.get(MESSAGES, **headers).status_code for _n in range(times)]


def test_over_the_rate_a_reader_is_told_how_long_to_wait(anybody: Caller) -> None:
    assert statuses(anybody, 3) == [200, 200, 429]

    with clock.at(NOON):
        answer = anybody.get(MESSAGES)
    assert answer["Retry-After"] == "45"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert problem_of(answer)["type"].endswith("#too-many")


def test_the_next_minute_is_a_new_one(anybody: Caller) -> None:
    statuses(anybody, 3)

    with clock.at(NOON.replace(minute=1)):
        assert anybody.get(MESSAGES).status_code == 200


def test_another_network_and_a_token_are_counted_apart(app: Caller, anybody: Caller) -> None:
    statuses(anybody, 3)
    other = anybody.browser.get

    with clock.at(NOON):
        assert other(MESSAGES, REMOTE_ADDR="203.0.113.9").status_code == 200
    assert statuses(app, 3) == [200, 200, 429]


def test_nobody_is_refused_for_speaking(app: Caller) -> None:
    statuses(app, 3)

    assert [app.send().status_code for _n in range(4)] == [201] * 4


def test_with_valkey_away_everybody_reads(anybody: Caller, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert statuses(anybody, 4) == [200] * 4
