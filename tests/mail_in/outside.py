"""Networks of this machine, each with one account of the city and one citizen in it.

A network that is added here passes the contract: one class, and its line in NETWORKS.
"""

import asyncio
import json
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from email.utils import make_msgid
from typing import Any, ClassVar

from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from benchmarks.chaos.mails import CountingServer
from channels_app.connectors.contract import Connector, Inbound, Outbound, Ref
from channels_app.connectors.feed import Feed
from channels_app.connectors.mail import Letter, Mail
from channels_app.connectors.mailbox import Mailbox, event_of
from channels_app.connectors.push import Notice, Push
from tests.faults.world import says, site
from tests.following.browsers import TAKEN, VAPID_KEY, door
from tests.mail_in.letters import CITY, MINA, raw
from tests.mail_in.servers import HOST, PASSWORD, USER, imap_server
from tests.mail_in.test_feed import rss

KEY = "<S-2026-001000.answer@seoul.example>"
WORDS = "고쳤습니다."


@dataclass(frozen=True)
class Heard:
    """What the citizen holds of ours: its name, its words, what it stands below."""

    key: str
    words: str
    below: str = ""


class Outside:
    """One network. What a test never asks of it need not be there: `caps` decides.

    `signs_in_there`: whether we are let in is seen by asking, not by looking at a key of our own.
    """

    reads: ClassVar[type[Connector[Any]]]
    sends: ClassVar[type[Connector[Any]]]
    signs_in_there: ClassVar[bool] = True

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        self.settings = settings
        self.stack = stack

    def reader(self) -> Connector[Any]:
        """As the portal reads there."""
        raise NotImplementedError

    def carrier(self) -> Connector[Any]:
        """As the portal sends there."""
        return self.reader()

    def refused(self) -> list[Connector[Any]]:
        """The same with a sign-in that is no longer good; none where nobody signs in."""
        return []

    def put(self, words: str) -> str:
        """The citizen says it there; what the network calls it."""
        raise NotImplementedError

    def answer(self, to: Ref | None = None) -> Outbound:
        """Our words to the citizen, below what they said."""
        raise NotImplementedError

    def echo(self, out: Outbound) -> Inbound:
        """What we have said, as the network shows it to us."""
        raise NotImplementedError

    def heard(self) -> list[Heard]:
        """What the citizen has of ours, oldest first."""
        raise NotImplementedError

    def stop(self) -> None:
        """Nobody listens any more."""
        self.stack.close()

    def cut(self, *, on: bool) -> None:
        """It takes what we send, and hangs up before it says so."""
        raise NotImplementedError

    def leave(self) -> None:
        """Whom, or what, we would answer is gone."""
        raise NotImplementedError


class PostOffice(CountingServer):
    """A mail server at which one can leave, and whose line can be cut."""

    gone = cuts = False

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _told: list[str]
    ) -> str:
        """Who has left has no box any more."""
        if self.gone:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Kept first, then cut."""
        told = await super().handle_DATA(server, session, envelope)
        if self.cuts:
            raise asyncio.CancelledError
        return told


class OfMail(Outside):
    """A mailbox, and the mail server by which we answer: pymap and aiosmtpd."""

    reads, sends = Mailbox, Mail

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        super().__init__(settings, stack)
        self.box = stack.enter_context(imap_server())
        self.post = PostOffice(password=PASSWORD.encode())
        self.port = self.post.start()
        stack.callback(self.post.stop)

    def reader(self) -> Connector[Any]:
        return self.box.box()

    def carrier(self, password: str = PASSWORD) -> Connector[Any]:
        return Mail(
            host=HOST, port=self.port, sender=CITY, own_name="seoul.example",
            user=USER, password=password,
        )  # fmt: skip

    def refused(self) -> list[Connector[Any]]:
        return [self.box.box(password="wrong"), self.carrier("wrong")]

    def put(self, words: str) -> str:
        name = make_msgid(domain="example.org")
        self.box.put(raw(words, message_id=name))
        return name

    def answer(self, to: Ref | None = None) -> Letter:
        ids = f"<{to['id']}>" if to else ""
        return Letter(key=KEY, text=WORDS, reply_to={"ids": ids}, to=MINA, subject="Re: 보도블록")

    def echo(self, out: Outbound) -> Inbound:
        assert isinstance(out, Letter)
        return event_of(out.as_message().as_bytes())

    def heard(self) -> list[Heard]:
        return [
            Heard(str(one["Message-ID"]), one.get_content().strip(), str(one["In-Reply-To"] or ""))
            for one in self.post.kept
        ]

    def cut(self, *, on: bool) -> None:
        self.post.cuts = on

    def leave(self) -> None:
        self.post.gone = True


class OfFeed(Outside):
    """Somebody's site; nobody signs in to read it, and nothing can be answered there."""

    reads = sends = Feed

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        super().__init__(settings, stack)
        self.entries: list[tuple[str, str, str]] = []
        self.site = stack.enter_context(site(self._answer))
        settings.FETCH_ALSO = [f"localhost:{self.site.port}"]

    def _answer(self, line: socket.socket, heard: bytes) -> None:
        says("200 OK", rss(*self.entries[::-1]))(line, heard)

    def reader(self) -> Connector[Any]:
        return Feed(f"http://localhost:{self.site.port}/")

    def put(self, words: str) -> str:
        self.entries.append((words, words, words))
        return words


class OfPush(Outside):
    """A browser behind the door of its maker; it hears, and says nothing."""

    reads = sends = Push
    signs_in_there = False

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        super().__init__(settings, stack)
        self.maker = stack.enter_context(door(settings))
        self.browser = self.maker.browser("mina")

    def carrier(self, key: str = VAPID_KEY) -> Connector[Any]:
        return Push(key=key, sender=CITY, allow=frozenset(self.settings.PUSH_ALSO))

    def refused(self) -> list[Connector[Any]]:
        return [self.carrier("")]

    def answer(self, to: Ref | None = None) -> Notice:
        text = json.dumps({"tag": KEY, "body": WORDS})
        return Notice(key=KEY, text=text, device=self.browser.device)

    def heard(self) -> list[Heard]:
        return [Heard(one["tag"], one["body"]) for one in self.maker.told(self.browser)]

    def cut(self, *, on: bool) -> None:
        self.maker.answer = (0, {}) if on else TAKEN

    def leave(self) -> None:
        self.maker.answer = (410, {})


NETWORKS: tuple[type[Outside], ...] = (OfMail, OfFeed, OfPush)
