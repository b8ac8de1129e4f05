"""What Meta calls us with about a Threads profile, one of each kind, as its documentation shows it:

https://developers.facebook.com/documentation/threads/webhooks (read on 2026-11-30).
"""

from typing import Any

from tests.networks.threads_pretend import CITY, MINA

Json = dict[str, Any]


def call(field: str, topic: str, **value: Any) -> Json:
    """One call of Meta's."""
    told = {"id": "8901234", "username": MINA, "media_type": "TEXT_POST", "shortcode": "Pp",
            "permalink": "https://www.threads.com/@mina/post/Pp",
            "timestamp": "2026-11-30T09:00:00+0000", **value}  # fmt: skip
    return {
        "app_id": "123456", "topic": topic, "target_id": "78901", "time": 1796029200,
        "subscription_id": "234567", "has_uid_field": False,
        "values": {"value": told, "field": field},
    }  # fmt: skip


REPLY = call(
    "replies", "moderate", text="저도 봤어요", replied_to={"id": "567890"},
    root_post={"id": "123456", "owner_id": "1", "username": CITY},
)  # fmt: skip
MENTION = call(
    "mentions", "interaction", text=f"@{CITY} 가로등이 꺼졌어요", is_reply=False,
    media_type="IMAGE", media_url="https://scontent.example/a.jpg", alt_text="꺼진 등",
)  # fmt: skip
OWN = call("replies", "moderate", text="네", username=CITY, replied_to={"id": "567890"},
           root_post={"id": "123456"})  # fmt: skip
PUBLISHED = call("publish", "interaction", username=CITY)
DELETED = call("delete", "moderate", username=CITY, deleted_at="2026-11-30T10:00:00+0000")
NOBODYS = [PUBLISHED, DELETED]
