"""What stands in the files: each column once, for whoever writes it and for whoever reads of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from channels_app.api.choices import page_of
from channels_app.models import Channel, Ground, Kind, Message, Outcome, Reply, ReplyKind
from channels_app.states import MessageStatus
from channels_app.text.sheets import defused
from channels_app.text.titles import title_of
from lifecycle import clock
from lifecycle.rules import Words
from mayors_office.models import Count, Scope

Value = str | int | bool | None
TEXT, NUMBER, FLAG = _("free text"), _("whole number"), _("true or false")
CHOICE, DAY, MOMENT = _("one of a list"), _("day"), _("moment in Seoul")
# Written but not left is nobody's business yet; what was set aside is no part of it.
PLACES = {MessageStatus.ANSWERED: MessageStatus.ROUTED}
STATES = tuple(
    state for state in MessageStatus.values if state not in (*PLACES, MessageStatus.SET_ASIDE)
)
# What an author was asked is between them and the office.
ANSWERS_TOLD = tuple(kind for kind in ReplyKind.values if kind != ReplyKind.QUESTION)


@dataclass(frozen=True)
class Column:
    """One column: its name, its meaning, its type, an example, and how a row gives its value."""

    name: str
    type: Words
    words: Words
    example: str
    of: Callable[[Any], Any]
    choices: Sequence[str] = ()

    def value(self, row: Any) -> Value:
        """As JSON has it: moments and days are text."""
        found = self.of(row)
        if isinstance(found, datetime):
            return clock.seoul(found).isoformat(timespec="seconds")
        return found.isoformat() if isinstance(found, date) else found


@dataclass(frozen=True)
class Table:
    """One kind of file: what a row of it is, and its columns."""

    name: str
    title: Words
    words: Words
    columns: Sequence[Column]

    @property
    def names(self) -> list[str]:
        """The first line."""
        return [column.name for column in self.columns]

    def values(self, row: Any) -> list[Value]:
        """One line."""
        return [column.value(row) for column in self.columns]


def as_cell(value: Value) -> str:
    """As a spreadsheet has it: nothing is empty, and nothing is calculated."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return defused(value)
    return str(value)


def _office(
    name: str, words: Words, example: Sequence[str], of: Callable[[Any], Any]
) -> list[Column]:
    """An office in three columns; empty where there is none."""

    def column(end: str, about: Words, shown: str, attribute: str) -> Column:
        return Column(
            f"{name}{end}", TEXT, about, shown, lambda row: getattr(of(row), attribute, "")
        )

    slug, korean, english = example
    return [
        column("", words, slug, "slug"),
        column("_name_ko", _("Its name in Korean."), korean, "name_ko"),
        column("_name_en", _("Its name in English."), english, "name_en"),
    ]  # fmt: skip


ROADS = ("road-management", "도로관리과", "Road Management Division")
MAPO = ("mapo", "마포구청", "Mapo-gu Office")
RECEIPT = "S-2026-004127"
ADDRESS = f"https://…/s/{RECEIPT}/"
NOON = "2026-11-23T12:00:00+09:00"

MESSAGES = Table(
    "messages",
    _("Messages"),
    _("A row is a message that everyone may read, in the month in which it came in."),
    [
        Column("receipt", TEXT, _("Its receipt number, for life."), RECEIPT, lambda m: m.code),
        Column("address", TEXT, _("Its public page."), ADDRESS, page_of),
        Column(
            "title", TEXT, _("The first words of the text."), "보도블록이 들려 있어요",
            lambda m: title_of(m.masked_text),
        ),
        Column(
            "text", TEXT, _("What was said; personal data is masked."),
            "보도블록이 들려 있어요. 제 번호는 010-****-****입니다.",
            lambda m: m.masked_text,
        ),
        Column("kind", CHOICE, _("What it is."), "complaint", lambda m: m.kind, Kind.values),
        Column(
            "channel", CHOICE, _("How it came in."), "web", lambda m: m.channel, Channel.values
        ),
        Column(
            "on_behalf", FLAG, _("An officer wrote it down for its author."), "false",
            lambda m: m.is_on_behalf,
        ),
        Column(
            "language", CHOICE, _("In which language."), "ko", lambda m: m.language, ["ko", "en"]
        ),
        Column(
            "place", TEXT, _("Where, in words; personal data is masked."), "합정역 8번 출구",
            lambda m: m.masked_place,
        ),
        *_office("borough", _("The borough it is about; empty where none is named."), MAPO,
                 lambda m: m.borough),
        *_office("office", _("The office in charge now."), ROADS, lambda m: m.office),
        Column(
            "state", CHOICE, _("Where it stands."), "replied",
            lambda m: PLACES.get(m.status, m.status), STATES,
        ),
        Column("received_at", MOMENT, _("When it came in."), NOON, lambda m: m.received_at),
        Column(
            "first_due_at", MOMENT, _("The date first promised, for ever."), NOON,
            lambda m: m.first_due_at,
        ),
        Column(
            "due_at", MOMENT, _("The date that holds; of promised work its finish date."), NOON,
            lambda m: m.due_at,
        ),
        Column("moves", NUMBER, _("How often the date was moved."), "0", lambda m: m.moves),
        Column(
            "answered_at", MOMENT, _("When the answer left; empty as long as it has not."), NOON,
            lambda m: m.replied_at,
        ),
    ],
)  # fmt: skip

