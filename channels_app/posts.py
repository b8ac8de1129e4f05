"""What an entry of a feed means: a voice that its author has shown to everyone already."""

import json
from dataclasses import replace
from typing import Any

from django.db import transaction

from channels_app import actions, limits, media, networks, reading_apart, rules
from channels_app.actions import Came, Said
from channels_app.models import InboundEvent, KeptBecause, Network
from channels_app.text.kinds import likely_kind
from channels_app.text.languages import language_of
from channels_app.text.normal import tidy
from channels_app.text.titles import headed


def take_in(event: InboundEvent) -> None:
    """A new entry is a message, a changed one more words of it; public as it was there."""
    post = read(event)
    text = words(post)
    if not text:
        actions.leave_to_person(event, why=KeptBecause.EMPTY)
    elif not actions.wait_for_earlier(event, [event.external_id]):
        with transaction.atomic():
            actions.hold_conversation(event.account, event.external_id)
            _take_held(event, text)


def _take_held(event: InboundEvent, text: str) -> None:
    said = Said(
        text=text,
        kind=likely_kind(text),
        public=True,
        language=language_of(text) or "ko",
        channel=networks.CHANNEL_OF[Network(event.account.network)],
    )
    came = Came(said=said, root=event.external_id)
    begun = actions.message_of_thread(event.account, event.external_id)
    if begun is not None and begun.may_be_added_to:
        flood = limits.adds_a_flood(text, code=begun.code)
        actions.take_as_words(event, replace(came, flood=flood), message=begun)
    else:
        held = replace(said, held=limits.reason_to_hold(said))
        actions.take_as_message(event, replace(came, said=held))


def read(event: InboundEvent) -> dict[str, Any]:
    """What the feed said. Raises FileNotFoundError."""
    raw = media.path_of(media.inbound_of(event.key)).read_bytes()
    return dict(json.loads(raw))


def words(post: dict[str, Any]) -> str:
    """Title and text, without marks, no longer than a message may be. Raises ChildFellError."""
    title, text = tidy(post["title"]), tidy(reading_apart.words_of_page(post["page"]))
    return headed(title, text, longest=rules.MESSAGE_LENGTH.value())
