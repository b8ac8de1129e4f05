"""What a Facebook page and an Instagram account share besides: people write to them in private.

Such a person is answered for seven days after their last words; when a day has passed, only as one
whom a person of ours answers (HUMAN_AGENT), which Meta grants an app or does not.
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from channels_app.connectors.contract import Outbound, Sent
from channels_app.connectors.errors import ContentRejected, Forbidden
from channels_app.connectors.meta import Meta
from channels_app.connectors.meta_words import Json, moment
from lifecycle import clock

WINDOW = timedelta(days=7)
USUAL_WINDOW = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Inbox(Meta):
    """An account that people also write to in private. Its `platform` is what Graph calls it."""

    platform: ClassVar[str]

    def check(self, out: Outbound) -> None:
        """Length, whom it goes to, and whether that is in time. Raises ContentRejected, Forbidden.

        What was said in private is never answered where everyone reads.
        """
        super().check(out)
        if out.pictures:
            raise ContentRejected("no pictures here")
        if out.visibility == "public":
            if out.reply_to and "id" not in out.reply_to:
                raise Forbidden("it was said in private")
        elif not out.reply_to.get("to"):
            raise Forbidden("no person to write to")
        elif self._since_their_words(out) >= WINDOW:
            raise Forbidden("they wrote more than seven days ago")

    def send(self, out: Outbound) -> Sent:
        """One try; what was refused because it is there already is found.

        Raises one of the connector's errors.
        """
        try:
            return self._say(out) if out.visibility == "public" else self._tell(out)
        except ContentRejected:
            if there := self.reconcile(out):
                return there
            raise

    @abstractmethod
    def _say(self, out: Outbound) -> Sent:
        """Where everyone reads it."""

    @abstractmethod
    def _said_below(self, out: Outbound) -> list[tuple[Sent, datetime, str]]:
        """As `_said`, where everyone reads it."""

    def _said(self, out: Outbound) -> list[tuple[Sent, datetime, str]]:
        return self._said_below(out) if out.visibility == "public" else self._told(out)

    def _tell(self, out: Outbound) -> Sent:
        """To one person."""
        is_late = self._since_their_words(out) >= USUAL_WINDOW
        tag: Json = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
        body = {
            "recipient": {"id": out.reply_to["to"]},
            "message": {"text": out.text},
            **(tag if is_late else {"messaging_type": "RESPONSE"}),
        }
        said = self.change("POST", f"/{self._me()}/messages", body=body)
        return Sent((self.made(said, "message_id"),), ref=out.reply_to)

    def _told(self, out: Outbound) -> list[tuple[Sent, datetime, str]]:
        """What we have written to this person of late."""
        mine = self._me()
        told = self.read(
            f"/{mine}/conversations",
            platform=self.platform,
            user_id=out.reply_to["to"],
            fields="messages.limit(20){id,message,from,created_time}",
        )
        said = [
            one
            for talk in told.get("data") or []
            for one in (talk.get("messages") or {}).get("data") or []
            if str((one.get("from") or {}).get("id")) == mine
        ]
        return [
            (
                Sent((str(one["id"]),), ref=out.reply_to),
                moment(one["created_time"]),
                str(one.get("message") or ""),
            )
            for one in said
        ]

    @staticmethod
    def _since_their_words(out: Outbound) -> timedelta:
        return clock.now() - moment(out.reply_to.get("at") or 0)
