"""The numbers of hearing and answering, as the Rulebook's defaults."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lifecycle import rules, workdays

DAYS = _("working days")
HOURS = _("hours")
# Where neither the paper nor a statute gives a number.
OURS = _("this portal's own proposal")
ON, OFF = "on", "off"


def on_or_off(typed: str) -> None:
    """A switch knows two words. Raises ValueError."""
    if typed not in (ON, OFF):
        raise ValueError(typed)


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
    unit=_("points of keywords"),
    words=_("Points of keywords that are needed to route without a reader"),
    source=OURS,
)
ROUTE_MARGIN = rules.declare(
    "route.margin",
    1.0,
    unit=_("points of keywords"),
    words=_("Lead over the second office that is needed to route without a reader"),
    source=OURS,
)
HAND_BACKS = rules.declare(
    "route.hand_backs",
    3,
    unit=_("times"),
    words=_("How often offices may pass a message on or hand it back before the centre decides"),
    source=OURS,
)
PART_DAYS = rules.declare(
    "answer.part",
    3,
    unit=DAYS,
    words=_("Time for an office that is asked for a part of an answer"),
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
FOLLOW_MAILS = rules.declare(
    "mail.follow",
    3,
    unit=_("mails a day"),
    words=_("Mails that ask one address whether it wants to follow something"),
    source=OURS,
)
REPEATS_SHARE = rules.declare(
    "mail.repeats",
    10,
    unit=_("of 100"),
    words=_("Repeats in vain among the mails of an hour before further repeats wait"),
    source=OURS,
)
REPEATS_LEAST = rules.declare(
    "mail.repeats_least",
    30,
    unit=_("mails an hour"),
    words=_("Repeats in vain that never have to wait, however few mails leave"),
    source=OURS,
)
REPORTED_WITHIN = rules.declare(
    "publication.decide",
    3,
    unit=DAYS,
    words=_("Decision on a message that is held or that somebody reported"),
    source=OURS,
)
PHOTOS_MOST = rules.declare(
    "photo.most", 5, unit=_("photos a message"), words=_("Photos with one message"), source=OURS
)
PHOTO_MEGABYTES = rules.declare(
    "photo.megabytes", 15, unit=_("megabytes"), words=_("Largest photo"), source=OURS
)
PHOTO_MEGAPIXELS = rules.declare(
    "photo.megapixels",
    50,
    unit=_("million pixels"),
    words=_("Largest photo that we draw anew"),
    source=OURS,
)
PHOTO_DRAFT_HOURS = rules.declare(
    "photo.draft_hours",
    24,
    unit=HOURS,
    words=_("Time after which photos of a form that was not sent are deleted"),
    source=OURS,
)
API_READS = rules.declare(
    "api.reads",
    300,
    unit=_("requests a minute"),
    words=_("Reading through the open interface, from one network address"),
    source=OURS,
)
API_READS_OF_CLIENT = rules.declare(
    "api.reads_of_client",
    1200,
    unit=_("requests a minute"),
    words=_("Reading through the open interface, with a token"),
    source=OURS,
)

AFTER_THE_END = _("days after the end of the case")


def _two_years(value: int) -> None:
    if value < TWO_YEARS:
        raise ValueError("the safety measures ask for two years")


TWO_YEARS = 730
KEEP_COMPLAINT = rules.declare(
    "keep.complaint",
    1095,
    unit=AFTER_THE_END,
    words=_("How long we keep what was said in a complaint"),
    source=OURS,
)
KEEP_HAZARD = rules.declare(
    "keep.hazard",
    1095,
    unit=AFTER_THE_END,
    words=_("How long we keep what was said in a report of danger"),
    source=OURS,
)
KEEP_IDEA = rules.declare(
    "keep.idea",
    1095,
    unit=AFTER_THE_END,
    words=_("How long we keep what was said in an idea"),
    source=OURS,
)
KEEP_QUESTION = rules.declare(
    "keep.question",
    365,
    unit=AFTER_THE_END,
    words=_("How long we keep what was said in a question"),
    source=OURS,
)
KEEP_SET_ASIDE = rules.declare(
    "keep.set_aside",
    30,
    unit=_("days after it was set aside"),
    words=_("How long we keep what gets no answer"),
    source=OURS,
)
KEEP_CONTACT = rules.declare(
    "keep.contact",
    180,
    unit=_("days after the last case ended"),
    words=_("How long we keep an address for answers"),
    source=OURS,
)
KEEP_READINGS = rules.declare(
    "keep.readings",
    TWO_YEARS,
    unit=_("days"),
    words=_("How long we keep who read what citizens wrote"),
    source="개인정보의 안전성 확보조치 기준 제8조",
    check=_two_years,
)
KEEP_SIGN_INS = rules.declare(
    "keep.sign_ins",
    TWO_YEARS,
    unit=_("days"),
    words=_("How long we keep from where people signed in"),
    source="개인정보의 안전성 확보조치 기준 제8조",
    check=_two_years,
)
READINGS_FROM = rules.declare(
    "readings.from",
    7,
    unit=_("o'clock"),
    words=_("Readings before this hour are looked at in the monthly review"),
    source=OURS,
)
READINGS_TO = rules.declare(
    "readings.to",
    21,
    unit=_("o'clock"),
    words=_("Readings from this hour on are looked at in the monthly review"),
    source=OURS,
)
READINGS_IN_A_DAY = rules.declare(
    "readings.day",
    100,
    unit=_("readings a day"),
    words=_("More readings by one officer are looked at in the monthly review"),
    source=OURS,
)
READINGS_OF_ONE = rules.declare(
    "readings.same",
    10,
    unit=_("readings a month"),
    words=_("More readings of one person's words by one officer are looked at in the review"),
    source=OURS,
)

LIMIT_REPEATED = rules.declare(
    "limits.repeated",
    10,
    unit=_("messages an hour"),
    words=_("Messages with the same words before further ones wait for an officer"),
    source=OURS,
)
LIMIT_ALIKE = rules.declare(
    "limits.alike",
    20,
    unit=_("messages an hour"),
    words=_("Messages that differ only in digits before further ones wait for an officer"),
    source=OURS,
)
LIMIT_SESSION = rules.declare(
    "limits.session",
    10,
    unit=_("messages an hour"),
    words=_("Messages from one browser before further ones wait for an officer"),
    source=OURS,
)
LIMIT_CONTACT = rules.declare(
    "limits.contact",
    10,
    unit=_("messages an hour"),
    words=_("Messages with one address for the answer before further ones wait for an officer"),
    source=OURS,
)
LIMIT_NETWORK = rules.declare(
    "limits.network",
    60,
    unit=_("messages an hour"),
    words=_("Messages from one network address before each of them counts twice"),
    source=OURS,
)
LIMIT_REPORTS = rules.declare(
    "limits.reports",
    5,
    unit=_("reports an hour"),
    words=_("Reports by one reader that hide a message at once; further ones ask for a look"),
    source=OURS,
)
LIMIT_FOLLOWS = rules.declare(
    "limits.follows",
    20,
    unit=_("times an hour"),
    words=_("How often one reader may ask to follow something"),
    source=OURS,
)
LIMIT_FOLLOWS_OF_NETWORK = rules.declare(
    "limits.follows_of_network",
    200,
    unit=_("times an hour"),
    words=_("How often readers at one network address may ask to follow something"),
    source=OURS,
)
LIMIT_REPORTS_OF_NETWORK = rules.declare(
    "limits.reports_of_network",
    20,
    unit=_("reports an hour"),
    words=_("Reports from one network address that hide a message at once"),
    source=OURS,
)
LIMIT_PHOTOS = rules.declare(
    "limits.photos",
    50,
    unit=_("photos an hour"),
    words=_("Photos from one browser before further ones are left out; the words always go"),
    source=OURS,
)
LIMIT_PHOTOS_OF_NETWORK = rules.declare(
    "limits.photos_of_network",
    200,
    unit=_("photos an hour"),
    words=_("Photos from one network address before further ones are left out"),
    source=OURS,
)
FORM_SECONDS = rules.declare(
    "limits.form_seconds",
    2,
    unit=_("seconds"),
    words=_("Shortest time in which a person reads the check page; 0 asks for none"),
    source=OURS,
)
NOTICE_LEAVES_AFTER = rules.declare(
    "publication.notice_after",
    60,
    unit=_("seconds"),
    words=_("Time in which an officer can show or hide again before the author is told"),
    source=OURS,
)
SCREENED_LATELY = rules.declare(
    "publication.lately",
    7,
    unit=_("days"),
    words=_("How long a decision to show or hide stands on the publication desk"),
    source=OURS,
)
SIMILAR_DAYS = rules.declare(
    "similar.days",
    180,
    unit=_("days"),
    words=_("How far back we look for messages about the same matter"),
    source=OURS,
)
SIMILAR_METRES = rules.declare(
    "similar.metres",
    250,
    unit=_("metres"),
    words=_("How near a place counts as the same when we look for the same matter"),
    source=OURS,
)
SIMILAR_SHOWN = rules.declare(
    "similar.shown",
    0.3,
    unit=_("of 1"),
    words=_("How alike a message must be to be shown to who writes"),
    source=OURS,
)
SIMILAR_SAME = rules.declare(
    "similar.same",
    0.5,
    unit=_("of 1"),
    words=_("How alike a message must be to be called probably the same"),
    source=OURS,
)
SIMILAR_SEARCH = rules.declare(
    "switch.similar",
    ON,
    unit=_("on or off"),
    words=_("Looking for messages about the same matter; off when the portal is crowded"),
    source=OURS,
    check=on_or_off,
)


def decide_by(moment: datetime) -> datetime:
    """Until when an officer looks at what is held or reported since `moment`."""
    return workdays.end_of_workday(moment, REPORTED_WITHIN.value())
