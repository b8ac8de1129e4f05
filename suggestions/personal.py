"""What of a discussion is somebody's own: what erasure takes, what its author can download."""

from typing import Any

from django.db.models import Case, F, TextField, Value, When

from channels_app import blanking
from channels_app.blanking import Part
from channels_app.models import Confirmation, Contact, Message
from lifecycle import clock
from suggestions import held
from suggestions.models import Badge, CoAuthor, Comment, Petition, Support, Version
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


def versions_along_by(contact: Contact) -> Part:
    """What they wrote as a co-author: the masked copy stays. Before it is cut that they did."""
    rows = Version.objects.filter(coauthor__contact=contact).exclude(text="")
    return Part("version", rows, {"text": ""})


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
        **_with_its_address(message),
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


def _with_its_address(message: Message) -> Own:
    """Of this suggestion only, as with what is followed: the link proves no more than that."""
    if message.contact is None:
        return {}
    asked = Confirmation.objects.filter(topic=message.topic, purpose="survey")
    own = Support.objects.filter(suggestion__message=message)
    return {
        "supported_by_you": held.supports(own.filter(contact=message.contact)),
        "asked_whether_it_helps": held.asked_of(asked.filter(contact=message.contact)),
    }


def petition_of(message: Message) -> Own:
    """That it was meant as a petition, and since when everyone can read it."""
    petition = Petition.objects.filter(message=message).first()
    if petition is None:
        return {}
    opened = petition.opened_at
    return {"your_petition": {"at": _at(petition.at), "opened_at": _at(opened) if opened else None}}


def _at(moment: Any) -> str:
    return clock.seoul(moment).isoformat(timespec="seconds")
