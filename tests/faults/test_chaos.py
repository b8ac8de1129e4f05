"""Forty kills drawn from a seed in every run; a thousand by `./portal chaos --kills 1000`."""

from collections import Counter
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from benchmarks.chaos.kills import KINDS, rounds
from benchmarks.chaos.run import Outcome, run, sort_of

KILLS = 40


@pytest.mark.slow
def test_forty_kills_lose_nothing(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        outcome = run(tmp_path, kills=KILLS, seed=20261129)

    assert outcome.entries == []
    assert outcome.kills.total() == KILLS
    assert all(outcome.kills[kind] >= KILLS // 10 for kind in KINDS)
    assert outcome.more["voices"] > KILLS
    assert outcome.more["answered"] > 0
    assert outcome.more["mails"] > KILLS


@pytest.mark.parametrize("kills", [10, 40, 1000])
def test_each_part_is_killed_at_least_once_in_ten(kills: int) -> None:
    drawn = Counter(kind for one in rounds(kills, seed=7) for kind in one)

    assert drawn.total() == kills
    assert set(drawn) == set(KINDS)
    assert min(drawn.values()) >= kills // 10
    assert rounds(kills, seed=7) == rounds(kills, seed=7)


def test_a_round_blames_every_kind_it_killed() -> None:
    outcome = Outcome()

    outcome.blame(["web", "beat", "web"], ["S-1: 0 rows for a receipt that was shown"])

    assert outcome.wrong["web"] == outcome.wrong["beat"] == Counter(lost=1)
    assert outcome.wrong["valkey"] == Counter()
    assert "| beat | 0 | 1 | 0 | 0 |" in outcome.lines()


@pytest.mark.parametrize(
    ("entry", "sort"),
    [
        ("S-1: routed without owner or date", "unowned"),
        ("S-1: answer unknown, and nobody's business", "unowned"),
        ("<id>: 3 copies outside, repeated=True, by=None", "doubled"),
        ("S-1 and S-2 for one key", "doubled"),
        ("S-1: its answer never left", "lost"),
    ],
)
def test_what_is_wrong_is_named(entry: str, sort: str) -> None:
    assert sort_of(entry) == sort
