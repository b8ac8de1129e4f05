"""Mail by SMTP: one connection a mail, explicit time-outs, errors by what they ask of us."""

import email.policy
import re
import smtplib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from email.utils import formatdate
from typing import ClassVar

from django.conf import settings

from channels_app.connectors.contract import Caps, Connector, Outbound, Sent
from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from channels_app.connectors.patience import at_most
from channels_app.connectors.trust import trusted

SILENCE = 20.0  # seconds a mail server may say nothing
PATIENCE = 60.0  # seconds for one mail in all: half of the lease of 120 s
LONGEST = 10_000_000  # bytes of words; every mail server takes less
NO_SUCH_MAILBOX = {550, 551, 553}
SIGN_IN_REFUSED = {530, 534, 535, 538}
OURS = "X-Seoul-Listens"  # so that our own mail is known when it comes back
LEADING_DOT = re.compile(rb"(?m)^\.")


class Address(UnstructuredHeader, BaseHeader):
    """A header that is one long address: coded and folded, no mail program could follow it."""

    def fold(self, *, policy: Policy) -> str:
        """As it is, in one line (RFC 5322 allows 998 signs)."""
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Address)
WRITTEN = email.policy.SMTP.clone(header_factory=HEADERS)


@dataclass(frozen=True, kw_only=True)
class Letter(Outbound):
    """A mail ready to leave; its key is its Message-ID. `mailbox` is where its answers go."""

    to: str
    subject: str
    unsubscribe: str = ""
    others: tuple[str, ...] = ()
    mailbox: str = ""

    @property
    def body(self) -> str:
        """What it says, as mail programs call it."""
        return self.text

    @property
    def references(self) -> list[str]:
        """The mails of its conversation, the newest last."""
        return self.reply_to.get("ids", "").split()

    @property
    def mailboxes(self) -> list[str]:
        """The addresses as every mail server reads them: a domain in Hangul is written xn--….

        Raises UnicodeError for an address that can't be written so.
        """
        return [_mailbox(address) for address in (self.to, *self.others)]

    def as_message(self) -> EmailMessage:
        """RFC 5322, marked as sent by a machine so that no machine answers (RFC 3834)."""
        mail = EmailMessage(policy=WRITTEN)
        mail["From"] = settings.DEFAULT_FROM_EMAIL
        mail["To"] = ", ".join(self.mailboxes)
        mail["Subject"] = " ".join(self.subject.split())
        mail["Date"] = formatdate(localtime=True)
        mail["Message-ID"] = self.key
        mail["Auto-Submitted"] = "auto-generated"
        mail[OURS] = "1"
        if self.mailbox:
            mail["Reply-To"] = self.mailbox
        if self.unsubscribe:  # RFC 8058: a mail program ends it by one press
            mail["List-Unsubscribe"] = f"<{self.unsubscribe}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if self.references:
            mail["In-Reply-To"] = self.references[-1]
            mail["References"] = " ".join(self.references)
        mail.set_content(self.text)
        return mail


