"""A sender that dies, or stumbles, at the n-th new line of its way with one mail.

Run as `python -m tests.faults.dying_sender`. Each line on its standard input, "<delivery> <n>
<how>", is obeyed by a fork of its own, which has loaded everything and connected to nothing; the
answer on standard output is "died <place>", "stumbled <place>" or "lived". The code that sends is
the portal's own: the fault comes from the interpreter's trace, at any line, not from a double.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import django

# Every line of these, from the claim to what is written afterwards, can be the last one.
ROOM = Path(__file__).resolve().parent.parent.parent / "channels_app"
WAY = frozenset(
    str(ROOM / name)
    for name in (
        "tasks.py",
        "duties.py",
        "models/deliveries.py",
        "actions/delivering.py",
        "connectors/contract.py",
        "connectors/mail.py",
        "connectors/push.py",
        "connectors/fetching.py",
    )
)


class StumbledError(Exception):
    """Something nobody thought of."""


def die(_place: str) -> None:
    """As by kill -9: no exception handler, no finally, no goodbye to the database."""
    os._exit(9)


def stumble(place: str) -> None:
    """As by a fault in our own code."""
    raise StumbledError(place)


def at_line(number: int, act: Callable[[str], None], pipe: int) -> Callable[..., Any]:
    """A trace function that tells the place and acts when the n-th line not seen is reached."""
    seen: set[str] = set()

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        if frame.f_code.co_filename not in WAY:
            return None
        place = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
        if event == "line" and place not in seen:
            seen.add(place)
            if len(seen) == number:
                os.write(pipe, place.encode())
                act(place)
        return trace

    return trace


def send(pk: int, number: int, how: str, pipe: int) -> None:
    """In the fork: try to deliver one row."""
    from channels_app import actions, tasks
    from channels_app.models import Delivery

    channel = Delivery.objects.values_list("channel", flat=True).get(pk=pk)
    sys.settrace(at_line(number, die if how == "die" else stumble, pipe))
    try:
        if row := Delivery.objects.claim(tasks.sender(), pk=pk, channel=channel):
            actions.deliver(row)
    except StumbledError:
        pass
    finally:
        sys.settrace(None)


def obey(pk: int, number: int, how: str) -> str:
    """One fork's fate."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            send(pk, number, how, writing)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        place = told.read()
    os.waitpid(child, 0)
    return f"{'died' if how == 'die' else 'stumbled'} {place}" if place else "lived"


def warm_up() -> None:
    """Let every fork find what is read once loaded, and no line to the database open."""
    from django.db import connection

    from channels_app import letters
    from channels_app.connectors.trust import trusted
    from channels_app.models import Delivery

    trusted()
    for row in Delivery.objects.all()[:1]:
        letters.compose(row)
    connection.close()


def main() -> None:
    """Obey until the input ends."""
    django.setup()
    warm_up()
    for line in sys.stdin:
        pk, number, how = line.split()
        sys.stdout.write(obey(int(pk), int(number), how) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
