"""What can go wrong here, in one sentence for the terminal."""


class NoServerError(Exception):
    """A server of ours can't run; the message says why and what helps."""
