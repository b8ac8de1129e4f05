"""A mailbox of the city in the table, and mails that come into it."""

from channels_app import actions, sealing, tasks
from channels_app.connectors.contract import Batch
from channels_app.connectors.mailbox import event_of
from channels_app.models import Account, Checkpoint, InboundEvent, Network
from lifecycle import clock
from tests.mail_in.letters import CITY
from tests.mail_in.servers import PASSWORD, USER
from tests.people import factories as people


def mailbox(handle: str = CITY, *, port: int = 1, **fields: object) -> Account:
    """Of the centre, at this port of the loopback interface."""
    told = {
        "office": people.centre(),
        "address": f"imap://127.0.0.1:{port}/INBOX",
        "sign_in": USER,
        "sealed": sealing.seal(PASSWORD),
        "next_at": clock.now(),
        **fields,
    }
    return Account.objects.create(network=Network.MAIL, handle=handle, **told)


def arrive(account: Account, *mails: bytes, take_in: bool = True) -> list[InboundEvent]:
    """They lie in the box, are fetched and, if wanted, read; the events that are new."""
    known = set(InboundEvent.objects.values_list("pk", flat=True))
    since = Checkpoint.of(account)
    batch = Batch(tuple(event_of(raw) for raw in mails), f"1:{len(known) + len(mails)}")
    actions.store(account, batch, since=since)
    if take_in:
        tasks.take_in_events()
    return list(InboundEvent.objects.exclude(pk__in=known))


def taken(account: Account, raw: bytes) -> InboundEvent:
    """The one event of this mail, read."""
    (event,) = arrive(account, raw)
    return event
