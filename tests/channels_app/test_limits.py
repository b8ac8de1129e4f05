"""Held instead of refused: who says how much, counted by a real Valkey."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import redis
from django.conf import settings
from pytest_django.fixtures import Settings

from channels_app import limits, rules, sealing
from channels_app.actions import Said
from channels_app.models import ApiClient, HeldReason
from lifecycle import clock
from tests.limits import lift

pytestmark = pytest.mark.django_db
SAID = Said(text="가로등이 꺼졌어요", kind="complaint", public=True)
TWO_IN_THE_AFTERNOON = datetime(2026, 11, 23, 14, 0, tzinfo=clock.SEOUL)


@pytest.fixture(autouse=True)
def valkey() -> Iterator["redis.Redis"]:
    """Empty, in the middle of an hour that does not end during a test."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.flushdb()
    with clock.at(TWO_IN_THE_AFTERNOON):
        yield client
    client.close()


def nth(number: int) -> Said:
    """A voice like no other."""
    words = "".join(chr(0xAC00 + (number * 7919 + place * 104729) % 11172) for place in range(12))
    return replace(SAID, text=words)


def held(count: int, *, session: str) -> list[str]:
    """What is said of so many different voices from the same browser."""
    return [limits.reason_to_hold(nth(number), session=session) for number in range(count)]


def test_a_single_voice_goes_on() -> None:
    assert limits.reason_to_hold(SAID, session="mina", network="192.0.2.1") == ""


def test_the_same_words_again_and_again_are_held_whoever_sends_them() -> None:
    free = rules.LIMIT_REPEATED.value()
    found = [limits.reason_to_hold(SAID, session=f"{number}") for number in range(free + 2)]

    assert found == [""] * free + [HeldReason.REPEATED] * 2


def test_digits_spaces_and_signs_do_not_make_other_words() -> None:
    free = rules.LIMIT_ALIKE.value()
    texts = [f"가로등이  {number} 꺼졌어요{'!' * (number % 3)}" for number in range(free + 1)]
    found = [limits.reason_to_hold(replace(SAID, text=text)) for text in texts]

    assert found == [""] * free + [HeldReason.REPEATED]


def test_one_browser_may_say_so_much_an_hour() -> None:
    free = rules.LIMIT_SESSION.value()

    assert held(free + 1, session="mina") == [""] * free + [HeldReason.BURST]
    with clock.at(TWO_IN_THE_AFTERNOON + timedelta(hours=1)):
        assert limits.reason_to_hold(nth(99), session="mina") == ""


def test_one_contact_may_be_given_so_often_an_hour() -> None:
    free = rules.LIMIT_CONTACT.value()
    said = [replace(nth(number), contact=("mail", "m@example.org")) for number in range(free + 1)]

    assert [limits.reason_to_hold(one) for one in said] == [""] * free + [HeldReason.BURST]


def test_a_network_address_never_decides_alone() -> None:
    """A school: many people behind one address, each with a browser of their own."""
    many = rules.LIMIT_NETWORK.value() + 40
    found = [
        limits.reason_to_hold(nth(number), session=f"{number}", network="192.0.2.1")
        for number in range(many)
    ]

    assert found == [""] * many


def test_on_a_busy_network_address_each_message_counts_twice() -> None:
    for number in range(rules.LIMIT_NETWORK.value()):
        limits.reason_to_hold(nth(number), session=f"{number}", network="192.0.2.1")

    half = rules.LIMIT_SESSION.value() // 2
    found = [
        limits.reason_to_hold(nth(1000 + number), session="mina", network="192.0.2.1")
        for number in range(half + 1)
    ]
    assert found == [""] * half + [HeldReason.BURST]


def test_an_app_is_held_to_its_own_rate_a_minute() -> None:
    client = ApiClient(name="app", rate=3)
    client.renew_token()
    client.save()

    found = [limits.reason_to_hold(nth(number), client=client) for number in range(4)]
    assert found == [""] * 3 + [HeldReason.BURST]
    with clock.at(TWO_IN_THE_AFTERNOON + timedelta(minutes=1)):
        assert limits.reason_to_hold(nth(4), client=client) == ""


