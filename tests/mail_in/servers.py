"""A real IMAP server of this machine, with one mailbox, and a line that fails on purpose."""

import imaplib
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from channels_app.connectors.mailbox import Mailbox
from seoul_portal.local.ports import free_port
from tests.faults.house import until

HOST, USER, PASSWORD = "127.0.0.1", "listen@seoul.example", "correct horse"


@dataclass
class ImapServer:
    """One mailbox, empty at first; everything is gone when it stops."""

    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Until it takes connections."""
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-c", "from pymap.main import main; main()"),
                *("--host", HOST, "--port", str(self.port)),
                *("--no-tls", "--no-service", "admin", "dict"),
                *("--demo-user", USER, "--demo-password", PASSWORD),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self.is_up, within=30)

    def stop(self) -> None:
        """As a machine that loses its power."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def is_up(self) -> bool:
        """It takes connections."""
        with socket.socket() as line:
            return line.connect_ex((HOST, self.port)) == 0

    def put(self, *mails: bytes) -> None:
        """These lie in the box, as another server has left them there."""
        with self._open() as box:
            for raw in mails:
                box.append("INBOX", "", imaplib.Time2Internaldate(0), raw)

    def flags(self) -> list[bytes]:
        """What is marked on each."""
        with self._open() as box:
            box.select("INBOX", readonly=True)
            return [line for line in box.fetch("1:*", "(FLAGS)")[1] if isinstance(line, bytes)]

    def delete(self, number: int) -> None:
        """Somebody else has thrown it away."""
        with self._open() as box:
            box.select("INBOX")
            box.store(str(number), "+FLAGS", "\\Deleted")
            box.expunge()

    def box(self, **others: object) -> Mailbox:
        """As the portal signs in."""
        told = {"port": self.port, "user": USER, "password": PASSWORD, **others}
        return Mailbox(host=HOST, security="none", **told)  # type: ignore[arg-type]

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        box = imaplib.IMAP4(HOST, self.port, timeout=10)
        box.login(USER, PASSWORD)
        yield box
        box.logout()


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Started, and stopped again."""
    server = ImapServer(free_port(0))
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def line_that(answers: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of a server that does only this with everyone who calls."""
    listening = socket.create_server((HOST, 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _where = listening.accept()
                threading.Thread(target=_quietly, args=(answers, line), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def _quietly(answers: Callable[[socket.socket], None], line: socket.socket) -> None:
    with line, suppress(OSError):
        answers(line)
