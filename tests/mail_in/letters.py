"""Mails as the world writes them."""

from email.message import EmailMessage
from email.utils import make_msgid

CITY = "listen@seoul.example"
MINA = "mina@example.org"
WORDS = "합정역 8번 출구 앞 보도블록이 들려 있어요. 유모차가 걸립니다."


def mail(
    text: str = WORDS,
    *,
    sender: str = f"김민아 <{MINA}>",
    subject: str = "보도블록이 들려 있어요",
    message_id: str | None = None,
    **headers: str,
) -> EmailMessage:
    """A plain one; `headers` by name with _ for -, "" takes one away."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, CITY, subject
    made["Message-ID"] = message_id if message_id is not None else make_msgid(domain="example.org")
    made["Date"] = "Sun, 29 Nov 2026 10:00:00 +0900"
    made.set_content(text)
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        if value:
            made[name.replace("_", "-")] = value
    return made


def raw(text: str = WORDS, **said: str) -> bytes:
    """Its bytes."""
    return mail(text, **said).as_bytes()


BOUNCE = """\
From: MAILER-DAEMON@mx.example.org
To: listen@seoul.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@mx.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=X

--X
Content-Type: text/plain; charset=utf-8

No such user.

--X
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; mina@example.org
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 unknown

--X
Content-Type: {returned}

Message-ID: <{about}>
From: listen@seoul.example
Subject: [S-2026-001000] We received it

--X--
"""


def bounce(about: str, *, status: str = "5.1.1", returned: str = "text/rfc822-headers") -> bytes:
    """A report that a mail of ours did not arrive."""
    return BOUNCE.format(about=about, status=status, returned=returned).encode()
