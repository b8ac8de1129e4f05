"""`./portal outbox`: what a restored backup holds back, and what becomes of it.

`--send` lets it leave (a second copy is possible and recorded), `--settle` never sends it.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count

from channels_app import actions
from channels_app.models import Delivery, DeliveryEvent


class Command(BaseCommand):
    """Officers can do the same for one message on its case page."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which, and what."""
        parser.add_argument("--event", choices=DeliveryEvent.values, default="")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--send", action="store_true")
        what.add_argument("--settle", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Without a verb it only counts."""
        if options["send"]:
            self.stdout.write(f"{actions.send_restored(options['event'])} are on their way")
            return
        if options["settle"]:
            self.stdout.write(f"{actions.settle_restored(options['event'])} will not be sent")
            return
        rows = Delivery.objects.held_since_restore().order_by().values_list("event")
        for event, number in rows.annotate(Count("pk")):
            self.stdout.write(f"{event:<10} {number}")
