"""How Google lets us in (OAuth 2): what the owner once gave us buys a token for an hour."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from channels_app.connectors.errors import AuthExpired, OutcomeUnknown, RateLimited, Transient
from channels_app.connectors.web import Web, problem_of
from lifecycle import clock

MARGIN = 60  # seconds before its end it counts no more
NO_SIGN_IN = frozenset(
    {"invalid_grant", "invalid_client", "unauthorized_client", "deleted_client",
     "admin_policy_enforced"}
)  # fmt: skip


def keep_nothing(_session: str) -> None:
    """For who has no place to keep a sign-in."""


@dataclass
class Hour:
    """The token of this hour: `kept` from the last time, or asked for with `form` and kept."""

    form: Mapping[str, str] = field(repr=False)
    web: Web
    kept: str = field(default="", repr=False)
    keep: Callable[[str], None] = keep_nothing

    def token(self) -> str:
        """The one we have, a new one where it is over. Raises as `fresh_token`."""
        kept = _read(self.kept)
        if float(kept.get("until") or 0) > clock.now().timestamp():
            return str(kept.get("token"))
        return self.fresh_token()

    def fresh_token(self) -> str:
        """A new one. Raises AuthExpired where the owner has taken back what they gave, Transient.

        That its answer is lost does no harm: the next one is as good.
        """
        try:
            told = self.web.ask("POST", "/token", form=self.form)
        except OutcomeUnknown as problem:
            raise Transient(str(problem)) from problem
        said = _read(told.body)
        if said.get("error") in NO_SIGN_IN:
            raise AuthExpired(str(said["error"]))
        if not told.is_good or "access_token" not in said:
            trouble = problem_of(told, writes=False)
            raise trouble if isinstance(trouble, RateLimited) else Transient(str(trouble))
        until = clock.now().timestamp() + float(said.get("expires_in") or 0) - MARGIN
        self.kept = json.dumps({"token": said["access_token"], "until": until})
        self.keep(self.kept)
        return str(said["access_token"])


def _read(text: str | bytes) -> dict[str, Any]:
    """An object; an empty one where it is none."""
    try:
        told = json.loads(text or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
