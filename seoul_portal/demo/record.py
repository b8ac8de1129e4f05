"""Everything that the demonstration has done, sealed at once."""

from datetime import datetime

from lifecycle.record import sealing


def play(_now: datetime) -> None:
    """As the sweep would, until nothing waits."""
    while sealing.seal():
        pass
