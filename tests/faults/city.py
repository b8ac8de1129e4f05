"""The few people, offices and voices the fault tests are about."""

import itertools
import uuid
from datetime import timedelta

from channels_app import actions
from channels_app.actions import Said
from channels_app.models import Contact, Delivery, Kind, Message, RoutingRule
from lifecycle import clock
from people.models import Office, User
from tests.limits import lift
from tests.people import factories as people

DECIDING = "들썩돌"  # leads to the roads; no rule of the city knows it
_number = itertools.count(1)


def build_city() -> Office:
    """The centre, and an office that one word leads to."""
    lift()
    people.centre()
    roads = people.make_office("roads-of-the-test")
    RoutingRule.objects.create(office=roads, words=DECIDING, decides=True)
    return roads


def speak(*, contact: str = "", unclear: bool = False, text: str = "") -> Message:
    """One more voice; the rules know its office unless it is unclear."""
    number = next(_number)
    matter = "뭐라고 할까요." if unclear else f"{DECIDING}이 들썩해요."
    said = Said(
        text=text or f"{number}번째 말입니다. {matter}",
        kind=Kind.COMPLAINT,
        contact=("mail", contact) if contact else None,
    )
    return actions.receive(said, client_key=uuid.uuid4())


def confirmed(address: str) -> Contact:
    """An address whose owner wants our mail."""
    return actions.confirm_contact(Contact.objects.reached_by("mail", address))


def publish_answer(message: Message, *, by: User, text: str = "고쳤습니다.") -> Message:
    """The office's answer, written a minute ago and published now; routed first if need be."""
    office = Office.objects.get(pk=by.offices[0])
    if message.status == "received":
        message = actions.route(message, to=office, by=people.centre_officer())
    with clock.at(clock.now() - timedelta(minutes=1)):
        reply = actions.answer(message, text=text, by=by)
    return actions.publish(reply)


def owe_duty() -> Delivery:
    """A mail that tells an office of a late answer."""
    office = people.make_office(f"late-office-{next(_number)}")
    people.officer_of(office)
    with clock.at(clock.now() - timedelta(days=30)):
        actions.route(speak(), to=office, by=people.centre_officer())
    list(actions.remind())
    list(actions.tell_offices())
    return Delivery.objects.get(office=office)


def owe_news() -> Delivery:
    """A mail that tells an author which office has it now."""
    address = f"news{next(_number)}@example.org"
    confirmed(address)
    message = speak(contact=address)
    actions.route(message, to=people.make_office("roads-of-the-test"), by=people.centre_officer())
    actions.tell_news([message.pk])
    return Delivery.objects.get(message=message, event="news")


def owe(address: str, *, confirm: bool = True) -> Delivery:
    """A receipt that has to leave to this address."""
    if confirm:
        confirmed(address)
    return Delivery.objects.get(message=speak(contact=address))
