"""Which ports of this machine are free."""

import errno
import ipaddress
import socket

from seoul_portal.local.errors import NoServerError


def is_loopback(host: str) -> bool:
    """Can only this machine reach what is bound here?"""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def must_be_free(host: str, port: int) -> None:
    """Say it now, in one sentence, rather than in a server's log."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            why = f"Port {port} is taken; choose another one with --port."
        else:
            why = f"{host}:{port} can't be used here ({problem.strerror})."
        raise NoServerError(why) from problem


def free_port(wish: int) -> int:
    """The wished port if it is free, else any."""
    for port in (wish, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise NoServerError("No port is free on 127.0.0.1.")
