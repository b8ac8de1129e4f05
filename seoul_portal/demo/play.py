"""Play an invented voice through the real actions, at the hours it tells."""

import uuid
import zlib
from datetime import datetime, timedelta

from django.db import transaction

from channels_app import actions
from channels_app.actions import Said
from channels_app.models import ContactKind, Message, Reply, RoutingRule
from channels_app.states import MessageStatus
from channels_app.text.routing import Weigher
from lifecycle import clock
from people.models import Appointment, Office, User
from seoul_portal.demo.story import Answer, Voice

NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "demo")
MINUTE = timedelta(minutes=1)
FAMILY = "김이박최정강조윤장임"
GIVEN = ("민준", "서연", "도윤", "하은", "지호", "수아", "예준", "지민", "은우", "채원", "시온")


class Stage:
    """The city as the invented voices find it: one officer for each office."""

    def __init__(self) -> None:
        self.weigher = Weigher(RoutingRule.objects.terms())
        self.now = clock.now()

    def office(self, slug: str) -> Office:
        """By its address; a wrong one is a mistake in the story."""
        return Office.objects.get(slug=slug)

    def officer(self, office: Office) -> User:
        """Somebody of this office who never signs in."""
        user, is_new = User.objects.get_or_create(
            email=f"{office.slug}@demo.invalid",
            defaults={"name": _name_at(office), "is_demo": True},
        )
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            Appointment.objects.create(user=user, office=office)
        return user

    @transaction.atomic
    def play(self, voice: Voice) -> Message:
        """The same voice is told once, however often it is played."""
        key = uuid.uuid5(NAMES, voice.text)
        if erased := Message.objects.filter(client_key=key, erased_at__isnull=False).first():
            return erased
        start = self.now - timedelta(hours=voice.ago)
        with clock.at(start):
            message = actions.receive(_said(voice), client_key=key)
        if message.version > 0 or message.needs_reader:
            return message
        with clock.at(start + MINUTE / 2):
            message = actions.consider(message, weigher=self.weigher)
        message = self._lead(message, voice, start)
        self._publication(message, voice, start)
        return message

    def _lead(self, message: Message, voice: Voice, start: datetime) -> Message:
        if "set_aside" in voice.events:
            with clock.at(start + 20 * MINUTE):
                by = self.officer(self.office("social-media-centre"))
                return actions.set_aside(message, reason="spam", by=by)
        if voice.office:
            message = self._route(message, voice.office, start + 12 * MINUTE)
        if "handed_back" in voice.events and message.office:
            with clock.at(start + 90 * MINUTE):
                by = self.officer(message.office)
                reason = "구청이 맡은 일이라 구로 보내 주세요."
                message = actions.hand_back(message, reason=reason, by=by)
        if voice.passed_on:
            message = self._route(message, voice.passed_on, start + 150 * MINUTE)
        return self._answer(message, voice.answer, start) if voice.answer else message

    def _route(self, message: Message, slug: str, at: datetime) -> Message:
        """A reader at the centre sends it on, where the rules did not find the same office."""
        office = self.office(slug)
        if at >= self.now or message.office == office:
            return message
        with clock.at(at):
            by = self.officer(self.office("social-media-centre"))
            return actions.route(message, to=office, by=by)

    def _answer(self, message: Message, answer: Answer, start: datetime) -> Message:
        at = min(start + timedelta(hours=answer.after), self.now - MINUTE)
        if message.status != MessageStatus.ROUTED or message.office is None:
            return message
        with clock.at(at):
            by = self.officer(message.office)
            reply: Reply = actions.answer(message, text=answer.text, by=by)
        with clock.at(reply.leaves_at):
            return actions.publish(reply)

    def _publication(self, message: Message, voice: Voice, start: datetime) -> None:
        if "reported" in voice.events:
            with clock.at(start + 60 * MINUTE):
                actions.report(message, words="사람 이름이 나와요.")


def _said(voice: Voice) -> Said:
    contact = (ContactKind.MAIL.value, f"{voice.mail}@demo.invalid") if voice.mail else None
    return Said(
        text=voice.text,
        kind=voice.kind,
        public=voice.public,
        contact=contact,
        language=voice.language,
    )


def _name_at(office: Office) -> str:
    """An invented name, the same at every start."""
    number = zlib.crc32(office.slug.encode())
    return FAMILY[number % len(FAMILY)] + GIVEN[number % len(GIVEN)]
