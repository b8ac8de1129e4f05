"""Which columns hold a person, table by table, and what stands in them once they are erased.

A dry run counts the same rows that an erasure writes: both ask here. No row is ever deleted:
Steps, decisions and deliveries go on saying what happened, and to nobody in particular.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from channels_app import media, sealing
from channels_app.models import (
    Contact,
    Delivery,
    Message,
    MessageStepNote,
    PhotoState,
)
from channels_app.states import MessageStatus
from lifecycle import clock

Tally = dict[str, int]  # table → rows
MARKS = {"erased_at", "erased_because", "state", "shown_at", "shown_by", "nonce"}
NO_WORDS_DECIDED: Any = Q(reason="", candidates=[])


@dataclass(frozen=True)
class Part:
    """Rows of one table that still hold something, and what they hold afterwards."""

    table: str
    rows: QuerySet[Any, Any]
    blank: Mapping[str, Any]

    @property
    def columns(self) -> list[str]:
        """What is blanked, by name."""
        return [f"{self.table}.{name}" for name in self.blank if name not in MARKS]


def stays_public(message: Message) -> bool:
    """Everyone can read its masked copy now; what was set aside is no part of a conversation."""
    return message.is_public and message.status != MessageStatus.SET_ASIDE


def is_left(message: Message) -> bool:
    """Whether anything can still be erased."""
    return not message.is_erased or (not message.is_gone and stays_public(message))


def parts_of_message(message: Message, *, whole: bool, because: str) -> list[Part]:
    """All that hangs on one message; `whole` takes the masked copies too."""
    return [
        Part("note", _notes(message), {"text": "", "salt": ""}),
        *_answers(message, whole=whole),
        Part(
            "decision",
            message.routing_decisions.exclude(NO_WORDS_DECIDED),
            {"reason": "", "candidates": []},
        ),
        Part("publication", message.publication_changes.exclude(words=""), {"words": ""}),
        Part(
            "part",
            message.asked.exclude(question="", answer=""),
            {"question": "", "answer": ""},
        ),
        Part("delivery", _reached(message.deliveries.all()), {"contact": None, "why": ""}),
        Part("photo", message.attachments.exclude(state=PhotoState.ERASED), _no_photo()),
        Part("message", _this(message), _no_words(whole=whole, because=because)),
    ]


def contact_itself(contact: Contact) -> Part:
    """The row of the address: blank, and found by no address any more."""
    return Part(
        "contact",
        Contact.objects.filter(pk=contact.pk, erased_at=None),
        {
            "sealed": "",
            "index": f"erased-{contact.pk}",
            "nonce": sealing.fresh_nonce(),
            "confirmed_at": None,
            "refused_at": None,
            "erased_at": clock.now(),
        },
    )


def parts_of_contact(contact: Contact) -> list[Part]:
    """The address, and what leads to it."""
    sent = Delivery.objects.filter(contact=contact)
    return [
        Part("delivery", sent, {"contact": None, "why": ""}),
        Part("message", Message.objects.filter(contact=contact), {"contact": None}),
        contact_itself(contact),
    ]


def count(parts: Iterable[Part]) -> Tally:
    """How many rows would be blanked."""
    return total((part.table, part.rows.count()) for part in parts)


def blank(parts: Iterable[Part]) -> tuple[Tally, list[str]]:
    """Blank them now: how many rows, and the names of the columns."""
    done = [(part, part.rows.update(**part.blank)) for part in parts]
    columns = {name for part, rows in done if rows for name in part.columns}
    return total((part.table, rows) for part, rows in done), sorted(columns)


def total(counted: Iterable[tuple[str, int]]) -> Tally:
    """The sums, in the order of the tables, without those that hold nothing."""
    sums: Counter[str] = Counter()
    for table, rows in counted:
        sums[table] += rows
    return {table: rows for table, rows in sums.items() if rows}


def remove_files(message: Message) -> None:
    """Delete the photos from the disk, also those the worker has drawn but not entered yet."""
    for key in message.attachments.values_list("pk", flat=True):
        media.remove(media.original_of(key), media.picture_of(key), media.thumbnail_of(key))


def _notes(message: Message) -> QuerySet[Any, Any]:
    return MessageStepNote.objects.filter(step__root=message).exclude(text="", salt="")


def _answers(message: Message, *, whole: bool) -> list[Part]:
    """A draft taken back goes; an answer keeps its masked copy, for everyone it was written to."""
    drafts = message.replies.filter(taken_back_at__isnull=False).exclude(text="", masked_text="")
    given = message.replies.filter(taken_back_at=None)
    if whole and not message.joined.exists():
        gone = given.exclude(text="", masked_text="")
        return [Part("answer", each, {"text": "", "masked_text": ""}) for each in (drafts, gone)]
    unlike = given.exclude(text=F("masked_text"))
    return [
        Part("answer", drafts, {"text": "", "masked_text": ""}),
        Part("answer", unlike, {"text": F("masked_text")}),
    ]


def _reached(deliveries: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return deliveries.filter(Q(contact__isnull=False) | ~Q(why=""))


def _this(message: Message) -> QuerySet[Any, Any]:
    return Message.objects.filter(pk=message.pk)


def _no_photo() -> dict[str, Any]:
    names = ("original", "picture", "thumbnail", "digest", "alt", "why")
    numbers = ("draft", "latitude", "longitude", "width", "height", "shown_at", "shown_by")
    nothing: dict[str, Any] = {**dict.fromkeys(names, ""), **dict.fromkeys(numbers)}
    return {**nothing, "size": 0, "state": PhotoState.ERASED}


def _no_words(*, whole: bool, because: str) -> dict[str, Any]:
    originals = ("text", "place", "request_digest", "body_digest")
    masked = ("masked_text", "masked_place") if whole else ()
    return {
        **dict.fromkeys((*originals, *masked), ""),
        **dict.fromkeys(("latitude", "longitude", "contact")),
        "erased_at": clock.now(),
        "erased_because": because,
    }
