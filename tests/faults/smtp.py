"""Mail servers to be sent to: one that counts, one that plays a script. Loopback only."""

import email
import email.policy
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from benchmarks.chaos.mails import HOST, CountingServer, counting

__all__ = [
    "HANG_UP",
    "HOST",
    "RESET",
    "SILENCE",
    "CountingServer",
    "ScriptedServer",
    "counting",
    "scripted",
]
HANG_UP = ""  # instead of an answer
RESET = "\0"  # the same, but torn (RST): what was under way is lost on both sides
SILENCE = "…"  # no answer either, but the line stays open
SECONDS_A_BYTE = 0.1


class ScriptedServer:
    """Answers each verb as the script says, else politely.

    Verbs: GREETING, EHLO, AUTH, MAIL, RCPT, DATA, TEXT for the mail's first line (only to hang
    up there), and DOT for its end. The answer to the verb `dripping` comes one byte at a time.
    What is there at the dot is kept, whatever the script says to it: that is what makes a line
    cut then so nasty.
    """

    def __init__(self, script: dict[str, str], *, dripping: str = "", auth: bool = False) -> None:
        self.script = script
        self.dripping = dripping
        self.auth = auth
        self.kept: list[bytes] = []
        self.recipients: list[bytes] = []
        self._socket = socket.create_server((HOST, 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._socket.getsockname()[1]
        return port

    @property
    def copies(self) -> Counter[str]:
        """How often each Message-ID was kept."""
        mails = (email.message_from_bytes(mail, policy=email.policy.default) for mail in self.kept)
        return Counter(str(mail["Message-ID"]) for mail in mails)

    def stop(self) -> None:
        """Take no more calls."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._socket.accept()
            except OSError:
                return
            with line, suppress(OSError), line.makefile("rb") as said:
                self._talk(line, said)

    def _talk(self, line: socket.socket, said: BinaryIO) -> None:
        if not self._answer(line, "GREETING", "220 localhost ESMTP"):
            return
        for words in said:
            verb = words.split(b" ")[0].strip().upper().decode()
            usual = {
                "EHLO": "250-localhost\r\n250 AUTH PLAIN" if self.auth else "250 localhost",
                "DATA": "354 go on",
                "QUIT": "221 bye",
            }.get(verb, "250 OK")
            if verb == "RCPT":
                self.recipients.append(words)
            if not self._answer(line, verb, usual) or verb == "QUIT":
                return
            if verb == "DATA" and self.script.get("DATA", "3").startswith("3"):
                mail = _up_to_the_dot(said, hang_up=self.script.get("TEXT") == HANG_UP)
                if mail is None:
                    return
                self.kept.append(mail)
                if not self._answer(line, "DOT", "250 kept"):
                    return

    def _answer(self, line: socket.socket, verb: str, usual: str) -> bool:
        """Say it; False where the line is cut instead."""
        words = self.script.get(verb, usual)
        if words == RESET:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if words in (HANG_UP, RESET):
            return False
        if words == SILENCE:
            return bool(line.recv(1))  # until the other side hangs up
        if verb == self.dripping:
            for sign in words:
                line.sendall(sign.encode())
                time.sleep(SECONDS_A_BYTE)
        else:
            line.sendall(f"{words}\r\n".encode())
        return True


def _up_to_the_dot(said: BinaryIO, *, hang_up: bool) -> bytes | None:
    """One mail; None where one of both hung up before its end."""
    lines: list[bytes] = []
    for line in said:
        if hang_up:
            return None
        if line == b".\r\n":
            return b"".join(lines)
        lines.append(line)
    return None


@contextmanager
def scripted(
    script: dict[str, str], *, dripping: str = "", auth: bool = False
) -> Iterator[ScriptedServer]:
    """A server that plays this script."""
    server = ScriptedServer(script, dripping=dripping, auth=auth)
    try:
        yield server
    finally:
        server.stop()
