"""Which connector reads which account, and which carries what is owed over which channel."""

import json
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels_app import letters, media, pushes, spoken
from channels_app.connectors.contract import Caps, Connector, Inbound, Outbound
from channels_app.connectors.feed import Feed
from channels_app.connectors.mail import Mail
from channels_app.connectors.mailbox import Mailbox
from channels_app.connectors.push import Push
from channels_app.models import (
    Account,
    Channel,
    ContactKind,
    Delivery,
    InboundEvent,
    Network,
)
from channels_app.network_table import TABLE
from lifecycle import clock

PORTS = {"imaps": 993, "imap": 143}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# Through which door of ours a network's voices come.
CHANNEL_OF = {
    Network.MAIL: Channel.MAIL,
    Network.FEED: Channel.FEED,
    **{network: entry.channel for network, entry in TABLE.items()},
}


class Way(NamedTuple):
    """How what is owed over a channel leaves: who carries it, and what it says."""

    carrier: Callable[[], Connector[Any]]
    compose: Callable[[Delivery], Outbound]


def way_out(delivery: Delivery) -> tuple[Connector[Any], Outbound]:
    """Who carries it, and what it says at this moment. Raises ValidationError."""
    if delivery.account is not None:
        connector = reach(delivery.account)
        return connector, spoken.compose(delivery, connector.caps)
    return carrier(delivery.channel), WAYS_OUT[delivery.channel].compose(delivery)


def carrier(channel: str) -> Connector[Any]:
    """Who carries what leaves over this channel, as the portal is set up now."""
    return WAYS_OUT[channel].carrier()


def reach(account: Account) -> Connector[Any]:
    """The connector of this account, with its sign-in. Raises ValidationError."""
    return MADE[Network(account.network)](account)


def caps_of(delivery: Delivery) -> Caps:
    """What the network can do over which it leaves."""
    if delivery.account is not None:
        return connector_of(delivery.account).caps
    return WAYS_OUT[delivery.channel].carrier().caps


def connector_of(account: Account) -> type[Connector[Any]]:
    """Of which kind the connector of this account is: what it can do, how its events are read."""
    return TABLE[Network(account.network)].reads


def is_called(account: Account) -> bool:
    """Its network calls us, rather than waiting to be asked."""
    return account.network in TABLE and connector_of(account).caps.inbound == "webhook"


def opened(event: InboundEvent) -> tuple[Inbound, ...]:
    """What one stored call of a network holds, read as of the moment it came."""
    raw = media.path_of(media.inbound_of(event.key)).read_bytes()
    with clock.at(event.received_at):
        return connector_of(event.account).open_hook(raw)


def contact_words(*, network: str, author: str, handle: str) -> str:
    """What is sealed for somebody on a network: how they are called there, for ever and now."""
    return json.dumps({"network": network, "author": author, "handle": handle}, ensure_ascii=False)


def _mailbox(account: Account) -> Mailbox:
    """imaps://host[:port][/FOLDER] is encrypted from the start, imap://… after STARTTLS.

    On the loopback interface alone, imap:// is not encrypted.
    """
    parts = urlsplit(account.address)
    try:
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        raise ValidationError(WRONG_MAILBOX) from None
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValidationError(WRONG_MAILBOX)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if not folder.isascii() or not folder.isprintable() or '"' in folder or "\\" in folder:
        raise ValidationError(WRONG_MAILBOX)
    open_line = "none" if parts.hostname in LOOPBACK else "starttls"
    return Mailbox(
        host=parts.hostname,
        port=port,
        user=account.sign_in,
        password=account.secret,
        security="tls" if parts.scheme == "imaps" else open_line,
        folder=folder,
    )


def _feed(account: Account) -> Feed:
    """https://…; what is behind our own walls only where a setting names it."""
    parts = urlsplit(account.address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValidationError(WRONG_FEED)
    return Feed(account.address)


WRONG_FEED = _("Write the address of the feed, for example https://example.org/feed.xml.")
WRONG_MAILBOX = _("Write where the mailbox stands, for example imaps://mail.example.org/INBOX.")


def _mail() -> Mail:
    told = settings.EMAIL_CONFIG
    encrypted_later = "starttls" if told.get("EMAIL_USE_TLS") else "none"
    return Mail(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        security="tls" if told.get("EMAIL_USE_SSL") else encrypted_later,
        sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        own_name=settings.MAIL_DOMAIN,
    )


def _push() -> Push:
    return Push(
        key=settings.VAPID_KEY,
        sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        allow=frozenset(settings.PUSH_ALSO),
    )


MADE: dict[Network, Callable[[Account], Connector[Any]]] = {
    Network.MAIL: _mailbox,
    Network.FEED: _feed,
    **{network: entry.connector for network, entry in TABLE.items()},
}
WAYS_OUT: dict[str, Way] = {
    ContactKind.MAIL: Way(_mail, letters.compose),
    ContactKind.PUSH: Way(_push, pushes.compose),
}
