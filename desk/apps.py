"""The officers' desk, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Says which of its rows an erasure takes along."""

    name = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        """Drafts and notes hold words about a citizen: they go with the message."""
        from channels_app import blanking
        from desk.models import drafts_of, notes_on

        for part_of in (drafts_of, notes_on):
            if part_of not in blanking.from_above:
                blanking.from_above.append(part_of)
