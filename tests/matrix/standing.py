"""A message that has come as far as one likes, and every act that can be tried on it."""

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import PermissionDenied

from channels_app import actions
from channels_app.models import (
    Addition,
    Asked,
    Delivery,
    Message,
    MessageStep,
    MessageStepNote,
    PublicationChange,
    Rating,
    Reply,
    RoutingDecision,
    RoutingRule,
)
from channels_app.text.routing import Weigher
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import User
from tests.channels_app import factories
from tests.matrix.people_of import Town
from tests.snapshots import Snapshot, snapshot

REFUSALS = (PermissionDenied, WrongTurnError, OvertakenError)
LEAD = "들썩돌이 벌써 들썩했어요"  # what others say the same of
DAY = timedelta(days=1)


def everything() -> Snapshot:
    """All rows that an act could touch."""
    return snapshot(
        Message,
        MessageStep,
        MessageStepNote,
        Reply,
        Addition,
        RoutingDecision,
        PublicationChange,
        Asked,
        Rating,
        Delivery,
    )


def standing_at(state: str, town: Town) -> Message:
    """A public voice with a contact that has come as far as this."""
    RoutingRule.objects.get_or_create(office=town.roads, words="들썩돌", decides=True)
    lead = factories.receive(LEAD, contact=("mail", "sora@example.org"))
    actions.route(lead, to=town.roads, by=town.users["centre"])
    message = factories.receive("들썩돌이 들썩해요", contact=("mail", "mina@example.org"))
    if state != "received":
        actions.route(message, to=town.roads, by=town.users["centre"])
        COMES_TO[state](message, lead, town)
    return Message.objects.get(pk=message.pk)


def closed_by(message: Message, by: User) -> None:
    """Answered, and the answer has left."""
    reply = actions.answer(message, text="고쳤습니다", by=by)
    with clock.at(reply.leaves_at):
        actions.publish(reply)


def promised_by(message: Message, by: User) -> None:
    """At work, to be finished in a month."""
    finish_on = clock.seoul(clock.now() + 30 * DAY).date()
    actions.promise(message, text="한 달 안에 고칩니다", finish_on=finish_on, by=by)


def put_off_by(message: Message, by: User) -> None:
    """An interim answer: ten days later than it holds."""
    message = Message.objects.get(pk=message.pk)
    until = clock.seoul(max(message.due_at or clock.now(), clock.now()) + 10 * DAY).date()
    actions.put_off(message, text="더 살펴보고 있습니다", until=until, by=by)


def _give_away_three_times(message: Message, town: Town) -> None:
    """The roads say each time that it is not theirs, and the centre that it is."""
    for _n in range(3):
        actions.hand_back(message, reason="우리 일이 아니에요", by=town.users["jun"])
        actions.route(message, to=town.roads, by=town.users["centre"])


def _put_off_twice(message: Message, town: Town) -> None:
    for _n in range(2):
        put_off_by(message, town.users["jun"])


def _work_answered(message: Message, town: Town) -> None:
    promised_by(message, town.users["jun"])
    actions.answer(message, text="다 고쳤습니다", by=town.users["jun"])


def _reopened(message: Message, town: Town) -> None:
    closed_by(message, town.users["jun"])
    actions.reopen(message, text="아직 들썩해요")


def _replied_again(message: Message, town: Town) -> None:
    _reopened(message, town)
    closed_by(message, town.users["jun"])


def _appealed(message: Message, town: Town) -> None:
    _replied_again(message, town)
    actions.appeal(message, text="그래도 들썩해요")


def _replied_for_good(message: Message, town: Town) -> None:
    _appealed(message, town)
    closed_by(message, town.users["head"])


def _joined_replied(message: Message, lead: Message, town: Town) -> None:
    actions.join(message, to=lead, by=town.users["jun"])
    closed_by(lead, town.users["jun"])


