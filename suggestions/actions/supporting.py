"""Support: rows are only added here, without a lock on the suggestion; a sweep counts them."""

from django.db import transaction

from channels_app import actions as message_actions
from channels_app.models import Confirmation, Contact, ContactKind
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import rules
from suggestions.models import Suggestion, Support, SupportChange
from suggestions.states import SUPPORTABLE, SupportState

PURPOSE = "support"


@transaction.atomic
def ask_for_support(
    suggestion: Suggestion, *, address: str, language: str, network: str = ""
) -> Support:
    """Somebody typed a mail address: their support waits until they confirm it from there.

    `network` is its neighbourhood under the name of the day (`limits.of_the_day`). Whoever supports
    it already, or was asked often enough today, is owed nothing: the page says the same to
    everybody. Raises WrongTurnError where its time for support is over.
    """
    _must_be_open(suggestion)
    contact = Contact.objects.reached_by(ContactKind.MAIL, address)
    support, _is_new = _row_of(suggestion, contact, SupportState.PENDING, network=network)
    if support.state not in (SupportState.PENDING, SupportState.WITHDRAWN):
        return support
    asked = message_actions.ask_to_confirm(
        suggestion.topic,
        contact,
        purpose=PURPOSE,
        language=language,
        most=rules.SUPPORT_MAILS.value(),
    )
    if asked is not None:
        Support.objects.filter(pk=support.pk).update(confirmation=asked)
        support.confirmation = asked
    return support


@transaction.atomic
def support(
    suggestion: Suggestion, *, contact: Contact, proved: bool = False, network: str = ""
) -> Support:
    """One voice of somebody whose address is confirmed; a second press changes nothing.

    `proved`: the person proved who they are. Raises WrongTurnError where its time is over, or
    where this support was found to be false.
    """
    _must_be_open(suggestion)
    row, is_new = _row_of(suggestion, contact, SupportState.VALID, proved=proved, network=network)
    if is_new:
        _record(row, "")
    elif not row.counts:
        _must_not_be_false(row)
        _become(row, SupportState.VALID, proved=row.proved or proved)
    return row


@transaction.atomic
def confirm_support(asked: Confirmation) -> Support:
    """ "Yes, I support it", by the link in the mail. Safe to press twice."""
    asked = message_actions.confirm_act(asked)
    own = Support.objects.filter(suggestion__topic=asked.topic_id, contact=asked.contact_id)
    row = own.select_for_update(of=("self",)).get()  # by whichever of its mails
    if row.counts:
        return row
    _must_be_open(row.suggestion)
    _must_not_be_false(row)
    _become(row, SupportState.VALID)
    return row


@transaction.atomic
def take_support_back(row: Support) -> Support:
    """Its owner thinks otherwise now; what was latched stays latched. Safe to press twice."""
    row = Support.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state in (SupportState.PENDING, SupportState.VALID):
        _become(row, SupportState.WITHDRAWN)
    return row


def take_supports_back(contact: Contact) -> None:
    """An address ends: nobody could tell its next voice from a second one.

    What is decided keeps its number; only where support still counts is it taken back.
    """
    held = (SupportState.PENDING, SupportState.VALID)
    rows = Support.objects.filter(contact=contact, state__in=held)
    for row in rows.filter(suggestion__status__in=SUPPORTABLE).order_by("pk"):
        take_support_back(row)


def record(row: Support, came_from: str, *, by: User | None = None) -> SupportChange:
    """One step of one support, with what it adds to the count."""
    counted, counts = came_from == SupportState.VALID, row.counts
    return SupportChange(
        suggestion_id=row.suggestion_id,
        support=row,
        contact_id=row.contact_id,
        from_state=came_from,
        to_state=row.state,
        people=counts - counted,
        proved=(counts - counted) if row.proved else 0,
        by=by,
        at=clock.now(),
    )


def _record(row: Support, came_from: str) -> None:
    record(row, came_from).save(force_insert=True)


def _become(row: Support, to: str, **columns: object) -> None:
    came_from = row.state
    row.become(to, **columns)
    _record(row, came_from)


def _row_of(
    suggestion: Suggestion, contact: Contact, state: str, *, proved: bool = False, network: str = ""
) -> tuple[Support, bool]:
    """The one row of this person; two at once get the same one."""
    new = {"state": state, "proved": proved, "network": network[:16], "at": clock.now()}
    row, is_new = Support.objects.get_or_create(
        suggestion=suggestion, contact=contact, defaults=new
    )
    if not is_new:
        row = Support.objects.select_for_update(of=("self",)).get(pk=row.pk)
    return row, is_new


def _must_not_be_false(row: Support) -> None:
    """What a rule took out of the count comes back with that rule, not by a second press."""
    if row.state == SupportState.INVALIDATED:
        raise WrongTurnError(f"{row!r} was found to be false")


def _must_be_open(suggestion: Suggestion) -> None:
    if not suggestion.may_be_supported:
        raise WrongTurnError(f"{suggestion!r} gathers no support now")
