"""What an officer does to one message or to many at once: recorded, so that it can be undone."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import actions
from channels_app.actions import Stood
from channels_app.models import Message
from desk.models import Deed, Verb
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User

KEPT = timedelta(days=1)
REFUSALS = {
    PermissionDenied: "not_yours",
    OvertakenError: "overtaken",
    WrongTurnError: "wrong_turn",
}
Act = Callable[[Message], Message]


def route(messages: Sequence[Message], *, to: Office, reason: str = "", by: User) -> Deed:
    """Give them to an office, each as it was read."""
    return _do(
        Verb.ROUTE,
        messages,
        lambda one: actions.route(one, to=to, by=by, version=one.version, reason=reason),
        by=by,
    )


def hand_back(messages: Sequence[Message], *, reason: str, by: User) -> Deed:
    """Return them to the centre."""
    return _do(
        Verb.HAND_BACK,
        messages,
        lambda one: actions.hand_back(one, reason=reason, by=by, version=one.version),
        by=by,
    )


def set_aside(messages: Sequence[Message], *, reason: str, note: str = "", by: User) -> Deed:
    """No answer, with a reason their authors read."""
    return _do(
        Verb.SET_ASIDE,
        messages,
        lambda one: actions.set_aside(one, reason=reason, by=by, version=one.version, note=note),
        by=by,
    )


def join(messages: Sequence[Message], *, to: Message, by: User) -> Deed:
    """One answer for the same matter; the lead itself is left out."""
    others = [one for one in messages if one.pk != to.pk]
    return _do(
        Verb.JOIN,
        others,
        lambda one: actions.join(one, to=to, by=by, version=one.version),
        by=by,
        also=[to],
    )


@transaction.atomic
def undo(deed: Deed, *, by: User) -> Deed:
    """Take it back, message by message; what somebody has touched since stays as it is.

    `refused` then names those. Raises PermissionDenied where it is not this officer's, not any
    more, or done already.
    """
    deed = Deed.objects.select_for_update().get(pk=deed.pk)
    if not deed.may_be_undone_by(by):
        raise PermissionDenied
    deed.undone_at, deed.refused = clock.now(), []
    _lock([row["pk"] for row in deed.done])
    for row in deed.done:
        try:
            with transaction.atomic():
                actions.undo(Stood.from_kept(row), by=by)
        except tuple(REFUSALS) as problem:
            deed.refused.append({"code": row["code"], "why": refusal_of(problem)})
    deed.save(update_fields=["undone_at", "refused"])
    return deed


@transaction.atomic
def _do(
    verb: Verb, messages: Sequence[Message], act: Act, *, by: User, also: Sequence[Message] = ()
) -> Deed:
    """One transaction; a row that can't be done is reported by name and its neighbours are done.

    A single message is its own report: what stands in its way is raised. `also` are messages that
    the act touches beside them.
    """
    done, refused = [], []
    _lock([one.pk for one in (*messages, *also)])
    for message in sorted(messages, key=lambda one: one.pk):
        parted = message.joined.all() if verb == Verb.SET_ASIDE else ()
        stood = Stood.of(message, parted=parted)
        try:
            with transaction.atomic():
                act(message)
        except tuple(REFUSALS) as problem:
            if len(messages) == 1:
                raise
            refused.append({"code": message.code, "why": refusal_of(problem)})
        else:
            done.append(stood.kept())
    Deed.objects.filter(by=by, at__lt=clock.now() - KEPT).delete()
    return Deed.objects.create(by=by, verb=verb, done=done, refused=refused, at=clock.now())


def _lock(keys: Sequence[int]) -> None:
    """With what is joined to them, in one order: nobody waits for who waits for them."""
    joined = Message.objects.filter(lead__in=keys).values_list("pk", flat=True)
    Message.objects.all_locked({*keys, *joined})


def refusal_of(problem: Exception) -> str:
    """How a deed writes down what stood in its way, one of REFUSALS."""
    return next(word for kind, word in REFUSALS.items() if isinstance(problem, kind))
