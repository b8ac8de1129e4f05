"""One notification of Bluesky for each thing that can be said to us, after its lexicons.

https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky, read on 2026-11-30.
"""

from typing import Any

from tests.networks.bluesky_pretend import CITY, MINA, POST

OURS = f"at://{CITY}/{POST}/3lourpost0000"
THEIRS = f"at://{MINA}/{POST}/3lminapost000"
CID = "bafyreiaxkvbcbmxx4gyuzeq5ol7ulsqrj6zvyvmmvgfqz4hoc4eh2a4gmq"
OUR_CID = "bafyreid27zk7lbis4zw5fz4podbvbs4fc5ivwji3dmrwa6zggnj4bnd57u"


def event(record: dict[str, Any], *, reason: str = "mention", by: str = MINA) -> dict[str, Any]:
    """As listNotifications shows it."""
    return {
        "uri": THEIRS,
        "cid": CID,
        "author": {
            "did": by,
            "handle": "mina.bsky.social",
            "displayName": "미나",
            "viewer": {"muted": False, "blockedBy": False},
            "labels": [],
            "createdAt": "2026-01-02T03:04:05.678Z",
            "indexedAt": "2026-01-02T03:04:05.678Z",
        },
        "reason": reason,
        "record": {"$type": POST, "createdAt": "2026-11-30T01:02:03.000Z", **record},
        "isRead": False,
        "indexedAt": "2026-11-30T01:02:03.456Z",
        "labels": [],
    }


def facet(text: str, shown: str, **feature: str) -> dict[str, Any]:
    """Over these words of the text, in bytes of UTF-8."""
    start = len(text.partition(shown)[0].encode())
    kind = "link" if "uri" in feature else "mention"
    return {
        "index": {"byteStart": start, "byteEnd": start + len(shown.encode())},
        "features": [{"$type": f"app.bsky.richtext.facet#{kind}", **feature}],
    }


SAID = "@seoul.test 가로등이 꺼졌어요 map.seoul.go.kr/lamps/1… @jun.test"
MENTION = event({
    "text": SAID,
    "langs": ["ko"],
    "facets": [
        facet(SAID, "@jun.test", did="did:plc:jun"),
        facet(SAID, "map.seoul.go.kr/lamps/1…", uri="https://map.seoul.go.kr/lamps/1?of=hapjeong"),
        facet(SAID, "@seoul.test", did=CITY),
    ],
})  # fmt: skip
REPLY = event(
    {
        "text": "아직도 어두워요",
        "reply": {
            "root": {"uri": OURS, "cid": OUR_CID},
            "parent": {"uri": f"{OURS}1", "cid": OUR_CID},
        },
    },
    reason="reply",
) | {"reasonSubject": OURS}
QUOTE = event(
    {
        "text": "서울시가 이렇게 답했네요",
        "embed": {"$type": "app.bsky.embed.record", "record": {"uri": OURS, "cid": OUR_CID}},
    },
    reason="quote",
) | {"reasonSubject": OURS}
BLOB = {"$type": "blob", "ref": {"$link": CID}, "mimeType": "image/jpeg", "size": 4711}
PICTURES = event({
    "text": "",
    "embed": {
        "$type": "app.bsky.embed.images",
        "images": [{"alt": "꺼진 가로등", "image": BLOB, "aspectRatio": {"width": 4, "height": 3}}],
    },
})  # fmt: skip
QUOTED_WITH_PICTURE = event({
    "text": "여기요",
    "embed": {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"$type": "app.bsky.embed.record", "record": {"uri": OURS, "cid": OUR_CID}},
        "media": {"$type": "app.bsky.embed.images", "images": [{"alt": "", "image": BLOB}]},
    },
})  # fmt: skip
CARD = event({
    "text": "이 기사 보세요",
    "embed": {
        "$type": "app.bsky.embed.external",
        "external": {"uri": "https://news.example/1", "title": "t", "description": "d"},
    },
})  # fmt: skip
ODD = event({
    "text": "한",
    "facets": [
        {"index": {"byteStart": 1, "byteEnd": 900}, "features": [{"$type": "x"}]},
        {"index": {"byteStart": 0}},
        {"index": None, "features": None},
        7,
    ],
    "embed": {"record": {"uri": "not an address"}},
    "reply": 3,
})  # fmt: skip
ECHO = event({"text": "고쳤습니다."}, reason="reply", by=CITY)
