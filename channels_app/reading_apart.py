"""Where mails and pages are read: each in a child of its own, for no longer than it may take."""

import json
from base64 import b64decode
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from channels_app import children
from channels_app.connectors.mail_headers import Automatic
from channels_app.connectors.reading_mail import Enclosure, ReadMail, Report

CHILD = Path(__file__).with_name("reading_child.py")
PATIENCE = 30.0  # seconds: less than half of the lease of an event


def mail(path: Path, *, ours: Iterable[str]) -> ReadMail:
    """The mail in this file. Raises FileNotFoundError, ChildFellError."""
    with path.open("rb") as raw:
        told: dict[str, Any] = json.loads(
            children.ask(CHILD, "mail", *sorted(ours), given=raw, patience=PATIENCE)
        )
    moment, automatic = told["sent_at"], told["automatic"]
    return ReadMail(
        **told
        | {
            "answers": tuple(told["answers"]),
            "sent_at": datetime.fromisoformat(moment) if moment else None,
            "enclosures": tuple(
                Enclosure(one["name"], one["kind"], b64decode(one["content"]))
                for one in told["enclosures"]
            ),
            "automatic": Automatic(automatic) if automatic else None,
            "reports": tuple(Report(**one) for one in told["reports"]),
            "faults": tuple(told["faults"]),
            "vouched_by": frozenset(told["vouched_by"]),
        }
    )


def words_of_page(page: str) -> str:
    """What HTML says, without its marks. Raises ChildFellError."""
    if not page.strip():
        return ""
    raw = page.encode(errors="surrogatepass")
    return str(json.loads(children.ask(CHILD, "page", given=raw, patience=PATIENCE)))
