"""Notices of a browser (RFC 8030): encrypted for that browser alone, signed with our own key.

A browser's maker keeps the door through which it is reached. Its address comes from a stranger, so
it is asked only where everybody in the world may ask, over a safe line, and for a short time.
"""

import base64
import json
import time
from binascii import Error as Base64Error
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import ClassVar
from urllib.parse import urlsplit

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from channels_app.connectors.addresses import target_of
from channels_app.connectors.contract import Caps, Connector, Outbound, Sent
from channels_app.connectors.errors import AuthExpired, Forbidden
from channels_app.connectors.fetching import Fetcher

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PATIENCE = 10.0  # seconds for one notice: others wait behind it
KEPT = 3 * 24 * 3600  # seconds a notice waits for a browser that is switched off
SIGNED_FOR = 12 * 3600  # seconds; a day at most (RFC 8292)
LONGEST_ENDPOINT = 1000
LONGEST_NOTICE = 3993  # bytes: with its keys and its seal no more than 4096 (RFC 8291)


@dataclass(frozen=True)
class Device:
    """A browser that takes our notices: where it is reached, and the keys only it can open."""

    endpoint: str
    p256dh: str
    auth: str

    def as_text(self) -> str:
        """As it is sealed."""
        return json.dumps(asdict(self))

    @classmethod
    def of_text(cls, text: str) -> "Device":
        """As it was sealed."""
        return cls(**json.loads(text))

    def check(self) -> None:
        """Raises ValueError for what no browser gives."""
        if len(self.endpoint) > LONGEST_ENDPOINT or len(_bytes(self.auth)) != 16:
            raise ValueError("not an address of a browser")
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(self.p256dh))
        try:
            _target(self.endpoint, allow=frozenset(settings.PUSH_ALSO))
        except Forbidden as problem:
            raise ValueError(str(problem)) from problem


def is_on() -> bool:
    """Whether this portal has a key to sign its notices with."""
    return bool(settings.VAPID_KEY)


def public_key() -> str:
    """Ours, as browsers ask for it."""
    return _point(settings.VAPID_KEY)


@dataclass(frozen=True, kw_only=True)
class Notice(Outbound):
    """What one browser is told: `text` is JSON for our own script there."""

    device: Device


@dataclass(frozen=True)
class Push(Connector[Notice]):
    """Our key, the address makers find us by, and places that somebody of ours named."""

    caps: ClassVar = Caps(max_len=LONGEST_NOTICE, unit="bytes")
    key: str
    sender: str
    allow: frozenset[str] = frozenset()

    def verify(self) -> None:
        """See whether we could sign a notice. Raises AuthExpired."""
        if not self.key:
            raise AuthExpired("no key to sign with")

    def send(self, out: Notice) -> Sent:
        """Hand it to whoever reaches this browser. Raises one of the connector's errors."""
        self.verify()
        device = out.device
        _target(device.endpoint, allow=self.allow)
        body: bytes = http_ece.encrypt(
            out.text.encode(),
            private_key=ec.generate_private_key(CURVE),
            dh=_bytes(device.p256dh),
            auth_secret=_bytes(device.auth),
            version="aes128gcm",
        )
        headers = {
            "Authorization": f"vapid t={self._signed(device.endpoint)}, k={_point(self.key)}",
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT),
        }
        Fetcher(allow=self.allow, patience=PATIENCE).post(device.endpoint, body, headers)
        return Sent((out.key,))

    def _signed(self, endpoint: str) -> str:
        """Who we are, for this maker alone (RFC 8292)."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(time.time()) + SIGNED_FOR,
            "sub": f"mailto:{self.sender}",
        }
        return jwt.encode(claims, _key(self.key), algorithm="ES256")


def _target(endpoint: str, *, allow: frozenset[str]) -> None:
    """Raises Forbidden: a safe line, or a place that somebody of ours named."""
    target = target_of(endpoint, allow=allow)
    if target.scheme != "https" and not target.is_allowed:
        raise Forbidden("not a safe line")


def _point(key: str) -> str:
    """The public half of this key."""
    point = _key(key).public_key()
    return _text(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


@lru_cache(maxsize=2)
def _key(text: str) -> ec.EllipticCurvePrivateKey:
    """The key is a number; any 32 random bytes give one."""
    number = int.from_bytes(base64.urlsafe_b64decode(text))
    return ec.derive_private_key(number % (ORDER - 1) + 1, CURVE)


def _bytes(text: str) -> bytes:
    """Base64 as browsers write it. Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except Base64Error as problem:
        raise ValueError("not base64") from problem


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
