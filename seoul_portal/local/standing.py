"""This process stands in another database for a while: for drills, chaos and tests."""

from collections.abc import Iterator
from contextlib import contextmanager

import environ
from django.db import connection, connections

from lifecycle import rules


@contextmanager
def standing_in(url: str) -> Iterator[None]:
    """Let this process, all its threads included, use the database at `url`."""
    place = connections.settings["default"]
    kept = {key: place[key] for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
    connection.close()
    place.update({key: environ.Env.db_url_config(url)[key] for key in kept})
    rules.forget()
    try:
        yield
    finally:
        connection.close()
        place.update(kept)
        rules.forget()
