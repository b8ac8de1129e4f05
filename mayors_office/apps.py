"""The mayor's office, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MayorsOfficeConfig(AppConfig):
    """Nothing to start: numbers are read, sweeps are found by Celery."""

    name = "mayors_office"
    verbose_name = _("Mayor's office")
