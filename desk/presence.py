"""Who is looking at which message right now: kept in Valkey, forgotten within a minute.

It only helps two officers not to do the same work; the version of the row is what guards it. With
Valkey away nobody seems to be looking.
"""

import logging
from collections.abc import Iterable, Mapping

import redis
from django.conf import settings

from channels_app import valkey
from lifecycle import clock
from people.models import User

log = logging.getLogger(__name__)
SECONDS = 45  # without another sign the officer has left


def look(pk: int, user: User) -> None:
    """This officer's page shows this message."""
    ends = clock.now().timestamp() + SECONDS
    try:
        with (
            valkey.asked(settings.REDIS_URL) as client,
            client.pipeline(transaction=False) as line,
        ):
            line.zadd(_key(pk), {f"{user.pk}|{user.name or user.email}": ends})
            line.expire(_key(pk), SECONDS)
            line.execute()
    except redis.RedisError as problem:
        log.warning("nobody is seen looking: %s", type(problem).__name__)


def others(pks: Iterable[int], user: User) -> Mapping[int, list[str]]:
    """The names of colleagues who look at each of these, without this officer's."""
    wanted = list(pks)
    if not wanted:
        return {}
    try:
        with (
            valkey.asked(settings.REDIS_URL) as client,
            client.pipeline(transaction=False) as line,
        ):
            for pk in wanted:
                line.zrangebyscore(_key(pk), clock.now().timestamp(), "+inf")
            found = line.execute()
    except redis.RedisError as problem:
        log.warning("nobody is seen looking: %s", type(problem).__name__)
        return {}
    seen = {pk: _names(rows, user) for pk, rows in zip(wanted, found, strict=True)}
    return {pk: names for pk, names in seen.items() if names}


def _names(rows: Iterable[bytes], user: User) -> list[str]:
    people = [row.decode().partition("|") for row in rows]
    return [name for pk, _bar, name in people if pk != str(user.pk)]


def _key(pk: int) -> str:
    return f"desk:looking:{pk}"
