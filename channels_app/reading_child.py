"""Reads one mail, or the page of one entry of a feed, in a process of its own that may be killed.

Started as a script, apart from the portal: it knows no secret and no database. What is to be read
comes through stdin, stdout gets it in JSON: of a page its words, of a mail all that it says.
"""

import json
import resource
import sys
from base64 import b64encode
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

SECONDS = 30  # of processor time, also where nobody is left to kill it


def main(what: str, *ours: str) -> None:
    """Read it. What is ours, are the addresses that mails of this portal come from."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from channels_app.connectors import reading_mail

    raw = sys.stdin.buffer.read()
    told: Any
    if what == "page":
        told = reading_mail.words_of_page(raw.decode(errors="surrogatepass"))
    else:
        told = asdict(reading_mail.read(raw, ours=frozenset(ours)))
    json.dump(told, sys.stdout, default=written)


def written(value: Any) -> Any:
    """What JSON has no form for."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime) else sorted(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
