"""Fetching: each event once with its cursor, and accounts that pause."""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from channels_app import actions, inbox, media, tasks
from channels_app.connectors.contract import Batch
from channels_app.connectors.errors import Transient
from channels_app.connectors.mailbox import event_of
from channels_app.models import Account, AccountState, Checkpoint, InboundEvent, Message
from lifecycle import clock
from tests.faults.city import build_city
from tests.mail_in.boxes import arrive, mailbox
from tests.mail_in.letters import raw
from tests.mail_in.servers import ImapServer, imap_server
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with imap_server() as running:
        yield running


def due(account: Account) -> None:
    """Its turn has come."""
    Account.objects.filter(pk=account.pk).update(next_at=clock.now(), lease_until=None)


def fetch(account: Account) -> None:
    due(account)
    tasks.fetch_accounts()
    account.refresh_from_db()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_mail_on_a_real_server_becomes_a_message(server: ImapServer) -> None:
    build_city()
    account = mailbox(port=server.port)
    server.put(raw())

    fetch(account)
    tasks.take_in_events()
    fetch(account)

    assert Message.objects.get().channel == "mail"
    assert InboundEvent.objects.count() == 1
    assert account.last_message_at is not None
    assert account.last_ok_at is not None
    assert account.verified_at is not None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_refused_sign_in_pauses_the_account_with_one_alert_and_opens_it_again(
    server: ImapServer, caplog: pytest.LogCaptureFixture
) -> None:
    build_city()
    account = mailbox(port=server.port, sealed="")
    server.put(raw())

    fetch(account)
    fetch(account)

    assert account.state == AccountState.PAUSED
    assert account.why
    assert len([line for line in caplog.records if line.levelno == logging.ERROR]) == 1
    good = mailbox("other@seoul.example", port=server.port).sealed
    Account.objects.filter(pk=account.pk).update(sealed=good, try_at=clock.now())
    tasks.fetch_accounts()
    fetch(account)
    assert account.state == AccountState.ACTIVE
    assert account.why == ""
    assert InboundEvent.objects.filter(account=account).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_away_is_asked_less_and_less_and_stops_no_other(
    server: ImapServer,
) -> None:
    build_city()
    away, there = mailbox("away@seoul.example"), mailbox(port=server.port)
    server.put(raw())

    tasks.fetch_accounts()
    away.refresh_from_db()
    first = away.next_at
    fetch(away)

    assert (away.state, away.failures) == (AccountState.ACTIVE, 2)
    assert away.next_at - clock.now() > first - clock.now()
    assert InboundEvent.objects.get().account == there


def test_accounts_that_failed_together_are_not_asked_together_again() -> None:
    boxes = [mailbox(f"n{number}@seoul.example", failures=1) for number in range(20)]

    with clock.at(clock.now()):
        moment = clock.now()
        for box in boxes:
            actions.fetching_failed(box, Transient("away"))

    tried = Account.objects.values_list("next_at", flat=True)
    pauses = {(at - moment).total_seconds() for at in tried}
    assert len(pauses) > 10
    assert all(30 <= pause <= 36 for pause in pauses)


def test_a_claimed_account_is_nobody_elses() -> None:
    account = mailbox()

    assert account.claim()
    assert not account.claim()
    Account.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert account.claim()


def test_the_cursor_moves_with_its_events_or_not_at_all() -> None:
    account = mailbox()
    batch = Batch((event_of(raw()),), "1:1")

    actions.store(account, batch, since="")
    actions.store(account, replace(batch, cursor="1:9"), since="")  # a slower worker

    assert Checkpoint.of(account) == "1:1"
    assert InboundEvent.objects.count() == 1


def test_a_file_whose_writer_died_is_swept_away() -> None:
    account = mailbox()
    (event,) = [event_of(raw())]
    actions.store(account, Batch((event,), "1:1"), since="")
    kept = InboundEvent.objects.get()
    stranger = media.inbound_of(uuid4())
    media.write(stranger, [b"x"])
    for name in (stranger, media.inbound_of(kept.key)):
        age(name, hours=3)

    actions.forget_unused()

    assert not media.path_of(stranger).exists()
    assert media.path_of(media.inbound_of(kept.key)).exists()


def test_what_waits_for_a_person_keeps_its_file_however_long() -> None:
    build_city()
    kept, settled = arrive(mailbox(), raw(sender="Mina"), raw("하나 더", sender="Mina"))
    actions.settle_event(settled, by=people.centre_officer())
    InboundEvent.objects.update(received_at=clock.now() - timedelta(days=400))

    gone = actions.forget_unused()

    kept.refresh_from_db()
    settled.refresh_from_db()
    assert gone == 1
    assert (kept.has_file, settled.has_file) == (True, False)
    assert media.path_of(media.inbound_of(kept.key)).exists()


def age(name: str, *, hours: float) -> None:
    moment = clock.now().timestamp() - hours * 3600
    os.utime(media.path_of(name), (moment, moment))


def test_an_account_that_is_written_wrongly_pauses_and_says_why() -> None:
    account = mailbox(address="http://example.org/")

    assert account.claim()
    inbox.fetch(account)

    account.refresh_from_db()
    assert account.is_paused
    assert "imaps://" in account.why
