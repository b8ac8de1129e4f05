"""What Meta calls us with about an Instagram account, one of each kind, as its documentation shows:

https://developers.facebook.com/documentation/instagram-platform/webhooks/examples, read on
2026-11-30. It shows a comment both in `changes` and in the entry itself.
"""

from typing import Any

from tests.networks.instagram_pretend import CITY, MINA

Json = dict[str, Any]
MEDIA, COMMENT = "18020000000000001", "17900000000000001"


def call(told: Json, *, about: str = CITY) -> Json:
    """One call of Meta's."""
    return {"object": "instagram", "entry": [{"id": about, "time": 1796029200, **told}]}


def comment(field: str = "comments", *, by: str = MINA, **value: Any) -> Json:
    """A comment, as the value of a field."""
    handle = "seoul_city" if by == CITY else "mina"
    told = {"id": COMMENT, "from": {"id": by, "username": handle}, "text": "가로등이 꺼졌어요",
            "media": {"id": MEDIA, "media_product_type": "FEED"}, **value}  # fmt: skip
    return {"field": field, "value": told}


def messaging(*, by: str = MINA, to: str = CITY, **told: Any) -> Json:
    """Something between a person and the account."""
    return {"messaging": [{"sender": {"id": by}, "recipient": {"id": to},
                           "timestamp": 1796029200500, **told}]}  # fmt: skip


COMMENTED = {"changes": [comment()]}
IN_THE_ENTRY = comment()
BELOW = {"changes": [comment(id="17900000000000002", parent_id=COMMENT)]}
LIVE = {"changes": [comment("live_comments")]}
OWN = {"changes": [comment(by=CITY)]}
MENTIONED = {"changes": [{"field": "mentions", "value": {"media_id": MEDIA, "comment_id": "1"}}]}
WRITTEN = messaging(message={"mid": "aWdf1", "text": "제 번호는 010"})
ECHO = messaging(by=CITY, to=MINA, message={"mid": "aWdf2", "text": "네", "is_echo": True})
UNSENT = messaging(message={"mid": "aWdf1", "is_deleted": "true"})
EDITED = messaging(message_edit={"mid": "aWdf1", "text": "제 번호는 011", "num_edit": 1})
SEEN = messaging(read={"mid": "aWdf2"})
LIKED = messaging(reaction={"mid": "aWdf2", "action": "react", "reaction": "love"})
NOBODYS = [MENTIONED, SEEN, LIKED]
