"""A mailbox by IMAP (RFC 9051): read by UID, never changed, never marked as seen.

The cursor is "UIDVALIDITY:UID" of the last mail that was fetched. Where the server numbers its
mails anew the box is read from the beginning: what we have is recognised by its id and words.
"""

import imaplib
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from channels_app.connectors.contract import MOST_BYTES, Batch, Caps, Connector, Inbound, Outbound
from channels_app.connectors.errors import AuthExpired, Transient
from channels_app.connectors.patience import at_most
from channels_app.connectors.reading_mail import body_digest, head_digest, names_of
from channels_app.connectors.trust import trusted

SILENCE = 20.0  # seconds a server may say nothing
PATIENCE = 60.0  # seconds for one batch in all: half of the lease
MAILS, BYTES = 50, 50 * 1024 * 1024  # of one batch
LATER = ("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG")
CODE = re.compile(r"\[([A-Z]+)\]")
SIZE = re.compile(rb"UID (\d+).*RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+).*UID (\d+)")


class _Plain(imaplib.IMAP4):
    """Its line is known before the first word was said on it, so that it can be cut."""

    def __init__(self, lines: list[socket.socket], **where: Any) -> None:
        self._lines = lines
        super().__init__(**where)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        self._lines.append(super()._create_socket(timeout))  # type: ignore[misc]  # not in its stub
        return self._lines[-1]


class _Tls(_Plain, imaplib.IMAP4_SSL):
    """The same, encrypted from the start."""


@dataclass(frozen=True)
class Mailbox(Connector[Outbound]):
    """Where it stands and how we sign in; `security` is "tls", "starttls" or "none" (loopback).

    What is answered leaves by our own mail server (`Mail`).
    """

    caps: ClassVar = Caps(inbound="poll")
    host: str
    port: int
    user: str
    password: str
    security: str = "tls"
    folder: str = "INBOX"

    def verify(self) -> None:
        """Sign in and open the box. Raises AuthExpired, Transient."""
        with self._open():
            pass

    def fetch(self, cursor: str) -> Batch:
        """The next mails, oldest first. Raises AuthExpired, Transient."""
        with self._open() as (server, validity):
            known, _colon, last = cursor.partition(":")
            after = int(last) if known == validity and last.isdecimal() else 0
            waiting = _sizes(server, after)
            events: list[Inbound] = []
            done, room = after, BYTES
            for uid, size in waiting[:MAILS]:
                if events and size > room:
                    break
                raw = _mail(server, uid)
                room -= len(raw)
                done = uid
                if raw:  # somebody else has deleted it meanwhile
                    events.append(event_of(raw, is_cut=size > MOST_BYTES))
            more = bool(waiting) and done < waiting[-1][0]
        return Batch(tuple(events), f"{validity}:{done}", more)

    @contextmanager
    def _open(self) -> Iterator[tuple[imaplib.IMAP4, str]]:
        """Signed in, the box open for reading only, with its UIDVALIDITY."""
        server: imaplib.IMAP4 | None = None
        lines: list[socket.socket] = []
        with at_most(PATIENCE, lambda: lines[-1] if lines else None) as too_late:
            try:
                server = self._connected(lines)
                _sign_in(server, self.user, self.password)
                _told(server.select(f'"{self.folder}"', readonly=True))
                validity = server.response("UIDVALIDITY")[1][0]
                yield server, (validity or b"0").decode()
            except (imaplib.IMAP4.error, OSError, EOFError) as problem:
                raise Transient("too slow" if too_late.is_set() else _word_of(problem)) from problem
            finally:
                if server is not None:
                    with suppress(Exception):
                        server.logout()
                for line in lines:
                    line.close()

    def _connected(self, lines: list[socket.socket]) -> imaplib.IMAP4:
        context = trusted()
        where: dict[str, Any] = {"host": self.host, "port": self.port, "timeout": SILENCE}
        if self.security == "tls":
            return _Tls(lines, ssl_context=context, **where)
        server = _Plain(lines, **where)
        if self.security == "starttls":
            server.starttls(context)
        return server


def event_of(raw: bytes, *, is_cut: bool = False) -> Inbound:
    """Known by its id and its words; who answers needs the id.

    Without an id it is known by its sender, time and subject: the same words of two people, or
    two mails of one that have their words in the subject, are two voices.
    """
    name, subject = names_of(raw)
    ref = {"id": name, "subject": subject}
    return Inbound("mail", name or head_digest(raw), body_digest(raw), raw, ref, is_cut)


def _sign_in(server: imaplib.IMAP4, user: str, password: str) -> None:
    """A NO to LOGIN means that it is no longer good, unless its code says: not now."""
    try:
        server.login(user, password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as problem:
        word = _word_of(problem)
        if word in LATER:
            raise Transient(word) from problem
        raise AuthExpired(word) from problem


def _told(answer: tuple[str, list[Any]]) -> list[Any]:
    status, words = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"{status} {words!r}")
    return words


def _sizes(server: imaplib.IMAP4, after: int) -> list[tuple[int, int]]:
    """(UID, bytes) of every mail after this one. `n:*` names the last one even if it is older.

    In an empty box it names none, and some servers call that a mistake.
    """
    if server.untagged_responses.get("EXISTS") == [b"0"]:
        return []
    found = {}
    for line in _told(server.uid("FETCH", f"{after + 1}:*", "(UID RFC822.SIZE)")):
        if isinstance(line, bytes) and (said := SIZE.search(line)):
            uid, size = (said[1], said[2]) if said[1] else (said[4], said[3])
            found[int(uid)] = int(size)
    return sorted((uid, size) for uid, size in found.items() if uid > after)


def _mail(server: imaplib.IMAP4, uid: int) -> bytes:
    """Its bytes, the first 25 MB of them; b"" where it is gone."""
    for part in _told(server.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{MOST_BYTES}>)")):
        if isinstance(part, tuple) and len(part) > 1 and isinstance(part[1], bytes):
            return part[1]
    return b""


def _word_of(problem: Exception) -> str:
    """The code the server gave (RFC 5530), else the error's name: its words may hold an address."""
    found = CODE.search(str(problem))
    return found[1] if found else type(problem).__name__
