"""What an app gets: fields and their names, nothing else."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from channels_app.api.choices import STATES, absolute, one_of, page_of
from channels_app.models import (
    Attachment,
    Channel,
    Ground,
    Kind,
    Message,
    Outcome,
    Publication,
    Reply,
    ReplyKind,
)
from channels_app.states import MessageStatus, Stage


class OfficeNamed(serializers.Serializer[Any]):
    """An office where it is mentioned."""

    slug = serializers.CharField()
    name_ko = serializers.CharField()
    name_en = serializers.CharField()


class OfficeListed(OfficeNamed):
    """An office with what it does."""

    kind = serializers.CharField()
    duties_ko = serializers.CharField()
    duties_en = serializers.CharField()


class OfficesListed(serializers.Serializer[Any]):
    """All of them: there are few."""

    results = OfficeListed(many=True)


class Receipt(serializers.Serializer[Any]):
    """What the sender keeps."""

    receipt = serializers.CharField(source="code", help_text=_("For example S-2026-004127."))
    address = serializers.SerializerMethodField(help_text=_("The public page."))
    private_address = serializers.SerializerMethodField(
        help_text=_("The sender's own page. Give it to them alone; it is told nowhere else.")
    )
    office = serializers.SerializerMethodField(help_text=_("Where it lies first."))
    due_at = serializers.DateTimeField(
        source="first_due_at", help_text=_("When the answer is due.")
    )

    def get_address(self, message: Message) -> str:
        """The public address."""
        return page_of(message)

    def get_private_address(self, message: Message) -> str:
        """The author's address, in the author's language."""
        with translation.override(message.language):
            return absolute(message.private_url())

    @extend_schema_field(OfficeNamed)
    def get_office(self, message: Message) -> Any:
        """The first one, however far the message has come: the same request, the same answer."""
        office = message.office
        if message.version:
            office = message.steps.select_related("office").get(seq=0).office
        return OfficeNamed(office).data


class Photo(serializers.Serializer[Any]):
    """A photo that everyone may see."""

    url = serializers.SerializerMethodField()
    thumbnail = serializers.SerializerMethodField()
    alt = serializers.CharField(source="public_alt", help_text=_("What the photo shows."))

    def get_url(self, photo: Attachment) -> str:
        """The picture."""
        return absolute(reverse("photo", args=[photo.key]))

    def get_thumbnail(self, photo: Attachment) -> str:
        """The small one."""
        return absolute(reverse("photo_small", args=[photo.key]))


class Position(serializers.Serializer[Any]):
    """Rounded, so that nobody's door is named."""

    latitude = serializers.FloatField()
    longitude = serializers.FloatField()

    def to_representation(self, instance: tuple[float, float]) -> dict[str, float]:
        """From the pair of numbers."""
        return {"latitude": instance[0], "longitude": instance[1]}


class MessageBrief(serializers.Serializer[Any]):
    """A message as everyone may read it, without what was answered."""

    receipt = serializers.CharField(source="code")
    address = serializers.SerializerMethodField(help_text=_("The public page."))
    publication = one_of(Publication.choices)
    kind = one_of(Kind.choices)
    channel = one_of(Channel.choices)
    on_behalf = serializers.BooleanField(
        source="is_on_behalf", help_text=_("An officer wrote it down for its author.")
    )
    language = serializers.CharField()
    text = serializers.SerializerMethodField(help_text=_("Personal data is masked."))
    place = serializers.SerializerMethodField()
    position = Position(source="public_position", allow_null=True)
    borough = OfficeNamed(allow_null=True)
    office = OfficeNamed(allow_null=True, help_text=_("In charge now."))
    state = serializers.SerializerMethodField()
    stage = one_of(Stage.choices, help_text=_("Which of the four stages of the case page."))
    received_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(
        allow_null=True, help_text=_("The date that holds now; of promised work its finish date.")
    )
    first_due_at = serializers.DateTimeField(help_text=_("The date first promised, for ever."))
    moves = serializers.IntegerField(help_text=_("How often the date was moved since."))
    is_overdue = serializers.BooleanField()
    is_at_work = serializers.BooleanField(help_text=_("Work is promised, with a finish date."))
    first_finish_at = serializers.DateTimeField(
        allow_null=True, help_text=_("The finish date first promised.")
    )
    waiting_until = serializers.DateTimeField(
        allow_null=True, help_text=_("The office asked its author something: the clock stands.")
    )
    round = serializers.IntegerField(
        help_text=_("How often its author came back: 1 not solved, 2 appeal.")
    )
    fixed = serializers.BooleanField(
        allow_null=True, help_text=_("What its author says after the answer.")
    )
    answered_at = serializers.DateTimeField(source="replied_at", allow_null=True)

    def get_address(self, message: Message) -> str:
        """The public address."""
        return page_of(message)

    def get_text(self, message: Message) -> str:
        """Masked for everyone; the original only where it goes to nobody but its own app."""
        return message.masked_text if message.is_public else message.text

    def get_place(self, message: Message) -> str:
        """The same for the place."""
        return message.masked_place if message.is_public else message.place

    @extend_schema_field(serializers.ChoiceField(STATES))
    def get_state(self, message: Message) -> str:
        """Where it is; an answer that has not left is none."""
        written = message.status == MessageStatus.ANSWERED
        return str(MessageStatus.ROUTED.value) if written else message.status


