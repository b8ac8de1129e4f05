"""Two thousand invented voices through every door: routed, and some of them answered.

What does not begin at the form or the open interface stands in `doors`.
"""

import logging
import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.test import Client

from channels_app import actions, tasks
from channels_app.actions import Refusal, Said
from channels_app.models import Kind, Message, Outcome, Reply
from lifecycle import clock
from people.models import Office, User
from tests.api.callers import make_caller
from tests.limits import lift
from tests.people import factories as people
from tests.privacy import doors
from tests.text.invented import Invented

BY_FORM, BY_API, ANSWERED = 100, 100, 120
OTHERS = BY_FORM + BY_API + doors.DOORS * doors.EACH  # from here on nobody stands at a door
KINDS = tuple(Kind.values)
# Addresses people give for an answer are nobody's to read either.
MAIL, PHONE = "mina-hears{}@example.org", "010-77{:02d}-{:04d}"
log = logging.getLogger(__name__)


def speak(voices: Sequence[Invented]) -> None:
    """Each through one of the doors, for everyone to read."""
    lift()
    people.centre()
    _by_form(voices[:BY_FORM])
    _by_api(voices[BY_FORM : BY_FORM + BY_API])
    doors.come_in(voices[BY_FORM + BY_API : OTHERS])
    for number, voice in enumerate(voices[OTHERS:]):
        place = voice.text[:200] if number % 9 == 0 else ""
        kind = KINDS[number % len(KINDS)]
        actions.receive(
            Said(text=voice.text, kind=kind, public=True, place=place), client_key=uuid.uuid4()
        )


def contact_of(number: int) -> str:
    """Where the answer to this voice goes."""
    return MAIL.format(number) if number % 2 else PHONE.format(number % 100, number)


def _by_form(voices: Sequence[Invented]) -> None:
    browser = Client()
    for number, voice in enumerate(voices):
        if number % 5 == 0:
            assert browser.post("/say/check/", {"text": voice.text}).status_code == 200
        typed = {
            "text": voice.text,
            "kind": KINDS[number % len(KINDS)],
            "audience": "everyone",
            "contact": contact_of(number),
            "place": voice.text[:60],
            "client_key": str(uuid.uuid4()),
        }
        done = browser.post("/say/send/", typed)
        assert done.status_code == 302, done.content.decode()
        if number % 5 == 0:
            assert browser.get(done["Location"]).status_code == 200


def _by_api(voices: Sequence[Invented]) -> None:
    caller = make_caller("The test's app", rate=10**6)
    for number, voice in enumerate(voices):
        body = {"text": voice.text, "public": True, "contact": contact_of(BY_FORM + number)}
        answer = caller.send(body)
        assert answer.status_code == 201, answer.content.decode()


def route_and_answer(voices: Sequence[Invented]) -> list[Reply]:
    """The real sweep routes them; officers quote numbers in their answers, which leave."""
    tasks.route_waiting()
    office = people.make_office("answering-of-the-test")
    jun, centre = people.officer_of(office), people.centre_officer()
    waiting = Message.objects.filter(status__in=("received", "routed")).order_by("id")
    replies: list[Reply] = []
    for message, voice in zip(waiting[:ANSWERED], voices, strict=False):
        if message.office != office:
            message = actions.route(message, to=office, by=centre)
        refusal = _refusal(voice) if len(replies) % 4 == 0 else None
        outcome = Outcome.DECLINED if refusal else Outcome.EXPLAINED
        actions.add_words(message, text=f"더 씁니다. {voice.text}")
        _say_in_between(message, f"아직입니다. {voice.text}", len(replies), by=jun)
        text = f"답합니다. {voice.text}"
        replies.append(actions.answer(message, text=text, by=jun, outcome=outcome, refusal=refusal))
    with clock.at(clock.now() + timedelta(minutes=1)):
        tasks.publish_answers()
        tasks.publish_answers()
        for reply, voice in zip(replies, voices, strict=False):
            words = f"이렇게 느꼈어요. {voice.text}"
            actions.rate(reply.message, clear="partly", heard="no", words=words)
    with clock.at(clock.now() + timedelta(minutes=2)):
        doors.come_back(replies, voices, jun=people.head_of(office))
    return replies


def _say_in_between(message: Message, text: str, number: int, *, by: User) -> None:
    """Before the answer an office puts off, asks back, promises and reports."""
    month = clock.seoul(clock.now() + timedelta(days=60)).date()
    if number % 4 == 1:
        actions.put_off(message, text=text, until=month, by=by)
    if number % 4 == 2:
        actions.promise(message, text=text, finish_on=month, by=by)
        actions.report_progress(message, text=text, by=by)
    if number % 4 == 3 and message.contact is not None:
        actions.ask_back(message, text=text, by=by)


def _refusal(voice: Invented) -> Refusal:
    return Refusal(
        "legal", voice.text, f"여기로 가세요. {voice.text}", f"이것은 합니다. {voice.text}"
    )


def fail_aloud(messages: Sequence[Message]) -> None:
    """What goes wrong quotes rows and words in its tracebacks; the log is read too."""
    for message in messages:
        try:
            _break(message)
        except DatabaseError:
            log.exception("failed: %s", message.text, extra={"words": message.text})
        log.warning("%r of %s", message.text, Office.objects.count())


@transaction.atomic
def _break(message: Message) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE channels_app_message SET office_id = NULL, place = %s WHERE id = %s",
            [message.text[:200], message.pk],
        )
