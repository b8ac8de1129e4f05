"""What `move()` raises, and whose fault it is when a row of a sweep can't be done.

One middleware turns both errors into a friendly 409 page.
"""

from django.db import InterfaceError, OperationalError
from psycopg.errors import QueryCanceled


class WrongTurnError(Exception):
    """The table has no such step from here."""


class OvertakenError(Exception):
    """Somebody else changed the row since it was read."""


def database_is_away(problem: Exception) -> bool:
    """No row's fault: the sweep ends, and the next one finds the same rows.

    A statement that took too long is an OperationalError too, and the row's own.
    """
    if isinstance(problem, OperationalError):
        return not isinstance(problem.__cause__, QueryCanceled)
    return isinstance(problem, InterfaceError)
