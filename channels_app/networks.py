"""Which connector reads which account."""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels_app.connectors.contract import Connector
from channels_app.connectors.feed import Feed
from channels_app.connectors.mailbox import Mailbox
from channels_app.models import Account, Channel, Network

PORTS = {"imaps": 993, "imap": 143}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# Through which door of ours a network's voices come.
CHANNEL_OF = {Network.MAIL: Channel.MAIL, Network.FEED: Channel.FEED}


def reach(account: Account) -> Connector:
    """The connector of this account, with its sign-in. Raises ValidationError."""
    return MADE[Network(account.network)](account)


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
MADE: dict[Network, Callable[[Account], Connector]] = {
    Network.MAIL: _mailbox,
    Network.FEED: _feed,
}
