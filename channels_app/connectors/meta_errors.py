"""What Graph's errors ask of us, by their number (Meta's "Handling Errors" and "Error Codes")."""

import json

from channels_app.connectors.errors import (
    AuthExpired,
    ConnectorError,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.web import Told, problem_of, wait_of

SHUT_OUT = frozenset({102, 190})
BUSY = frozenset({4, 9, 17, 32, 341, 613})
BUSY_BUSINESS = range(80_000, 80_100)
FOR_AN_HOUR = 368  # blocked for what it took for abuse: whoever goes on makes it worse
FORBIDDEN = frozenset({3, 10, 551, 10_900, *range(200, 300)})
GONE = frozenset({24, 803})
GONE_BY_SUBCODE = frozenset({(100, 33), (100, 2018001)})
NOT_SENT = 1200  # "temporary send message failure": nothing left
DOWN = frozenset({1, 2})


def trouble(told: Told, *, writes: bool) -> ConnectorError:
    """What a refusal asks of us; by its status, where Graph gives no number we know."""
    said = told.json.get("error") if isinstance(told.json, dict) else None
    error = said if isinstance(said, dict) else {}
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    words = f"{code}/{subcode} {error.get('message', '')}"[:200]
    if code in SHUT_OUT:
        return AuthExpired(words)
    if code in BUSY or code in BUSY_BUSINESS or code == FOR_AN_HOUR:
        return RateLimited(3600 if code == FOR_AN_HOUR else _wait(told))
    if code in FORBIDDEN:
        return Forbidden(words)
    if code in GONE or (code, subcode) in GONE_BY_SUBCODE:
        return TargetGone(words)
    return _later(told, error, words, writes=writes)


def _later(told: Told, error: dict[str, object], words: str, *, writes: bool) -> ConnectorError:
    """What may be otherwise in a while, and all the rest."""
    code = _number(error.get("code"))
    if code == NOT_SENT:
        return Transient(words)
    if code in DOWN or error.get("is_transient") is True:
        return OutcomeUnknown(words) if writes else Transient(words)
    found = problem_of(told, writes=writes)
    # Without a number it is somebody on the way to Graph, and no word about our token.
    return Transient(str(found)) if isinstance(found, AuthExpired) else found


def _number(told: object) -> int:
    return int(told) if isinstance(told, int | str) and str(told).isdecimal() else 0


def _wait(told: Told) -> float:
    """As long as it says, in minutes for each kind of use; else as its other headers do."""
    try:
        uses = json.loads(told.headers.get("x-business-use-case-usage", "{}"))
        waits = [float(one["estimated_time_to_regain_access"]) * 60
                 for each in uses.values() for one in each]  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError):
        waits = []
    return max(waits, default=0) or wait_of(told)
