"""Receive: one row, an owner, two dates, a receipt number, the sender's choice."""

import re
import uuid
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from channels_app import actions
from channels_app.actions import KeyReusedError, Said
from channels_app.models import Contact, ContactKind, Delivery, Kind, Message, Publication
from channels_app.states import MessageStatus
from lifecycle import clock
from tests.channels_app.factories import WORDS, receive
from tests.people import factories as people

pytestmark = pytest.mark.django_db

MONDAY_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=clock.SEOUL)


def test_a_voice_lies_with_the_centre_and_has_its_dates_at_once() -> None:
    with clock.at(MONDAY_TEN):
        message = receive(kind=Kind.COMPLAINT)

    assert message.status == MessageStatus.RECEIVED
    assert message.office == people.centre()
    assert message.due_at == datetime(2026, 11, 30, 10, 0, tzinfo=clock.SEOUL)
    assert message.first_due_at == message.due_at
    assert message.route_by == MONDAY_TEN + timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (Kind.HAZARD, MONDAY_TEN + timedelta(hours=3)),
        (Kind.QUESTION, datetime(2026, 11, 24, 10, 0, tzinfo=clock.SEOUL)),
        (Kind.IDEA, datetime(2026, 12, 1, 18, 0, tzinfo=clock.SEOUL)),
    ],
)
def test_each_kind_has_its_own_clock(kind: str, due: datetime) -> None:
    with clock.at(MONDAY_TEN):
        assert receive(kind=kind).due_at == due


def test_receipt_numbers_carry_seouls_year_and_never_repeat() -> None:
    new_year_in_seoul = datetime(2027, 1, 1, 0, 30, tzinfo=clock.SEOUL)
    with clock.at(new_year_in_seoul):
        codes = [receive().code for _n in range(3)]

    assert len(set(codes)) == 3
    assert all(re.fullmatch(r"S-2027-\d{6,}", code) for code in codes)


def test_the_first_step_says_where_the_life_begins() -> None:
    message = receive()

    step = message.steps.get()
    assert (step.seq, step.from_status, step.to_status) == (0, "", "received")
    assert step.office == people.centre()
    assert len(step.text_digest) == 64


def test_the_original_is_kept_and_the_copy_is_masked() -> None:
    message = receive("제 번호는 010-1234-5678입니다")

    assert "010-1234-5678" in message.text
    assert message.masked_text == "제 번호는 010-****-****입니다"
    assert "-1234" not in message.title


def test_the_sender_chooses_who_may_read_it() -> None:
    assert receive(public=True).publication == Publication.PUBLIC
    assert receive(public=False).publication == Publication.PRIVATE
    assert Said(text="x", kind=Kind.IDEA).public is False


def test_a_contact_is_encrypted_found_by_its_index_and_one_row() -> None:
    first = receive(contact=(ContactKind.MAIL, "mina@example.org"))
    second = receive(contact=(ContactKind.MAIL, "mina@example.org"))

    contact = Contact.objects.get()
    assert first.contact == second.contact == contact
    assert contact.address == "mina@example.org"
    assert "mina" not in contact.sealed + contact.index + contact.shown
    assert Delivery.objects.filter(contact=contact, event="receipt").count() == 2


def test_without_a_contact_nothing_leaves() -> None:
    receive()

    assert not Delivery.objects.exists()


def test_the_same_key_gives_the_first_message_again() -> None:
    people.centre()
    key, said = uuid.uuid4(), Said(text=WORDS, kind=Kind.COMPLAINT)

    first = actions.receive(said, client_key=key)

    assert actions.receive(said, client_key=key) == first
    assert Message.objects.count() == 1


def test_the_same_key_with_other_words_is_refused_and_names_the_first() -> None:
    people.centre()
    key = uuid.uuid4()
    first = actions.receive(Said(text=WORDS, kind=Kind.COMPLAINT), client_key=key)

    with pytest.raises(KeyReusedError, match=first.code):
        actions.receive(Said(text="다른 말", kind=Kind.COMPLAINT), client_key=key)

    assert Message.objects.count() == 1


def test_receiving_costs_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    receive()  # the Rulebook is read now
    people.centre()

    with django_assert_max_num_queries(9):  # savepoints of this test included
        actions.receive(Said(text=WORDS, kind=Kind.COMPLAINT), client_key=uuid.uuid4())


def test_a_mobile_number_is_shown_to_its_owner_as_it_is_written_here() -> None:
    message = receive(contact=(ContactKind.PHONE, "+821012345678"))

    assert message.contact is not None
    assert message.contact.shown == "010-****-5678"
