"""An end to waiting: a network that says a byte now and then is never silent."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def at_most(seconds: float, line: Callable[[], socket.socket | None]) -> Iterator[threading.Event]:
    """Cut this line when the time is over: then the event is set.

    Without it a slow server would outlive the lease, and its work be done by somebody else too.
    """
    too_late = threading.Event()

    def cut() -> None:
        too_late.set()
        if (held := line()) is not None:
            with suppress(OSError):
                # The socket's own, for that of TLS is not made for two threads.
                socket.socket.shutdown(held, socket.SHUT_RDWR)

    clock = threading.Timer(seconds, cut)
    clock.daemon = True
    clock.start()
    try:
        yield too_late
    finally:
        clock.cancel()
