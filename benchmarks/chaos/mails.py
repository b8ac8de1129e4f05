"""A mail server that counts: a real one, on loopback, in a thread of this process."""

import asyncio
import email
import email.policy
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from functools import partial
from typing import cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"


class CountingServer:
    """A real SMTP server in a thread of its own; it keeps every mail it has accepted.

    It waits `slowness` seconds before and again after it keeps a mail, both while the sender
    waits for the answer: a sender killed then can't know whether the mail arrived. Whoever signs
    in needs the `password`, where there is one.
    """

    def __init__(
        self,
        *,
        slowness: float = 0.0,
        starttls: ssl.SSLContext | None = None,
        tls: ssl.SSLContext | None = None,
        password: bytes = b"",
    ) -> None:
        self.password = password
        self.slowness = slowness
        self.starttls = starttls
        self.tls = tls
        self.kept: list[EmailMessage] = []
        self._copies: Counter[str] = Counter()
        self._lines: list[SMTP] = []
        self.before_keeping: Callable[[], object] = lambda: None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> int:
        """Serve; the port."""
        self._thread.start()
        self._made = partial(
            SMTP,
            self,
            hostname="localhost",
            loop=self._loop,
            tls_context=self.starttls,
            require_starttls=self.starttls is not None,
            authenticator=self._lets_in if self.password else None,
            auth_require_tls=not self.password,
        )
        coming = self._loop.create_server(self._answer, HOST, 0, ssl=self.tls)
        self._server = asyncio.run_coroutine_threadsafe(coming, self._loop).result()
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def stop(self) -> None:
        """Hang up on whoever is still there, close the line and end the thread."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _lets_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, told: LoginPassword
    ) -> AuthResult:
        return AuthResult(success=told.password == self.password, handled=False)

    async def _hang_up(self) -> None:
        self._server.close()
        talking = asyncio.all_tasks() - {asyncio.current_task()}
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        for line in self._lines:
            if line.transport is not None:
                line.transport.close()
        await asyncio.sleep(0)

    def _answer(self) -> SMTP:
        line = self._made()
        self._lines.append(line)
        return line

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep it, slowly."""
        await asyncio.sleep(self.slowness)
        await self._loop.run_in_executor(None, self.before_keeping)
        mail = email.message_from_bytes(
            cast("bytes", envelope.content), policy=email.policy.default
        )
        self._copies[str(mail["Message-ID"])] += 1
        self.kept.append(mail)
        await asyncio.sleep(self.slowness)
        return "250 OK"

    @property
    def copies(self) -> Counter[str]:
        """How often each Message-ID was accepted.

        Counted as mails come: `SMTP` looks at every attribute of its handler for each line.
        """
        return Counter(self._copies)


@contextmanager
def counting(
    *,
    slowness: float = 0.0,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
) -> Iterator[tuple[CountingServer, int]]:
    """A counting server and its port."""
    server = CountingServer(slowness=slowness, starttls=starttls, tls=tls)
    port = server.start()
    try:
        yield server, port
    finally:
        server.stop()
