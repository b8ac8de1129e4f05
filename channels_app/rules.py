"""The numbers of hearing and answering, as the Rulebook's defaults."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from lifecycle import rules, workdays

DAYS = _("working days")
HOURS = _("hours")
# Where neither the paper nor a statute gives a number.
OURS = _("this portal's own proposal")

ANSWER_HAZARD = rules.declare(
    "answer.hazard", 3, unit=HOURS, words=_("Answer to a report of danger"), source=OURS
)
ANSWER_COMPLAINT = rules.declare(
    "answer.complaint", 5, unit=DAYS, words=_("Answer to a complaint"), source=OURS
)
ANSWER_QUESTION = rules.declare(
    "answer.question", 1, unit=DAYS, words=_("Answer to a question"), source=OURS
)
ANSWER_IDEA = rules.declare("answer.idea", 7, unit=DAYS, words=_("Answer to an idea"), source=OURS)
ROUTE_BY_PERSON = rules.declare(
    "route.by_person",
    8,
    unit=_("working hours"),
    words=_("Time for a person at the centre to find the right office"),
    source=OURS,
)
ROUTE_FLOOR = rules.declare(
    "route.floor",
    2.0,
    unit=_("points"),
    words=_("Points of keywords that are needed to route without a reader"),
    source=OURS,
)
ROUTE_MARGIN = rules.declare(
    "route.margin",
    1.0,
    unit=_("points"),
    words=_("Lead over the second office that is needed to route without a reader"),
    source=OURS,
)
MESSAGE_LENGTH = rules.declare(
    "message.length",
    5000,
    unit=_("characters"),
    words=_("Longest message from the form"),
    source=OURS,
)
ANSWER_LEAVES_AFTER = rules.declare(
    "answer.leaves_after",
    10,
    unit=_("seconds"),
    words=_("Time in which an officer can take an answer back"),
    source=OURS,
)
UNCONFIRMED_MAILS = rules.declare(
    "mail.unconfirmed",
    3,
    unit=_("mails a day"),
    words=_("Mails to an address nobody has confirmed"),
    source=OURS,
)
REPORTED_WITHIN = rules.declare(
    "publication.decide",
    3,
    unit=DAYS,
    words=_("Decision on a message that somebody reported"),
    source=OURS,
)


def answer_due(kind: str, received_at: datetime) -> datetime:
    """The public answer date, set once at receipt: elapsed hours for danger, else working days."""
    if kind == "hazard":
        return received_at + timedelta(hours=ANSWER_HAZARD.value())
    days = {
        "complaint": ANSWER_COMPLAINT,
        "question": ANSWER_QUESTION,
        "idea": ANSWER_IDEA,
    }[kind].value()
    return workdays.end_of_workday(received_at, days)
