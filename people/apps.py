"""People, as Django knows them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Brings the checks in."""

    name = "people"
    verbose_name = _("People and offices")

    def ready(self) -> None:
        """Registered by being imported."""
        from people import checks  # noqa: F401  # its functions register themselves
