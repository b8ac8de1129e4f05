"""What is held about somebody who supports, comments, writes along or sits: for them, as a file.

A link in a mail proves the address for one suggestion, and the link of a seat that seat: each
opens no more than that.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.models import Confirmation, Follow
from lifecycle import clock
from suggestions.models import CoAuthor, Comment, Seat, Support, Version

Own = dict[str, Any]


def held_with(asked: Confirmation) -> Own:
    """All that was done about this suggestion with the address the link was sent to."""
    contact, topic = asked.contact, asked.topic
    assert contact is not None  # noqa: S101 - the door asks for it
    mine: Any = {"suggestion__topic": topic, "contact": contact}
    asked_by_mail = Confirmation.objects.filter(topic=topic, contact=contact)
    follows = Follow.objects.filter(topic=topic, contact=contact)
    seats = Seat.objects.filter(contact=contact, confirmation__topic=topic)
    return {
        **_made(),
        "suggestion": topic.code,
        "contact": {
            "kind": contact.kind,
            "address": contact.shown,
            "confirmed_at": _at(contact.confirmed_at),
            "refused_at": _at(contact.refused_at),
        },
        "followed_by_you": [
            {"confirmed_at": _at(row.confirmed_at), "ended_at": _at(row.ended_at)}
            for row in follows
        ],
        "supported_by_you": supports(Support.objects.filter(**mine)),
        "said_by_you_in_the_discussion": [
            words(row) for row in Comment.objects.filter(**mine).order_by("at", "id")
        ],
        "written_along_by_you": [_along(row) for row in CoAuthor.objects.filter(**mine)],
        "seats": [_seat(row) for row in seats.select_related("committee")],
        "mails_that_asked_you": asked_of(asked_by_mail),
    }


def held_of_seat(seat: Seat) -> Own:
    """The seat, who everyone reads sits there, where they were, and what they said."""
    return {**_made(), "contact": seat.contact and seat.contact.shown, "seat": _seat(seat)}


def supports(rows: Any) -> list[Own]:
    """When, and whether they count."""
    return [
        {
            "at": _at(row.at),
            "state": row.state,
            "you_proved_who_you_are": row.proved,
            "changes": [{"at": _at(one.at), "to": one.to_state} for one in row.changes.all()],
        }
        for row in rows.prefetch_related("changes")
    ]


def words(row: Comment | Version) -> Own:
    """As typed, and as everyone may read them."""
    return {
        "at": _at(row.at),
        "words": row.text,
        "masked_words": row.masked_text,
        "may_be_read_by": row.state,
        "why_hidden": row.hidden_reason,
    }


def asked_of(rows: Any) -> list[Own]:
    """Which acts were to be confirmed by mail; of a survey only whether it was answered."""
    return [
        {"what": row.purpose, "at": _at(row.created_at), "done": row.confirmed_at is not None}
        for row in rows.order_by("id")
    ]


def _made() -> Own:
    return {
        "made_at": _at(clock.now()),
        "made_by": settings.SITE_URL,
        "left_out": [
            _("names of officers"),
            _("the full address: whoever has your link can open this file"),
            _("what you answered in a survey: no row leads back to you"),
        ],
    }


def _along(row: CoAuthor) -> Own:
    return {
        "invited_at": _at(row.invited_at),
        "joined_at": _at(row.joined_at),
        "left_at": _at(row.left_at),
        "versions": [words(one) for one in row.versions.order_by("number")],
    }


def _seat(seat: Seat) -> Own:
    attended = seat.attendances.select_related("meeting").order_by("meeting__starts_at")
    return {
        "committee": seat.committee.name,
        "side": seat.side,
        "name": seat.name,
        "organisation": seat.organisation,
        "everyone_may_read_the_name": seat.shown,
        "how_you_agreed": seat.consent,
        "invited_at": _at(seat.since),
        "accepted_at": _at(seat.accepted_at),
        "given_up_at": _at(seat.until),
        "you_were_at_the_meetings_of": [_at(row.meeting.starts_at) for row in attended],
        "your_opinions": [
            {"at": _at(row.at), "you_agreed": row.concurs, "words": row.words}
            for row in seat.opinions.all()
        ],
    }


def _at(moment: Any) -> str | None:
    return clock.seoul(moment).isoformat(timespec="seconds") if moment else None
