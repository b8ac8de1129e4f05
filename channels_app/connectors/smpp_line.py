"""A line to a message centre (SMPP 3.4): what is said on it, and what a refusal asks of us.

What we say is written by the library, what we hear is cut off the line here: so every byte of it
is there to be kept, and no parameter of a maker that the library does not know stops the rest.
"""

import socket
import struct
import time
from dataclasses import dataclass

from smpplib import command_codes, smpp  # type: ignore[import-untyped]

from channels_app.connectors.errors import (
    AuthExpired,
    ConnectorError,
    ContentRejected,
    Forbidden,
    RateLimited,
    TargetGone,
    Transient,
)

SILENCE = 10.0  # seconds the centre may take for an answer
LONGEST = 70_000  # bytes of one; a payload has 64 KiB at most
PIECE = 65_536
HEADER = struct.Struct(">LLLL")
ANSWERS = 0x80000000  # the bit that makes an answer of a question; alone: "I don't understand"
DELIVER, UNBIND, ENQUIRE, ALERT = 0x05, 0x06, 0x15, 0x102
UNKNOWN_COMMAND = 0x03

SIGN_IN = frozenset({0x0D, 0x0E, 0x0F, 0x53})  # bind, password, name, kind of system
GONE = frozenset({0x0B})
ENOUGH = {0x58: 5.0, 0x14: 30.0}  # seconds; too fast, and its queue is full
LATER = frozenset({0x04, 0x05, 0x08, 0x45, 0x64, 0xFE, 0xFF})
NOT_OURS = frozenset({0x0A, 0x48, 0x49, 0x15})  # our own number, or a service we have not


@dataclass(frozen=True)
class Pdu:
    """One thing that was said."""

    command: int
    status: int
    sequence: int
    body: bytes

    @property
    def is_answer(self) -> bool:
        """To something that we have asked."""
        return bool(self.command & ANSWERS)

    @property
    def name(self) -> str:
        """What the centre calls a message that it has taken."""
        return self.body.partition(b"\0")[0].decode("latin-1")


class Line:
    """A connected socket; it numbers what we ask. Whatever breaks it raises OSError."""

    def __init__(self, held: socket.socket) -> None:
        self.socket = held
        self.sequence = 0
        self._heard = b""

    def next_sequence(self) -> int:
        """The number of our next question."""
        self.sequence += 1
        return self.sequence

    def ask(self, command: str, **fields: str | bytes | int) -> Pdu:
        """What it answers, whatever its status."""
        pdu = smpp.make_pdu(command, client=self, **fields)
        self._say(pdu.generate())
        wanted = (command_codes.get_command_code(command) | ANSWERS, ANSWERS)
        end = time.monotonic() + SILENCE
        while (told := self.hear(end - time.monotonic())) is not None:
            if told.command in wanted and told.sequence == pdu.sequence:
                return told
            self.mind(told)
        raise TimeoutError("no answer")

    def answer(self, told: Pdu, *, status: int = 0) -> None:
        """Say that we have it."""
        command = told.command | ANSWERS
        body = b"\0" if told.command == DELIVER else b""
        self._say(HEADER.pack(16 + len(body), command, status, told.sequence) + body)

    def mind(self, told: Pdu) -> None:
        """What is none of our business is answered all the same; a message never: it has time."""
        if told.command in (ENQUIRE, UNBIND):
            self.answer(told)
        elif not told.is_answer and told.command not in (DELIVER, ALERT):
            self._say(HEADER.pack(16, ANSWERS, UNKNOWN_COMMAND, told.sequence))

    def hear(self, within: float) -> Pdu | None:
        """The next that it says; None where nothing whole came within so many seconds."""
        end = time.monotonic() + within
        while (told := self._cut_off()) is None:
            if (left := end - time.monotonic()) <= 0:
                return None
            self.socket.settimeout(left)
            try:
                piece = self.socket.recv(PIECE)
            except TimeoutError:
                return None
            if not piece:
                raise ConnectionResetError("it hung up")
            self._heard += piece
        return told

    def _cut_off(self) -> Pdu | None:
        if len(self._heard) < HEADER.size:
            return None
        length, command, status, sequence = HEADER.unpack_from(self._heard)
        if not HEADER.size <= length <= LONGEST:
            raise ConnectionAbortedError("this is no SMPP")
        if len(self._heard) < length:
            return None
        body, self._heard = self._heard[HEADER.size : length], self._heard[length:]
        return Pdu(command, status, sequence, body)

    def _say(self, raw: bytes) -> None:
        self.socket.settimeout(SILENCE)
        self.socket.sendall(raw)


def problem_of(status: int, *, binding: bool = False) -> ConnectorError:
    """What a refusal asks of us (SMPP 3.4, 5.1.3). Nothing of what is refused has left us."""
    words = f"0x{status:02X}"
    if status in ENOUGH:
        return RateLimited(ENOUGH[status])
    if status in SIGN_IN:
        return AuthExpired(words)
    if status in LATER or binding:
        return Transient(words)
    if status in GONE:
        return TargetGone(words)
    if status in NOT_OURS:
        return Forbidden(words)
    return ContentRejected(words)
