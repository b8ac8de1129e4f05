"""Hearing and answering, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    """The name of this room in the records."""

    name = "channels_app"
    verbose_name = _("Messages and channels")
