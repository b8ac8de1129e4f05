"""SOLAPI as its documentation has it, read on 2026-11-30.

https://developers.solapi.com/references/messages (send-many/detail, list),
https://docs.solapi.com/authentication/api-key (the header and its errors),
https://docs.solapi.com/api-reference/message-status-codes, and
https://developers.coolsms.co.kr/references (the same platform: how often one may call).
"""

import hmac
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from tests.networks.pretend import Answer, Asked, Pretend

KEY, SECRET, CITY = "NCSAYU7YDBXYORXC", "MMKJBOE2DAZTVMU4PKOYUX3ACQCFBUYA", "0225550120"
SKEW = timedelta(minutes=15)
SIGNED = re.compile(
    r"HMAC-SHA256 apiKey=(?P<key>\w+), date=(?P<date>[\dTZ:.+-]+), "
    r"salt=(?P<salt>[\w-]{12,64}), signature=(?P<signature>[0-9a-f]{64})"
)
QUERY = {"limit", "startKey", "dateType", "startDate", "endDate", "to", "from", "messageId"}
FIELDS = {"to", "from", "text", "type", "subject", "country", "autoTypeDetect", "customFields"}


class Gateway(Pretend):
    """It takes messages, and shows them in a list; a carrier decides later.

    `refuses`: numbers and the status with which a message for one is refused. `poor`: there is no
    money. `moment`: what time it is there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.messages: dict[str, dict[str, Any]] = {}
        self.refuses: dict[str, str] = {}
        self.poor = False
        self.used: set[str] = set()
        self.moment: datetime | None = None

    @property
    def now(self) -> datetime:
        """Of its clock."""
        return self.moment or datetime.now(UTC)

    def answer(self, asked: Asked) -> Answer:
        """What the documentation says."""
        if (fault := self._signed_wrongly(asked)) is not None:
            return fault
        match asked.method, asked.path:
            case "POST", "/messages/v4/send-many/detail":
                return self._send(asked)
            case "GET", "/messages/v4/list":
                return self._list(asked)
        return problem(404, "ResourceNotFound")

    def decides(self, name: str, code: str = "4000", *, at: datetime | None = None) -> None:
        """What became of one."""
        self.messages[name] |= {
            "statusCode": code,
            "status": "COMPLETE",
            "dateUpdated": written(at or self.now),
            "dateReceived": written(at or self.now),
        }

    def _signed_wrongly(self, asked: Asked) -> Answer | None:
        said = SIGNED.fullmatch(asked.headers.get("authorization", ""))
        if said is None:
            return problem(400, "InvalidAuthorization")
        if said["key"] != KEY:
            return problem(403, "InvalidAPIKey")
        right = hmac.new(SECRET.encode(), (said["date"] + said["salt"]).encode(), sha256)
        if right.hexdigest() != said["signature"]:
            return problem(403, "SignatureDoesNotMatch")
        if abs(datetime.fromisoformat(said["date"]) - self.now) > SKEW:
            return problem(403, "RequestTimeTooSkewed")
        if said["signature"] in self.used:
            return problem(403, "DuplicatedSignature")
        self.used.add(said["signature"])
        return None

    def _send(self, asked: Asked) -> Answer:
        body = asked.json
        if asked.headers.get("content-type") != "application/json":
            return problem(400, "ValidationError")
        if set(body) - {"messages", "showMessageList", "allowDuplicates", "agent"}:
            return problem(400, "ValidationError")
        if self.poor:
            return problem(402, "NotEnoughBalance")
        failed, taken = [], []
        for message in body["messages"]:
            if set(message) - FIELDS or not {"to", "from", "text"} <= set(message):
                return problem(400, "ValidationError")
            if code := self._fault(message):
                failed.append({**self._named(message), "statusCode": code, "statusMessage": "?"})
            else:
                taken.append(self._taken(message))
        group = {"groupId": "G4V1", "status": "SENDING", "count": {
            "total": len(body["messages"]), "registeredFailed": len(failed),
            "registeredSuccess": len(taken)}}  # fmt: skip
        told: dict[str, Any] = {"failedMessageList": failed, "groupInfo": group}
        if body.get("showMessageList") is True:
            told["messageList"] = taken
        return Answer(200, told)

    def _fault(self, message: dict[str, Any]) -> str:
        """1xxx, or nothing."""
        if message["to"] in self.refuses:
            return self.refuses[message["to"]]
        if message["from"] != CITY:
            return "1062"
        if not re.fullmatch(r"0\d{8,10}", message["to"]):
            return "1011"
        try:
            size = len(message["text"].encode("cp949"))
        except UnicodeEncodeError:
            return "1029"
        title = message.get("subject")
        if message["type"] == "SMS" and title is not None:
            return "1013"
        if title is not None and len(title.encode("cp949")) > 40:
            return "1014"
        if not 0 < size <= {"SMS": 90, "LMS": 2000}[message["type"]]:
            return "1031"
        fields = message.get("customFields", {})
        if any(len(name) > 30 or len(value) > 100 for name, value in fields.items()):
            return "1032"
        return ""

    def _named(self, message: dict[str, Any]) -> dict[str, Any]:
        name = f"M4V{self.now:%Y%m%d%H%M%S}{len(self.messages):010d}"
        kept = {key: message.get(key) for key in ("to", "from", "type")}
        return {"messageId": name, "accountId": "12925149", "country": "82", **kept}

    def _taken(self, message: dict[str, Any]) -> dict[str, Any]:
        """In the list at once, with the carrier soon."""
        named = self._named(message)
        moment = written(self.now)
        self.messages[named["messageId"]] = {
            **named, "_id": named["messageId"], "groupId": "G4V1", "text": message["text"],
            "subject": message.get("subject"), "customFields": message.get("customFields", {}),
            "statusCode": "2000", "status": "PENDING", "reason": None, "networkName": "ETC",
            "dateCreated": moment, "dateUpdated": moment, "dateProcessed": None,
            "dateReported": None, "dateReceived": None, "log": [], "replacement": False,
        }  # fmt: skip
        told = {"messageId": named["messageId"], "statusCode": "2000", "statusMessage": "정상 접수"}
        return {**told, "customFields": message.get("customFields", {})}

    def _list(self, asked: Asked) -> Answer:
        query = asked.query
        if set(query) - QUERY or not 1 <= int(query.get("limit", "20")) <= 500:
            return problem(400, "ValidationError")
        if "dateType" in query and not {"startDate", "endDate"} & set(query):
            return problem(400, "ValidationError")
        found = [one for one in self.messages.values() if _is_asked_for(one, query)]
        found.sort(key=lambda one: str(one["messageId"]), reverse=True)
        names = [one["messageId"] for one in found]
        start = query.get("startKey", "")
        if start and start not in names:
            return problem(400, "ValidationError")
        begin, limit = names.index(start) if start else 0, int(query.get("limit", "20"))
        following = names[begin + limit] if begin + limit < len(names) else None
        page = {one["messageId"]: one for one in found[begin : begin + limit]}
        return Answer(200, {"startKey": start or None, "nextKey": following, "limit": limit,
                            "messageList": page})  # fmt: skip


def _is_asked_for(message: dict[str, Any], query: Any) -> bool:
    day = {"CREATED": "dateCreated", "UPDATED": "dateUpdated"}[query.get("dateType", "CREATED")]
    moment = datetime.fromisoformat(message[day])
    return (
        query.get("to", message["to"]) == message["to"]
        and ("startDate" not in query or datetime.fromisoformat(query["startDate"]) <= moment)
        and ("endDate" not in query or moment <= datetime.fromisoformat(query["endDate"]))
    )


def written(moment: datetime) -> str:
    """As it writes moments."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def problem(status: int, code: str) -> Answer:
    """In its own words."""
    return Answer(status, {"errorCode": code, "errorMessage": "상황에 따라 다릅니다."})


def too_often(**headers: str) -> Answer:
    """More than a hundred in five seconds."""
    return Answer(
        429,
        {"errorCode": "TooManyRequests", "message": "잦은 호출로 제한되었습니다."},
        {
            "x-ratelimit-reset": "Mon Nov 30 2026 03:21:17 GMT+0000 (Coordinated Universal Time)",
            **headers,
        },
    )
