"""What an event of a network means: a new voice, more words, a change, a removal, an echo."""

from dataclasses import replace

from django.db import transaction

from channels_app import actions, limits, media, networks, rules
from channels_app.actions import Came, Said
from channels_app.connectors.contract import HOOK, Heard
from channels_app.models import ContactKind, Copy, InboundEvent, KeptBecause, Message, Network
from channels_app.models.accounts import TEXTING
from channels_app.text.kinds import likely_kind
from channels_app.text.languages import language_of
from channels_app.text.normal import tidy
from channels_app.text.titles import headed


def take_in(event: InboundEvent) -> None:
    """Decide on a claimed event of a network. Raises what reading it raises."""
    if event.kind == HOOK:
        actions.unpack(event, networks.opened(event))
        return
    heard = hear(event)
    if heard.is_ours or (heard.kind == "message" and _is_echo(event, heard)):
        actions.take_as_nobodys(event, why=KeptBecause.LOOP, came_back=[])
        return
    match heard.kind:
        case "message":
            _take_words(event, heard)
        case "edit":
            _take_edit(event, heard)
        case "delete":
            actions.take_removal(event, name=event.name_of(heard.name))
        case "receipt":
            actions.take_receipt(
                event, name=event.name_of(heard.name), arrived=bool(heard.counts.get("arrived"))
            )
        case "counts":
            actions.take_counts(event, name=event.name_of(heard.name), counts=heard.counts)


def hear(event: InboundEvent) -> Heard:
    """What it says. Raises whatever its bytes make the reader raise."""
    return networks.connector_of(event.account).hear(
        event.kind, raw_of(event), own_id=event.account.own_id
    )


def raw_of(event: InboundEvent) -> bytes:
    """Its bytes. Raises FileNotFoundError."""
    return media.path_of(media.inbound_of(event.key)).read_bytes()


def words(heard: Heard) -> str:
    """What is stored of it; never too long."""
    return headed("", tidy(heard.text), longest=rules.MESSAGE_LENGTH.value())


def _is_echo(event: InboundEvent, heard: Heard) -> bool:
    """Something of ours comes back, by whatever name it was written."""
    return Copy.objects.filter(account=event.account, name=event.name_of(heard.name)).exists()


def _take_words(event: InboundEvent, heard: Heard) -> None:
    if not words(heard):
        actions.leave_to_person(event, why=KeptBecause.EMPTY)
        return
    if actions.wait_for_earlier(event, [event.name_of(heard.root), event.name_of(heard.answers)]):
        return
    with transaction.atomic():
        actions.hold_conversation(event.account, _root(heard))
        _take_held(event, heard)


def _root(heard: Heard) -> str:
    """One person's words in one conversation; in private there is one with each."""
    return f"{heard.author}\n{heard.root if heard.is_public else ''}"


def _take_held(event: InboundEvent, heard: Heard) -> None:
    said = _said(event, heard)
    came = Came(said=said, root=_root(heard), is_vouched=True)
    begun = actions.message_of_thread(event.account, _root(heard))
    if begun is not None and begun.may_be_added_to:
        flood = limits.adds_a_flood(said.text, code=begun.code)
        actions.take_as_words(event, replace(came, flood=flood), message=begun)
        return
    held = limits.reason_to_hold(said)
    came = replace(came, said=replace(said, held=held))
    if (post := actions.post_replied_to(event.account, heard)) is not None and not held:
        actions.gather_reply(event, came, post=post, at=heard.at)
    else:
        actions.take_as_message(event, came)


def _said(event: InboundEvent, heard: Heard) -> Said:
    text = words(heard)
    network = Network(event.account.network)
    is_phone = network in TEXTING
    handle = heard.author_name or heard.author
    return Said(
        text=text,
        kind=likely_kind(text),
        public=heard.is_public,
        contact=(ContactKind.PHONE, heard.author)
        if is_phone
        else (ContactKind.NET, f"{network}:{heard.author}"),
        holds=""
        if is_phone
        else networks.contact_words(network=network, author=heard.author, handle=handle),
        language=language_of(text) or "ko",
        channel=networks.CHANNEL_OF[network],
        quiet=heard.is_public,
    )


def _take_edit(event: InboundEvent, heard: Heard) -> None:
    """Its author wrote it anew: the new words stand beside the old, on the same message."""
    if actions.wait_for_earlier(event, [event.name_of(heard.name)]):
        return
    message: Message | None = actions.message_named(event.account, event.name_of(heard.name))
    if message is None:  # what was edited never came, or came as nobody's
        _take_words(event, heard)
    else:
        actions.take_edit(event, text=words(heard), message=message)