@dataclass(frozen=True, kw_only=True)
class Mail(Connector[Letter]):
    """Our mail server: where it stands, how we sign in, from whom and by what name we come.

    `security` is "tls", "starttls" or "none". Mail has no key of its own and no server says what
    became of a lost one: it may arrive twice, under one Message-ID.
    """

    caps: ClassVar = Caps(max_len=LONGEST, unit="bytes", threads=True)
    host: str
    port: int
    sender: str
    own_name: str
    user: str = ""
    password: str = ""
    security: str = "none"

    def verify(self) -> None:
        """See whether it lets us in, without a letter. Raises the connector's errors."""
        server = self._server()
        with _hanging_up(server):
            self._connect(server)
            self._name_sender(server)

    def send(self, out: Letter) -> Sent:
        """Hand the letter over, or raise one of the connector's errors."""
        try:
            mail, mailboxes = out.as_message().as_bytes(), out.mailboxes
        except UnicodeError as problem:
            raise TargetGone("not an address that mail servers read") from problem
        server = self._server()
        with _hanging_up(server) as too_late:
            self._connect(server)
            self._name_sender(server)
            _name_receivers(server, mailboxes)
            if too_late.is_set():
                raise Transient("too slow")
            _hand_over(server, mail)
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        return Sent((out.key,))

    def _server(self) -> smtplib.SMTP:
        """Not yet connected, so that its line can be cut while it connects."""
        server: smtplib.SMTP
        # Without a name smtplib asks the name service, however long that takes.
        if self.security == "tls":
            server = smtplib.SMTP_SSL(
                local_hostname=self.own_name, timeout=SILENCE, context=trusted()
            )
        else:
            server = smtplib.SMTP(local_hostname=self.own_name, timeout=SILENCE)
        # The name the certificate must bear; smtplib keeps it only when it connects at once.
        server._host = self.host  # type: ignore[attr-defined]
        return server

    def _connect(self, server: smtplib.SMTP) -> None:
        """Connected, encrypted where configured, signed in. Until here nothing has left us."""
        try:
            code, words = server.connect(self.host, self.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, words)
            server.ehlo_or_helo_if_needed()
            if self.security == "starttls":
                server.starttls(context=trusted())
                server.ehlo_or_helo_if_needed()  # what was said in the open counts no more
            if self.user:
                server.login(self.user, self.password)
        except (OSError, smtplib.SMTPException) as problem:
            code = problem.smtp_code if isinstance(problem, smtplib.SMTPResponseException) else 0
            if code in SIGN_IN_REFUSED:
                raise AuthExpired(f"{code}") from problem
            raise Transient(type(problem).__name__) from problem

    def _name_sender(self, server: smtplib.SMTP) -> None:
        try:
            code, words = server.mail(self.sender)
        except (OSError, smtplib.SMTPException) as problem:
            raise Transient(type(problem).__name__) from problem
        _raise_for(code, words)


def _mailbox(address: str) -> str:
    name, _at, domain = address.rpartition("@")
    return f"{name.encode('ascii').decode()}@{domain.encode('idna').decode()}"


@contextmanager
def _hanging_up(server: smtplib.SMTP) -> Iterator[threading.Event]:
    """Cut the line in the end, and when patience is over: then the event is set."""
    try:
        with at_most(PATIENCE, lambda: server.sock) as too_late:
            yield too_late
    finally:
        server.close()


def _name_receivers(server: smtplib.SMTP, mailboxes: Sequence[str]) -> None:
    """Say to whom. Of several, one that is taken is enough."""
    refused: list[TargetGone | ContentRejected] = []
    for to in mailboxes:
        try:
            _name_receiver(server, to)
        except (TargetGone, ContentRejected) as problem:
            refused.append(problem)
    if len(refused) == len(mailboxes):
        raise refused[0]


def _name_receiver(server: smtplib.SMTP, to: str) -> None:
    """A refusal is about the address."""
    try:
        code, words = server.rcpt(to)
    except (OSError, smtplib.SMTPException) as problem:
        raise Transient(type(problem).__name__) from problem
    if code in NO_SUCH_MAILBOX:
        raise TargetGone(f"{code}")
    _raise_for(code, words)


def _hand_over(server: smtplib.SMTP, mail: bytes) -> None:
    """Once DATA is granted the server may have taken it even if we hear nothing more."""
    try:
        code, words = server.docmd("DATA")
    except (OSError, smtplib.SMTPException) as problem:
        raise Transient(type(problem).__name__) from problem
    if code != 354:
        _raise_for(code, words)
        raise Transient(f"{code}")  # a friendly answer, but no permission
    try:
        server.send(LEADING_DOT.sub(b"..", mail) + b".\r\n")
        code, words = server.getreply()
    except (OSError, smtplib.SMTPException) as problem:
        raise OutcomeUnknown(type(problem).__name__) from problem
    if code < 200:
        raise OutcomeUnknown("no answer that we understand")
    _raise_for(code, words)


def _raise_for(code: int, words: bytes) -> None:
    """2xx: go on; our sign-in: keep the queue; any other 5xx: not like this; the rest: later."""
    if 200 <= code < 300:
        return
    if code in SIGN_IN_REFUSED:
        raise AuthExpired(f"{code}")
    if code >= 500:
        raise ContentRejected(f"{code} {words.decode(errors='replace')[:80]}")
    raise Transient(f"{code}")
