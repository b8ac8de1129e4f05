"""Secrets on a row: contacts encrypted and found by a keyed index; private links derived."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(value: str) -> str:
    """The value encrypted with the newest key."""
    return _box(tuple(settings.CONTACT_KEYS)).encrypt(value.encode()).decode()


def unseal(sealed: str) -> str:
    """The value again. Raises cryptography.fernet.InvalidToken for a foreign or changed text."""
    return _box(tuple(settings.CONTACT_KEYS)).decrypt(sealed.encode()).decode()


def seal_words(words: Mapping[str, str]) -> str:
    """Names and values in one sealed text; "" for none."""
    return seal(json.dumps(dict(words))) if words else ""


def unseal_words(sealed: str) -> dict[str, str]:
    """The names and values again."""
    return dict(json.loads(unseal(sealed))) if sealed else {}


def index_of(kind: str, value: str) -> str:
    """The same address gives the same 64 hex digits; without the key it says nothing."""
    text = f"{kind}:{value}".encode()
    return hmac.new(settings.CONTACT_INDEX_KEY.encode(), text, hashlib.sha256).hexdigest()


def fresh_nonce() -> str:
    """128 random bits as hex; a new one revokes every link made from the old."""
    return secrets.token_hex(16)


def link_token(purpose: str, *parts: str) -> str:
    """The unguessable part of a private link: 168 bits of HMAC over what it opens."""
    text = "\n".join((purpose, *parts)).encode()
    digest = hmac.new(settings.LINK_KEY.encode(), text, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:21]).decode()


def same(token: str, other: str) -> bool:
    """Constant-time comparison; any text may come from an address line."""
    return hmac.compare_digest(token.encode(), other.encode())
