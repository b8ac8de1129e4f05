"""Notices of a browser (RFC 8030): encrypted for that browser alone, signed with our own key.

A browser's maker keeps the door through which it is reached. Its address comes from a stranger, so
it is asked only where everybody in the world may ask, over a safe line, and for a short time.
"""

import base64
import json
import time
from binascii import Error as Base64Error
from dataclasses import asdict, dataclass
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from channels_app.connectors.addresses import target_of
from channels_app.connectors.errors import AuthExpired, Forbidden
from channels_app.connectors.fetching import Fetcher

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PATIENCE = 10.0  # seconds for one notice: others wait behind it
KEPT = 3 * 24 * 3600  # seconds a notice waits for a browser that is switched off
SIGNED_FOR = 12 * 3600  # seconds; a day at most (RFC 8292)
LONGEST_ENDPOINT = 1000


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
            _target(self.endpoint)
        except Forbidden as problem:
            raise ValueError(str(problem)) from problem


def is_on() -> bool:
    """Whether this portal has a key to sign its notices with."""
    return bool(settings.VAPID_KEY)


def public_key() -> str:
    """Ours, as browsers ask for it."""
    point = _key(settings.VAPID_KEY).public_key()
    return _text(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def verify() -> None:
    """See whether we could sign a notice. Raises AuthExpired."""
    if not is_on():
        raise AuthExpired("no key to sign with")


def send(device: Device, notice: bytes) -> None:
    """Hand it to whoever reaches this browser. Raises one of the connector's errors."""
    verify()
    _target(device.endpoint)
    body: bytes = http_ece.encrypt(
        notice,
        private_key=ec.generate_private_key(CURVE),
        dh=_bytes(device.p256dh),
        auth_secret=_bytes(device.auth),
        version="aes128gcm",
    )
    headers = {
        "Authorization": f"vapid t={_signed(device.endpoint)}, k={public_key()}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT),
    }
    allow = frozenset(settings.PUSH_ALSO)
    Fetcher(allow=allow, patience=PATIENCE).post(device.endpoint, body, headers)


def _target(endpoint: str) -> None:
    """Raises Forbidden: a safe line, or a place that somebody of ours named."""
    target = target_of(endpoint, allow=frozenset(settings.PUSH_ALSO))
    if target.scheme != "https" and not target.is_allowed:
        raise Forbidden("not a safe line")


def _signed(endpoint: str) -> str:
    """Who we are, for this maker alone (RFC 8292)."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + SIGNED_FOR,
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    return jwt.encode(claims, _key(settings.VAPID_KEY), algorithm="ES256")


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