ANSWERS = Table(
    "answers",
    _("Answers"),
    _("A row is something the city said about one of these messages, in the month of the message."),
    [
        Column(
            "receipt", TEXT, _("The message it answers."), RECEIPT, lambda said: said.message.code
        ),
        Column("address", TEXT, _("Its public page."), ADDRESS, lambda said: page_of(said.message)),
        Column(
            "kind", CHOICE, _("What the city says."), "closing", lambda said: said.kind,
            ANSWERS_TOLD,
        ),
        Column("at", MOMENT, _("When it was said."), NOON, lambda said: said.published_at),
        *_office("office", _("The office that said it."), ROADS, lambda said: said.office),
        Column(
            "text", TEXT, _("What was said; personal data is masked."), "바로 놓았습니다.",
            lambda said: said.masked_text,
        ),
        Column(
            "outcome", CHOICE, _("Of the answer: what comes of it."), "done",
            lambda said: said.outcome, Outcome.values,
        ),
        Column(
            "ground", CHOICE, _("Of a no: what stands in the way."), "", lambda said: said.ground,
            Ground.values,
        ),
        Column("reason", TEXT, _("Of a no: why."), "", lambda said: said.masked_reason),
        Column(
            "next_door", TEXT, _("Of a no: where the person can go from here."), "",
            lambda said: said.masked_next_door,
        ),
        Column(
            "will_do", TEXT, _("Of a no: one thing the city does all the same."), "",
            lambda said: said.masked_will_do,
        ),
        Column(
            "new_due_at", MOMENT, _("The date that a promise or an interim answer names."), "",
            lambda said: said.new_due_at,
        ),
    ],
)  # fmt: skip


def _number(name: str, words: Words, example: str, of: Callable[[Count], int]) -> Column:
    return Column(name, NUMBER, words, example, of)


DAYS = Table(
    "days",
    _("Numbers of each day"),
    _(
        "A row is a day, a place and a channel: how many public messages came in, and what"
        " became of them."
    ),
    [
        Column("day", DAY, _("The day on which they came in."), "2026-11-23", lambda n: n.day),
        Column(
            "scope", CHOICE, _("For whom it is counted; each message counts once in each scope."),
            "borough", lambda n: n.scope, Scope.values,
        ),
        *_office("place", _("The borough or office; empty for the city and where none is named."),
                 MAPO, lambda n: n.place),
        Column(
            "channel", CHOICE, _("How they came in."), "web", lambda n: n.channel, Channel.values
        ),
        _number("came", _("How many came in; the next six add up to it."), "12", lambda n: n.came),
        _number("received", _("Not with an office yet."), "1", lambda n: n.received),
        _number("routed", _("With an office."), "4", lambda n: n.routed + n.answered),
        _number("at_work", _("Promised, with a finish date."), "1", lambda n: n.at_work),
        _number("replied", _("Answered."), "5", lambda n: n.replied),
        _number("joined", _("Joined to the same matter."), "1", lambda n: n.joined),
        _number("taken_up", _("Taken up as a suggestion."), "0", lambda n: n.taken_up),
        _number("met", _("With a first answer."), "6", lambda n: n.met),
        _number("in_time", _("Of these, by the date that held."), "5", lambda n: n.in_time),
        _number("moved", _("Whose date was moved."), "1", lambda n: n.moved),
        _number("moves", _("How often in all."), "2", lambda n: n.moves),
    ],
)  # fmt: skip

TABLES = {table.name: table for table in (MESSAGES, ANSWERS, DAYS)}
Row = Message | Reply | Count
