"""What the rows of a file say: a voice each, or in plain words why not. Nothing is stored here."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app import actions, receipt_days, rules, rules_entering
from channels_app.actions import Found, Line, Said
from channels_app.forms import read_contact
from channels_app.models import Channel, Kind, Sheet
from channels_app.models.on_behalf import channels_of
from channels_app.text import sheets
from channels_app.text.kinds import likely_kind
from channels_app.text.languages import language_of
from channels_app.text.masking import mask
from channels_app.text.normal import folded
from channels_app.text.sheets import Row, SheetError, decoded
from lifecycle import clock
from lifecycle.models import digest
from people.models import Office, User

MEGABYTE = 1024 * 1024
KINDS = {
    **dict.fromkeys(("complaint", "불편", "민원", "신고"), Kind.COMPLAINT),
    **dict.fromkeys(("idea", "제안", "아이디어"), Kind.IDEA),
    **dict.fromkeys(("question", "질문", "문의"), Kind.QUESTION),
    **dict.fromkeys(("hazard", "danger", "위험"), Kind.HAZARD),
}
CHANNELS = {
    **dict.fromkeys(("phone", "call", "전화"), Channel.PHONE),
    **dict.fromkeys(("letter", "편지", "우편", "서한"), Channel.LETTER),
    **dict.fromkeys(("counter", "창구", "방문", "민원실"), Channel.COUNTER),
    **dict.fromkeys(("tour", "listeningtour", "현장", "경청투어", "현장경청"), Channel.TOUR),
}
LANGUAGES = {"ko": "ko", "한국어": "ko", "korean": "ko", "en": "en", "영어": "en", "english": "en"}
YES = {"y", "yes", "true", "1", "o", "예", "네", "공개", "동의"}
NO = {"", "n", "no", "false", "0", "x", "아니오", "아니요", "비공개"}
DAY = re.compile(
    r"(\d{4})[-./]\s?(\d{1,2})[-./]\s?(\d{1,2})\.?(?:[ T]+(\d{1,2}):(\d{2})(?::\d{2})?)?"
)
PROBLEMS: Mapping[str, str | Promise] = {
    "quotes": _("A quotation mark is not closed, or stands in the wrong place."),
    "cells": _("It has more cells than the first row has names."),
    "no_text": _("There are no words in it."),
    "too_long": _("The words are %(over)s characters too long."),
    "place": _("The place is longer than 200 characters."),
    "kind": _("“%(value)s” is no kind. Write complaint, idea, question or hazard."),
    "borough": _("“%(value)s” is none of the 25 boroughs."),
    "channel": _("“%(value)s” is no way in. Write phone, letter, counter or tour."),
    "not_yours": _("Your office writes down letters and what is said at its counter, no other."),
    "language": _("“%(value)s” is no language we answer in. Write ko or en."),
    "public": _("“%(value)s” does not say whether everyone may read it. Write yes or no."),
    "day": _("“%(value)s” is no day. Write it as year-month-day, for example 2026-12-04."),
    "to_come": _("The day of receipt is still to come."),
    "too_long_ago": _("The day of receipt is longer ago than the Rulebook allows."),
    "contact": _("The address is neither an e-mail address nor a Korean mobile number."),
    "failed": _("It could not be taken in. Bring this row again in a new file."),
}
OF_FILE: Mapping[str, str | Promise] = {
    "encoding": _("We can't read the signs of this file. Save it as CSV UTF-8, choose it again."),
    "empty": _("The file is empty: its first row must hold the names of the columns."),
    "quotes_in_head": _("A quotation mark in the first row is not closed."),
    "twice": _("The column “%(column)s” is there twice. Leave one of them out."),
    "no_text_column": _("The column “text” is missing: the first row must name it, or “내용”."),
    "no_rows": _("Under the names of the columns there is no row."),
    "too_many": _("The file holds more than %(most)s rows. Divide it into several files."),
    "too_large": _("The file is larger than %(most)s megabytes. Divide it into several files."),
}


def sentence(found: Found) -> str:
    """What is wrong with a row, in the language of the page."""
    name, more = found
    return str(PROBLEMS[name]) % more


def sentence_of(problem: SheetError) -> str:
    """What is wrong with the file as a whole."""
    return str(OF_FILE[problem.name]) % problem.more


def bring(content: bytes, *, name: str, channel: str, by: User) -> Sheet:
    """Look a file through, and keep what was found. Raises SheetError, PermissionDenied."""
    most = rules_entering.SHEET_MEGABYTES.value()
    if len(content) > most * MEGABYTE:
        raise SheetError("too_large", most=most)
    text = decoded(content)
    known = Sheet.objects.filter(digest=digest(text), asked_at__isnull=False).first()
    if known is not None:
        return known
    rows, wrong = look_through(text, by=by, channel=channel)
    return actions.bring(text, name=name, channel=channel, rows=rows, wrong=wrong, by=by)


def take_in(sheet: Sheet) -> Sheet:
    """The next hundred rows of a file that is wanted."""
    return actions.take_in(sheet, read=rest_of)


def rest_of(sheet: Sheet) -> Iterator[Line]:
    """The rows that nobody has gone through yet."""
    reader = _Reader(sheet.by, sheet.channel)
    return (reader.line(row) for row in islice(sheets.rows(sheet.text), sheet.done, None))


def look_through(text: str, *, by: User, channel: str) -> tuple[int, list[Line]]:
    """How many rows, and those that can't be taken in. Raises SheetError."""
    most, count, wrong = rules_entering.SHEET_ROWS.value(), 0, []
    reader = _Reader(by, channel)
    for row in sheets.rows(text):
        count += 1
        if count > most:
            raise SheetError("too_many", most=most)
        line = reader.line(row)
        if line.wrong:
            wrong.append(line)
    if not count:
        raise SheetError("no_rows")
    return count, wrong


