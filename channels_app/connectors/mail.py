"""Mail by SMTP: one connection a mail, explicit time-outs, errors by what they ask of us."""

import email.policy
import re
import smtplib
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from email.utils import formatdate

from django.conf import settings

from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from channels_app.connectors.patience import at_most

SILENCE = 20.0  # seconds a mail server may say nothing
PATIENCE = 60.0  # seconds for one mail in all: half of the lease of 120 s
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


@dataclass(frozen=True)
class Letter:
    """A mail ready to leave. `message_id` is the same at every attempt."""

    to: str
    subject: str
    body: str
    message_id: str
    references: tuple[str, ...] = ()
    unsubscribe: str = ""
    others: tuple[str, ...] = ()
    reply_to: str = ""

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
        mail["Message-ID"] = self.message_id
        mail["Auto-Submitted"] = "auto-generated"
        mail[OURS] = "1"
        if self.reply_to:
            mail["Reply-To"] = self.reply_to
        if self.unsubscribe:  # RFC 8058: a mail program ends it by one press
            mail["List-Unsubscribe"] = f"<{self.unsubscribe}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if self.references:
            mail["In-Reply-To"] = self.references[-1]
            mail["References"] = " ".join(self.references)
        mail.set_content(self.body)
        return mail


def send(letter: Letter) -> None:
    """Hand the letter to our mail server, or raise one of the connector's errors."""
    try:
        mail, mailboxes = letter.as_message().as_bytes(), letter.mailboxes
    except UnicodeError as problem:
        raise TargetGone("not an address that mail servers read") from problem
    server = _server()
    with _hanging_up(server) as too_late:
        _connect(server)
        _address(server, mailboxes)
        if too_late.is_set():
            raise Transient("too slow")
        _hand_over(server, mail)
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _mailbox(address: str) -> str:
    name, _at, domain = address.rpartition("@")
    return f"{name.encode('ascii').decode()}@{domain.encode('idna').decode()}"


def verify() -> None:
    """See whether our mail server lets us in, without a letter. Raises the connector's errors."""
    server = _server()
    with _hanging_up(server):
        _connect(server)
        _name_sender(server)


def _server() -> smtplib.SMTP:
    """Not yet connected, so that its line can be cut while it connects."""
    server: smtplib.SMTP
    ours = settings.MAIL_DOMAIN  # unsaid, smtplib asks the name service, however long that takes
    if settings.EMAIL_CONFIG.get("EMAIL_USE_SSL"):
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(local_hostname=ours, timeout=SILENCE, context=context)
    else:
        server = smtplib.SMTP(local_hostname=ours, timeout=SILENCE)
    # The name the certificate must bear; smtplib keeps it only when it connects at once.
    server._host = settings.EMAIL_HOST  # type: ignore[attr-defined]
    return server


@contextmanager
def _hanging_up(server: smtplib.SMTP) -> Iterator[threading.Event]:
    """Cut the line in the end, and when patience is over: then the event is set."""
    try:
        with at_most(PATIENCE, lambda: server.sock) as too_late:
            yield too_late
    finally:
        server.close()


def _connect(server: smtplib.SMTP) -> None:
    """Connected, encrypted where configured, signed in. Until here nothing has left us."""
    try:
        code, words = server.connect(settings.EMAIL_HOST, settings.EMAIL_PORT)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)
        server.ehlo_or_helo_if_needed()
        if settings.EMAIL_CONFIG.get("EMAIL_USE_TLS"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo_or_helo_if_needed()  # what was said in the open counts no more
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except (OSError, smtplib.SMTPException) as problem:
        code = problem.smtp_code if isinstance(problem, smtplib.SMTPResponseException) else 0
        if code in SIGN_IN_REFUSED:
            raise AuthExpired(f"{code}") from problem
        raise Transient(type(problem).__name__) from problem


def _name_sender(server: smtplib.SMTP) -> None:
    try:
        code, words = server.mail(settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">"))
    except (OSError, smtplib.SMTPException) as problem:
        raise Transient(type(problem).__name__) from problem
    _raise_for(code, words)


def _address(server: smtplib.SMTP, mailboxes: Sequence[str]) -> None:
    """Say from whom and to whom. Of several, one that is taken is enough."""
    _name_sender(server)
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
