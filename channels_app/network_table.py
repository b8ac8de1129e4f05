"""One entry a network: what signs us in there, and who makes its connector."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app import sealing
from channels_app.connectors.bluesky import Bluesky
from channels_app.connectors.contract import Connector
from channels_app.connectors.facebook import Facebook
from channels_app.connectors.instagram import Instagram
from channels_app.connectors.kakao import Kakao
from channels_app.connectors.mastodon import Mastodon
from channels_app.connectors.matrix import Matrix
from channels_app.connectors.meta import Meta
from channels_app.connectors.smpp import Smpp
from channels_app.connectors.solapi import Solapi
from channels_app.connectors.talktalk import TalkTalk
from channels_app.connectors.telegram import Telegram
from channels_app.connectors.threads import Threads
from channels_app.connectors.x import X
from channels_app.connectors.youtube import YouTube
from channels_app.models import Account, Channel, Network

WRONG_ADDRESS = _("We don't understand this address. Write it as in the explanation.")
Words = str | Promise
Secret = Mapping[str, str]
Make = Callable[[Account, Secret, frozenset[str]], Connector[Any]]


@dataclass(frozen=True)
class Entry:
    """What an administrator types for an account of this network, and what is made of it.

    `address` is the usual server; "" where each account has its own. `sign_in` says what that
    field means here. `secrets` are the parts of the sign-in by name; those of `spare` may stay
    empty. `page` is its part of the docs.
    """

    network: Network
    channel: Channel
    reads: type[Connector[Any]]
    make: Make
    secrets: Mapping[str, Words]
    address: str = ""
    sign_in: Words = ""
    spare: frozenset[str] = frozenset()

    def connector(self, account: Account) -> Connector[Any]:
        """As this account is set up now. Raises ValidationError where that can't be."""
        secret = {name: account.secrets.get(name, "") for name in self.secrets}
        try:
            return self.make(account, secret, also_allowed())
        except ValueError as problem:
            raise ValidationError(WRONG_ADDRESS) from problem


def _kept(account: Account) -> dict[str, Any]:
    """Where a session is kept."""
    return {"session": account.kept_session, "keep": account.keep_session}


def _session_now(account: Account) -> Callable[[], str]:
    """What another worker has kept meanwhile."""
    return lambda: Account.objects.get(pk=account.pk).kept_session


def _bluesky(account: Account, secret: Secret, allow: frozenset[str]) -> Bluesky:
    return Bluesky(
        account.address,
        account.sign_in,
        secret["password"],
        own_id=account.own_id,
        kept=_session_now(account),
        allow=allow,
        **_kept(account),
    )


def _matrix(account: Account, secret: Secret, allow: frozenset[str]) -> Matrix:
    named = {"own_id": account.own_id, "room": account.sign_in}
    return Matrix(base=account.address, allow=allow, **named, **secret)


def _youtube(account: Account, secret: Secret, allow: frozenset[str]) -> YouTube:
    named: dict[str, Any] = {"own_id": account.own_id or account.sign_in, **_kept(account)}
    return YouTube(base=account.address, allow=allow, **named, **secret)


def _smpp(account: Account, secret: Secret, _allow: frozenset[str]) -> Smpp:
    """smpps://host:port is encrypted, smpp://host:port a private line. Raises ValueError."""
    parts = urlsplit(account.address)
    if parts.scheme not in ("smpp", "smpps") or not parts.hostname or not parts.port:
        raise ValueError("not an address of a message centre")
    return Smpp(
        host=parts.hostname,
        port=parts.port,
        system_id=account.sign_in,
        sender=account.handle,
        security="tls" if parts.scheme == "smpps" else "none",
        seal=sealing.seal,
        unseal=sealing.unseal,
        **secret,
    )


def _meta(kind: type[Meta]) -> Make:
    def make(account: Account, secret: Secret, allow: frozenset[str]) -> Meta:
        return kind(
            base=account.address, own_id=account.sign_in, allow=allow, **_kept(account), **secret
        )

    return make


def also_allowed() -> frozenset[str]:
    """Places behind our own doors where an operator lets accounts stand."""
    return frozenset(settings.NETWORKS_ALSO)


