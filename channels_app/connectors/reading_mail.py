"""What a mail says, however it was written: raw bytes in, words, senders and enclosures out.

Never raises on bytes from outside: what can't be read is named in `faults`, and the raw mail is
kept by whoever asked. Sources: RFC 5322 (mail), 2045–2047 (MIME), 3464 (reports of delivery),
3834 (answers of machines), 2369 and 2919 (lists).
"""

import email.policy
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from typing import Any

from channels_app.connectors.mail_headers import Automatic, automatic, vouched_by

MOST_PARTS = 200  # of one mail; more is no letter
DEEPEST = 20  # parts within parts
LONGEST_PAGE = 1_000_000  # characters of HTML that are turned into words
LONGEST_LINE = 300  # of a line that may lead to a quote
ID = re.compile(r"<([^<>\s]{1,900})>")
AGAIN = re.compile(r"^(?:\s*(?:re|aw|sv|회신|답장)\s*:)+\s*", re.IGNORECASE)
# Where a mail of ours carries this line, what is written above it is the answer.
ABOVE = "── ✂"
QUOTED = re.compile(r"^\s*>")
ATTRIBUTION = re.compile(
    r"(작성|쓴 글|wrote|writes|schrieb)[^\n]{0,20}:\s*$|^\s*-{2,}[^\n]*-{2,}\s*$"
)
HEADING = re.compile(
    r"^\s*(보낸 ?사람|받는 ?사람|보낸 ?날짜|제목|참조|날짜|From|To|Sent|Date|Subject|Cc)\s*:"
)
# What mail programs call encodings that Python calls otherwise.
CHARSETS = {
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",  # what calls itself so often holds more
    "iso-2022-kr": "iso2022_kr",
    "x-windows-949": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "ansi_x3.110-1983": "latin-1",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "default": "utf-8",
}


@dataclass(frozen=True)
class Enclosure:
    """A file that came along: its name as the sender calls it, its type by its own word."""

    name: str
    kind: str
    content: bytes

    @property
    def is_picture(self) -> bool:
        """By its own word; what it really is, is seen when it is drawn anew."""
        return self.kind.startswith("image/")


@dataclass(frozen=True)
class Report:
    """What a report of delivery says of one address: status 5.x.x is for good."""

    about: str  # the Message-ID of our mail, "" where it is not said
    status: str
    address: str

    @property
    def is_final(self) -> bool:
        """It will never arrive there."""
        return self.status.startswith("5")


@dataclass(frozen=True)
class ReadMail:
    """One mail. Addresses are lower-case; ids stand without their angle brackets.

    `vouched_by` are the mail servers that say, in the topmost of their headers, that the sender's
    domain has sent it (DMARC); whom of them to believe is for the one who asks.
    """

    message_id: str
    subject: str
    sender: str
    sender_name: str
    answers: tuple[str, ...]
    text: str
    sent_at: datetime | None
    enclosures: tuple[Enclosure, ...] = ()
    automatic: Automatic | None = None
    reports: tuple[Report, ...] = ()
    faults: tuple[str, ...] = ()
    vouched_by: frozenset[str] = frozenset()

    @property
    def reply(self) -> str:
        """The words above what is quoted of our own mail; all of them where nothing is."""
        return above_the_quote(self.text) or self.text


@dataclass
class _Found:
    plain: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    enclosures: list[Enclosure] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    about: str = ""
    faults: list[str] = field(default_factory=list)


def body_digest(raw: bytes) -> str:
    """The same for the same words: what stands below the headers, 64 hex digits.

    Two different mails under one Message-ID are two; the same mail in two copies is one.
    """
    for gap in (b"\r\n\r\n", b"\n\n"):
        _head, found, body = raw.partition(gap)
        if found:
            return sha256(body.replace(b"\r\n", b"\n").rstrip()).hexdigest()
    return sha256(raw).hexdigest()


def names_of(raw: bytes) -> tuple[str, str]:
    """(Message-ID without its brackets, subject without "Re:"); "" where it has none."""
    head = BytesParser(policy=email.policy.compat32).parsebytes(raw, headersonly=True)
    name = next(iter(_ids(head.get("Message-ID"))), "")
    return name, AGAIN.sub("", _words(head.get("Subject")))


