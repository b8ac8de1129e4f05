"""Who is looking at which message right now: kept in Valkey, forgotten within a minute.

It only helps two officers not to do the same work; the version of the row is what guards it. With
Valkey away nobody seems to be looking.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import redis
from django.conf import settings
from redis.commands.core import Script

from channels_app import valkey
from lifecycle import clock
from people.models import User

log = logging.getLogger(__name__)
SECONDS = 45  # without another sign the officer has left
# The place of the first key with nobody else in it, who is then in it; 0 where all have somebody.
TAKE = """
local mine = ARGV[1] .. '|'
for place, key in ipairs(KEYS) do
    local free = true
    for _, who in ipairs(redis.call('ZRANGEBYSCORE', key, ARGV[3], '+inf')) do
        if string.sub(who, 1, #mine) ~= mine then free = false end
    end
    if free then
        redis.call('ZADD', key, ARGV[4], mine .. ARGV[2])
        redis.call('EXPIRE', key, ARGV[5])
        return place
    end
end
return 0
"""


def take_first(pks: Sequence[int], user: User) -> int:
    """The first of these nobody else looks at, or the very first; this officer looks at it now.

    In one step, so that officers who ask at the same moment are given different ones.
    """
    moment = clock.now().timestamp()
    who: list[str | int | float] = [
        user.pk,
        user.name or user.email,
        moment,
        moment + SECONDS,
        SECONDS,
    ]
    try:
        with valkey.asked(settings.REDIS_URL):
            place = int(_take(settings.REDIS_URL)(keys=[_key(pk) for pk in pks], args=who))
    except redis.RedisError as problem:
        log.warning("nobody is seen looking: %s", type(problem).__name__)
        place = 0
    return pks[max(place - 1, 0)]


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


@lru_cache(maxsize=4)
def _take(url: str) -> Script:
    """Known to Valkey by its digest; taught again where Valkey has forgotten it."""
    return valkey.client(url).register_script(TAKE)


def _key(pk: int) -> str:
    return f"desk:looking:{pk}"
