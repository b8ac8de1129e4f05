"""Updates of Telegram's Bot API as its documentation describes them, one a kind.

https://core.telegram.org/bots/api (2026-11-30).
"""

from typing import Any

BOT, USERNAME = 110201543, "seoul_listens_bot"
MINA = {"id": 5001, "is_bot": False, "first_name": "미나", "last_name": "김", "language_code": "ko"}
PRIVATE = {"id": 5001, "type": "private", "first_name": "미나", "last_name": "김"}
SQUARE = {"id": -1001, "type": "supergroup", "title": "서울광장", "username": "seoul_square"}
CLOSED = {"id": -1002, "type": "supergroup", "title": "우리 동네"}
CHANNEL = {"id": -1003, "type": "channel", "title": "서울시", "username": "seoul_city"}
DATE = 1_796_000_000
Update = dict[str, Any]


def message(
    number: int = 1, chat: Any = PRIVATE, *, by: Any = MINA, **content: Any
) -> dict[str, Any]:
    """A message, of the citizen's where nobody else is named."""
    content = content or {"text": "가로등이 꺼졌어요"}
    return {"message_id": number, "from": by, "chat": chat, "date": DATE, **content}


def update(number: int = 1, name: str = "message", **content: Any) -> Update:
    """One with a message in it."""
    return {"update_id": number, name: message(number, **content)}


def marked(text: str, length: int, kind: str = "mention", **more: Any) -> dict[str, Any]:
    """Words that begin with a mark of this length."""
    return {"text": text, "entities": [{"type": kind, "offset": 0, "length": length, **more}]}


TEXT = update()
TO_US = update(chat=SQUARE, **marked(f"@{USERNAME}: 불이요", len(USERNAME) + 1))
TO_OUR_NAME = update(
    chat=SQUARE,
    **marked("서울🏙, 불이요", 4, "text_mention", user={"id": BOT, "is_bot": True}),
)
TO_ANOTHER = update(chat=SQUARE, **marked("@mayor_oh 불이요", 9))
IN_GROUP = update(chat=CLOSED, text="불이요")
REPLY = update(9, chat=SQUARE, text="아직도요", reply_to_message=message(7, SQUARE))
IN_THREAD = update(
    9, chat=SQUARE, text="아직도요", message_thread_id=3, reply_to_message=message(7, SQUARE)
)
IN_TOPIC = update(
    9,
    chat=CLOSED,
    text="불이요",
    message_thread_id=2,
    is_topic_message=True,
    reply_to_message=message(2, CLOSED, forum_topic_created={"name": "민원", "icon_color": 1}),
)
FORWARDED = message(
    7,
    CLOSED,
    text="첫눈이 옵니다",
    sender_chat=CHANNEL,
    is_automatic_forward=True,
    forward_origin={"type": "channel", "chat": CHANNEL, "message_id": 44, "date": DATE},
)
COMMENT = update(9, chat=CLOSED, text="미끄러워요", message_thread_id=7, reply_to_message=FORWARDED)
PHOTO = update(
    caption="이 가로등이요",
    photo=[
        {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 67},
        {"file_id": "large", "file_unique_id": "l", "width": 1280, "height": 960},
    ],
)
PLACE = update(location={"latitude": 37.5665, "longitude": 126.978})
VENUE = update(
    location={"latitude": 37.5665, "longitude": 126.978},
    venue={"title": "서울시청", "address": "세종대로 110"},
)
FILE = update(document={"file_id": "d", "file_unique_id": "d", "file_name": "가로등.pdf"})
NAMELESS = update(
    chat=SQUARE,
    text="불이요",
    sender_chat=SQUARE,
    by={"id": 1087968824, "is_bot": True, "first_name": "Group"},
)
EDITED = update(2, "edited_message", text="가로등이 켜졌어요", edit_date=DATE + 60)
REACTIONS: Update = {
    "update_id": 3,
    "message_reaction_count": {
        "chat": CHANNEL,
        "message_id": 44,
        "date": DATE,
        "reactions": [
            {"type": {"type": "emoji", "emoji": "👍"}, "total_count": 12},
            {"type": {"type": "emoji", "emoji": "🔥"}, "total_count": 3},
            {"type": {"type": "paid"}, "total_count": 1},
        ],
    },
}
# What concerns nobody.
NOBODYS: list[Update] = [
    update(text="/start"),
    update(text="/start from_poster"),
    update(text=f"/start@{USERNAME}"),
    update(new_chat_members=[MINA]),
    update(pinned_message=message(1)),
    {"update_id": 4, "message": FORWARDED},
    update(text="beep", by={"id": 7, "is_bot": True, "first_name": "beep"}),
    update(name="edited_message", location={"latitude": 1, "longitude": 2, "live_period": 60}),
    {"update_id": 5, "my_chat_member": {"chat": PRIVATE, "date": DATE}},
    {"update_id": 6, "channel_post": message(1, CHANNEL)},
]
