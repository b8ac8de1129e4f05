"""Dates in a calendar (RFC 5545): receipt numbers, kinds and moments, no citizen's words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

MOST_OCTETS = 75  # of one line, without its end


@dataclass(frozen=True)
class Due:
    """One date that an office owes."""

    uid: str
    at: datetime
    summary: str
    url: str
    version: int


def calendar(name: str, dues: Iterable[Due], *, made_at: datetime, as_tasks: bool = False) -> str:
    """The whole file. As tasks for programs that know them, else as moments of a day."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Seoul Listens//Due dates//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for due in dues for line in _lines(due, made_at, as_tasks=as_tasks)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _lines(due: Due, made_at: datetime, *, as_tasks: bool) -> list[str]:
    kind = "VTODO" if as_tasks else "VEVENT"
    moment = _utc(due.at)
    when = (
        [f"DUE:{moment}", "STATUS:NEEDS-ACTION"]
        if as_tasks
        else [f"DTSTART:{moment}", f"DTEND:{moment}", "STATUS:CONFIRMED", "TRANSP:TRANSPARENT"]
    )
    return [
        f"BEGIN:{kind}",
        f"UID:{due.uid}",
        f"DTSTAMP:{_utc(made_at)}",
        *when,
        f"SEQUENCE:{due.version}",
        f"SUMMARY:{escaped(due.summary)}",
        f"URL:{due.url}",
        f"END:{kind}",
    ]


def escaped(text: str) -> str:
    """A text value: what means something to the format is marked."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """At most 75 octets a line, never within a sign; what goes on begins with a space."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > MOST_OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
