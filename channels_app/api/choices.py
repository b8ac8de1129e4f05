"""What several fields share."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from channels_app.models import Message
from channels_app.states import MessageStatus

# Written but not left is nobody's business yet; what was set aside is no part of the conversation.
STATES = [one for one in MessageStatus.choices if one[0] != MessageStatus.ANSWERED]
LISTED_STATES = [one for one in STATES if one[0] != MessageStatus.SET_ASIDE]


def absolute(path: str) -> str:
    """The whole address of a page of ours."""
    return f"{settings.SITE_URL}{path}"


def page_of(message: Message) -> str:
    """The public address, the same for every reader: the Korean one."""
    with translation.override("ko"):
        return absolute(message.get_absolute_url())


def one_of(choices: list[tuple[str, Any]], **options: Any) -> serializers.ChoiceField:
    """A choice whose error names every value that is allowed."""
    values = ", ".join(value for value, _label in choices)
    words = _("Allowed here: %(values)s.") % {"values": values}
    return serializers.ChoiceField(choices, error_messages={"invalid_choice": words}, **options)


def unknown_office(which: str) -> str:
    """Where the allowed addresses stand; there are too many for one sentence."""
    return _("Not an address we know. Allowed: those of %(list)s.") % {
        "list": absolute(f"/api/v1/{which}/")
    }
