"""A voice through an app: checked here, taken in by the same action as everybody's."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from channels_app import actions, kicks, limits, media, tasks
from channels_app.actions import Said
from channels_app.api.auth import client_of
from channels_app.api.problems import ProblemError
from channels_app.models import Attachment, Channel, Message
from channels_app.photos import PhotoRefusedError
from channels_app.text.kinds import likely_kind
from channels_app.text.languages import language_of


def send(
    typed: dict[str, Any],
    *,
    photos: Sequence[UploadedFile],
    client_key: UUID,
    request: Request,
) -> Message:
    """Take it in; the receipt may be told when this returns. Raises ProblemError."""
    said = replace(_said(typed, request), photos=bool(photos))
    held = limits.reason_to_hold(said, client=said.client)
    if photos:
        _keep(photos, said, client_key)
    try:
        message = actions.receive(replace(said, held=held), client_key=client_key)
    except actions.KeyReusedError as problem:
        raise _reused(str(problem)) from problem
    kicks.kick_on_commit(tasks.route_waiting)
    return message


def _said(typed: dict[str, Any], request: Request) -> Said:
    """What the person said, with what the app left out filled in."""
    text: str = typed["text"]
    position = (typed["latitude"], typed["longitude"]) if "latitude" in typed else None
    return Said(
        text=text,
        kind=typed.get("kind") or likely_kind(text),
        public=typed["public"],
        contact=typed.get("contact") or None,
        language=typed.get("language") or language_of(text) or "ko",
        channel=Channel.API,
        place=typed.get("place", ""),
        borough=typed.get("borough"),
        position=position,
        client=client_of(request),
        same_as=typed.get("same_as", ""),
    )


def _keep(photos: Sequence[UploadedFile], said: Said, client_key: UUID) -> None:
    """Under the key of the request; all of them or none. Raises ValidationError, ProblemError."""
    known = Message.objects.filter(client=said.client, client_key=client_key).first()
    if known is not None:
        return _compare(photos, known)
    kept: list[Attachment] = []
    try:
        for position, photo in enumerate(photos):
            kept.append(actions.keep_photo(draft=client_key, content=photo, position=position))
    except PhotoRefusedError as problem:
        for one in kept:
            actions.drop_photo(draft=client_key, key=one.key)
        raise ValidationError({"photos": [str(problem)]}) from problem
    return None


def _compare(photos: Sequence[UploadedFile], known: Message) -> None:
    """Sent again: the photos must be the same too."""
    came = {media.digest_of(photo.chunks()) for photo in photos}
    if came != set(known.attachments.values_list("digest", flat=True)):
        raise _reused(known.code)


def _reused(code: str) -> ProblemError:
    return ProblemError("key-reused", _("It is the key of %(code)s.") % {"code": code})