def head_digest(raw: bytes) -> str:
    """What names a mail that brings no name: from whom, of when, about what; 64 hex digits.

    The headers as they came, however they are folded: the copy of a mail has the same.
    """
    head = BytesParser(policy=email.policy.compat32).parsebytes(raw, headersonly=True)
    said: dict[str, str] = {}
    for name, value in head.raw_items():
        said.setdefault(name.lower(), " ".join(str(value).split()))
    told = "\n".join(said.get(name, "") for name in ("from", "date", "subject"))
    return sha256(told.encode(errors="surrogateescape")).hexdigest()


def read(raw: bytes, *, ours: frozenset[str] = frozenset()) -> ReadMail:
    """What it says. `ours` are the addresses that mails of this portal come from."""
    found = _Found()
    try:
        mail = BytesParser(policy=email.policy.compat32).parsebytes(raw)
    except RecursionError:  # parts within parts within parts
        found.faults.append("too many parts")
        mail = BytesParser(policy=email.policy.compat32).parsebytes(raw, headersonly=True)
    for number, (part, depth) in enumerate(_parts(mail)):
        if number >= MOST_PARTS or depth > DEEPEST:
            found.faults.append("too many parts")
            break
        _take(part, found)
    sender_name, sender = _address(mail.get("From"))
    if not sender:
        found.faults.append("no sender")
    text = _text(found)
    return ReadMail(
        message_id=next(iter(_ids(mail.get("Message-ID"))), ""),
        subject=_words(mail.get("Subject")),
        sender=sender,
        sender_name=sender_name,
        answers=tuple(
            dict.fromkeys([*_ids(mail.get("In-Reply-To")), *_ids(mail.get("References"))])
        ),
        text=text,
        sent_at=_moment(mail.get("Date")),
        enclosures=tuple(found.enclosures),
        automatic=automatic(mail, sender, ours=ours, has_reports=bool(found.reports)),
        reports=tuple(found.reports),
        faults=tuple(dict.fromkeys(found.faults)),
        vouched_by=vouched_by(mail, sender),
    )


def above_the_quote(text: str) -> str:
    """What somebody typed above the mail they answer; quotes below it are cut off.

    Only a quote at the end goes: who answers between the lines keeps every line.
    """
    lines = text.partition(ABOVE)[0].splitlines()
    while lines and (not lines[-1].strip() or QUOTED.match(lines[-1])):
        lines.pop()
    cut = ABOVE in text or len(lines) < len(text.rstrip().splitlines())
    while cut and lines and _leads_to_a_quote(lines[-1]):
        lines.pop()
    return "\n".join(lines).strip()


def _leads_to_a_quote(line: str) -> bool:
    line = line[:LONGEST_LINE]
    return not line.strip() or bool(ATTRIBUTION.search(line) or HEADING.match(line))


def _parts(mail: Any, depth: int = 0) -> Iterator[tuple[Message, int]]:
    """Every part that holds something, with its depth; mails within mails are not opened."""
    inside = mail.get_payload()
    if not isinstance(inside, list) or mail.get_content_maintype() != "multipart":
        yield mail, depth
    elif depth > DEEPEST:
        yield Message(), depth
    else:
        for part in inside:
            yield from _parts(part, depth + 1)


def _take(part: Message, found: _Found) -> None:
    kind = part.get_content_type()
    name = _file_name(part)
    if kind == "message/delivery-status":
        found.reports += _reports(part, found.about)
    elif kind in ("message/rfc822", "text/rfc822-headers", "message/global"):
        found.about = found.about or _id_inside(part)
        found.reports = [_about(report, found.about) for report in found.reports]
        if kind != "text/rfc822-headers":
            found.enclosures.append(Enclosure(name or "mail.eml", kind, _inner_bytes(part)))
    elif name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
        content = _bytes_of(part, found)
        if content:
            found.enclosures.append(Enclosure(name, kind, content))
    else:
        words = _decoded(_bytes_of(part, found), part, found)
        (found.pages if kind == "text/html" else found.plain).append(words)


