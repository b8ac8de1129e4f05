"""How the desk finds a message, and who is asking."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from channels_app.models import Message
from channels_app.models.messages import MessageQuerySet
from people.models import User


def officer(request: HttpRequest) -> User:
    """The signed-in officer; the staff door has let in nobody else."""
    return cast("User", request.user)


def _messages() -> MessageQuerySet:
    return Message.objects.select_related("office", "borough", "contact", "lead")


def find(request: HttpRequest, code: str) -> Message:
    """The message, if its officers' page opens for this user. Raises Http404, PermissionDenied."""
    message = get_object_or_404(_messages(), code=code)
    if not message.may_be_seen_by(officer(request)):
        raise PermissionDenied
    return message
