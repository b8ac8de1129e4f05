"""`./portal mail`: the latest mails this portal sent on this machine, sign-in codes too."""

from argparse import ArgumentParser
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from seoul_portal.local import places

SHOWN = ("Date", "From", "To", "Subject")


class Command(BaseCommand):
    """Read the Maildir the local mail server writes."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and whose."""
        parser.add_argument("-n", type=int, default=5, help="how many (5)")
        parser.add_argument("--to", default="", help="only mails to this address")

    def handle(self, *args: Any, **options: Any) -> None:
        """The newest stands last, where the eye is."""
        maildir = places.var() / "mail"
        found = latest(maildir, to=options["to"], count=options["n"])
        for message in found:
            self.stdout.write(shown(message))
        if not found:
            whom = f" to {options['to']}" if options["to"] else ""
            self.stdout.write(f"No mail{whom} in {maildir}.")


def latest(maildir: Path, *, to: str, count: int) -> list[EmailMessage]:
    """The newest mails to an address (or to anybody), oldest first."""
    found: list[EmailMessage] = []
    files = [path for part in ("new", "cur") for path in (maildir / part).glob("*")]
    for file in sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True):
        if len(found) == count:
            break
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        if to.lower() in str(message.get("X-RcptTo", message.get("To", ""))).lower():
            found.append(message)
    return found[::-1]


def shown(message: EmailMessage) -> str:
    """Heads and text of one mail."""
    heads = [f"{name}: {message.get(name, '')}" for name in SHOWN]
    part = message.get_body(("plain", "html"))
    text = part.get_content().strip() if part else ""
    return "\n".join(["─" * 72, *heads, "", text, ""])
