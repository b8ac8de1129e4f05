"""Promised work among the other acts: it can lead, be erased, be asked about, and be found."""

from datetime import timedelta
from typing import Any

import pytest

from channels_app import actions
from channels_app.models import Message
from channels_app.similar import OFFERED
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from tests.channels_app import factories
from tests.ledger import check_ledger
from tests.matrix.standing import closed_by, promised_by
from tests.people import factories as people

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def roads() -> Office:
    return people.make_office("roads-of-the-test")


@pytest.fixture
def jun(roads: Office) -> User:
    return people.officer_of(roads)


def at_work(roads: Office, jun: User, **said: Any) -> Message:
    message = factories.routed_to(roads, **said)
    promised_by(message, jun)
    return Message.objects.get(pk=message.pk)


def test_who_joins_promised_work_gets_its_next_words(roads: Office, jun: User) -> None:
    lead = at_work(roads, jun)
    message = factories.routed_to(roads, contact=("mail", "mina@example.org"))

    with clock.at(clock.now() + DAY):
        actions.join(message, to=lead, by=jun)
    with clock.at(clock.now() + 2 * DAY):
        actions.report_progress(lead, text="절반 했습니다", by=jun)
        closed_by(lead, jun)

    kinds = message.deliveries.filter(event="answer").values_list("reply__kind", flat=True)
    assert sorted(kinds) == ["closing", "progress"]  # not the promise of before
    check_ledger()


def test_who_is_parted_from_promised_work_goes_on_under_its_own_date(
    roads: Office, jun: User
) -> None:
    lead, message = at_work(roads, jun), factories.routed_to(roads)
    actions.join(message, to=lead, by=jun)

    actions.un_join(message, reason="다른 일이에요", by=jun)

    message.refresh_from_db()
    assert message.due_at == message.first_due_at != lead.due_at
    check_ledger(settled=False)


def test_its_author_has_promised_work_erased(roads: Office, jun: User) -> None:
    message = at_work(roads, jun, public=False, contact=("mail", "mina@example.org"))
    joined = factories.routed_to(roads)
    actions.join(joined, to=message, by=jun)

    actions.erase_message(message, by=None, withdraw=True)

    message.refresh_from_db()
    joined.refresh_from_db()
    assert (message.status, message.is_gone) == ("set_aside", True)
    assert joined.status == "received"
    check_ledger(settled=False)


def test_an_answer_to_promised_work_is_erased_before_it_left(roads: Office, jun: User) -> None:
    message = at_work(roads, jun, public=False)
    actions.answer(message, text="다 고쳤습니다", by=jun)

    actions.erase_message(message, by=None, withdraw=True)

    message.refresh_from_db()
    assert message.status == "set_aside"
    check_ledger()


@pytest.mark.parametrize("many", [False, True])
def test_promised_work_is_not_set_aside(many: bool, roads: Office, jun: User) -> None:
    message = at_work(roads, jun)

    if many:
        rows = Message.objects.filter(pk=message.pk)
        assert not actions.screen_all(rows, "set_aside", by=jun, reason="spam").went
    else:
        with pytest.raises(WrongTurnError):
            actions.set_aside(message, reason="spam", by=jun)

    message.refresh_from_db()
    assert message.status == "at_work"


def test_promised_work_waits_in_every_list(roads: Office, jun: User) -> None:
    message = at_work(roads, jun)

    assert message in Message.objects.queue_of(jun)
    assert message in Message.objects.unanswered()
    assert message.status in OFFERED
    with clock.at(clock.now() + 60 * DAY):
        assert message in Message.objects.overdue()
        assert message.is_overdue


def test_what_waits_for_its_author_is_not_overdue(roads: Office, jun: User) -> None:
    message = factories.routed_to(roads, contact=("mail", "mina@example.org"))
    assert message.due_at is not None
    with clock.at(message.due_at - timedelta(hours=1)):
        actions.ask_back(message, text="어디인가요?", by=jun)

    message.refresh_from_db()
    with clock.at(message.due_at - timedelta(hours=1)):
        assert not message.is_overdue
        assert message not in Message.objects.overdue()
