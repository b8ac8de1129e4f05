"""The house, as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Brings Celery in: without it a kick from the web would look for another broker."""

    name = "seoul_portal"

    def ready(self) -> None:
        """Tasks bind to the portal's own app by its being imported."""
        from seoul_portal import celery  # noqa: F401  # imported for what it registers