OF_META: Mapping[str, Words] = {
    "token": _("Access token"),
    "app_secret": _("Secret of the app"),
    "verify_token": _("Word that Meta says before its first call"),
}
TABLE: Mapping[Network, Entry] = {
    entry.network: entry
    for entry in (
        Entry(
            Network.X,
            Channel.X,
            X,
            lambda account, secret, allow: X(
                base=account.address, own_id=account.own_id, allow=allow, **secret
            ),
            {
                "consumer_key": _("Key of the app"),
                "consumer_secret": _("Secret of the app"),
                "token": _("Access token"),
                "token_secret": _("Secret of the access token"),
            },
            address="https://api.x.com",
        ),
        Entry(
            Network.FACEBOOK,
            Channel.FACEBOOK,
            Facebook,
            _meta(Facebook),
            OF_META,
            address="https://graph.facebook.com/v26.0",
            sign_in=_("Number of the page"),
        ),
        Entry(
            Network.INSTAGRAM,
            Channel.INSTAGRAM,
            Instagram,
            _meta(Instagram),
            OF_META,
            address="https://graph.instagram.com/v26.0",
            sign_in=_("Number of the account"),
        ),
        Entry(
            Network.THREADS,
            Channel.THREADS,
            Threads,
            _meta(Threads),
            OF_META,
            address="https://graph.threads.com/v1.0",
            sign_in=_("Name of the profile"),
        ),
        Entry(
            Network.BLUESKY,
            Channel.BLUESKY,
            Bluesky,
            _bluesky,
            {"password": _("App password")},
            address="https://bsky.social",
            sign_in=_("Handle"),
        ),
        Entry(
            Network.MASTODON,
            Channel.MASTODON,
            Mastodon,
            lambda account, secret, allow: Mastodon(
                account.address, secret["token"], account.own_id, allow
            ),
            {"token": _("Access token")},
        ),
        Entry(
            Network.MATRIX,
            Channel.MATRIX,
            Matrix,
            _matrix,
            {"token": _("Access token")},
            sign_in=_("Room in which the city speaks (may stay empty)"),
        ),
        Entry(
            Network.TELEGRAM,
            Channel.TELEGRAM,
            Telegram,
            lambda account, secret, allow: Telegram(
                base=account.address, channel=account.sign_in, allow=allow, **secret
            ),
            {"token": _("Token of the bot"), "secret": _("Word with which Telegram calls us")},
            address="https://api.telegram.org",
            sign_in=_("Channel in which the city speaks (may stay empty)"),
        ),
        Entry(
            Network.KAKAO,
            Channel.KAKAO,
            Kakao,
            lambda account, secret, allow: Kakao(
                base=account.address, bot=account.sign_in, allow=allow, **secret
            ),
            {
                "rest_key": _("REST API key"),
                "event": _("Name of the event that carries an answer"),
                "admin_key": _("Admin key"),
                "header_secret": _("Secret of the header that the skill sends"),
            },
            address="https://bot-api.kakao.com",
            sign_in=_("Number of the chatbot"),
            spare=frozenset({"event", "admin_key", "header_secret"}),
        ),
        Entry(
            Network.TALKTALK,
            Channel.TALKTALK,
            TalkTalk,
            lambda account, secret, allow: TalkTalk(
                base=account.address, partner=account.sign_in, allow=allow, **secret
            ),
            {"key": _("Key of the sending interface (ct_…)")},
            address="https://gw.talk.naver.com",
            sign_in=_("Name of the partner (wc…)"),
        ),
        Entry(
            Network.YOUTUBE,
            Channel.YOUTUBE,
            YouTube,
            _youtube,
            {
                "client_id": _("Name of the app (client id)"),
                "client_secret": _("Secret of the app"),
                "refresh": _("Refresh token of the channel"),
            },
            address="https://www.googleapis.com",
            sign_in=_("Number of the channel"),
        ),
        Entry(
            Network.SMPP,
            Channel.SMS,
            Smpp,
            _smpp,
            {"password": _("Password"), "system_type": _("Type of system")},
            sign_in=_("User name"),
            spare=frozenset({"system_type"}),
        ),
        Entry(
            Network.SOLAPI,
            Channel.SMS,
            Solapi,
            lambda account, secret, allow: Solapi(
                base=account.address, sender=account.handle, allow=allow, **secret
            ),
            {"key": _("API key"), "secret": _("API secret")},
            address="https://api.solapi.com",
        ),
    )
}
