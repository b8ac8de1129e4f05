"""What Meta calls us with about a page, one of each kind, as its documentation shows it:

https://developers.facebook.com/docs/graph-api/webhooks/reference/page/ (feed) and
https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
(messages, echoes, edits, deliveries), read on 2026-11-30.
"""

from typing import Any

from tests.networks.facebook_pretend import MINA, PAGE

Json = dict[str, Any]
POST, COMMENT = f"{PAGE}_200", "200_300"


def call(*told: Json, about: str = PAGE) -> Json:
    """One call of Meta's."""
    return {"object": "page", "entry": [{"id": about, "time": 1796029201, **one} for one in told]}


def feed(item: str, verb: str, *, by: str = MINA, **value: Any) -> Json:
    """A change on the wall."""
    name = "서울시" if by == PAGE else "미나"
    told = {"from": {"id": by, "name": name}, "item": item, "verb": verb, "post_id": POST,
            "created_time": 1796029200, **value}  # fmt: skip
    return {"changes": [{"field": "feed", "value": told}]}


def messaging(*, by: str = MINA, to: str = PAGE, **told: Any) -> Json:
    """Something between a person and the page."""
    return {"messaging": [{"sender": {"id": by}, "recipient": {"id": to},
                           "timestamp": 1796029200500, **told}]}  # fmt: skip


COMMENTED = feed(
    "comment", "add", comment_id=COMMENT, parent_id=POST, message="가로등이 꺼졌어요",
    post={"id": POST, "permalink_url": "https://www.facebook.com/seoul/posts/200"},
)  # fmt: skip
BELOW = feed("comment", "add", comment_id="200_301", parent_id=COMMENT, message="저도요",
             photo="https://scontent.example/a.jpg")  # fmt: skip
EDITED = feed("comment", "edited", comment_id=COMMENT, parent_id=POST, message="켜졌어요")
REMOVED = feed("comment", "remove", comment_id=COMMENT, parent_id=POST)
ON_THE_WALL = feed("post", "add", message="민원입니다")
OWN = feed("status", "add", by=PAGE, message="알립니다")
LIKED = feed("reaction", "add", reaction_type="like", parent_id=POST)
HIDDEN = feed("comment", "hide", comment_id=COMMENT, parent_id=POST)
RATED = {"changes": [{"field": "ratings", "value": {"item": "rating"}}]}
WRITTEN = messaging(
    message={
        "mid": "m_1", "text": "제 번호는 010",
        "attachments": [{"type": "image", "payload": {"url": "https://cdn.example/b.jpg"}},
                        {"type": "fallback", "payload": None}],
    }
)  # fmt: skip
ANSWERED = messaging(message={"mid": "m_4", "text": "고맙습니다", "reply_to": {"mid": "m_3"}})
ECHO = messaging(by=PAGE, to=MINA, message={"mid": "m_2", "text": "네", "is_echo": True})
CHANGED = messaging(message_edit={"mid": "m_1", "text": "제 번호는 011", "num_edit": 1})
ARRIVED = messaging(delivery={"mids": ["m_2", "m_3"], "watermark": 1796029201000})
SEEN = messaging(read={"watermark": 1796029201000})
TYPED = messaging(postback={"title": "시작", "payload": "START"})
NOBODYS = [LIKED, HIDDEN, RATED, SEEN, TYPED]