def _text(found: _Found) -> str:
    """The plain words, or what the page says where there are none."""
    plain = "\n\n".join(words.strip() for words in found.plain if words.strip())
    if plain:
        return _tidy(plain)
    return _tidy("\n\n".join(_of_page(page, found) for page in found.pages))


def words_of_page(page: str) -> str:
    """What HTML says, without its marks; its marks taken out by force where it can't be read."""
    return _tidy(_of_page(page, _Found()))


def _of_page(page: str, found: _Found) -> str:
    if len(page) > LONGEST_PAGE:
        found.faults.append("a page too long to read")
        page = page[:LONGEST_PAGE]
    if not page.strip():
        return ""
    from inscriptis import get_text  # only here: most mails do without
    from inscriptis.model.config import ParserConfig

    try:
        return str(get_text(page, ParserConfig(display_links=False, display_images=False)))
    except Exception:
        found.faults.append("a page that can't be read")
        return re.sub(r"<[^>]{0,2000}>", " ", page)


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip().replace("\x00", "")


def _bytes_of(part: Message, found: _Found) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except Exception:
        found.faults.append("a part that can't be decoded")
        return b""
    return content if isinstance(content, bytes) else b""


def _inner_bytes(part: Message) -> bytes:
    inside = part.get_payload()
    if isinstance(inside, list) and inside and isinstance(inside[0], Message):
        with suppress(Exception):
            return inside[0].as_bytes()
    return str(inside).encode(errors="replace")


def _decoded(content: bytes, part: Message, found: _Found) -> str:
    """By the encoding it names; by those of Korean mail where that is unknown or untrue."""
    named = (part.get_content_charset() or "").lower()
    for name in dict.fromkeys((CHARSETS.get(named, named), "utf-8", "cp949")):
        with suppress(LookupError, UnicodeError, ValueError):
            if name:
                return content.decode(name)
    found.faults.append("an unknown encoding")
    return content.decode("utf-8", errors="replace")


def _words(header: Any) -> str:
    """A header in words; no line break ever comes out of it."""
    raw = str(header or "")
    try:
        text = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        text = raw
    text = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text
    )
    return " ".join(text.split())[:500]


def _address(header: Any) -> tuple[str, str]:
    """(name, address) of the first sender; ("", "") where nobody can be written to."""
    for name, address in getaddresses([str(header or "")]):
        if re.fullmatch(r"[^\s@<>\"(),:;]{1,64}@[^\s@<>\"(),:;]{1,190}", address):
            return _words(name), address.lower()
    return "", ""


def _ids(header: Any) -> list[str]:
    return ID.findall(str(header or ""))


def _moment(header: Any) -> datetime | None:
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        moment = parsedate_to_datetime(str(header))
        return moment if moment.tzinfo else None
    return None


def _file_name(part: Message) -> str:
    """As the sender calls it: no folder, no sign that can't be read."""
    try:
        name = part.get_filename() or ""
    except Exception:
        name = ""
    name = re.split(r"[\\/]", _words(name))[-1].strip(". ")
    return name if len(name) <= 120 else f"{name[:80]}…{name[-30:]}"


def _reports(part: Message, about: str) -> list[Report]:
    """One for each address a report speaks of (RFC 3464 section 2.3)."""
    found = []
    inside = part.get_payload()
    blocks: list[Any] = list(inside) if isinstance(inside, list) else []
    for block in blocks:
        status = str(block.get("Status") or "").strip()
        if not status or str(block.get("Action") or "").lower() in ("delivered", "relayed"):
            continue
        address = str(block.get("Final-Recipient") or "").rpartition(";")[2].strip().lower()
        found.append(Report(about, status.split()[0], address))
    return found


def _about(report: Report, about: str) -> Report:
    return report if report.about else Report(about, report.status, report.address)


def _id_inside(part: Message) -> str:
    """The Message-ID of the mail that comes back in a report."""
    inside = part.get_payload()
    if isinstance(inside, list) and inside and isinstance(inside[0], Message):
        return next(iter(_ids(inside[0].get("Message-ID"))), "")
    text = _bytes_of(part, _Found()).decode("utf-8", errors="replace")
    found = re.search(r"(?im)^message-id:\s*<([^<>\s]+)>", text)
    return found[1] if found else ""
