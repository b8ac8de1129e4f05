"""How we are signed in at a server of the AT Protocol: one session, kept and made new.

Signing in is allowed 300 times a day, so it is done only where no session can be made new. Of two
workers that renew at once, the one that is refused takes what the other one has kept.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from channels_app.connectors.errors import (
    AuthExpired,
    ConnectorError,
    ContentRejected,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from channels_app.connectors.web import Told, Web, problem_of

PARTS = ("did", "handle", "accessJwt", "refreshJwt")
OVER = frozenset({"ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired"})
SHUT_OUT = OVER | {"AccountTakedown", "AccountDeactivated", "AuthFactorTokenRequired"}
GONE = frozenset({"NotFound", "RecordNotFound"})


def error_of(answer: Told) -> str:
    """What the server calls what went wrong; "" where it does not say."""
    told = answer.json
    return "" if answer.is_good or not isinstance(told, dict) else str(told.get("error", ""))


def trouble_of(answer: Told, *, writes: bool) -> ConnectorError:
    """What a refusal asks of us: only what the server itself calls so is about our sign-in."""
    problem, name = problem_of(answer, writes=writes), error_of(answer)
    if name in SHUT_OUT:
        return AuthExpired(str(problem))
    if name in GONE:
        return TargetGone(name)
    # These servers name what is wrong; without a name it is somebody on the way to them.
    return Transient(str(problem)) if isinstance(problem, AuthExpired | TargetGone) else problem


def session_in(told: Any) -> dict[str, str]:
    """The parts of a session; nothing where one is missing."""
    parts = {name: told.get(name) for name in PARTS} if isinstance(told, dict) else {}
    whole = all(isinstance(one, str) and one for one in parts.values())
    return {name: str(one) for name, one in parts.items()} if whole else {}


@dataclass
class Session:
    """Who we are there: `first` is what was kept when we began, `kept` asks what is kept now."""

    base: str
    user: str
    password: str = field(repr=False)
    own_id: str
    first: str = field(repr=False)
    keep: Callable[[str], None]
    kept: Callable[[], str]
    allow: frozenset[str]
    held: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    @property
    def did(self) -> str:
        """Our name for ever."""
        return self._parts["did"]

    @property
    def handle(self) -> str:
        """Our name that readers see."""
        return self._parts["handle"]

    def ask(self, method: str, name: str, **told: Any) -> Told:
        """One question in our name; again with a newer session where this one is over."""
        answer = self._ask(method, name, self._parts["accessJwt"], **told)
        for _n in range(2):  # what another worker has kept may be over too
            if error_of(answer) not in OVER:
                break
            self._renew()
            answer = self._ask(method, name, self._parts["accessJwt"], **told)
        return answer

    def good(self, method: str, name: str, **told: Any) -> dict[str, Any]:
        """What a good answer says. Raises what any other one asks of us."""
        answer = self.ask(method, name, **told)
        if not answer.is_good:
            raise trouble_of(answer, writes=method != "GET")
        return answer.json if isinstance(answer.json, dict) else {}

    @property
    def _parts(self) -> dict[str, str]:
        if not self.held and not self._take(self.first) and not self._take(self.kept()):
            self._sign_in()
        return self.held

    def _renew(self) -> None:
        """What another worker has kept; or ours made new; or signed in anew."""
        if self._take(self.kept()):
            return
        answer = self._sign("com.atproto.server.refreshSession", self.held["refreshJwt"])
        if answer.is_good:
            self._keep(answer)
        elif error_of(answer) not in SHUT_OUT:
            raise _nothing_left(answer)
        elif not self._take(self.kept()):
            self._sign_in()

    def _sign_in(self) -> None:
        body = {"identifier": self.user, "password": self.password}
        answer = self._sign("com.atproto.server.createSession", body=body)
        if not answer.is_good:
            raise _nothing_left(answer)
        self._keep(answer)

    def _keep(self, answer: Told) -> None:
        found = session_in(answer.json)
        if not found:
            raise Transient("not a session")
        self._hold(found)
        self.keep(json.dumps({**found, "user": self.user}))

    def _take(self, text: str) -> bool:
        """Come with this one from now on, if it is another one of the same user."""
        try:
            told = json.loads(text or "{}")
        except ValueError:
            return False
        found = session_in(told)
        if not found or told.get("user") != self.user:
            return False
        if found["accessJwt"] == self.held.get("accessJwt"):
            return False
        self._hold(found)
        return True

    def _hold(self, found: dict[str, str]) -> None:
        if self.own_id and found["did"] != self.own_id:
            raise AuthExpired("signed in as somebody else")
        self.held.update(found)

    def _sign(self, name: str, token: str = "", **told: Any) -> Told:
        try:
            return self._ask("POST", name, token, **told)
        except OutcomeUnknown as problem:
            raise Transient(str(problem)) from problem

    def _ask(self, method: str, name: str, token: str = "", **told: Any) -> Told:
        signed = {"Authorization": f"Bearer {token}"} if token else {}
        return Web(self.base, signed, self.allow).ask(method, f"/xrpc/{name}", **told)


def _nothing_left(answer: Told) -> ConnectorError:
    """A sign-in that failed has carried nothing, and its words are not the officer's."""
    problem = trouble_of(answer, writes=False)
    return Transient(str(problem)) if isinstance(problem, ContentRejected) else problem