class _Reader:
    """Knows the boroughs and the rights once for all rows."""

    def __init__(self, by: User, channel: str) -> None:
        self.channel = channel
        self.allowed = channels_of(by)
        self.longest = rules.MESSAGE_LENGTH.value()
        self.boroughs: dict[str, Office] = {}
        for office in Office.objects.boroughs():
            area = office.name_ko.removesuffix("청")
            english = office.name_en.removesuffix(" Office")
            names = (office.slug, office.name_ko, area, area.removesuffix("구"), english)
            self.boroughs |= dict.fromkeys([_key(name) for name in names if name], office)

    def line(self, row: Row) -> Line:
        """Everything that is wrong with it at once."""
        if row.broken:
            return Line(row.number, wrong=[(row.broken, {})])
        wrong: list[Found] = []
        cells = row.cells
        text = cells.get("text", "")
        wrong += self._of_words(text, cells.get("place", ""))
        said = {
            "kind": self._one(KINDS, "kind", cells, wrong) or likely_kind(text),
            "channel": self._one(CHANNELS, "channel", cells, wrong) or self.channel,
            "borough": self._one(self.boroughs, "borough", cells, wrong),
            "language": self._one(LANGUAGES, "language", cells, wrong)
            or language_of(text) or "ko",
            "public": self._yes(cells.get("public", ""), wrong),
            "came_at": self._day(cells.get("received_at", ""), wrong),
            "contact": self._contact(cells.get("contact", ""), wrong),
        }  # fmt: skip
        if said["channel"] not in self.allowed:
            wrong.append(("not_yours", {}))
        if wrong:
            return Line(row.number, wrong=wrong)
        return Line(row.number, Said(text=text, place=cells.get("place", ""), **said))

    def _of_words(self, text: str, place: str) -> list[Found]:
        wrong: list[Found] = [] if text else [("no_text", {})]
        if len(text) > self.longest:
            wrong.append(("too_long", {"over": len(text) - self.longest}))
        return [*wrong, ("place", {})] if len(place) > 200 else wrong

    @staticmethod
    def _one(
        known: Mapping[str, Any], name: str, cells: Mapping[str, str], wrong: list[Found]
    ) -> Any:
        value = cells.get(name, "")
        found = known.get(_key(value))
        if value and found is None:
            wrong.append((name, {"value": _quoted(value)}))
        return found

    @staticmethod
    def _yes(value: str, wrong: list[Found]) -> bool:
        if _key(value) not in YES | NO:
            wrong.append(("public", {"value": _quoted(value)}))
        return _key(value) in YES

    @staticmethod
    def _day(value: str, wrong: list[Found]) -> datetime | None:
        if not value:
            return None
        moment = _moment(value)
        if moment is None:
            wrong.append(("day", {"value": _quoted(value)}))
            return None
        try:
            return receipt_days.came_at(moment) if ":" in value else receipt_days.came_on(moment)
        except ValidationError as problem:
            wrong.append((str(problem.code), {}))
            return None

    @staticmethod
    def _contact(value: str, wrong: list[Found]) -> tuple[str, str] | None:
        try:
            return read_contact(value)
        except ValidationError:
            wrong.append(("contact", {}))
            return None


def _moment(value: str) -> datetime | None:
    """A day, or a day and an hour, in Seoul."""
    found = DAY.fullmatch(value)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=clock.SEOUL)
    except ValueError:
        return None


def _key(value: str) -> str:
    return folded(value).replace(" ", "")


def _quoted(value: str) -> str:
    """Short, and without what should stand in no report."""
    return mask(value)[:40]
