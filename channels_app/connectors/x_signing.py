"""How X knows whose question it is: OAuth 1.0a (RFC 5849), signed for every single one."""

import base64
import hmac
from collections.abc import Mapping
from hashlib import sha1
from secrets import token_hex
from urllib.parse import quote

from lifecycle import clock


def authorization(
    method: str,
    url: str,
    query: Mapping[str, str],
    *,
    keys: tuple[str, str],
    secrets: tuple[str, str],
) -> str:
    """The header that says who asks, as whom: the app's key and the account's, and their secrets.

    What is in a body of JSON is not signed (RFC 5849 section 3.4.1.3).
    """
    said = {
        "oauth_consumer_key": keys[0],
        "oauth_nonce": token_hex(16),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(clock.now().timestamp())),
        "oauth_token": keys[1],
        "oauth_version": "1.0",
    }
    said["oauth_signature"] = signature(method, url, {**query, **said}, secrets)
    pairs = (f'{coded(name)}="{coded(said[name])}"' for name in sorted(said))
    return f"OAuth {', '.join(pairs)}"


def signature(method: str, url: str, told: Mapping[str, str], secrets: tuple[str, str]) -> str:
    """What proves that we ask this, and nothing else (RFC 5849 section 3.4.2)."""
    pairs = sorted((coded(name), coded(value)) for name, value in told.items())
    words = "&".join(f"{name}={value}" for name, value in pairs)
    signed = "&".join((method.upper(), coded(url), coded(words)))
    key = "&".join(map(coded, secrets))
    return base64.b64encode(hmac.new(key.encode(), signed.encode(), sha1).digest()).decode()


def coded(text: str) -> str:
    """Letters, digits and -._~ stay as they are (RFC 3986 section 2.1)."""
    return quote(text, safe="")