COMES_TO: dict[str, Callable[[Message, Message, Town], object]] = {
    "routed": lambda message, lead, town: None,
    "answered": lambda m, lead, town: actions.answer(m, text="고쳤습니다", by=town.users["jun"]),
    "replied": lambda message, lead, town: closed_by(message, town.users["jun"]),
    "bound": lambda message, lead, town: _give_away_three_times(message, town),
    "asked": lambda message, lead, town: actions.ask_office(
        message, office=town.water, question="?", by=town.users["jun"]
    ),
    "set_aside": lambda m, lead, town: actions.set_aside(m, reason="spam", by=town.users["jun"]),
    "joined": lambda m, lead, town: actions.join(m, to=lead, by=town.users["jun"]),
    "joined_replied": _joined_replied,
    "at_work": lambda message, lead, town: promised_by(message, town.users["jun"]),
    "work_answered": lambda message, lead, town: _work_answered(message, town),
    "waiting": lambda message, lead, town: actions.ask_back(
        message, text="어느 쪽 출구인가요?", by=town.users["jun"]
    ),
    "put_off_twice": lambda message, lead, town: _put_off_twice(message, town),
    "reopened": lambda message, lead, town: _reopened(message, town),
    "replied_again": lambda message, lead, town: _replied_again(message, town),
    "appealed": lambda message, lead, town: _appealed(message, town),
    "replied_for_good": lambda message, lead, town: _replied_for_good(message, town),
}


def _answer_part(message: Message, by: User) -> None:
    asked = message.asked.open().first()
    if asked is None:
        raise WrongTurnError("nobody is asked")
    actions.answer_part(asked, text="새지 않습니다", by=by)


def attempt(act: str, message: Message, town: Town, role: str) -> None:
    """Do it as this person, as the author with the private link, or as the system."""
    if role == "system":
        _as_system(act, message)
    elif role == "author":
        _as_author(act, message)
    else:
        _as_officer(act, message, town, town.users[role])


def _as_officer(act: str, message: Message, town: Town, by: User) -> None:
    doing: dict[str, Callable[[], object]] = {
        "route": lambda: actions.route(message, to=town.water, by=by),
        "hand_back": lambda: actions.hand_back(message, reason="우리 일이 아니에요", by=by),
        "answer": lambda: actions.answer(message, text="고치겠습니다", by=by),
        "promise": lambda: promised_by(message, by),
        "put_off": lambda: put_off_by(message, by),
        "report_progress": lambda: actions.report_progress(message, text="절반 했습니다", by=by),
        "ask_back": lambda: actions.ask_back(message, text="어느 쪽인가요?", by=by),
        "take_back": lambda: actions.take_back(message, by=by),
        "set_aside": lambda: actions.set_aside(message, reason="abuse", by=by),
        "restore": lambda: actions.restore(message, by=by),
        "join": lambda: actions.join(message, to=Message.objects.get(text=LEAD), by=by),
        "un_join": lambda: actions.un_join(message, reason="다른 일이에요", by=by),
        "show": lambda: actions.show(message, by=by),
        "ask_office": lambda: actions.ask_office(
            message, office=town.water, question="관이 새나요?", by=by
        ),
        "answer_part": lambda: _answer_part(message, by),
        "hide": lambda: actions.hide(message, reason="personal", by=by),
        "split": lambda: actions.split(message, text="들썩해요", kind="idea", by=by),
    }
    if act not in doing:
        raise PermissionDenied(f"{act} is no officer's")
    doing[act]()


def _as_author(act: str, message: Message) -> None:
    """Whoever has the private link; an officer has it not."""
    doing: dict[str, Callable[[], object]] = {
        "add_words": lambda: actions.add_words(message, text="왼쪽이에요"),
        "confirm_fixed": lambda: actions.confirm_fixed(message),
        "reopen": lambda: actions.reopen(message, text="아직이에요"),
        "appeal": lambda: actions.appeal(message, text="그래도 아직이에요"),
        "rate": lambda: actions.rate(message, clear="yes", heard="no", words="고마워요"),
    }
    if act not in doing:
        raise PermissionDenied(f"{act} is no author's")
    doing[act]()


def _as_system(act: str, message: Message) -> None:
    """What the worker does by itself; its sweeps change nothing where nothing is due."""
    if act == "consider":
        actions.consider(message, weigher=Weigher(RoutingRule.objects.terms()))
    elif act == "publish":
        for reply in message.replies.all():
            actions.publish(reply)
    elif act == "stop_waiting":
        with clock.at(clock.now() + 15 * DAY):
            actions.stop_waiting(message)
    else:
        raise PermissionDenied(f"{act} needs a person")
