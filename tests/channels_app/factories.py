"""Messages for everybody's tests, made by the real actions."""

import uuid
from typing import Any

from channels_app import actions
from channels_app.actions import Said
from channels_app.models import Kind, Message, Reply
from lifecycle import clock
from people.models import Office, User
from tests.people import factories as people

WORDS = "합정역 8번 출구 앞 보도블록이 들려 있어요. 유모차가 걸립니다."


def receive(text: str = WORDS, **said: Any) -> Message:
    """A voice from the form; public unless told otherwise."""
    people.centre()
    said = {"kind": Kind.COMPLAINT, "public": True, **said}
    return actions.receive(Said(text=text, **said), client_key=uuid.uuid4())


def routed_to(office: Office, **said: Any) -> Message:
    """A voice that an officer of the centre gave to this office."""
    message = receive(**said)
    return actions.route(message, to=office, by=people.centre_officer())


def answered_by(officer: User, office: Office, text: str = "고쳤습니다.", **said: Any) -> Reply:
    """A voice with an answer that has not left yet."""
    return actions.answer(routed_to(office, **said), text=text, by=officer)


def published_by(officer: User, office: Office, text: str = "고쳤습니다.", **said: Any) -> Message:
    """A voice whose answer stands on the case page."""
    reply = answered_by(officer, office, text, **said)
    with clock.at(reply.leaves_at):
        return actions.publish(reply)
