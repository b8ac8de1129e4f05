"""Held instead of refused: who said how much lately, counted in Valkey and forgotten soon.

Nothing here refuses a voice. With Valkey away nobody is held for a number: the limits stay open.
"""

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import redis
from django.conf import settings
from redis.commands.core import Script

from channels_app import article_rules, rules, sealing, valkey
from channels_app.actions import Said
from channels_app.models import Account, ApiClient, HeldReason
from channels_app.text.normal import folded, tidy
from channels_app.text.tone import is_harsh
from lifecycle import clock
from lifecycle.models import digest

log = logging.getLogger(__name__)
MINUTE, HOUR = 60, 3600
SALT_FRESH_FOR = 60.0
SALT_KEPT_FOR = 25 * HOUR
NOT_LETTERS = re.compile(r"[\W\d_]+")
# One more for each key; the first one says when it is forgotten.
COUNT = """
local counts = {}
for place, key in ipairs(KEYS) do
    counts[place] = redis.call('INCR', key)
    if counts[place] == 1 then redis.call('EXPIRE', key, ARGV[place]) end
end
return counts
"""


@dataclass(frozen=True)
class Tally:
    """Something that is counted: by what name, for whom (never in clear), over which seconds."""

    name: str
    whom: str
    window: int = HOUR

    @property
    def key(self) -> str:
        """Another one in every window; the window before is forgotten by itself."""
        return f"limits:{self.name}:{self.whom}:{int(clock.now().timestamp()) // self.window}"


def reason_to_hold(
    said: Said,
    *,
    client: ApiClient | None = None,
    session: str = "",
    network: str = "",
    honeypot: bool = False,
) -> str:
    """Why an officer looks at it first: a HeldReason, or nothing. Counts it in any case.

    `session` is a browser, `network` the address it came from (not asked for an app: thousands
    speak from there), `honeypot` whether a machine gave itself away.
    """
    counts = _counted(_tallies(said, client, session, "" if client else network))
    if honeypot:
        return HeldReason.MACHINE
    if _is_repeated(counts):
        return HeldReason.REPEATED
    if _is_burst(counts, client):
        return HeldReason.BURST
    if is_harsh(said.text):
        return HeldReason.TONE
    return ""


def report_hides(*, session: str = "", network: str = "") -> bool:
    """Whether one more report from here hides at once, or only asks for a look. Counts it."""
    counts = _counted(_whose("reports", session, network))
    return (
        counts.get("reports_of_session", 0) <= rules.LIMIT_REPORTS.value()
        and counts.get("reports_of_network", 0) <= rules.LIMIT_REPORTS_OF_NETWORK.value()
    )


def adds_a_flood(words: str, *, code: str, session: str = "", network: str = "") -> bool:
    """Whether what an author adds is too much to be shown to all; kept in any case. Counts it."""
    counts = _counted(
        [
            Tally("words", digest(folded(tidy(words)))),
            Tally("additions", digest(code)),
            *_whose("voices", session, network),
        ]
    )
    too_many = counts.get("additions", 0) > rules.LIMIT_CONTACT.value()
    return too_many or _is_repeated(counts) or _is_burst(counts, None)


def is_within(
    what: str, *, of_session: int, of_network: int, session: str = "", network: str = ""
) -> bool:
    """Whether one more of `what` from here is within these numbers an hour. Counts it.

    A busy network address decides nothing alone, as in a burst: it only counts double.
    """
    counts = _counted(_whose(what, session, network))
    weight = 2 if counts.get(f"{what}_of_network", 0) > of_network else 1
    return counts.get(f"{what}_of_session", 0) * weight <= of_session


def may_follow(*, session: str = "", network: str = "") -> bool:
    """Whether one more address may be asked from here. Counts it."""
    counts = _counted(_whose("follows", session, network))
    return (
        counts.get("follows_of_session", 0) <= rules.LIMIT_FOLLOWS.value()
        and counts.get("follows_of_network", 0) <= rules.LIMIT_FOLLOWS_OF_NETWORK.value()
    )


def help_counts(*, session: str = "", network: str = "") -> bool:
    """Whether one more "it helped" from here is believed. Counts it."""
    counts = _counted(_whose("helped", session, network))
    return (
        counts.get("helped_of_session", 0) <= article_rules.LIMIT_HELPED.value()
        and counts.get("helped_of_network", 0) <= article_rules.LIMIT_HELPED_OF_NETWORK.value()
    )


def may_bring_photo(*, session: str = "", network: str = "") -> bool:
    """Whether one more photo from here is kept with its form. Counts it; the words always go."""
    counts = _counted(_whose("photos", session, network))
    return (
        counts.get("photos_of_session", 0) <= rules.LIMIT_PHOTOS.value()
        and counts.get("photos_of_network", 0) <= rules.LIMIT_PHOTOS_OF_NETWORK.value()
    )


