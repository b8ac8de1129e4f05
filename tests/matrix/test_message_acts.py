"""Every state of a message × every act × every role: what is not in the table changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import actions
from channels_app.models import (
    Asked,
    Delivery,
    Message,
    MessageStep,
    MessageStepNote,
    PublicationChange,
    Reply,
    RoutingDecision,
    RoutingRule,
)
from channels_app.text.routing import Weigher
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import User
from tests.channels_app import factories
from tests.ledger import check_ledger
from tests.matrix.people_of import ROLES, Town, build_town
from tests.people import factories as people

pytestmark = pytest.mark.django_db

CENTRE, IN_CHARGE = {"centre"}, {"jun", "head"}
SYSTEM = {"system"}
# (state, act) → who may; every pair that is not here is nobody's. Before it is routed the centre
# is in charge, so Jun is just an officer of another office then.
PERMITTED = {
    ("received", "consider"): SYSTEM,
    ("received", "route"): CENTRE,
    ("received", "set_aside"): CENTRE,
    ("received", "hide"): CENTRE,
    ("routed", "route"): CENTRE | IN_CHARGE,
    ("routed", "hand_back"): IN_CHARGE,
    ("routed", "answer"): IN_CHARGE,
    ("routed", "set_aside"): CENTRE | IN_CHARGE,
    ("routed", "hide"): CENTRE | IN_CHARGE,
    ("answered", "take_back"): IN_CHARGE,
    ("answered", "publish"): SYSTEM,
    ("answered", "hide"): CENTRE | IN_CHARGE,
    ("replied", "hide"): CENTRE | IN_CHARGE,
    ("set_aside", "restore"): CENTRE | IN_CHARGE,
    # The lead lies with the roads: who joins acts for both.
    ("received", "join"): CENTRE,
    ("routed", "join"): CENTRE | IN_CHARGE,
    ("bound", "join"): CENTRE | IN_CHARGE,
    ("asked", "join"): CENTRE | IN_CHARGE,
    ("joined", "un_join"): CENTRE | IN_CHARGE,
    ("joined", "hide"): CENTRE | IN_CHARGE,
    ("joined", "show"): CENTRE | IN_CHARGE,
    ("set_aside", "hide"): CENTRE | IN_CHARGE,
    ("received", "show"): CENTRE,
    ("routed", "show"): CENTRE | IN_CHARGE,
    ("answered", "show"): CENTRE | IN_CHARGE,
    ("replied", "show"): CENTRE | IN_CHARGE,
    ("set_aside", "show"): CENTRE | IN_CHARGE,
    ("routed", "ask_office"): IN_CHARGE,
    # Given away three times: the centre has decided.
    ("bound", "route"): CENTRE,
    ("bound", "answer"): IN_CHARGE,
    ("bound", "ask_office"): IN_CHARGE,
    ("bound", "set_aside"): CENTRE | IN_CHARGE,
    ("bound", "hide"): CENTRE | IN_CHARGE,
    ("bound", "show"): CENTRE | IN_CHARGE,
    # Sora's office owes a part.
    ("asked", "route"): CENTRE | IN_CHARGE,
    ("asked", "hand_back"): IN_CHARGE,
    ("asked", "answer"): IN_CHARGE,
    ("asked", "answer_part"): {"sora"},
    ("asked", "set_aside"): CENTRE | IN_CHARGE,
    ("asked", "hide"): CENTRE | IN_CHARGE,
    ("asked", "show"): CENTRE | IN_CHARGE,
}
LEADS_TO = {
    "consider": "routed",
    "route": "routed",
    "hand_back": "received",
    "answer": "answered",
    "take_back": "routed",
    "publish": "replied",
    "set_aside": "set_aside",
    "restore": "received",
    "join": "joined",
    "un_join": "received",
}
KEEPS_STATUS = {"show", "hide", "ask_office", "answer_part"}
STATES = ("received", "routed", "answered", "replied", "set_aside", "bound", "asked", "joined")
ACTS = (*LEADS_TO, *sorted(KEEPS_STATUS))
REFUSALS = (PermissionDenied, WrongTurnError, OvertakenError)


LEAD = "들썩돌이 벌써 들썩했어요"  # what others say the same of


@pytest.fixture
def town() -> Town:
    return build_town()


def standing_at(state: str, town: Town) -> Message:
    """A public voice with a contact that has come as far as this."""
    RoutingRule.objects.get_or_create(office=town.roads, words="들썩돌", decides=True)
    lead = factories.receive(LEAD, contact=("mail", "sora@example.org"))
    actions.route(lead, to=town.roads, by=town.users["centre"])
    message = factories.receive("들썩돌이 들썩해요", contact=("mail", "mina@example.org"))
    if state == "received":
        return message
    actions.route(message, to=town.roads, by=town.users["centre"])
    if state in ("answered", "replied"):
        reply = actions.answer(message, text="고쳤습니다", by=town.users["jun"])
    if state == "replied":
        with clock.at(reply.leaves_at):
            actions.publish(reply)
    if state == "bound":
        _give_away_three_times(message, town)
    if state == "asked":
        actions.ask_office(message, office=town.water, question="?", by=town.users["jun"])
    if state == "set_aside":
        actions.set_aside(message, reason="spam", by=town.users["jun"])
    if state == "joined":
        actions.join(message, to=lead, by=town.users["jun"])
    return Message.objects.get(pk=message.pk)


def _give_away_three_times(message: Message, town: Town) -> None:
    """The roads say each time that it is not theirs, and the centre that it is."""
    for _n in range(3):
        actions.hand_back(message, reason="우리 일이 아니에요", by=town.users["jun"])
        actions.route(message, to=town.roads, by=town.users["centre"])


def _answer_part(message: Message, by: User) -> None:
    asked = message.asked.open().first()
    if asked is None:
        raise WrongTurnError("nobody is asked")
    actions.answer_part(asked, text="새지 않습니다", by=by)


def attempt(act: str, message: Message, town: Town, by: User | None) -> None:
    """Do it as this person, or as the system."""
    if by is None:
        _as_system(act, message)
        return
    doing: dict[str, Callable[[], object]] = {
        "route": lambda: actions.route(message, to=town.water, by=by),
        "hand_back": lambda: actions.hand_back(message, reason="우리 일이 아니에요", by=by),
        "answer": lambda: actions.answer(message, text="고치겠습니다", by=by),
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
    }
    if act not in doing:
        raise PermissionDenied(f"{act} is the system's alone")
    doing[act]()


def _as_system(act: str, message: Message) -> None:
    """What the worker does by itself; its sweeps change nothing where nothing is due."""
    if act == "consider":
        actions.consider(message, weigher=Weigher(RoutingRule.objects.terms()))
    elif act == "publish":
        for reply in message.replies.all():
            actions.publish(reply)
    else:
        raise PermissionDenied(f"{act} needs a person")


def everything() -> list[Any]:
    """All rows that an act could touch."""
    kept = (
        Message,
        MessageStep,
        MessageStepNote,
        Reply,
        RoutingDecision,
        PublicationChange,
        Asked,
    )
    return [list(model._default_manager.order_by("pk").values()) for model in (*kept, Delivery)]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_only_what_the_table_permits(state: str, act: str, town: Town) -> None:
    message = standing_at(state, town)
    before = everything()
    wrong = []

    for role in ("system", *ROLES):
        done = _did(act, message, town, role)
        if done != (role in PERMITTED.get((state, act), set())):
            wrong.append(f"{role}: {'could' if done else 'could not'} {act} at {state}")

    assert not wrong
    assert everything() == before


def _did(act: str, message: Message, town: Town, role: str) -> bool:
    """Whether the role could; what it did is checked, then undone."""
    before = everything()
    with transaction.atomic():
        try:
            with transaction.atomic():
                attempt(act, message, town, town.users.get(role))
        except REFUSALS:
            assert everything() == before, f"refused, but something changed: {role} {act}"
            return False
        done = everything() != before
        if done:
            _assert_well_done(act, message, role, town)
        transaction.set_rollback(True)
    return done


def _assert_well_done(act: str, message: Message, role: str, town: Town) -> None:
    now = Message.objects.get(pk=message.pk)
    check_ledger(settled=False)
    if act in KEEPS_STATUS:
        assert now.version == message.version
        return
    step = now.steps.get(seq=message.version + 1)
    assert now.status == LEADS_TO[act]
    assert step.by == town.users.get(role)
    if step.by is not None:
        assert step.by_office is not None
        assert step.by.holds(step.by_office)
    assert now.due_at == message.due_at == message.first_due_at


TROUBLE: dict[str, tuple[Callable[..., Message], str]] = {
    "send again": (actions.send_again, "queued"),
    "settle": (actions.settle, "cancelled"),
}


@pytest.mark.parametrize("name", TROUBLE)
@pytest.mark.parametrize("state", ["queued", "sending", "sent", "unknown", "failed", "cancelled"])
def test_what_did_not_arrive_lies_with_the_office_in_charge(
    state: str, name: str, town: Town
) -> None:
    act, leads_to = TROUBLE[name]
    message = standing_at("replied", town)
    Delivery.objects.update(state=state)
    before = everything()
    may = CENTRE | IN_CHARGE if state in ("unknown", "failed") else set()

    for role in ROLES:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    act(message, by=town.users[role])
            except REFUSALS:
                assert role not in may
                assert everything() == before
                continue
            assert role in may
            rows = Delivery.objects.filter(message=message, decided_by=town.users[role])
            assert set(rows.values_list("state", flat=True)) == {leads_to}
            transaction.set_rollback(True)


@pytest.mark.parametrize("act", ["show", "hide"])
def test_what_its_author_kept_private_is_never_shown(act: str, town: Town) -> None:
    message = standing_at("routed", town)
    Message.objects.filter(pk=message.pk).update(publication="private")

    for role in ROLES:
        assert not _did(act, message, town, role)


def test_who_holds_two_offices_acts_for_the_one_that_gives_the_voice_away(town: Town) -> None:
    people.appoint(town.users["jun"], town.water)
    message = standing_at("routed", town)

    actions.route(message, to=people.make_office("parks-of-the-test"), by=town.users["jun"])

    assert message.steps.get(seq=2).by_office == town.roads


def test_a_voice_that_is_set_aside_can_not_be_handed_back_around_its_reason(town: Town) -> None:
    """Both lead to "received"; only restoring clears why it was set aside."""
    message = standing_at("set_aside", town)

    with pytest.raises(WrongTurnError):
        actions.hand_back(message, reason="우리 일이 아니에요", by=town.users["jun"])

    actions.restore(message, by=town.users["jun"])
    check_ledger(settled=False)


def test_passing_on_while_the_answer_leaves_is_refused(town: Town) -> None:
    """Both lead to "routed"; an answer left behind could never be published."""
    message = standing_at("answered", town)

    with pytest.raises(WrongTurnError):
        actions.route(message, to=town.water, by=town.users["centre"])
