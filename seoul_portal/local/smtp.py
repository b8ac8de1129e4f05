"""A mail server for a laptop: takes every mail and keeps it in a Maildir; sends none on.

Run as `python -m seoul_portal.local.smtp --port 2525 --maildir var/mail`.
"""

import argparse
import asyncio
import signal
from functools import partial
from pathlib import Path

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP

HOST = "127.0.0.1"  # whoever could reach it could fill the disk


async def serve(port: int, maildir: Path) -> None:
    """Until SIGTERM or Ctrl-C."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    maildir.parent.mkdir(parents=True, exist_ok=True)
    receiver = partial(SMTP, Mailbox(maildir), enable_SMTPUTF8=True, hostname="localhost")
    async with await loop.create_server(receiver, HOST, port):
        print(f"ready: smtp://{HOST}:{port} → {maildir}", flush=True)
        await over.wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="Keep every mail in a Maildir.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--maildir", type=Path, required=True)
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.maildir))


if __name__ == "__main__":
    main()
