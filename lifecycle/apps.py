"""The lifecycle, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LifecycleConfig(AppConfig):
    """The name of this room in the records."""

    name = "lifecycle"
    verbose_name = _("Rules")
