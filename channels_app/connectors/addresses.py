"""Which addresses of the world we may speak to: those that everybody reaches, and no others.

What stands behind our own doors (this machine, its neighbours, the cloud's own services) answers us
because it trusts us; nobody may have us ask there for them.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from channels_app.connectors.errors import Forbidden

PORTS = frozenset({80, 443, 8080, 8443})
USUAL = {"http": 80, "https": 443}
LONGEST = 2000
SIGNS = "!#$%&'()*+,/:;=?@[]~"  # of an address that stay as they are; Hangul is written %EA…
# A name that ends in a number is an address in some spelling: only the plain one is read.
NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)\.?\Z")
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
EVERYBODYS_6 = ipaddress.ip_network("2000::/3")
FOUR_IN_SIX = ipaddress.ip_network("64:ff9b::/96")  # NAT64: the last four bytes are IPv4
# Within what some count as global: tunnels to IPv4 and their relay, examples, clouds' own hosts.
NOT_EVERYBODYS = tuple(
    ipaddress.ip_network(each)
    for each in (
        "2001::/23",
        "2002::/16",
        "2001:db8::/32",
        "3fff::/20",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",
    )
)


@dataclass(frozen=True)
class Target:
    """Where a request goes: its address in parts, the name as name servers know it.

    `is_allowed` says that somebody of ours named this place: it may lie behind our own doors.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str
    is_allowed: bool = False

    @property
    def host_header(self) -> str:
        """As the server is told its own name."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == USUAL[self.scheme] else f"{host}:{self.port}"


def is_everybodys(address: str) -> bool:
    """Whether this IPv4 or IPv6 address is one that everybody in the world reaches."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False  # with a zone, or no address at all
    if isinstance(found, ipaddress.IPv6Address):
        if found in FOUR_IN_SIX:
            return is_everybodys(str(ipaddress.IPv4Address(found.packed[-4:])))
        if found.scope_id or found not in EVERYBODYS_6:
            return False  # IPv4 in a mapped form too: who has an IPv4 address writes it as one
    refused = any(found.version == one.version and found in one for one in NOT_EVERYBODYS)
    return found.is_global and not found.is_multicast and not found.is_reserved and not refused


def target_of(url: str, *, allow: frozenset[str] = frozenset()) -> Target:
    """The parts of an address that may be asked for at all. Raises Forbidden."""
    if len(url) > LONGEST or any(sign <= " " or sign in "\\\x7f" for sign in url):
        raise Forbidden("not an address")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _host(parts)
    except (ValueError, UnicodeError) as problem:
        raise Forbidden("not an address") from problem
    if parts.scheme not in USUAL:
        raise Forbidden("neither http nor https")
    if "@" in parts.netloc:
        raise Forbidden("a sign-in stands in the address")
    if port is None:
        port = USUAL[parts.scheme]
    is_allowed = f"{host}:{port}" in allow
    if port not in PORTS and not is_allowed:
        raise Forbidden(f"port {port}")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, host, port, quote(path, safe=SIGNS), is_allowed)


def _host(parts: SplitResult) -> str:
    """In the letters of name servers; an address in its plain spelling. Raises ValueError."""
    host = parts.hostname or ""
    if ":" in host or "[" in parts.netloc:
        return str(ipaddress.IPv6Address(host))
    if NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return str(ipaddress.IPv4Address(host))
    plain = host.rstrip(".").encode("idna").decode().lower()
    if not plain or not all(LABEL.fullmatch(label) for label in plain.split(".")):
        raise ValueError(host)
    return plain
