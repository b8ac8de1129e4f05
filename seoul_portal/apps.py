"""The house, as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Brings Celery in: without it a kick from the web would look for another broker."""

    name = "seoul_portal"

    def ready(self) -> None:
        """Tasks bind to the portal's own app, and rules enter the book, by being imported."""
        from seoul_portal import celery, checks, rules  # noqa: F401  # they register themselves
