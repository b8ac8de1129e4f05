"""`./portal index_search`: read into the search what waits for it; may be stopped at any time."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from channels_app import actions
from channels_app.models import PassageDue

AT_ONCE = 500


class Command(BaseCommand):
    """What the sweeps do by themselves, in a batch a transaction, and then the known words."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """The newest first; what another worker holds is left to it."""
        waiting = PassageDue.objects.count()
        with tqdm(total=waiting, desc="texts", unit="text") as bar:
            last = waiting + 1
            while (left := PassageDue.objects.count()) and left < last:
                actions.index(PassageDue.objects.next(AT_ONCE))
                bar.update(last - left if last <= waiting else 0)
                last = left
        words = actions.learn_words()
        self.stdout.write(f"{waiting} read in, {words} words known")
