"""One notification of Mastodon for each thing that can be said to us, after its documentation.

https://docs.joinmastodon.org/entities/Notification/ and /entities/Status/, read on 2026-11-30.
"""

from typing import Any

from tests.networks.mastodon_pretend import CITY, MINA

US = (
    '<span class="h-card" translate="no"><a href="https://city.example/@seoul" '
    'class="u-url mention">@<span>seoul</span></a></span>'
)
JUN = US.replace("seoul", "jun")
OURS = {
    "id": CITY,
    "username": "seoul",
    "url": "https://city.example/@seoul",
    "acct": "seoul",
}
AUTHOR = {
    "id": MINA,
    "username": "mina",
    "acct": "mina@away.example",
    "display_name": "미나",
    "url": "https://away.example/@mina",
    "bot": False,
}
LINK = (
    '<a href="https://map.seoul.go.kr/lamps/1?of=hapjeong" rel="nofollow">'
    '<span class="invisible">https://</span><span class="ellipsis">map.seoul.go.kr/lamps</span>'
    '<span class="invisible">/1?of=hapjeong</span></a>'
)


def event(content: str, **more: Any) -> dict[str, Any]:
    """As /api/v1/notifications shows it."""
    status: dict[str, Any] = {
        "id": "103186126728896492",
        "created_at": "2026-11-30T01:02:03.456Z",
        "edited_at": None,
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "ko",
        "uri": "https://away.example/users/mina/statuses/103186126728896492",
        "url": "https://away.example/@mina/103186126728896492",
        "content": content,
        "account": AUTHOR,
        "media_attachments": [],
        "mentions": [OURS],
        "tags": [],
        "emojis": [],
        "poll": None,
    }
    return {
        "id": "34975861",
        "type": "mention",
        "created_at": "2026-11-30T01:02:04.000Z",
        "account": AUTHOR,
        "status": status | more,
    }


MENTION = event(f"<p>{US} 가로등이 꺼졌어요<br />{LINK}</p><p>밤길이 &lt;아주&gt; 어두워요</p>")
REPLY = event(
    f"<p>{JUN} {US} 아직도요</p>",
    in_reply_to_id="103186126728896400",
    in_reply_to_account_id=CITY,
)
EDITED = event(f"<p>{US} 이제 켜졌어요</p>", edited_at="2026-11-30T02:00:00.000Z")
PRIVATE = event(f"<p>{US} 제 번호예요</p>", visibility="direct")
FOLLOWERS = event(f"<p>{US} 친구들만</p>", visibility="private")
WARNED = event(f"<p>{US} 내용</p>", spoiler_text="사고 사진")
PICTURES = event(
    f"<p>{US}</p>",
    media_attachments=[
        {
            "id": "22345792",
            "type": "image",
            "url": "https://files.city.example/1.png",
            "remote_url": None,
            "description": "꺼진 가로등",
        },
        {"id": "22345793", "type": "video", "url": "https://files.city.example/2.mp4"},
        {"id": "22345794", "type": "image", "url": None, "remote_url": None},
    ],
)
ELSEWHERE = event(
    '<p><a href="https://city.example/@seoul" class="mention">@seoul@city.example</a> 여기요</p>'
)
ECHO = event("<p>고쳤습니다.</p>", account={**AUTHOR, "id": CITY})
