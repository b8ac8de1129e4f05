"""What X calls us with, one of each kind, as its documentation shows it (read on 2026-11-30):

https://docs.x.com/x-api/account-activity/introduction (Account Activity, posts of version 1.1) and
https://docs.x.com/x-api/activity/event-payloads (X Activity, posts of version 2).
"""

from typing import Any

from tests.networks.x_pretend import CITY, MINA

Json = dict[str, Any]
TOLD = "가로등이 꺼졌어요 &lt;합정역&gt;"
TEXT = "가로등이 꺼졌어요 <합정역>"


def _tweet(**more: Any) -> Json:
    """A post of 1.1."""
    return {
        "created_at": "Mon Nov 30 09:00:00 +0000 2026",
        "id": 2080761390344937000,
        "id_str": "2080761390344937001",
        "text": f"@seoul_city @jun {TOLD} https://t.co/a https://t.co/p",
        "truncated": False,
        "in_reply_to_status_id_str": None,
        "user": {
            "id_str": MINA, "name": "미나", "screen_name": "mina", "protected": False,
        },
        "entities": {
            "user_mentions": [
                {"screen_name": "seoul_city", "id_str": CITY, "indices": [0, 11]},
                {"screen_name": "jun", "id_str": "3", "indices": [12, 16]},
            ],
            "urls": [{"url": "https://t.co/a", "expanded_url": "https://example.org/map"}],
            "media": [{"type": "photo", "url": "https://t.co/p",
                       "media_url_https": "https://pbs.twimg.com/media/a.jpg"}],
        },
        "extended_entities": {
            "media": [{"type": "photo", "url": "https://t.co/p", "ext_alt_text": "꺼진 등",
                       "media_url_https": "https://pbs.twimg.com/media/a.jpg"}],
        },
        **more,
    }  # fmt: skip


MENTION: Json = {
    "for_user_id": CITY, "user_has_blocked": "false", "tweet_create_events": [_tweet()],
}  # fmt: skip
REPLY: Json = {
    "for_user_id": CITY,
    "tweet_create_events": [
        _tweet(id_str="2080761390344937002", in_reply_to_status_id_str="2080761390344930000")
    ],
}
LONG: Json = {
    "for_user_id": CITY,
    "tweet_create_events": [
        _tweet(
            truncated=True,
            text="처음 140자만…",
            extended_tweet={
                "full_text": "@seoul_city 처음부터 끝까지",
                "entities": {"user_mentions": [{"screen_name": "seoul_city", "id_str": CITY}]},
            },
        )
    ],
}
EDITED: Json = {
    "for_user_id": CITY,
    "tweet_create_events": [
        _tweet(
            id_str="2080761390344937009",
            edit_history={"edit_tweet_ids": ["2080761390344937001", "2080761390344937009"]},
        )
    ],
}
REPOST: Json = {
    "for_user_id": CITY, "tweet_create_events": [_tweet(retweeted_status=_tweet())],
}  # fmt: skip
OWN: Json = {
    "for_user_id": CITY,
    "tweet_create_events": [
        _tweet(user={"id_str": CITY, "name": "서울시", "screen_name": "seoul_city"})
    ],
}
DELETED: Json = {
    "for_user_id": CITY,
    "tweet_delete_events": [
        {"status": {"id": "2080761390344937001", "user_id": MINA}, "timestamp_ms": "1796029200000"}
    ],
}
LIKED: Json = {"for_user_id": CITY, "favorite_events": [{"id": "a7ba59eab0bf", "user": {}}]}
REVOKED: Json = {
    "user_event": {"revoke": {"target": {"app_id": "1"}, "source": {"user_id": CITY}}}
}  # fmt: skip


def _message(sender: str, to: str) -> Json:
    return {
        "type": "message_create",
        "id": "954491830116155396",
        "created_timestamp": "1796029200000",
        "message_create": {
            "target": {"recipient_id": to},
            "sender_id": sender,
            "message_data": {"text": "제 번호는 &lt;비밀&gt;", "entities": {"urls": []}},
        },
    }


PRIVATE: Json = {
    "for_user_id": CITY,
    "direct_message_events": [_message(MINA, CITY)],
    "users": {MINA: {"id": MINA, "name": "미나", "screen_name": "mina"},
              CITY: {"id": CITY, "name": "서울시", "screen_name": "seoul_city"}},
}  # fmt: skip
TYPING: Json = {
    "for_user_id": CITY,
    "direct_message_indicate_typing_events": [{"sender_id": MINA, "target": {}}],
}
POST: Json = {
    "created_at": "2026-11-30T09:00:00.000Z",
    "edit_history_tweet_ids": ["2080761390344937001"],
    "conversation_id": "2080761390344930000",
    "in_reply_to_tweet_id": "2080761390344930000",
    "in_reply_to_user_id": CITY,
    "referenced_tweets": [{"type": "replied_to", "id": "2080761390344930000"}],
    "text": f"@seoul_city {TOLD}",
    "entities": {"mentions": [{"start": 0, "end": 11, "username": "seoul_city", "id": CITY}]},
    "author_id": MINA,
    "id": "2080761390344937001",
}


def activity(kind: str, payload: Json, **includes: Any) -> Json:
    """A call of X Activity."""
    return {
        "data": {
            "event_uuid": "3091827364059182736", "filter": {"user_id": CITY}, "event_type": kind,
            "tag": "seoul", "payload": payload, "includes": includes,
        }
    }  # fmt: skip


NEW_REPLY = activity(
    "post.reply.create", POST, users=[{"id": MINA, "name": "미나", "username": "mina"}]
)
NEW_DELETED = activity(
    "post.delete",
    {"id": "2080761390344937001", "author_id": MINA},
    users=[{"data": {"id": MINA, "name": "미나", "username": "mina"}}],
)
NEW_REPOST = activity(
    "post.repost.create", {**POST, "referenced_tweets": [{"type": "retweeted", "id": "1"}]}
)
NEW_PRIVATE = activity(
    "dm.received",
    {
        "direct_message_events": [_message(MINA, CITY)],
        "users": {MINA: {"data": {"id": MINA, "name": "미나", "username": "mina"}}},
    },
)
NEW_SENT = activity("dm.sent", {"direct_message_events": [_message(CITY, MINA)], "users": {}})
NEW_LIKE = activity("like.create", {"id": "87719f50ee17", "liked_tweet_id": "1"})
NOBODYS = [LIKED, REVOKED, REPOST, TYPING, NEW_REPOST, NEW_LIKE]
