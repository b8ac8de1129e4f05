"""Tell its author alone: what was decided about a suggestion that not everyone may read."""

from channels_app.actions.receiving import queue
from channels_app.models import Delivery, DeliveryEvent
from suggestions.models import Suggestion


def tell_author(suggestion: Suggestion) -> Delivery | None:
    """Owe its author a mail about the last step; None where we have no address.

    What it says is composed when it leaves (`suggestions.letters`). Call it in the transaction of
    the step.
    """
    contact = suggestion.message.contact
    if contact is None:
        return None
    return queue(DeliveryEvent.DECIDED, suggestion.message, contact, since_seq=suggestion.version)
