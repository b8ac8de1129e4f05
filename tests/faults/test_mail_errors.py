"""Each way a mail server can fail: what it is called, what the row becomes, when it goes again."""

import socket
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from channels_app import tasks
from channels_app.connectors import mail
from channels_app.models import Delivery, Lane
from lifecycle import clock
from people.models import Office, User
from tests.faults import city
from tests.faults.house import House
from tests.faults.smtp import HANG_UP, RESET, SILENCE, counting, scripted
from tests.ledger import check_ledger

MINA = "mina@example.org"
SendTo = Callable[[int], None]
# What the server does → (its script, error class, state, seconds until it goes again, mails kept)
SCRIPTS: dict[str, tuple[dict[str, str], str, str, int | None, int]] = {
    "greets with 421": ({"GREETING": "421 too busy"}, "Transient", "queued", 5, 0),
    "greets with 554": ({"GREETING": "554 no service"}, "Transient", "queued", 5, 0),
    "hangs up at once": ({"GREETING": HANG_UP}, "Transient", "queued", 5, 0),
    "says nothing": ({"GREETING": SILENCE}, "Transient", "queued", 5, 0),
    "hangs up at EHLO": ({"EHLO": HANG_UP, "HELO": HANG_UP}, "Transient", "queued", 5, 0),
    "451 to the sender": ({"MAIL": "451 later"}, "Transient", "queued", 5, 0),
    "wants us to sign in": ({"MAIL": "530 sign in"}, "AuthExpired", "queued", 0, 0),
    "450 to the address": ({"RCPT": "450 greylisted"}, "Transient", "queued", 5, 0),
    "550 to the address": ({"RCPT": "550 no such user"}, "TargetGone", "failed", None, 0),
    "554 to the address": ({"RCPT": "554 refused"}, "ContentRejected", "failed", None, 0),
    "hangs up at RCPT": ({"RCPT": HANG_UP}, "Transient", "queued", 5, 0),
    "451 to DATA": ({"DATA": "451 later"}, "Transient", "queued", 5, 0),
    "554 to DATA": ({"DATA": "554 no"}, "ContentRejected", "failed", None, 0),
    "hangs up at DATA": ({"DATA": HANG_UP}, "Transient", "queued", 5, 0),
    "hangs up before the dot": ({"TEXT": HANG_UP}, "OutcomeUnknown", "queued", 60, 0),
    "451 after the dot": ({"DOT": "451 disk full"}, "Transient", "queued", 5, 1),
    "554 after the dot": ({"DOT": "554 spam"}, "ContentRejected", "failed", None, 1),
    "hangs up after the dot": ({"DOT": HANG_UP}, "OutcomeUnknown", "queued", 60, 1),
    "says nothing after the dot": ({"DOT": SILENCE}, "OutcomeUnknown", "queued", 60, 1),
    "babbles at the address": ({"RCPT": "hm"}, "Transient", "queued", 5, 0),
    "250 to DATA": ({"DATA": "250 why not"}, "Transient", "queued", 5, 0),
    "babbles after the dot": ({"DOT": "hm"}, "OutcomeUnknown", "queued", 60, 1),
    "tears the line at once": ({"GREETING": RESET}, "Transient", "queued", 5, 0),
    "tears the line at RCPT": ({"RCPT": RESET}, "Transient", "queued", 5, 0),
    "tears the line at DATA": ({"DATA": RESET}, "Transient", "queued", 5, 0),
    "tears the line after the dot": ({"DOT": RESET}, "OutcomeUnknown", "queued", 60, 1),
    "speaks another protocol": (
        {"GREETING": "HTTP/1.1 400 Bad Request"},
        "Transient",
        "queued",
        5,
        0,
    ),
    "hangs up at QUIT": ({"QUIT": HANG_UP}, "", "sent", None, 1),
}
# 5 s, 30 s, 2 min, 10 min, then hourly for a day.
PAUSES = [5, 30, 120, 600] + [3600] * 24


@pytest.fixture
def row(house: House, roads: Office) -> Delivery:
    """A receipt to Mina, who wants our mail."""
    return city.owe(MINA)


