"""By when: how long each clock runs, and who is told when it runs out."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from channels_app import rules
from lifecycle import workdays
from lifecycle.rules import declare

REMIND_BEFORE = declare(
    "late.remind",
    8,
    unit=_("working hours before"),
    words=_("When an office is reminded that a date comes near"),
    source=rules.OURS,
)
LATE_TO_HEAD = declare(
    "late.head",
    3,
    unit=_("days after"),
    words=_("When the head of an office is told that an answer is late"),
    source=rules.OURS,
)
LATE_TO_MAYOR = declare(
    "late.mayor",
    7,
    unit=_("days after"),
    words=_("When the mayor's office is told that an answer is late"),
    source=rules.OURS,
)
LATE_HAZARD_TO_HEAD = declare(
    "late.hazard_head",
    1,
    unit=_("hours after"),
    words=_("When the head of an office is told that an answer to a danger is late"),
    source=rules.OURS,
)
LATE_HAZARD_TO_MAYOR = declare(
    "late.hazard_mayor",
    3,
    unit=_("hours after"),
    words=_("When the mayor's office is told that an answer to a danger is late"),
    source=rules.OURS,
)
DUTY_MAILS = declare(
    "late.mail_every",
    60,
    unit=_("minutes"),
    words=_("How often at most an office is sent a mail about its dates"),
    source=rules.OURS,
)
INTERIMS_BY_OFFICER = declare(
    "interim.officer",
    2,
    unit=_("times"),
    words=_("How often an office may name a later date before its head has to"),
    source=rules.OURS,
)
INTERIMS_BY_HEAD = declare(
    "interim.head",
    3,
    unit=_("times"),
    words=_("How often a later date may be named before the mayor's office is shown it"),
    source=rules.OURS,
)
WAIT_FOR_AUTHOR = declare(
    "wait.author",
    14,
    unit=_("days"),
    words=_("How long a clock stands at most while we wait for its author"),
    source=rules.OURS,
)
REOPEN_DAYS = declare(
    "reopen.within",
    30,
    unit=_("days"),
    words=_("How long after an answer its author may say that it is not solved"),
    source=rules.OURS,
)
APPEAL_DAYS = declare(
    "appeal.answer",
    7,
    unit=rules.DAYS,
    words=_("Answer to an appeal, by the head of the office"),
    source=rules.OURS,
)


def answer_days(kind: str) -> int | None:
    """The statutory working days of a kind's clock; None where hours are counted (a danger)."""
    if kind == "hazard":
        return None
    return {
        "complaint": rules.ANSWER_COMPLAINT,
        "question": rules.ANSWER_QUESTION,
        "idea": rules.ANSWER_IDEA,
    }[kind].value()


def answer_due(kind: str, start: datetime) -> datetime:
    """By when a clock of this kind that starts now ends: hours for danger, else working days."""
    days = answer_days(kind)
    if days is None:
        return start + timedelta(hours=rules.ANSWER_HAZARD.value())
    return workdays.due_after(start, days)
