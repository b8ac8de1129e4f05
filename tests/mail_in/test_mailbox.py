"""A mailbox on a real IMAP server: each mail once, none touched, and every way a line can fail."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from channels_app.connectors import mailbox
from channels_app.connectors.errors import AuthExpired, Transient
from tests.mail_in.letters import raw
from tests.mail_in.servers import ImapServer, imap_server, line_that

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with imap_server() as running:
        yield running


def test_each_mail_comes_once_and_none_is_marked_as_seen(server: ImapServer) -> None:
    server.put(raw(message_id="<one@example.org>"), raw(message_id="<two@example.org>"))
    box = server.box()

    first = box.fetch("")
    server.put(raw(message_id="<three@example.org>"))
    second = box.fetch(first.cursor)
    third = box.fetch(second.cursor)

    assert [one.external_id for one in first.events] == ["one@example.org", "two@example.org"]
    assert [one.external_id for one in second.events] == ["three@example.org"]
    assert (third.events, third.cursor, third.more) == ((), second.cursor, False)
    assert not [line for line in server.flags() if b"Seen" in line]


def test_a_box_that_is_numbered_anew_is_read_from_its_beginning(server: ImapServer) -> None:
    server.put(raw(message_id="<one@example.org>"))
    before = server.box().fetch("")
    _validity, _colon, uid = before.cursor.partition(":")

    again = server.box().fetch(f"1:{uid}")

    assert [one.external_id for one in again.events] == ["one@example.org"]
    assert [one.revision for one in again.events] == [one.revision for one in before.events]


def test_many_mails_come_in_batches_that_leave_no_gap(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MAILS", 3)
    server.put(*(raw(message_id=f"<{number}@example.org>") for number in range(8)))

    seen, cursor, more = [], "", True
    while more:
        batch = server.box().fetch(cursor)
        seen += [one.external_id for one in batch.events]
        cursor, more = batch.cursor, batch.more

    assert seen == [f"{number}@example.org" for number in range(8)]


def test_a_mail_deleted_meanwhile_stops_nothing(server: ImapServer) -> None:
    server.put(*(raw(message_id=f"<{number}@example.org>") for number in range(3)))
    server.delete(2)

    found = [one.external_id for one in server.box().fetch("").events]

    assert found == ["0@example.org", "2@example.org"]


def test_a_mail_too_long_comes_in_cut_and_its_neighbours_whole(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MOST_BYTES", 4_000)
    server.put(raw("x" * 9_000), raw("kurz"))

    long, short = server.box().fetch("").events

    assert (long.is_cut, len(long.raw)) == (True, 4_000)
    assert not short.is_cut


def test_a_wrong_password_is_told_apart_from_a_server_that_is_away(server: ImapServer) -> None:
    with pytest.raises(AuthExpired):
        server.box(password="wrong").verify()
    server.box().verify()

    server.stop()
    with pytest.raises(Transient):
        server.box().verify()


def busy(line: socket.socket) -> None:
    """It lets nobody in for now, and says that this is not our fault (RFC 5530)."""
    line.sendall(b"* OK ready\r\n")
    while words := line.recv(1_000):
        tag, _space, verb = words.partition(b" ")
        if verb.upper().startswith(b"CAPABILITY"):
            line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
        else:
            line.sendall(tag + b" NO [UNAVAILABLE] try later\r\n")


def hangs_up(line: socket.socket) -> None:
    """It was there, and is gone."""
    line.sendall(b"* OK ready\r\n")
    line.recv(1_000)


def talks_rubbish(line: socket.socket) -> None:
    """It is no mail server."""
    line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


@pytest.mark.parametrize("answers", [busy, hangs_up, talks_rubbish])
def test_a_line_that_fails_is_tried_again_later(answers: Callable[[socket.socket], None]) -> None:
    with line_that(answers) as port, pytest.raises(Transient):
        ImapServer(port).box().fetch("")


def test_a_server_that_drips_is_left_when_patience_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One byte now and then is never silence."""

    def drips(line: socket.socket) -> None:
        line.sendall(b"* OK rea")
        while True:
            time.sleep(0.05)
            line.sendall(b"d")

    monkeypatch.setattr(mailbox, "PATIENCE", 1.0)

    with line_that(drips) as port, pytest.raises(Transient, match="too slow"):
        ImapServer(port).box().fetch("")