def count_refused_call(account: Account) -> None:
    """One more call that this account's network did not send."""
    _counted([Tally("refused_calls", str(account.pk))])


def refused_calls(account: Account) -> int:
    """How many there were within this hour; none where Valkey does not answer."""
    try:
        with valkey.asked(settings.REDIS_URL) as client:
            found = client.get(Tally("refused_calls", str(account.pk)).key)
    except redis.RedisError:
        return 0
    return int(found or 0)


def may_read(*, client: ApiClient | None = None, network: str = "") -> bool:
    """Whether one more look through the open interface is within its rate. Counts it."""
    if client is not None:
        counts = _counted([Tally("reads_of_client", str(client.pk), MINUTE)])
        return counts.get("reads_of_client", 0) <= rules.API_READS_OF_CLIENT.value()
    if not (whom := of_the_day(network)):
        return True
    counts = _counted([Tally("reads", whom, MINUTE)])
    return counts.get("reads", 0) <= rules.API_READS.value()


def _tallies(said: Said, client: ApiClient | None, session: str, network: str) -> list[Tally]:
    words = folded(tidy(said.text))
    tallies = [
        Tally("words", digest(words)),
        Tally("alike", digest(NOT_LETTERS.sub("", words) or words)),
        *_whose("voices", session, network),
    ]
    if said.contact:
        tallies.append(Tally("contact", sealing.index_of(*said.contact)))
    if client:
        tallies.append(Tally("client", str(client.pk), MINUTE))
    return tallies


def _whose(what: str, session: str, network: str) -> list[Tally]:
    """One count for the browser and one for the network address, where they are known."""
    tallies = [Tally(f"{what}_of_session", digest(session))] if session else []
    if whom := of_the_day(network):
        tallies.append(Tally(f"{what}_of_network", whom))
    return tallies


def of_the_day(network: str) -> str:
    """A name for it that is the same until midnight and then leads to nothing; "" for none."""
    salt = _salt_of_the_day() if network else b""
    return hmac.new(salt, network.encode(), hashlib.sha256).hexdigest() if salt else ""


def _is_repeated(counts: Mapping[str, int]) -> bool:
    return (
        counts.get("words", 0) > rules.LIMIT_REPEATED.value()
        or counts.get("alike", 0) > rules.LIMIT_ALIKE.value()
    )


def _is_burst(counts: Mapping[str, int], client: ApiClient | None) -> bool:
    """A busy network address decides nothing alone: a school shares one. It only counts double."""
    busy = counts.get("voices_of_network", 0) > rules.LIMIT_NETWORK.value()
    weight = 2 if busy else 1
    return (
        counts.get("voices_of_session", 0) * weight > rules.LIMIT_SESSION.value()
        or counts.get("contact", 0) * weight > rules.LIMIT_CONTACT.value()
        or (client is not None and counts.get("client", 0) > client.rate)
    )


def _counted(tallies: list[Tally]) -> dict[str, int]:
    """Count one more for each, in one round trip; nothing where Valkey does not answer."""
    if not tallies:
        return {}
    try:
        with valkey.asked(settings.REDIS_URL):
            numbers = _count(settings.REDIS_URL)(
                keys=[tally.key for tally in tallies], args=[tally.window for tally in tallies]
            )
    except redis.RedisError as problem:
        log.warning("limits stay open: %s", type(problem).__name__)
        return {}
    return {tally.name: number for tally, number in zip(tallies, numbers, strict=True)}


class _Salt:
    """Today's salt as this process last read it: never on disk, gone with the day."""

    day = ""
    read_at = 0.0
    value = b""


def _salt_of_the_day() -> bytes:
    """Made by whoever asks first, known to Valkey alone; nothing where it does not answer."""
    moment = clock.now()
    day = clock.seoul(moment).date().isoformat()
    age = moment.timestamp() - _Salt.read_at
    if day != _Salt.day or not 0 <= age < SALT_FRESH_FOR:
        _Salt.value = _read_salt(f"limits:salt:{day}")
        _Salt.day, _Salt.read_at = day, moment.timestamp()
    return _Salt.value


def _read_salt(key: str) -> bytes:
    try:
        with (
            valkey.asked(settings.REDIS_URL) as client,
            client.pipeline(transaction=False) as line,
        ):
            line.set(key, secrets.token_hex(32), nx=True, ex=SALT_KEPT_FOR)
            line.get(key)
            found = line.execute()[1]
    except redis.RedisError:
        return b""
    return bytes(found or b"")


@lru_cache(maxsize=4)
def _count(url: str) -> Script:
    """Known to Valkey by its digest; taught again where Valkey has forgotten it."""
    return valkey.client(url).register_script(COUNT)
