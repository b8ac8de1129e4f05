"""What its author said about answers: what erasure takes, what its author can download."""

from typing import Any

from django.db.models import Q

from channels_app import blanking
from channels_app.blanking import Part
from channels_app.models import Message
from lifecycle import clock
from suggestions.models import AnswerRating, Appeal, Dispute

Own = dict[str, Any]
OF_AUTHOR = Q(judge="author")


def appeals_of(message: Message) -> Part:
    """Why its author minded a decision; what everyone can read stays, masked."""
    return _words("appeal", Appeal.objects.filter(suggestion__message=message), message)


def disputes_of(message: Message) -> Part:
    """What is missing, as its author said; what only the office read goes whole."""
    rows = Dispute.objects.filter(OF_AUTHOR, claim__suggestion__message=message)
    return _words("dispute", rows, message)


def ratings_of(message: Message) -> Part:
    """Never public: the words go whole. What was chosen stays a number."""
    rows = AnswerRating.objects.filter(answer__suggestion__message=message)
    nothing = {"words": "", "masked_words": ""}
    return Part("answer_rating", rows.exclude(words="", masked_words=""), nothing)


def _words(table: str, rows: Any, message: Message) -> Part:
    if blanking.stays_public(message):
        return Part(table, rows.exclude(text=""), {"text": ""})
    nothing = {"text": "", "masked_text": ""}
    return Part(table, rows.exclude(text="", masked_text=""), nothing)


def own_words(message: Message) -> Own:
    """Appeals, disputes and ratings of answers; nothing of what became no suggestion."""
    if not hasattr(message, "suggestion"):
        return {}
    appeals = Appeal.objects.filter(suggestion__message=message)
    disputes = Dispute.objects.filter(OF_AUTHOR, claim__suggestion__message=message)
    ratings = AnswerRating.objects.filter(answer__suggestion__message=message)
    return {
        "your_appeals": [
            {
                "at": _at(row.at),
                "against": row.against,
                "words": row.text,
                "masked_words": row.masked_text,
                "you_were_right": row.upheld,
                "reason": row.reason,
            }
            for row in appeals
        ],
        "you_said_it_is_not_done": [
            {
                "at": _at(row.at),
                "words": row.text,
                "masked_words": row.masked_text,
                "everyone_may_read_it": row.public,
            }
            for row in disputes
        ],
        "your_ratings_of_the_answer": [
            {
                "at": _at(row.at),
                "it_was_clear": row.clear,
                "you_felt_heard": row.heard,
                "words": row.words,
                "masked_words": row.masked_words,
            }
            for row in ratings
        ],
    }


def _at(moment: Any) -> str:
    return clock.seoul(moment).isoformat(timespec="seconds")
