"""Route: find the office, by rules or by a person; pass on; hand back."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import places, rules
from channels_app.models import BoroughDuty, Message, RoutingDecision
from channels_app.models.on_behalf import desk_of
from channels_app.models.places import DutyTable
from channels_app.states import MessageStatus
from channels_app.text.masking import mask
from channels_app.text.routing import Candidate, Verdict, Weigher
from lifecycle import clock
from lifecycle.bulk import move_all
from people.models import Office, User


@transaction.atomic
def consider(message: Message, *, weigher: Weigher) -> Message:
    """Let the rules look at a received message: route it, or leave it to a reader."""
    message = Message.objects.locked(message.pk)
    if message.status == MessageStatus.RECEIVED and not message.needs_reader:
        _consider([message], weigher)
    return message


@transaction.atomic
def consider_all(pks: Iterable[int], *, weigher: Weigher) -> list[Message]:
    """The same for many, in a handful of statements; what somebody else holds is skipped.

    All or nothing: raises what went wrong with any of them, so that the sweep takes them one by
    one and finds out which it was.
    """
    messages = Message.objects.waiting_to_be_routed().all_locked(pks, skip_locked=True)
    _consider(messages, weigher)
    return messages


def _consider(messages: Sequence[Message], weigher: Weigher) -> None:
    """The rows are locked, received, and nobody has to read them first."""
    floor, margin = rules.ROUTE_FLOOR.value(), rules.ROUTE_MARGIN.value()
    verdicts = {
        message.pk: weigher.verdict(message.text, floor=floor, margin=margin)
        for message in messages
    }
    offices = _answering(messages, verdicts)
    found = [message for message in messages if message.pk in offices]
    moved = move_all(found, MessageStatus.ROUTED, by=None, office=offices)
    for problem in moved.refused.values():
        raise problem
    _leave_to_readers([message for message in messages if message.pk not in offices])
    RoutingDecision.objects.bulk_create(
        _by_rules(message, verdicts[message.pk], offices.get(message.pk)) for message in messages
    )


def _answering(messages: Sequence[Message], verdicts: dict[int, Verdict]) -> dict[int, Office]:
    """The office for each message the rules decided on: what a borough does itself goes there."""
    won = {pk: verdict.office for pk, verdict in verdicts.items() if verdict.office}
    if not won:
        return {}
    offices = Office.objects.in_bulk(set(won.values()))
    duties, boroughs = BoroughDuty.objects.table(), Office.objects.boroughs().in_bulk()
    return {
        message.pk: boroughs.get(
            borough_for(won[message.pk], message.borough_id, message.text, duties) or 0
        )
        or offices[won[message.pk]]
        for message in messages
        if message.pk in won
    }


def borough_for(department: int, borough: int | None, text: str, duties: DutyTable) -> int | None:
    """The borough that does this department's duty itself; the chosen one, or one named."""
    if not duties.may_be_of_boroughs(department):
        return None
    if borough is None and (named := places.borough_named_in(text)):
        borough = named.pk
    return borough if borough and duties.is_of(department, borough) else None


def _leave_to_readers(messages: Sequence[Message]) -> None:
    for message in messages:
        message.needs_reader = True
    if messages:
        Message.objects.filter(pk__in=[message.pk for message in messages]).update(
            needs_reader=True
        )


def _by_rules(message: Message, verdict: Verdict, office: Office | None) -> RoutingDecision:
    """Where the rules sent it, and whom a borough stands in for."""
    decision = _decision(message, office, candidates=verdict.candidates)
    if office is not None and office.pk != verdict.office:
        decision.instead_of_id = verdict.office
    return decision


@transaction.atomic
def route(
    message: Message, *, to: Office, by: User, version: int | None = None, reason: str = ""
) -> Message:
    """Give the message to an office: from the centre, or passed on. The public date stays.

    Where the last try of the offices is used up, what they pass on goes to the centre instead.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_routed_by(by) or to.closed:
        raise PermissionDenied
    if message.is_given_away_by(by):
        message.hand_backs += 1
        message.save(update_fields=["hand_backs"])
        if message.is_for_the_centre:
            return _to_the_centre(message, by=by, version=version, reason=reason, wanted=to)
    message.move(
        MessageStatus.ROUTED,
        by=by,
        only_from={MessageStatus.RECEIVED, MessageStatus.ROUTED},
        version=version,
        office=to,
        note=reason,
    )
    _decision(message, to, by=by, reason=reason).save(force_insert=True)
    Message.objects.filter(pk=message.pk).update(needs_reader=False)
    return message


@transaction.atomic
def lay_before(message: Message, *, office: Office) -> Message:
    """What it is about names its office: neither rules nor a reader have to find it.

    A flood waits for a reader all the same. Safe to run twice.
    """
    message = Message.objects.locked(message.pk)
    if message.status == MessageStatus.RECEIVED and not message.needs_reader:
        message.move(MessageStatus.ROUTED, by=None, office=office)
        _decision(message, office).save(force_insert=True)
    return message


@transaction.atomic
def keep(message: Message, *, by: User) -> Message:
    """Keep what one has just written down, to answer it on the spot: call centre and centre."""
    message = Message.objects.locked(message.pk)
    desk = desk_of(by)
    if desk is None or not message.may_be_kept_by(by):
        raise PermissionDenied
    message.move(MessageStatus.ROUTED, by=by, only_from={MessageStatus.RECEIVED}, office=desk)
    _decision(message, desk, by=by).save(force_insert=True)
    Message.objects.filter(pk=message.pk).update(needs_reader=False)
    return message


@transaction.atomic
def hand_back(message: Message, *, reason: str, by: User, version: int | None = None) -> Message:
    """Return it to the centre: it is not ours. The reason is compulsory."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_handed_back_by(by):
        raise PermissionDenied
    if not reason.strip():
        raise ValueError("handing back needs a reason")
    message.hand_backs += 1
    message.save(update_fields=["hand_backs"])
    return _to_the_centre(message, by=by, version=version, reason=reason)


def _to_the_centre(
    message: Message, *, by: User, version: int | None, reason: str, wanted: Office | None = None
) -> Message:
    """A person there reads it; the office that was wanted instead is kept with the decision."""
    message.move(
        MessageStatus.RECEIVED,
        by=by,
        only_from={MessageStatus.ROUTED},
        version=version,
        office=Office.objects.centre(),
        note=reason,
    )
    message.needs_reader = True
    message.save(update_fields=["needs_reader"])
    if wanted is not None:
        proposal = (Candidate(wanted.pk, 0.0, ()),)
        _decision(message, None, by=by, reason=reason, candidates=proposal).save(force_insert=True)
    return message


def _decision(
    message: Message,
    office: Office | None,
    *,
    by: User | None = None,
    candidates: tuple[Candidate, ...] = (),
    reason: str = "",
) -> RoutingDecision:
    """Keep why; a word is quoted as the public copy has it."""
    return RoutingDecision(
        message=message,
        office=office,
        by=by,
        reason=mask(reason)[:200],
        at=clock.now(),
        candidates=[
            {
                "office": candidate.office,
                "points": candidate.points,
                "words": [mask(word) for word in candidate.words],
            }
            for candidate in candidates
        ],
    )
