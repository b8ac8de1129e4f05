"""X: what its calls say, and whether it was X that called."""

import base64
import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from channels_app.connectors import x_signing
from channels_app.connectors.contract import Heard, Picture
from channels_app.connectors.errors import BadSignature
from channels_app.connectors.x import X
from tests.networks import x_events as events
from tests.networks.x_pretend import CITY, KEYS, MINA

CITYS = X(own_id=CITY, base="https://api.x.com", allow=frozenset(), **KEYS)


def body_of(call: dict[str, Any]) -> bytes:
    return json.dumps(call, ensure_ascii=False).encode()


def signed(body: bytes, secret: str = KEYS["consumer_secret"]) -> dict[str, str]:
    """As X signs a call."""
    mark = base64.b64encode(hmac.digest(secret.encode(), body, sha256)).decode()
    return {"x-twitter-webhooks-signature": f"sha256={mark}"}


def heard(call: dict[str, Any]) -> Heard:
    """What the only event of a call says."""
    (event,) = X.open_hook(body_of(call))
    return X.hear(event.kind, event.raw, own_id=CITY)


class TestHearing:
    """What an event says."""

    def test_a_mention_loses_our_name_and_keeps_the_others(self) -> None:
        said = heard(events.MENTION)

        assert said == Heard(
            "message", "2080761390344937001", author=MINA, author_name="미나",
            text=f"@jun {events.TEXT} https://example.org/map",
            at=datetime(2026, 11, 30, 9, tzinfo=UTC), root="2080761390344937001", is_public=True,
            link="https://x.com/mina/status/2080761390344937001",
            pictures=(Picture("https://pbs.twimg.com/media/a.jpg", words="꺼진 등"),),
        )  # fmt: skip

    def test_a_reply_knows_what_it_answers(self) -> None:
        old, new = heard(events.REPLY), heard(events.NEW_REPLY)

        assert old.answers == new.answers == "2080761390344930000"
        assert new.root == "2080761390344930000"
        assert new.text == events.TEXT

    def test_a_long_post_comes_whole(self) -> None:
        note = {"text": "@seoul_city 처음부터 끝까지", "entities": events.POST["entities"]}
        call = events.activity("post.mention.create", {**events.POST, "note_tweet": note})

        assert {heard(events.LONG).text, heard(call).text} == {"처음부터 끝까지"}

    def test_an_edit_is_another_revision_of_the_same_post(self) -> None:
        (before,), (after,) = (X.open_hook(body_of(one)) for one in (events.MENTION, events.EDITED))

        assert after.external_id == before.external_id
        assert after.revision != before.revision
        assert heard(events.EDITED).kind == "edit"
        assert after.ref["id"] == "2080761390344937009"

    def test_a_protected_post_is_not_public(self) -> None:
        call = events.activity(
            "post.mention.create", events.POST, users=[{"id": MINA, "protected": True}]
        )

        assert not heard(call).is_public

    def test_our_own_words_are_ours(self) -> None:
        assert heard(events.OWN).is_ours
        assert heard(events.NEW_SENT).is_ours
        assert not heard(events.MENTION).is_ours

    @pytest.mark.parametrize("call", [events.PRIVATE, events.NEW_PRIVATE])
    def test_a_message_is_private_and_bears_no_name_of_a_post(self, call: dict[str, Any]) -> None:
        (event,) = X.open_hook(body_of(call))

        assert event.ref == {"to": MINA}
        assert heard(call) == Heard(
            "message", "dm/954491830116155396", author=MINA, author_name="미나",
            text="제 번호는 <비밀>", at=datetime(2026, 11, 30, 9, tzinfo=UTC), root=MINA,
        )  # fmt: skip

    @pytest.mark.parametrize("call", [events.DELETED, events.NEW_DELETED])
    def test_a_removed_post_is_named(self, call: dict[str, Any]) -> None:
        assert heard(call) == Heard("delete", "2080761390344937001", author=MINA)

    @pytest.mark.parametrize("call", events.NOBODYS)
    def test_what_concerns_nobody_is_left_out(self, call: dict[str, Any]) -> None:
        assert X.open_hook(body_of(call)) == ()

    def test_a_call_that_is_repeated_gives_the_same_names(self) -> None:
        both = [X.open_hook(body_of(events.MENTION)) for _n in range(2)]

        assert both[0] == both[1]


class TestCalls:
    """Who calls us."""

    def test_a_call_is_known_by_its_bytes_alone(self) -> None:
        body = body_of(events.MENTION)

        CITYS.check_hook(signed(body), body)

        for headers, changed in (
            (signed(body), body.replace(b"mina", b"mins")),
            (signed(body, "another secret"), body),
            ({"x-twitter-webhooks-signature": "sha256=날조"}, body),
            ({}, body),
        ):
            with pytest.raises(BadSignature):
                CITYS.check_hook(headers, changed)

    @pytest.mark.parametrize(
        "body", [body_of({**events.MENTION, "for_user_id": "4"}), b"[]", b"none"]
    )
    def test_a_call_about_another_account_is_not_ours(self, body: bytes) -> None:
        with pytest.raises(BadSignature):
            CITYS.check_hook(signed(body), body)

    def test_x_hears_that_its_secret_is_here(self) -> None:
        # As reckoned by another: printf challenge | openssl dgst -sha256 -hmac "app secret"
        mark = "OX7zkNXggcT0kt8P+JCHebTxMg4KncjSdkFnHukSSgw="

        told = CITYS.handshake({"crc_token": "challenge"})

        assert told.content_type == "application/json"
        assert json.loads(told.body) == {"response_token": f"sha256={mark}"}
        with pytest.raises(BadSignature):
            CITYS.handshake({"crc_token": ""})

    def test_a_question_is_signed_as_the_documentation_shows(self) -> None:
        told = {
            "status": "Hello Ladies + Gentlemen, a signed OAuth request!",
            "include_entities": "true",
            "oauth_consumer_key": "xvz1evFS4wEEPTGEFPHBog",
            "oauth_nonce": "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
            "oauth_signature_method": "HMAC-SHA1",
            "oauth_timestamp": "1318622958",
            "oauth_token": "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
            "oauth_version": "1.0",
        }
        keys = (
            "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
            "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
        )
        url = "https://api.x.com/1.1/statuses/update.json"

        assert x_signing.signature("POST", url, told, keys) == "Ls93hJiZbQ3akF3HF3x1Bz8/zU4="
