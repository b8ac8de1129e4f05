"""All that is held about one message, for the person who sent it: without officers' names."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from channels_app.models import Addition, Contact, Follow, Message, Rating, Reply, ReplyKind
from lifecycle import clock

Own = dict[str, Any]
# What higher floors hold about a message: each adds its own (AppConfig.ready).
from_above: "list[Callable[[Message], Own]]" = []


def own_data(message: Message) -> Own:
    """Plain values, ready for JSON; moments in ISO 8601, on Seoul's clock."""
    return {
        "made_at": _at(clock.now()),
        "made_by": settings.SITE_URL,
        "left_out": [
            _("names of officers"),
            _("notes between officers"),
            _("the full address for answers: whoever has your private link can open this file"),
            _("what you may have told about yourself after sending: no row leads back to you"),
        ],
        "message": _message(message),
        "contact": _contact(message.contact),
        "added_by_you": [_addition(row) for row in message.additions.all()],
        "your_ratings": [_rating(row) for row in message.ratings.select_related("office")],
        "followed_by_you": [_follow(row) for row in _follows(message)],
        "steps": [_step(step) for step in message.steps.select_related("office", "by_office")],
        "decisions": [
            {"at": _at(row.at), "office": _name(row.office), "by_rules": row.by_id is None}
            for row in message.routing_decisions.select_related("office")
        ],
        "answers": [_answer(row, message) for row in _answers(message)],
        "who_may_read_it": [
            {"at": _at(row.at), "from": row.came_from, "to": row.to, "reason": row.reason}
            for row in message.publication_changes.all()
        ],
        "mails_from_you": [
            {
                "at": _at(row.received_at),
                "bytes": row.size,
                "files": [file.name for file in row.enclosures.all()],
            }
            for row in message.events.of_mail().prefetch_related("enclosures")
        ],
        "photos": [_photo(row) for row in message.attachments.all()],
        "sent_to_you": [
            {
                "what": row.event,
                "by": row.channel,
                "state": row.state,
                "created_at": _at(row.created_at),
                "sent_at": _at(row.sent_at),
            }
            for row in message.deliveries.of_author()
        ],
        "read_by_offices": [
            {"at": _at(row.at), "office": _name(row.office), "page": row.page}
            for row in message.readings.select_related("office").order_by("at")
        ],
        **{name: held for own_of in from_above for name, held in own_of(message).items()},
    }


def _message(message: Message) -> Own:
    position = None if message.latitude is None else [message.latitude, message.longitude]
    return {
        "receipt": message.code,
        "received_at": _at(message.received_at),
        "through": message.channel,
        "app": message.client and message.client.name,
        "written_down_by_an_officer": message.is_on_behalf,
        "you_spoke_for": message.spoken_for,
        "kind": message.kind,
        "language": message.language,
        "words": message.text,
        "masked_words": message.masked_text,
        "place": message.place,
        "masked_place": message.masked_place,
        "position": position,
        "borough": _name(message.borough),
        "may_be_read_by": message.publication,
        "you_chose_public": message.wants_public,
        "why_held": message.held_reason,
        "why_hidden": message.hidden_reason,
        "state": message.status,
        "why_no_answer": message.set_aside_reason,
        "office": _name(message.office),
        "answer_promised_by": _at(message.due_at),
        "first_promised_by": _at(message.first_due_at),
        "times_moved": message.moves,
        "first_finish_date": _at(message.first_finish_at),
        "waits_for_you_until": _at(message.waiting_until),
        "answered_at": _at(message.replied_at),
        "times_you_came_back": message.round,
        "you_said_it_is_fixed": message.fixed,
        "split_off_from": message.split_from and message.split_from.code,
        "split_off_from_it": [row.code for row in message.split_off.order_by("pk")],
        "summed_up_by_the_office": message.summed_up,
        "joined_to": message.lead.code if message.lead and message.lead.is_public else None,
        "erased_at": _at(message.erased_at),
    }


def _addition(row: Addition) -> Own:
    return {
        "at": _at(row.at),
        "why": row.kind,
        "words": row.text,
        "masked_words": row.masked_text,
        "everyone_may_read_it": row.public,
    }


def _rating(row: Rating) -> Own:
    return {
        "at": _at(row.at),
        "changed_at": _at(row.changed_at),
        "office": _name(row.office),
        "it_was_clear": row.clear,
        "you_felt_heard": row.heard,
        "words": row.words,
        "masked_words": row.masked_words,
    }


def _follows(message: Message) -> QuerySet[Follow]:
    """With the address of this message, this case only: the link proves no more than that."""
    if message.contact is None or message.topic is None:
        return Follow.objects.none()
    return message.topic.follows.filter(contact=message.contact).select_related("contact")


def _follow(row: Follow) -> Own:
    return {
        "asked_at": _at(row.created_at),
        "confirmed_at": _at(row.confirmed_at),
        "ended_at": _at(row.ended_at),
        "once_a_day": row.contact is not None and row.contact.daily,
    }


def _answers(message: Message) -> QuerySet[Reply]:
    """Its own whole, those of another matter as everyone may read them."""
    said = message.matter.replies.published().select_related("office")
    own = message.matter == message
    return said if own else said.exclude(kind=ReplyKind.QUESTION)


def _answer(row: Reply, message: Message) -> Own:
    own = row.message_id == message.pk
    return {
        "at": _at(row.published_at),
        "kind": row.kind,
        "office": _name(row.office),
        "text": row.text if own else row.masked_text,
        "outcome": row.outcome,
        "ground": row.ground,
        "reason": row.reason if own else row.masked_reason,
        "next_door": row.next_door if own else row.masked_next_door,
        "will_do": row.will_do if own else row.masked_will_do,
        "new_date": _at(row.new_due_at),
    }


def _contact(contact: Contact | None) -> Own | None:
    if contact is None:
        return None
    return {
        "kind": contact.kind,
        "address": contact.shown,
        "confirmed_at": _at(contact.confirmed_at),
        "refused_at": _at(contact.refused_at),
    }


def _step(step: Any) -> Own:
    return {
        "at": _at(step.at),
        "from": step.from_status,
        "to": step.to_status,
        "by_office": _name(step.by_office),
        "office": _name(step.office),
        "answer_promised_by": _at(step.due_at),
    }


def _photo(photo: Any) -> Own:
    return {
        "number": photo.position + 1,
        "state": photo.state,
        "bytes": photo.size,
        "what_it_shows": photo.alt,
        "position": None if photo.latitude is None else [photo.latitude, photo.longitude],
        "everyone_may_see_it": photo.shown_at is not None,
    }


def _name(office: Any) -> str | None:
    return office.name if office else None


def _at(moment: Any) -> str | None:
    return clock.seoul(moment).isoformat(timespec="seconds") if moment else None
