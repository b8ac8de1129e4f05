"""Take what came in from a network: as a voice, as more words of one, or as nobody's voice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from channels_app import sealing
from channels_app.actions.coming_back import add_words
from channels_app.actions.picturing import attach_photos
from channels_app.actions.reaching import confirm_contact
from channels_app.actions.receiving import Said, receive
from channels_app.models import Account, Contact, Delivery, Enclosure, InboundEvent, Message, Thread
from channels_app.states import DeliveryState, InboundState
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User

CAME_BACK = "came back"
TAKE_IN_LEASE = timedelta(minutes=2)
WAIT = timedelta(seconds=3)  # for what came before, and another worker is at
ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True)
class File:
    """A file that came along and is no photo: its place among them, name, kind and size."""

    number: int
    name: str
    kind: str
    size: int


@dataclass(frozen=True)
class Came:
    """What a network's event says: the words, and what belongs to them.

    `root` is what a conversation begins with there, and by whom; `is_vouched` whether a mail
    server we believe says that the sender's domain sent it.
    """

    said: Said
    root: str
    files: Sequence[File] = ()
    is_vouched: bool = False
    flood: bool = False


@transaction.atomic
def take_as_message(event: InboundEvent, came: Came) -> Message:
    """A new voice; safe to run twice."""
    locked_event(event)
    message = receive(came.said, client_key=event.key)
    note_thread(event, came, message)
    return taken(event, message, came)


@transaction.atomic
def take_as_words(event: InboundEvent, came: Came, *, message: Message) -> Message:
    """Its author goes on. Raises WrongTurnError where nobody reads on."""
    locked_event(event)
    add_words(message, text=came.said.text, flood=came.flood)
    if came.said.photos:
        attach_photos(message, draft=event.key)
    return taken(event, message, came)


@transaction.atomic
def take_as_nobodys(event: InboundEvent, *, why: str, came_back: Sequence[tuple[str, str]]) -> None:
    """A machine wrote it. What came back (key of our mail, code) did not arrive after all."""
    for key, code in came_back:
        rows = Delivery.objects.filter(key=key, state=DeliveryState.SENT)
        for row in rows.select_for_update(of=("self",)):
            row.become(
                DeliveryState.FAILED, why=f"{CAME_BACK} {code}"[:200], error_class="TargetGone"
            )
    event.become(InboundState.AUTOMATIC, why=why)


def leave_to_person(event: InboundEvent, *, why: str) -> None:
    """What can't be read lies with the office of the account."""
    event.become(InboundState.KEPT, why=why)


@transaction.atomic
def want_event(event: InboundEvent, *, by: User) -> None:
    """An officer sees that a person wrote it: it is taken in as a voice."""
    event = _decided(event, by)
    if not event.has_file:
        raise WrongTurnError(f"{event!r} is not there any more")
    event.become(InboundState.NEW, wanted_by=by, tries=0, try_at=clock.now())


@transaction.atomic
def settle_event(event: InboundEvent, *, by: User) -> None:
    """An officer has seen it: nothing is to be done."""
    _decided(event, by).become(InboundState.SETTLED, wanted_by=by)


def wait_for_earlier(event: InboundEvent, names: Collection[str]) -> bool:
    """Whether what it goes on with is still to be read: then it is given back for a moment.

    `names` are as they stand in the table. Two workers would else begin two conversations.
    """
    if not InboundEvent.objects.undecided_before(event, names).exists():
        return False
    event.give_back(until=clock.now() + WAIT)
    return True


def hold_conversation(account: Account, name: str) -> None:
    """In a transaction: until its end nobody else begins or goes on with a conversation of this
    name; asked for before the thread is looked for, so that of two the second finds it."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [f"channels_app.thread {account.pk} {root_of(name)}"])


def message_of_thread(account: Account, root: str) -> Message | None:
    """Under which message this conversation goes on, if it began here."""
    found = Thread.objects.filter(account=account, root=root_of(root)).select_related("message")
    thread = found.first()
    return thread.message if thread is not None else None


def root_of(root: str) -> str:
    """As it stands in the table."""
    return sealing.index_of("thread", root)


def message_answered(key: str, contact: Contact) -> Message | None:
    """The message of the mail of ours with this key, if it went to this person as its author."""
    rows = Delivery.objects.of_author().filter(key=key, contact=contact)
    found = rows.select_related("message").first()
    return found.message if found is not None else None


def note_thread(event: InboundEvent, came: Came, message: Message) -> None:
    """What goes on with this conversation belongs to this message."""
    Thread.objects.bulk_create(
        [Thread(account=event.account, root=root_of(came.root), message=message)],
        ignore_conflicts=True,
    )


def locked_event(event: InboundEvent) -> None:
    """Held until it is decided. Raises WrongTurnError where somebody was faster."""
    held = InboundEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if held.state != InboundState.NEW:
        raise WrongTurnError(f"{event!r} is no longer new")


def _decided(event: InboundEvent, by: User) -> InboundEvent:
    event = InboundEvent.objects.select_related("account__office").get(pk=event.pk)
    if not event.account.may_be_kept_by(by):
        raise PermissionDenied
    return event


def taken(event: InboundEvent, message: Message, came: Came) -> Message:
    """The end of it: files listed, the sender vouched for, the event decided."""
    Enclosure.objects.bulk_create(
        [
            Enclosure(
                event=event,
                message=message,
                number=file.number,
                name=file.name[:150],
                kind=file.kind[:100],
                size=file.size,
            )
            for file in came.files
        ],
        ignore_conflicts=True,
    )
    contact = message.contact
    if (
        came.is_vouched
        and contact is not None
        and not contact.confirmed_at
        and not contact.refused_at
    ):
        confirm_contact(contact)
    event.become(InboundState.TAKEN, message=message)
    return message
