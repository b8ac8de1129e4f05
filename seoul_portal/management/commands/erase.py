"""`./portal erase`: blank what is held about one message, or about everything from one address."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from channels_app import actions, blanking, sealing
from channels_app.blanking import Tally
from channels_app.forms import CheckForm
from channels_app.models import Contact, Message
from lifecycle.errors import WrongTurnError


class Command(BaseCommand):
    """For good; `--dry-run` only counts."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, why, and how much."""
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--receipt", default="", help="one message, as S-2026-004127")
        whose.add_argument("--contact", default="", help="all messages of a mail address or mobile")
        parser.add_argument("--reason", default="", help="kept as evidence; name nobody")
        parser.add_argument(
            "--withdraw", action="store_true", help="the masked copy everyone can read goes too"
        )
        parser.add_argument("--dry-run", action="store_true", help="list what would be blanked")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where there is nothing, or no reason."""
        dry, withdraw = options["dry_run"], options["withdraw"]
        reason = options["reason"].strip()
        if not dry and not reason:
            raise CommandError("Give the reason with --reason; it is kept as evidence.")
        if options["receipt"]:
            tally = self._one(options["receipt"], reason, dry=dry, withdraw=withdraw)
        else:
            tally = self._all(options["contact"], reason, dry=dry, withdraw=withdraw)
        self.stdout.write("would be blanked:" if dry else "blanked:")
        for table, rows in tally.items():
            self.stdout.write(f"  {table:<12} {rows}")

    @staticmethod
    def _one(code: str, reason: str, *, dry: bool, withdraw: bool) -> Tally:
        message = Message.objects.filter(code=code.strip().upper()).first()
        if message is None:
            raise CommandError(f"There is no message {code}.")
        if dry:
            left = blanking.is_left(message) or withdraw
            return actions.would_erase(message, withdraw=withdraw) if left else {}
        try:
            return actions.erase_message(message, by=None, reason=reason, withdraw=withdraw)
        except WrongTurnError as problem:
            raise CommandError(f"{code}: nothing is left to erase.") from problem

    @staticmethod
    def _all(address: str, reason: str, *, dry: bool, withdraw: bool) -> Tally:
        form = CheckForm({"contact": address})
        form.full_clean()
        told = form.cleaned_data.get("contact")
        if not told:
            raise CommandError("This is neither a mail address nor a Korean mobile number.")
        contact = Contact.objects.filter(index=sealing.index_of(*told)).first()
        if contact is None:
            raise CommandError("Nothing is held about this address.")
        if dry:
            return actions.would_erase_person(contact, withdraw=withdraw)
        return actions.erase_person(contact, by=None, reason=reason, withdraw=withdraw)
