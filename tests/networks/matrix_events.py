"""Events of Matrix as its specification prints them, one a kind, with the city's words in them.

https://spec.matrix.org/v1.18/client-server-api/ (2026-11-30).
"""

import json
from typing import Any

CITY, MINA = "@seoul:seoul.example", "@mina:seoul.example"
ROOM = "!636q39766251:seoul.example"
Event = dict[str, Any]


def event(content: Event, kind: str = "m.room.message", **more: Any) -> Event:
    """What surrounds every content."""
    return {
        "content": content,
        "event_id": "$143273582443PhrSn",
        "origin_server_ts": 1432735824653,
        "sender": MINA,
        "type": kind,
        "unsigned": {"age": 1234},
        **more,
    }


def kept(one: Event, *, rule: str = "invite", name: str = "미나") -> bytes:
    """As the portal keeps it."""
    told = {"room": ROOM, "join_rule": rule, "author_name": name, "event": one}
    return json.dumps(told).encode()


TEXT = event({"msgtype": "m.text", "body": "가로등이 꺼졌어요"})
TO_US = event(
    {
        "msgtype": "m.text",
        "body": "서울시: 가로등이 꺼졌어요",
        "format": "org.matrix.custom.html",
        "formatted_body": f'<a href="https://matrix.to/#/{CITY}">서울시</a>: <b>가로등이</b>…',
        "m.mentions": {"user_ids": [CITY]},
    }
)
IN_THREAD = event(
    {
        "msgtype": "m.text",
        "body": "아직도요",
        "m.relates_to": {
            "rel_type": "m.thread",
            "event_id": "$root",
            "m.in_reply_to": {"event_id": "$target"},
            "is_falling_back": True,
        },
    }
)
REPLY_IN_THREAD = event(
    {
        "msgtype": "m.text",
        "body": "고맙습니다",
        "m.relates_to": {
            "rel_type": "m.thread",
            "event_id": "$root",
            "m.in_reply_to": {"event_id": "$target"},
        },
    }
)
PLAIN_REPLY = event(
    {
        "msgtype": "m.text",
        "body": "> <@seoul:seoul.example> 고쳤습니다\n> 내일 봅시다\n\n아직 어두워요",
        "m.relates_to": {"m.in_reply_to": {"event_id": "$another_event"}},
    }
)
EDIT = event(
    {
        "msgtype": "m.text",
        "body": "* 가로등이 켜졌어요",
        "m.new_content": {"msgtype": "m.text", "body": "가로등이 켜졌어요"},
        "m.relates_to": {"rel_type": "m.replace", "event_id": "$some_event_id"},
    }
)
REDACTION = event({"redacts": "$some_event_id", "reason": "Spamming"}, "m.room.redaction")
OLD_REDACTION = event({"reason": "Spamming"}, "m.room.redaction", redacts="$some_event_id")
IMAGE = event(
    {
        "msgtype": "m.image",
        "body": "가로등.png",
        "url": "mxc://seoul.example/JWEIFJgwEIhweiWJE",
        "info": {"h": 398, "mimetype": "image/png", "size": 31037, "w": 394},
    }
)
CAPTIONED = event(
    {
        "msgtype": "m.image",
        "body": "이 가로등이요",
        "filename": "가로등.png",
        "url": "mxc://seoul.example/JWEIFJgwEIhweiWJE",
    }
)
NOTICE = event({"msgtype": "m.notice", "body": "I am a machine"})
REACTION = event(
    {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$some_event_id", "key": "👍"}},
    "m.reaction",
)
SEALED = event(
    {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgAEn", "session_id": "X3lU"},
    "m.room.encrypted",
)
REDACTED = event({}, unsigned={"redacted_because": {"event_id": "$r"}})
# What a hostile or broken program may send, and a server may pass on.
BROKEN: list[Event] = [
    event({"msgtype": "m.text", "body": 7}),
    event({"msgtype": "m.text"}),
    event({"msgtype": "m.text", "body": "*", "m.relates_to": {"rel_type": "m.replace"}}),
    event({"body": "*", "m.relates_to": {"rel_type": "m.replace", "event_id": "$e"}}),
    event({}, "m.room.redaction"),
    event({"redacts": ["$e"]}, "m.room.redaction"),
]
