"""Which columns hold a person, table by table, and what stands in them once they are erased.

A dry run counts the same rows that an erasure writes: both ask here. No row is ever deleted:
Steps, decisions and deliveries go on saying what happened, and to nobody in particular.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from channels_app import media, sealing
from channels_app.models import (
    Contact,
    Delivery,
    Enclosure,
    Follow,
    InboundEvent,
    KnowledgeArticle,
    Message,
    MessageStepNote,
    Notice,
    PhotoState,
    Thread,
    Topic,
)
from channels_app.states import MessageStatus
from channels_app.text.masking import mask
from lifecycle import clock

Tally = dict[str, int]  # table → rows
REFUSAL = ("reason", "next_door", "will_do")
MARKS = {
    "size",
    "erased_at",
    "new_words_since",
    "erased_because",
    "state",
    "shown_at",
    "shown_by",
    "nonce",
}
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


# Rows of higher floors that hold words about a message: each floor adds its own (AppConfig.ready).
from_above: list[Callable[[Message], Part]] = []
# The same for copies that everyone reads: they go only where everything goes.
masked_from_above: list[Callable[[Message], Part]] = []
# The same for rows that lead to an address.
from_above_of_contact: list[Callable[[Contact], Part]] = []
# What higher floors do, by verbs of their own, before an address can't be told from a new one.
before_contact_ends: list[Callable[[Contact], None]] = []


def stays_public(message: Message) -> bool:
    """Everyone can read its masked copy now; what was set aside is no part of a conversation."""
    return message.is_public and message.status != MessageStatus.SET_ASIDE


def is_left(message: Message) -> bool:
    """Whether anything can still be erased."""
    return not message.is_erased or (not message.is_gone and stays_public(message))


def takes_contact(message: Message) -> bool:
    """No other message came with its address: that goes as well."""
    contact = message.contact
    return contact is not None and not contact.messages.exclude(pk=message.pk).exists()


def parts_of_message(message: Message, *, whole: bool, because: str) -> list[Part]:
    """All that hangs on one message; `whole` takes the masked copies too."""
    return [
        *(part_of(message) for part_of in from_above),
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
        *_additions(message, whole=whole),
        # Never public: what only the office could read goes whole. What was chosen stays a number.
        Part(
            "rating",
            message.ratings.exclude(words="", masked_words=""),
            {"words": "", "masked_words": ""},
        ),
        Part("delivery", _reached(message, whole=whole), {"contact": None, "why": ""}),
        *((*_topic(message), _articles(message)) if whole else ()),
        *(part_of(message) for part_of in (masked_from_above if whole else ())),
        *_mails(message.events.all()),
        Part("photo", message.attachments.exclude(state=PhotoState.ERASED), _no_photo()),
        Part("message", _this(message), _no_words(whole=whole, because=because)),
    ]


def goes_with_contact(message: Message, contact: Contact, *, whole: bool) -> list[Part]:
    """What else leads to the address of the last message that came with it."""
    sent = Delivery.objects.filter(contact=contact)
    others = sent.exclude(pk__in=_reached(message, whole=whole).values("pk"))
    return [Part("delivery", others, {"contact": None, "why": ""}), *end_of_contact(contact)]


def let_go(contact: Contact) -> None:
    """Higher floors let go of it, while it is still known whose it is."""
    for verb in before_contact_ends:
        verb(contact)


def end_of_contact(contact: Contact) -> list[Part]:
    """The row of the address: blank, and found by no address any more; it follows nothing."""
    follows = Follow.objects.filter(contact=contact)
    return [
        Part("follow", follows, {"contact": None, "nonce": sealing.fresh_nonce()}),
        *(part_of(contact) for part_of in from_above_of_contact),
        _contact_itself(contact),
    ]


def _contact_itself(contact: Contact) -> Part:
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
        *_mails(mails_of(contact)),  # the address stands in each
        Part("delivery", sent, {"contact": None, "why": ""}),
        Part("message", Message.objects.filter(contact=contact), {"contact": None}),
        *end_of_contact(contact),
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
    """Delete photos and mails, also photos the worker has drawn but not entered yet."""
    for key in message.attachments.values_list("pk", flat=True):
        media.remove(media.original_of(key), media.picture_of(key), media.thumbnail_of(key))
    remove_mails(message.events.all())


def mails_of(contact: Contact) -> QuerySet[InboundEvent]:
    """What came in from this address."""
    return InboundEvent.objects.filter(message__contact=contact)


def remove_mails(events: QuerySet[InboundEvent]) -> None:
    """Delete the mails themselves from the disk."""
    media.remove(*(media.inbound_of(key) for key in events.values_list("key", flat=True)))


def _mails(events: QuerySet[InboundEvent]) -> list[Part]:
    """The row says that it came; the same mail fetched again is still known, and stays out."""
    enclosed = Enclosure.objects.filter(event__in=events).exclude(name="", kind="")
    threads = Thread.objects.filter(message__events__in=events)
    nobody = Concat(Value("erased-"), Cast("pk", CharField()))
    return [
        Part("enclosure", enclosed, {"name": "", "kind": ""}),
        Part("thread", threads.exclude(root__startswith="erased-"), {"root": nobody}),
        Part("mail", events.filter(size__gt=0), {"sealed": "", "size": 0}),
    ]


def _notes(message: Message) -> QuerySet[Any, Any]:
    return MessageStepNote.objects.filter(step__root=message).exclude(text="", salt="")


def _answers(message: Message, *, whole: bool) -> list[Part]:
    """A draft taken back goes; an answer keeps its masked copy, for everyone it was written to."""
    drafts = message.replies.filter(taken_back_at__isnull=False).exclude(text="", masked_text="")
    given = message.replies.filter(taken_back_at=None)
    nothing = dict.fromkeys(("text", "masked_text", *REFUSAL), "")
    if whole and not message.joined.exists():
        gone = given.exclude(text="", masked_text="")
        return [Part("answer", each, nothing) for each in (drafts, gone)]
    unlike = given.exclude(text=F("masked_text"))
    return [
        Part("answer", drafts, nothing),
        Part("answer", unlike, {"text": F("masked_text")}),
        *_refusals(given),
    ]


def _additions(message: Message, *, whole: bool) -> list[Part]:
    """What everyone could read of them stays, masked; what only the office read goes whole."""
    added = message.additions.exclude(text="", masked_text="")
    if whole:
        return [Part("addition", added, {"text": "", "masked_text": ""})]
    return [
        Part("addition", added.public().exclude(text=""), {"text": ""}),
        Part("addition", added.filter(public=False), {"text": "", "masked_text": ""}),
    ]


def _refusals(given: QuerySet[Any, Any]) -> list[Part]:
    """Of an answer that says no: its reason and what follows have no masked column beside them."""
    return [
        Part("answer", given.filter(pk=reply.pk), masked)
        for reply in given.exclude(reason="")
        if (masked := {name: mask(getattr(reply, name)) for name in REFUSAL})
        != {name: getattr(reply, name) for name in REFUSAL}
    ]


def _topic(message: Message) -> list[Part]:
    """What search and feeds held of it; who follows keeps following."""
    topics = Topic.objects.filter(messages=message)
    words = dict.fromkeys(("what_ko", "what_en", "next_ko", "next_en"), "")
    said = Notice.objects.filter(topic__in=topics).exclude(**words)
    return [
        Part("topic", topics.exclude(title="", text=""), {"title": "", "text": ""}),
        Part("notice", said, words),
    ]


def _articles(message: Message) -> Part:
    """What was made from its answer is masked: the link is cut, and its office looks again."""
    rows = KnowledgeArticle.objects.filter(source=message)
    return Part("article", rows, {"source": None, "review_by": clock.now()})


def _reached(message: Message, *, whole: bool) -> QuerySet[Any, Any]:
    """What stays public is still told to those who follow it."""
    rows = message.deliveries.all() if whole else message.deliveries.of_author()
    return rows.filter(Q(contact__isnull=False) | ~Q(why=""))


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
        "new_words_since": None,
        "erased_at": clock.now(),
        "erased_because": because,
    }