@pytest.fixture
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience of a second, not of a minute."""
    monkeypatch.setattr(mail, "SILENCE", 0.5)
    monkeypatch.setattr(mail, "PATIENCE", 1.0)


def assert_goes_again_in(row: Delivery, seconds: float) -> None:
    """With the fifth of jitter that the outbox adds, and the seconds the test itself may take."""
    wait = (row.next_at - clock.now()).total_seconds()
    assert seconds - 4 < wait <= seconds * 1.2


@pytest.mark.usefixtures("_hasty")
@pytest.mark.parametrize("name", SCRIPTS)
def test_what_becomes_of_the_row(name: str, row: Delivery, send_to: SendTo) -> None:
    script, error_class, state, seconds, kept = SCRIPTS[name]

    with scripted(script) as server:
        send_to(server.port)
        tasks.send_due()

    row.refresh_from_db()
    assert (row.error_class, row.state) == (error_class, state)
    assert row.repeated == (error_class == "OutcomeUnknown")
    assert row.is_troubled == (state == "failed")
    assert len(server.kept) == kept
    if seconds is not None:
        assert_goes_again_in(row, seconds)


@pytest.mark.usefixtures("_hasty")
@pytest.mark.parametrize(
    ("verb", "error_class"), [("GREETING", "Transient"), ("DOT", "OutcomeUnknown")]
)
def test_a_server_that_says_a_byte_now_and_then_is_left_in_time(
    verb: str, error_class: str, row: Delivery, send_to: SendTo
) -> None:
    with scripted({verb: "250-" + "slow " * 99}, dripping=verb) as server:
        send_to(server.port)
        before = clock.now()
        tasks.send_due()

    row.refresh_from_db()
    assert row.error_class == error_class
    assert clock.now() - before < timedelta(seconds=3)


def test_a_mail_is_given_half_of_its_lease() -> None:
    from channels_app.models.deliveries import LEASE

    assert mail.SILENCE < mail.PATIENCE == LEASE.total_seconds() / 2


def test_nobody_listens_for_a_day_then_a_person_knows(row: Delivery, send_to: SendTo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    send_to(port)
    moment = row.next_at

    for pause in PAUSES:
        with clock.at(moment):
            tasks.send_due()
        row.refresh_from_db()
        assert (row.state, row.error_class) == ("queued", "Transient")
        assert pause <= (row.next_at - moment).total_seconds() <= pause * 1.2
        moment = row.next_at
    with clock.at(moment):
        tasks.send_due()

    row.refresh_from_db()
    assert row.state == "failed"
    assert row.is_troubled
    assert row.told_of.office is not None
    tasks.route_waiting()
    check_ledger(outside={})


def test_a_wrong_password_pauses_mail_with_one_alert_and_keeps_the_queue(
    row: Delivery,
    send_to: SendTo,
    settings: Settings,
    client: Client,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "old"
    city.owe("jisu@example.org")

    with scripted({"AUTH": "535 wrong"}, auth=True) as server:
        send_to(server.port)
        for tries in range(1, 30):
            with clock.at(row.created_at + timedelta(minutes=11 * tries)):
                tasks.send_due()
        paused = client.get("/healthz").json()["paused"]
        said = [one for one in caplog.records if "sign-in is refused" in one.getMessage()]
        states = set(Delivery.objects.values_list("state", "attempts"))
        server.script["AUTH"] = "235 welcome"
        with clock.at(row.created_at + timedelta(minutes=11 * 31)):
            tasks.send_due()

    assert list(paused) == ["mail"]
    assert len(said) == 1
    assert "535" in said[0].getMessage()
    assert states == {("queued", 0)}
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert len(server.kept) == 2
    assert not Lane.objects.exists()


def test_while_mail_is_paused_only_the_sign_in_is_tried(
    row: Delivery, send_to: SendTo, settings: Settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "old"

    with scripted({"AUTH": "535 wrong"}, auth=True) as server:
        send_to(server.port)
        tasks.send_due()
        server.script["AUTH"] = "454 too busy to look"
        for minutes in (1, 5, 9):
            with clock.at(row.created_at + timedelta(minutes=minutes)):
                tasks.send_due()
        too_early = server.script["AUTH"], Lane.objects.get().try_at
        with clock.at(row.created_at + timedelta(minutes=11)):
            tasks.send_due()

    row.refresh_from_db()
    assert (row.state, row.attempts, row.error_class) == ("queued", 0, "AuthExpired")
    assert Lane.objects.get().try_at > too_early[1]
    assert server.kept == []


def test_a_mail_in_doubt_is_repeated_once_then_it_is_a_persons(
    row: Delivery, send_to: SendTo
) -> None:
    with scripted({"DOT": HANG_UP}) as server:
        send_to(server.port)
        for _try in range(3):
            with clock.at(clock.now() + timedelta(hours=_try)):
                tasks.send_due()

    row.refresh_from_db()
    assert (row.state, row.repeated, len(server.kept)) == ("unknown", True, 2)
    assert len({_header(mail, b"Message-ID") for mail in server.kept}) == 1
    assert row.is_troubled
    assert row.told_of.office is not None


def test_what_leaves_has_the_line_ends_and_dots_of_the_standard(jun: User, send_to: SendTo) -> None:
    city.confirmed(MINA)
    answer = "....점으로 시작하는 줄\n.\n" + "가나다라마바사 " * 400
    city.publish_answer(city.speak(contact=MINA), by=jun, text=answer)

    with scripted({}) as server:
        send_to(server.port)
        tasks.send_due()
    Delivery.objects.update(state="queued")
    with counting() as (counter, port):
        send_to(port)
        tasks.send_due()

    assert len(server.kept) == len(counter.kept) == 2
    for mail_as_sent in server.kept:
        assert b"\n" not in mail_as_sent.replace(b"\r\n", b"")
        assert max(map(len, mail_as_sent.split(b"\r\n"))) <= 998
    arrived = counter.kept[1].get_content().replace("\r\n", "\n")
    assert answer.strip() in arrived


def test_a_domain_in_hangul_is_reached(house: House, roads: Office, send_to: SendTo) -> None:
    row = city.owe("mina@서울.kr")

    with scripted({}) as server:
        send_to(server.port)
        tasks.send_due()

    row.refresh_from_db()
    assert row.state == "sent"
    assert b"mina@xn--" in server.recipients[0]
    assert b"mina@xn--" in _header(server.kept[0], b"To")


def _header(mail_as_sent: bytes, name: bytes) -> bytes:
    lines = mail_as_sent.split(b"\r\n\r\n")[0].split(b"\r\n")
    return next(line for line in lines if line.startswith(name + b":"))
