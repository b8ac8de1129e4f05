"""Histograms of times: a scale on which every step is a fifth longer than the one before.

Bucket 0 is less than a minute; four buckets double the time. So a percentile read from it is off
by a tenth at most, however many days are added up.
"""

from collections.abc import Mapping
from datetime import timedelta

PER_DOUBLING = 4
MINUTE = timedelta(minutes=1)


def lower(bucket: int) -> timedelta:
    """Where a bucket begins."""
    return timedelta(0) if bucket == 0 else MINUTE * 2 ** ((bucket - 1) / PER_DOUBLING)


def upper(bucket: int) -> timedelta:
    """Where the next one begins."""
    return MINUTE * 2 ** (bucket / PER_DOUBLING)


def within(buckets: Mapping[int, int], share: float, *, of: int) -> timedelta | None:
    """In what time this share of all `of` was done; None where so many are not done yet.

    What is missing from the buckets counts as longer than everything in them.
    """
    wanted = share * of
    if not of or sum(buckets.values()) < wanted:
        return None
    passed = 0
    for bucket in sorted(buckets):
        inside = buckets[bucket]
        if passed + inside >= wanted:
            part = (wanted - passed) / inside
            return lower(bucket) + (upper(bucket) - lower(bucket)) * part
        passed += inside
    return None
