"""A Facebook page: what Meta's calls say, and whether it was Meta that called."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from channels_app.connectors.contract import Heard, Picture
from channels_app.connectors.errors import BadSignature
from channels_app.connectors.facebook import Facebook
from tests.networks import facebook_events as events
from tests.networks.facebook_pretend import MINA, PAGE
from tests.networks.meta_pretend import AGREED, SECRET, TOKEN, signed

CITYS = Facebook(token=TOKEN, app_secret=SECRET, verify_token=AGREED, own_id=PAGE)


def body_of(*told: dict[str, Any]) -> bytes:
    return json.dumps(events.call(*told), ensure_ascii=False).encode()


def heard(*told: dict[str, Any]) -> list[Heard]:
    """What the events of a call say."""
    opened = Facebook.open_hook(body_of(*told))
    return [Facebook.hear(one.kind, one.raw, own_id=PAGE) for one in opened]


class TestHearing:
    """What an event says."""

    def test_a_comment(self) -> None:
        assert heard(events.COMMENTED) == [
            Heard(
                "message", events.COMMENT, author=MINA, author_name="미나",
                text="가로등이 꺼졌어요", at=datetime(2026, 11, 30, 9, tzinfo=UTC),
                answers=events.POST, root=events.POST,
                is_public=True, link=f"https://www.facebook.com/{events.COMMENT}",
            )
        ]  # fmt: skip

    def test_a_comment_below_a_comment_with_a_picture(self) -> None:
        (said,) = heard(events.BELOW)
        (event,) = Facebook.open_hook(body_of(events.BELOW))

        assert (said.answers, said.root) == (events.COMMENT, events.POST)
        assert said.pictures == (Picture("https://scontent.example/a.jpg"),)
        assert event.ref == {"id": "200_301", "top": events.COMMENT}

    def test_an_edit_and_a_removal_name_the_same_comment(self) -> None:
        edited, removed = heard(events.EDITED, events.REMOVED)
        (before,), (after,) = (
            Facebook.open_hook(body_of(one)) for one in (events.COMMENTED, events.EDITED)
        )

        assert (edited.kind, edited.name, edited.text) == ("edit", events.COMMENT, "켜졌어요")
        assert (removed.kind, removed.name) == ("delete", events.COMMENT)
        assert before.revision != after.revision

    def test_a_post_of_a_visitor_begins_a_conversation(self) -> None:
        (said,) = heard(events.ON_THE_WALL)

        assert (said.name, said.answers, said.root) == (events.POST, "", events.POST)

    def test_our_own_words_are_ours(self) -> None:
        assert [one.is_ours for one in heard(events.OWN, events.ECHO, events.WRITTEN)] == [
            True, True, False,
        ]  # fmt: skip

    def test_a_message_is_private(self) -> None:
        (event,) = Facebook.open_hook(body_of(events.WRITTEN))

        assert event.ref == {"to": MINA, "at": "1796029200"}
        assert heard(events.WRITTEN) == [
            Heard(
                "message", "m_1", author=MINA, text="제 번호는 010", root=MINA,
                at=datetime(2026, 11, 30, 9, 0, 0, 500_000, tzinfo=UTC),
                pictures=(Picture("https://cdn.example/b.jpg"),),
            )
        ]  # fmt: skip

    def test_an_answer_to_ours_and_a_changed_message_are_known(self) -> None:
        answered, changed = heard(events.ANSWERED, events.CHANGED)

        assert answered.answers == "m_3"
        assert (changed.kind, changed.name, changed.text) == ("edit", "m_1", "제 번호는 011")

    def test_what_arrived_is_told_message_by_message(self) -> None:
        assert heard(events.ARRIVED) == [
            Heard("receipt", "m_2", counts={"arrived": 1}),
            Heard("receipt", "m_3", counts={"arrived": 1}),
        ]

    @pytest.mark.parametrize("told", events.NOBODYS)
    def test_what_concerns_nobody_is_left_out(self, told: dict[str, Any]) -> None:
        assert heard(told) == []

    def test_of_a_call_about_several_pages_one_can_be_had(self) -> None:
        call = events.call(events.COMMENTED)
        call["entry"] += events.call(events.BELOW, about="1002")["entry"]
        body = json.dumps(call).encode()

        assert len(Facebook.open_hook(body)) == 2
        assert [one.external_id for one in Facebook.open_hook(body, own_id="1002")] == ["200_301"]


class TestCalls:
    """Who calls us."""

    def test_a_call_is_known_by_its_bytes_alone(self) -> None:
        body = body_of(events.COMMENTED)

        CITYS.check_hook(signed(body), body)

        for headers, changed in (
            (signed(body), body.replace(b"300", b"301")),
            (signed(body, "another secret"), body),
            ({"x-hub-signature-256": "sha256=날조"}, body),
            ({"x-hub-signature": "sha1=0"}, body),
            ({}, body),
        ):
            with pytest.raises(BadSignature):
                CITYS.check_hook(headers, changed)

    def test_the_signature_is_what_another_reckons(self) -> None:
        # printf '{"entry":[{"id":"1001"}]}' | openssl dgst -sha256 -hmac "secret of the app"
        mark = "c664938bde92beb152166e2d587c661dedba1013fd7f4198738d729922fffc92"

        CITYS.check_hook({"x-hub-signature-256": f"sha256={mark}"}, b'{"entry":[{"id":"1001"}]}')

    @pytest.mark.parametrize("body", [b"[]", b"none", b"{}", b'{"entry":[{"id":"1002"}]}'])
    def test_a_call_about_another_page_is_not_ours(self, body: bytes) -> None:
        with pytest.raises(BadSignature):
            CITYS.check_hook(signed(body), body)

    def test_without_a_secret_nobody_is_believed(self) -> None:
        body = body_of(events.COMMENTED)

        with pytest.raises(BadSignature):
            replace(CITYS, app_secret="").check_hook(signed(body, ""), body)
        with pytest.raises(BadSignature):
            replace(CITYS, verify_token="").handshake({"hub.mode": "subscribe"})

    def test_who_knows_what_was_agreed_is_answered(self) -> None:
        asks = {"hub.mode": "subscribe", "hub.verify_token": AGREED, "hub.challenge": "1158"}

        assert CITYS.handshake(asks).body == b"1158"
        for wrong in ({"hub.verify_token": "날조"}, {"hub.mode": "unsubscribe"}):
            with pytest.raises(BadSignature):
                CITYS.handshake({**asks, **wrong})
