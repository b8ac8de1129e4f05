"""Text messages by SMPP 3.4: handed to the message centre of a carrier, and fetched from it.

A message counts as ours once the centre has given it a name; it knows no key of ours, so a lost
answer stays in doubt. What citizens send waits at the centre until we say that we have it: how
nothing is lost on the way is told in `smpp_sitting`. One sitting and one sending have a line each.
"""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from channels_app.connectors.contract import About, Batch, Caps, Connector, Heard, Sent
from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    Transient,
)
from channels_app.connectors.patience import at_most
from channels_app.connectors.reading_smpp import read, words_of
from channels_app.connectors.smpp_line import DELIVER, SILENCE, UNBIND, Line, problem_of
from channels_app.connectors.smpp_sitting import Sitting, Words
from channels_app.connectors.texting import Text, cut_up, dialled, with_headers, worldwide
from channels_app.connectors.trust import trusted

PATIENCE = 60.0  # seconds for one sending or one sitting in all: half of the lease
LISTENS = 20.0  # seconds of one sitting
MOST = 200  # messages of one sitting
PARTS = 8
ISDN, INTERNATIONAL = 1, 1
WITH_HEADER = 0x40


@dataclass(frozen=True, kw_only=True)
class Smpp(Connector[Text]):
    """Where the centre stands and how we sign in there; `sender` is the city's number.

    `security` is "tls" or "none" (a private line). After `quiet` seconds of silence a sitting is
    over. `pause` is how long we wait where half a message has left and the centre wants us slower.
    `seal` and `unseal` keep unfinished texts in the cursor from other eyes.
    """

    caps: ClassVar = Caps(inbound="stream", max_len=PARTS, unit="sms_parts")
    host: str
    port: int
    system_id: str
    password: str
    sender: str
    system_type: str = ""
    security: str = "tls"
    quiet: float = 1.0
    pause: float = 1.0
    seal: Words = str
    unseal: Words = str

    def verify(self) -> None:
        """Sign in, and leave again. Raises AuthExpired, RateLimited, Transient."""
        with self._bound("bind_transmitter") as line:
            self._leave(line)

    def about(self) -> About:
        """Our own number; a centre tells nothing else."""
        self.verify()
        return About(own_id=worldwide(self.sender), handle=self.sender)

    def fetch(self, cursor: str) -> Batch:
        """What the centre hands over within a short time. Raises AuthExpired, Transient."""
        sitting = Sitting(cursor, seal=self.seal, unseal=self.unseal)
        with self._bound("bind_transceiver") as line:
            try:
                sitting.is_whole = self._sit(line, sitting)
            except OSError as problem:
                if not sitting.has_begun:
                    raise Transient(type(problem).__name__) from problem
        return sitting.batch()

    def check(self, out: Text) -> None:
        """At most eight parts, for a number. Raises ContentRejected, Forbidden."""
        super().check(out)
        out.check_number()
        if not self.sender.isascii():
            raise Forbidden("no number that we could send from")
        if not out.text or out.pictures:
            raise ContentRejected("words, and nothing else")

    def send(self, out: Text) -> Sent:
        """Hand every part over; each gets a name there. Raises one of the connector's errors."""
        coding, parts = cut_up(out.text)
        kind = WITH_HEADER if len(parts) > 1 else 0
        if kind:
            parts = with_headers(parts, out.key)
        names: list[str] = []
        with self._bound("bind_transmitter") as line:
            for part in parts:
                fields = self._addressed(out.to) | {"esm_class": kind, "data_coding": coding}
                names.append(self._submitted(line, fields | {"short_message": part}, names))
            self._leave(line)
        return Sent(tuple(names), ref={"to": out.to})

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """What a citizen says, or what became of one part of ours."""
        kept = json.loads(raw)
        parts = [read(bytes.fromhex(pdu)) for pdu in kept["pdus"]]
        at = datetime.fromisoformat(kept["came"])
        if kind == "receipt":
            counts = {"arrived": int(parts[0].has_arrived)}
            return Heard("receipt", parts[0].receipt[0], at=at, counts=counts)
        author = parts[0].source
        return Heard(
            "message",
            kept["name"],
            author=author,
            text=words_of(parts),
            at=at,
            root=author,
            is_ours=bool(own_id) and author == worldwide(own_id),
        )

    def _sit(self, line: Line, sitting: Sitting) -> bool:
        """Take what comes; whether the centre has heard all that we said."""
        end = time.monotonic() + LISTENS
        while len(sitting.fresh) < MOST and (left := end - time.monotonic()) > 0:
            told = line.hear(min(self.quiet, left))
            if told is None:
                break
            if told.command == UNBIND:
                line.answer(told)
                return False
            if told.command != DELIVER:
                line.mind(told)
            elif sitting.take(told.body):
                line.answer(told)
        # It reads in the order in which we say: with this answer it has heard all before it.
        line.ask("enquire_link")
        self._leave(line)
        return True

    @staticmethod
    def _leave(line: Line) -> None:
        """Some hang up in place of an answer."""
        with suppress(OSError):
            line.ask("unbind")

    def _submitted(
        self, line: Line, fields: dict[str, str | bytes | int], before: list[str]
    ) -> str:
        """What the centre calls this part. Half a message is not taken back: its rest may wait."""
        while True:
            try:
                told = line.ask("submit_sm", **fields)
            except OSError as problem:
                raise OutcomeUnknown(type(problem).__name__) from problem
            if not told.status:
                return told.name
            refused = problem_of(told.status)
            if not before:
                raise refused
            if not isinstance(refused, RateLimited | Transient):
                raise OutcomeUnknown(f"{len(before)} parts were taken, then: {refused}")
            time.sleep(self.pause)

    def _addressed(self, to: str) -> dict[str, str | bytes | int]:
        """From our number to theirs; a receipt, please."""
        sender = dialled(self.sender)
        worldly = sender.startswith("+")
        return {
            "source_addr_ton": INTERNATIONAL if worldly else 0,
            "source_addr_npi": ISDN if worldly else 0,
            "source_addr": sender.removeprefix("+"),
            "dest_addr_ton": INTERNATIONAL,
            "dest_addr_npi": ISDN,
            "destination_addr": to.removeprefix("+"),
            "registered_delivery": 1,
        }

    @contextmanager
    def _bound(self, how: str) -> Iterator[Line]:
        """Signed in; nothing has left us until then."""
        lines: list[socket.socket] = []
        with at_most(PATIENCE, lambda: lines[-1] if lines else None):
            try:
                yield self._signed_in(lines, how)
            finally:
                for held in lines:
                    held.close()

    def _signed_in(self, lines: list[socket.socket], how: str) -> Line:
        try:
            line = Line(self._connected(lines))
            told = line.ask(
                how,
                system_id=self.system_id,
                password=self.password,
                system_type=self.system_type,
            )
        except UnicodeError as problem:
            raise AuthExpired("a name or password that can't be written there") from problem
        except OSError as problem:
            raise Transient(type(problem).__name__) from problem
        if told.status:
            raise problem_of(told.status, binding=True)
        return line

    def _connected(self, lines: list[socket.socket]) -> socket.socket:
        lines.append(socket.create_connection((self.host, self.port), timeout=SILENCE))
        if self.security == "tls":
            safe = trusted().wrap_socket(
                lines[-1], server_hostname=self.host, do_handshake_on_connect=False
            )
            lines.append(safe)
            safe.do_handshake()
        return lines[-1]
