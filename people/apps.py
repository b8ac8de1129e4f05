"""People, as Django knows them."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Brings the checks in."""

    name = "people"

    def ready(self) -> None:
        """Registered by being imported."""
        from people import checks  # noqa: F401  # its functions register themselves
