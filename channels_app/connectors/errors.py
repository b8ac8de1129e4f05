"""What can go wrong between us and a network, by what has to be done about it."""


class ConnectorError(Exception):
    """A send that did not simply succeed; the text is for the log and the officer."""


class Transient(ConnectorError):  # noqa: N818 - the names are the domain's
    """Nothing left us: try again later."""


class OutcomeUnknown(ConnectorError):  # noqa: N818
    """It was on its way when the line went dead: it may have arrived."""


class AuthExpired(ConnectorError):  # noqa: N818
    """Our own sign-in is refused: nothing is wrong with the message; keep the queue."""


class ContentRejected(ConnectorError):  # noqa: N818
    """The network will not take this text: back to the officer."""


class TargetGone(ConnectorError):  # noqa: N818
    """There is nobody at this address."""


class RateLimited(ConnectorError):  # noqa: N818
    """The network has enough of us: this account waits for so many seconds, others go on."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"wait {retry_after:.0f} s")
        self.retry_after = retry_after


class Forbidden(ConnectorError):  # noqa: N818
    """It may not be done, whoever tries and however often: stop, and find another way."""


class BadSignature(ConnectorError):  # noqa: N818
    """A call that this network did not send, or not now: it is counted, never kept."""
