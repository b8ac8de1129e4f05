"""Was intake as quick in the trouble as before it? By its slowest twentieth, so by p95."""

from collections.abc import Iterable

# Seconds that the noise of a machine with other work may add. Less than one vain question to
# Valkey (0.2 s): were each voice to wait for one, it would show.
NOISE = 0.15


def p95(seconds: Iterable[float]) -> float:
    """Nineteen of twenty were quicker."""
    ordered = sorted(seconds)
    return ordered[len(ordered) * 95 // 100]


def as_quick_as(before: Iterable[float], during: Iterable[float]) -> bool:
    """Less than twice as long. Raises AssertionError, with both numbers."""
    usual, troubled = p95(before), p95(during)
    assert troubled < 2 * usual + NOISE, f"p95 was {usual:.3f} s, then {troubled:.3f} s"
    return True