def test_the_strongest_reason_is_named() -> None:
    harsh = replace(SAID, text="이 병신 새끼야")
    for _n in range(rules.LIMIT_SESSION.value()):
        limits.reason_to_hold(harsh, session="mina")

    every = limits.reason_to_hold(harsh, session="mina", honeypot=True)
    repeated = limits.reason_to_hold(harsh, session="mina")
    burst = limits.reason_to_hold(nth(1), session="mina")
    tone = limits.reason_to_hold(replace(harsh, text="저 병신 놈들"))

    assert [every, repeated, burst, tone] == ["machine", "repeated", "burst", "tone"]


def test_nothing_that_is_kept_names_anybody(valkey: "redis.Redis") -> None:
    said = replace(SAID, contact=("mail", "mina@example.org"))

    with clock.at(TWO_IN_THE_AFTERNOON + timedelta(days=2)):
        limits.reason_to_hold(said, session="browser-of-mina", network="192.0.2.77")

    keys: list[bytes] = list(valkey.scan_iter())
    kept = b" ".join(keys)
    salt = valkey.get("limits:salt:2026-11-25")
    assert sealing.index_of("mail", "mina@example.org").encode() in kept
    for name in (b"192.0.2.77", b"mina@", b"browser-of-mina", SAID.text.encode()):
        assert name not in kept
    assert salt is not None
    assert all(0 < valkey.ttl(key) <= 25 * 3600 for key in keys)


def test_another_day_has_another_salt(valkey: "redis.Redis") -> None:
    for day in (4, 5):
        with clock.at(TWO_IN_THE_AFTERNOON + timedelta(days=day)):
            limits.reason_to_hold(SAID, network="192.0.2.77")

    salts = {valkey.get(key) for key in valkey.keys("limits:salt:*")}
    assert len(salts) == 2


def test_it_costs_one_round_trip(valkey: "redis.Redis") -> None:
    limits.reason_to_hold(SAID, session="mina", network="192.0.2.1")
    before = valkey.info("stats")["total_reads_processed"]

    limits.reason_to_hold(SAID, session="mina", network="192.0.2.1")

    asked_twice = valkey.info("stats")["total_reads_processed"] - before
    assert asked_twice == 2  # the counting, and the question itself


@pytest.mark.parametrize("address", ["unix:///nowhere/valkey.sock", "redis://127.0.0.1:1/0"])
def test_without_valkey_the_limits_stay_open(
    address: str, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.REDIS_URL = address
    with caplog.at_level(logging.WARNING, logger="channels_app.limits"):
        found = [limits.reason_to_hold(SAID, session="mina") for _n in range(20)]

    assert found == [""] * 20
    assert [record.message for record in caplog.records] == [
        "limits stay open: ConnectionError"
    ] * 20


def test_without_valkey_tone_and_machines_are_still_seen(settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"

    assert limits.reason_to_hold(replace(SAID, text="이 병신 새끼야")) == HeldReason.TONE
    assert limits.reason_to_hold(SAID, honeypot=True) == HeldReason.MACHINE
    assert limits.report_hides(session="mina", network="192.0.2.1")


def test_one_reader_hides_only_so_many_an_hour() -> None:
    free = rules.LIMIT_REPORTS.value()

    found = [limits.report_hides(session="sora", network="192.0.2.1") for _n in range(free + 2)]

    assert found == [True] * free + [False] * 2


def test_nor_by_throwing_cookies_away() -> None:
    free = rules.LIMIT_REPORTS_OF_NETWORK.value()

    found = [limits.report_hides(session=f"{n}", network="192.0.2.1") for n in range(free + 2)]

    assert found == [True] * free + [False] * 2


def test_so_many_photos_an_hour_come_from_one_browser() -> None:
    free = rules.LIMIT_PHOTOS.value()

    found = [limits.may_bring_photo(session="mina") for _n in range(free + 2)]

    assert found == [True] * free + [False] * 2


def test_without_cookies_the_network_address_is_counted() -> None:
    free = rules.LIMIT_PHOTOS_OF_NETWORK.value()

    found = [limits.may_bring_photo(network="192.0.2.1") for _n in range(free + 2)]

    assert found == [True] * free + [False] * 2
    assert limits.may_bring_photo(network="192.0.2.2")


def test_without_valkey_photos_are_kept(settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"

    assert all(limits.may_bring_photo(session="mina", network="192.0.2.1") for _n in range(99))


def test_the_rulebook_lifts_every_limit() -> None:
    lift()

    assert {limits.reason_to_hold(SAID, session="mina") for _n in range(30)} == {""}
