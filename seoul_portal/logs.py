"""What a log may not hold: private links and personal data."""

import json
import logging
import re
import unicodedata
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime

from celery import current_task

from channels_app.text.masking import mask

PRIVATE_LINK = re.compile(
    r"(/(?:s|mail|unsubscribe)/[A-Z]-\d{4}-\d{6,}/|/(?:follow|unsubscribe|calendar)/\d+/"
    r"|/accounts/enrol/)[A-Za-z0-9_:.-]{10,}"
)
# A quoted text writes signs as \u200b or \xa0, and a new line within a number as \n.
ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
BROKEN = re.compile(r"(?<=\d)(?:\\[nrt])+(?=\d)")
# The database repeats the row it refused, with what a person wrote in it.
REFUSED_ROW = re.compile(r"(DETAIL:\s+Failing row contains )\(.*\)\.$", re.DOTALL | re.MULTILINE)
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


# Which request a line belongs to; each thread answers one at a time.
request_id: ContextVar[str] = ContextVar("request_id", default="")


def cleaned(line: str) -> str:
    """The line without the tokens of private links and without personal data."""
    line = BROKEN.sub(" ", ESCAPED.sub(_written_out, line))
    return mask(PRIVATE_LINK.sub(r"\1…", REFUSED_ROW.sub(r"\1(…).", line)))


class NoSecrets(logging.Filter):
    """Cuts the token of a private link and masks personal data in every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line in place; never drop one."""
        record.msg, record.args = cleaned(_line(record)), None
        if record.exc_info:
            # A traceback repeats what a person typed (parameters of a query): only its clean
            # text goes on, so that no other handler can write it out again.
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            record.exc_info = None
        for name in ("exc_text", "stack_info"):
            if text := getattr(record, name):
                setattr(record, name, cleaned(text))
        for name in vars(record).keys() - STANDARD:
            setattr(record, name, _clean(getattr(record, name)))
        return True


class JsonLines(logging.Formatter):
    """One object a line, for machines that read logs; NoSecrets has been over it before."""

    def format(self, record: logging.LogRecord) -> str:
        """When, how bad, who says what, and which request or task it belongs to."""
        told = {name: value for name, value in vars(record).items() if name not in STANDARD}
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_belongs_to(),
            **told,
        }
        if trace := record.exc_text or (record.exc_info and self.formatException(record.exc_info)):
            line["trace"] = trace
        return json.dumps(line, ensure_ascii=False, default=str)


def _belongs_to() -> dict[str, str]:
    """A task has Celery's id, a request the one its answer carries."""
    if current_task and current_task.request.id:
        return {"task": current_task.name, "task_id": current_task.request.id}
    return {"request_id": found} if (found := request_id.get()) else {}


def _line(record: logging.LogRecord) -> str:
    """A line whose arguments don't fit is a mistake to be read, not one to fail on."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args!r}"


def _clean(value: object) -> object:
    """What somebody gave along with a line (`extra`), whatever it is made of."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        number = str(value)
        return value if (masked := cleaned(number)) == number else masked
    if isinstance(value, Mapping):
        return {cleaned(str(key)): _clean(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(part) for part in value]
    return cleaned(str(value))


def _written_out(found: re.Match[str]) -> str:
    """The sign itself; one that nobody sees is dropped, one that moves the line stays quoted."""
    sign = chr(int(found[1] or found[2], 16))
    if sign.isprintable():
        return sign
    return "" if unicodedata.category(sign) == "Cf" else found[0]
