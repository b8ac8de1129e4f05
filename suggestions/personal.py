"""What of a discussion is somebody's own: what erasure takes, what its author can download."""

from typing import Any

from django.db.models import Case, F, TextField, Value, When

from channels_app import blanking
from channels_app.blanking import Part
from channels_app.models import Contact, Message
from lifecycle import clock
from suggestions.models import Badge, CoAuthor, Comment, Version
from suggestions.talk_states import WordState

Own = dict[str, Any]


def versions_of(message: Message) -> Part:
    """Every wording of its author; what everyone can read stays, masked."""
    rows = Version.objects.filter(suggestion__message=message)
    return _words("version", rows, message, {"title": ""})


def comments_of_author(message: Message) -> Part:
    """What its author said in the discussion, by the private link."""
    rows = Comment.objects.filter(suggestion__message=message, badge=Badge.AUTHOR)
    return _words("comment", rows, message, {})


def _words(table: str, rows: Any, message: Message, more: dict[str, str]) -> Part:
    if not hasattr(message, "suggestion"):
        return Part(table, rows.none(), {"text": ""})
    if blanking.stays_public(message):
        return Part(table, rows.exclude(text=""), {"text": ""})
    gone = {"text": "", "masked_text": "", **more}
    return Part(table, rows.exclude(text="", masked_text=""), gone)


def comments_from(contact: Contact) -> Part:
    """What was said with this address leads to nobody; what was confirmed stays, masked."""
    rows = Comment.objects.filter(contact=contact)
    never_said = When(state=WordState.PENDING, then=Value("", output_field=TextField()))
    masked = Case(never_said, default=F("masked_text"))
    return Part("comment", rows, {"text": "", "masked_text": masked, "contact": None})


def written_along_by(contact: Contact) -> Part:
    """That this address writes along with somebody."""
    return Part("coauthor", CoAuthor.objects.filter(contact=contact), {"contact": None})


def own_words(message: Message) -> Own:
    """The versions of its text and what its author said about it."""
    if not hasattr(message, "suggestion"):
        return {}
    versions = Version.objects.filter(suggestion__message=message)
    comments = Comment.objects.filter(suggestion__message=message, badge=Badge.AUTHOR)
    return {
        "versions_of_your_text": [
            {
                "number": row.number,
                "at": _at(row.at),
                "by_a_coauthor": row.coauthor_id is not None,
                "words": row.text,
                "masked_words": row.masked_text,
                "may_be_read_by": row.state,
                "why_hidden": row.hidden_reason,
            }
            for row in versions
        ],
        "said_by_you_in_the_discussion": [
            {
                "at": _at(row.at),
                "stance": row.stance,
                "words": row.text,
                "masked_words": row.masked_text,
                "may_be_read_by": row.state,
                "why_hidden": row.hidden_reason,
            }
            for row in comments
        ],
    }


def _at(moment: Any) -> str:
    return clock.seoul(moment).isoformat(timespec="seconds")
