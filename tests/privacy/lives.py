"""A citizen whose words have gone everywhere they can go, for the tests of erasing."""

import uuid
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from channels_app import actions
from channels_app.actions import Said
from channels_app.models import Asked, Message, Reply, RoutingRule
from channels_app.text.routing import Weigher
from lifecycle import clock
from people.models import Office, User
from tests.channels_app import factories
from tests.people import factories as people

MINA = ("mail", "kim.mina.secret@example.org")
DAY = timedelta(days=1)
WORDS = "합정동 무지개빌라 삼층에 사는 김미나예요. 010-8765-4321로 전화 주세요. 하수구 냄새가 나요."
QUOTED = "무지개빌라"  # what an officer takes over into notes and answers
SECRETS = ("무지개빌라", "김미나", "8765-4321", "kim.mina.secret", "비밀골목")
PLACE = "비밀골목 안쪽 무지개빌라"


def roads() -> Office:
    """The office in charge."""
    return people.make_office("roads-of-the-test")


def jun() -> User:
    """Its officer."""
    return people.officer_of(roads())


def said(**more: Any) -> Message:
    """Mina's words, with a place; everyone may read them unless told otherwise."""
    people.centre()
    told = {"kind": "complaint", "public": True, "contact": MINA, "place": PLACE, **more}
    place = {"position": (37.5496, 126.9139), **told}
    return actions.receive(Said(text=told.pop("text", WORDS), **place), client_key=uuid.uuid4())


def a_picture() -> SimpleUploadedFile:
    """A small photo, as a phone sends it."""
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    return SimpleUploadedFile("무지개빌라.jpg", file.getvalue(), "image/jpeg")


def with_everything(**more: Any) -> Message:
    """Noted on, handed back, asked about, reported, photographed: in the hands of the roads."""
    draft = uuid.uuid4()
    photo = actions.keep_photo(draft=draft, content=a_picture())
    message = said(**more)
    type(photo).objects.filter(pk=photo.pk).update(message=message, alt=PLACE)
    by, centre = jun(), people.centre_officer()
    RoutingRule.objects.get_or_create(office=roads(), words="하수구")
    actions.consider(message, weigher=Weigher(RoutingRule.objects.terms()))
    message.refresh_from_db()
    actions.route(message, to=roads(), by=centre, reason=f"{QUOTED} 앞이라 도로과")
    actions.hand_back(message, reason=f"김미나 님은 {QUOTED}에 살아요", by=by)
    actions.route(message, to=roads(), by=centre, reason="도로과 맞아요")
    Asked.objects.create(
        message=message,
        office=people.make_office("water-of-the-test"),
        question=f"{QUOTED} 하수구는 누가 보나요?",
        due_at=timezone.now() + DAY,
        by=by,
        at=timezone.now(),
    )
    reply = actions.answer(message, text=f"{QUOTED} 김미나 님, 먼저 보낸 답", by=by)
    actions.take_back(message, by=by)
    assert reply.message_id == message.pk
    if message.is_public:
        actions.report(message, words=f"{QUOTED}가 나와요")
        actions.show(message, by=centre)
    return Message.objects.get(pk=message.pk)


def in_state(state: str, **more: Any) -> Message:
    """With everything, and as far as this."""
    if state == "received":
        return said(**more)
    if state == "came_back":
        return came_back(**more)
    message = with_everything(**more)
    by = User.objects.filter(appointments__office=roads()).first()
    assert by is not None
    if state in ("answered", "replied"):
        reply = actions.answer(message, text=f"{QUOTED}에 사시는 김미나 님께: 고쳤습니다", by=by)
        if state == "replied":
            with clock.at(reply.leaves_at):
                actions.publish(reply)
    if state == "set_aside":
        actions.set_aside(message, reason="spam", by=by, note=f"{QUOTED} 광고")
    if state == "joined":
        actions.join(message, to=factories.routed_to(roads()), by=by)
    return Message.objects.get(pk=message.pk)


def came_back(**more: Any) -> Message:
    """Asked back, refused, not solved, answered again, appealed; followed from the same address."""
    message, by = with_everything(**more), jun()
    told = f"{QUOTED}에 사시는 김미나 님께"
    actions.ask_back(message, text=f"{told}: 몇 층인가요?", by=by)
    actions.add_words(message, text=f"{QUOTED} 삼층이고 010-8765-4321이에요")
    refusal = actions.Refusal("legal", f"{told}: 사유지입니다", f"{QUOTED} 관리실", "다시 봅니다")
    _publish(actions.answer(message, text=told, by=by, outcome="declined", refusal=refusal))
    actions.reopen(message, text=f"{QUOTED} 김미나예요. 그대로예요")
    _publish(actions.answer(message, text=f"{told}: 그대로입니다", by=by))
    actions.rate(message, clear="no", heard="no", words=f"{QUOTED} 김미나, 010-8765-4321")
    actions.appeal(message, text=f"{QUOTED} 010-8765-4321로 전화 주세요")
    if message.is_public:
        actions.follow(Message.objects.get(pk=message.pk), address=MINA[1], language="ko")
    return Message.objects.get(pk=message.pk)


def _publish(reply: Reply) -> None:
    with clock.at(reply.leaves_at):
        actions.publish(reply)


def finished(*, days_ago: float, kind: str = "complaint", **more: Any) -> Message:
    """Answered so many days ago; received an hour before."""
    then = timezone.now() - days_ago * DAY
    return _finished_at(then, kind=kind, **more)


def _finished_at(then: datetime, **more: Any) -> Message:
    by = jun()
    with clock.at(then - timedelta(hours=1)):
        message = said(**more)
        actions.route(message, to=roads(), by=people.centre_officer())
    with clock.at(then - timedelta(seconds=10)):
        reply = actions.answer(message, text="고쳤습니다.", by=by)
    with clock.at(then):
        return actions.publish(reply)
