"""What `move()` raises; one middleware turns both into a friendly 409 page."""


class WrongTurnError(Exception):
    """The table has no such step from here."""


class OvertakenError(Exception):
    """Somebody else changed the row since it was read."""