class AnswerShown(serializers.Serializer[Any]):
    """One thing the city said about a message, of whatever kind."""

    kind = one_of(ReplyKind.choices)
    at = serializers.DateTimeField(source="published_at")
    office = OfficeNamed()
    text = serializers.SerializerMethodField()
    new_due_at = serializers.DateTimeField(
        allow_null=True, help_text=_("The date that a promise or an interim answer names.")
    )
    outcome = one_of(Outcome.choices, allow_blank=True)
    ground = one_of(
        Ground.choices, allow_blank=True, help_text=_("What stands in the way of a yes.")
    )
    reason = serializers.SerializerMethodField()
    next_door = serializers.SerializerMethodField(help_text=_("Where the person can go from here."))
    will_do = serializers.SerializerMethodField(
        help_text=_("One thing the city does all the same.")
    )

    def get_text(self, reply: Reply) -> str:
        """The words."""
        return reply.text if self._is_whole(reply) else reply.masked_text

    def get_reason(self, reply: Reply) -> str:
        """Why the city says no."""
        return reply.reason if self._is_whole(reply) else reply.masked_reason

    def get_next_door(self, reply: Reply) -> str:
        """The next door."""
        return reply.next_door if self._is_whole(reply) else reply.masked_next_door

    def get_will_do(self, reply: Reply) -> str:
        """What it does."""
        return reply.will_do if self._is_whole(reply) else reply.masked_will_do

    def _is_whole(self, reply: Reply) -> bool:
        """To the app whose message it answers, where nobody else reads it."""
        message: Message = self.context["of"]
        return not message.is_public and reply.message_id == message.pk


class MessageShown(MessageBrief):
    """A message with its answer and photos; its own app reads its private ones whole."""

    answer = serializers.SerializerMethodField(
        help_text=_("The last closing answer; null until it has left.")
    )
    answers = serializers.SerializerMethodField(
        help_text=_("Everything the city said, oldest first: answers, promises, questions.")
    )
    photos = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_answer(self, message: Message) -> str | None:
        """The last closing answer that has left."""
        said: list[Reply] = message.answers  # type: ignore[attr-defined]  # see reading.py
        closing = [reply for reply in said if reply.is_closing]
        if not closing:
            return None
        return AnswerShown(context={"of": message}).get_text(closing[-1])

    @extend_schema_field(AnswerShown(many=True))
    def get_answers(self, message: Message) -> Any:
        """Each with its kind and date."""
        said: list[Reply] = message.answers  # type: ignore[attr-defined]  # see reading.py
        return AnswerShown(said, many=True, context={"of": message}).data

    @extend_schema_field(Photo(many=True))
    def get_photos(self, message: Message) -> Any:
        """Those an officer has shown."""
        return Photo(message.photos_shown, many=True).data  # type: ignore[attr-defined]  # the same


class SimilarShown(serializers.Serializer[Any]):
    """One that is like it."""

    message = MessageBrief()
    closeness = serializers.FloatField(help_text=_("0 to 1: words and place."))
    is_probably_same = serializers.BooleanField()


class SimilarListed(serializers.Serializer[Any]):
    """Best first."""

    results = SimilarShown(many=True)


class Listed(serializers.Serializer[Any]):
    """One page of messages, newest first."""

    results = MessageShown(many=True)
    next = serializers.URLField(
        allow_null=True, help_text=_("The next page; null where there is none.")
    )


class Problem(serializers.Serializer[Any]):
    """RFC 9457: what went wrong, in plain words (Korean, or English by Accept-Language)."""

    type = serializers.URLField(help_text=_("One address for every kind of problem."))
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = serializers.ListField(  # type: ignore[assignment]  # a field, not what was wrong
        required=False,
        child=serializers.DictField(child=serializers.CharField()),
        help_text=_("The fields it is about, each with a sentence."),
    )
