"""Held, let through, hidden, set aside: one by one and many at once; what the author is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions, rules, tasks
from channels_app.actions import Verdict
from channels_app.models import (
    Delivery,
    HeldReason,
    HiddenReason,
    Message,
    Publication,
    RoutingRule,
)
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from tests.channels_app.factories import receive, routed_to
from tests.ledger import check_ledger
from tests.people import factories as people

pytestmark = pytest.mark.django_db
MINA = ("mail", "mina@example.org")
FLOOD = [HeldReason.BURST, HeldReason.REPEATED, HeldReason.MACHINE]


@pytest.fixture
def office() -> Office:
    return people.make_office("roads-of-the-test")


@pytest.fixture
def centre() -> User:
    return people.centre_officer()


def told(message: Message) -> list[tuple[str, str]]:
    """What its author hears of who may read it, oldest first."""
    rows = message.deliveries.filter(event__in=("shown", "hidden")).order_by("id")
    return list(rows.values_list("event", "state"))


def sent(message: Message) -> None:
    """What waits has left."""
    message.deliveries.filter(state="queued").update(state="sent", sent_at=clock.now())


@pytest.mark.parametrize("reason", [*FLOOD, HeldReason.TONE, HeldReason.PHOTO])
def test_what_is_held_is_decided_within_three_working_days(reason: str) -> None:
    message = receive(held=reason)

    assert message.is_held
    assert message.is_undecided
    assert not message.is_reported
    assert message in Message.objects.held()
    assert message not in Message.objects.reported()
    reported = actions.report(receive())
    assert message.publication_due_at == reported.publication_due_at


@pytest.mark.parametrize("reason", FLOOD)
def test_a_flood_is_not_routed_before_it_is_let_through(reason: str, centre: User) -> None:
    roads = people.make_office("roads-of-the-test")
    RoutingRule.objects.create(office=roads, words="들썩돌", decides=True)
    message = receive("들썩돌이 들썩해요", held=reason)
    tasks.route_waiting()
    message.refresh_from_db()
    assert message.status == "received"

    actions.show(message, by=centre)
    tasks.route_waiting()

    message.refresh_from_db()
    assert (message.status, message.office) == ("routed", roads)
    assert message.is_public
    check_ledger()


def test_what_was_meant_for_the_office_only_stays_so(centre: User) -> None:
    message = receive(public=False, held=HeldReason.BURST)

    message = actions.show(message, by=centre)

    assert message.publication == Publication.PRIVATE
    assert not message.needs_reader
    assert not message.is_undecided
    with pytest.raises(WrongTurnError):
        actions.show(message, by=centre)


def test_nobody_hides_what_was_never_public(centre: User) -> None:
    with pytest.raises(WrongTurnError):
        actions.hide(receive(public=False, held=HeldReason.BURST), reason="abuse", by=centre)


def test_setting_aside_decides_and_restoring_asks_again(centre: User) -> None:
    message = receive(held=HeldReason.MACHINE)

    message = actions.set_aside(message, reason="spam", by=centre)
    assert message.publication == Publication.HELD
    assert message not in Message.objects.held()

    message = actions.restore(message, by=centre)
    assert message in Message.objects.held()
    assert message.needs_reader


def test_a_further_report_of_a_busy_reader_only_asks_for_a_look() -> None:
    message = actions.flag(receive(), words="이름이 나와요 010-1234-5678")

    assert message.is_public
    assert message.is_reported
    assert "-1234" not in message.publication_changes.get().words
    private = receive(public=False)
    assert not actions.flag(private).is_reported


def test_the_author_is_told_that_it_is_hidden_after_a_minute(centre: User) -> None:
    message = actions.hide(receive(contact=MINA), reason=HiddenReason.ABUSE, by=centre)

    notice = message.deliveries.get(event="hidden")
    assert notice.state == "queued"
    assert notice.next_at - notice.created_at == timedelta(
        seconds=rules.NOTICE_LEAVES_AFTER.value()
    )
    assert notice not in Delivery.objects.due()


def test_who_left_no_address_is_told_on_the_page_only(centre: User) -> None:
    message = actions.hide(receive(), reason=HiddenReason.ABUSE, by=centre)

    assert told(message) == []


def test_an_undo_tells_nobody_anything(centre: User) -> None:
    message = actions.hide(receive(contact=MINA), reason=HiddenReason.ABUSE, by=centre)

    actions.show(message, by=centre)

    assert told(message) == [("hidden", "cancelled")]


def test_each_decision_that_was_told_is_followed_by_its_contrary(centre: User) -> None:
    message = receive(contact=MINA)
    for _n in range(2):
        actions.hide(message, reason=HiddenReason.ABUSE, by=centre)
        sent(message)
        actions.show(message, by=centre)
        sent(message)

    assert told(message) == [("hidden", "sent"), ("shown", "sent")] * 2


def test_another_reason_is_told_once(centre: User) -> None:
    message = receive(contact=MINA)
    actions.hide(message, reason=HiddenReason.ABUSE, by=centre)
    actions.hide(message, reason=HiddenReason.PERSONAL, by=centre)
    assert told(message) == [("hidden", "cancelled"), ("hidden", "queued")]

    sent(message)
    actions.hide(message, reason=HiddenReason.ADVERTISING, by=centre)
    assert told(message)[2:] == []


def test_what_was_held_is_told_when_everyone_can_read_it(centre: User) -> None:
    shown = actions.show(receive(contact=MINA, held=HeldReason.TONE), by=centre)
    quiet = actions.show(receive(contact=MINA, public=False, held=HeldReason.BURST), by=centre)

    assert told(shown) == [("shown", "queued")]
    assert told(quiet) == []


def test_many_at_once_are_one_decision_each_with_its_own_step(centre: User) -> None:
    copies = [receive(held=HeldReason.REPEATED) for _n in range(30)]

    done = actions.screen_all(copies, Verdict.SET_ASIDE, by=centre, reason="spam")

    assert len(done.went) == 30
    assert not done.overtaken
    assert Message.objects.filter(status="set_aside", set_aside_reason="spam").count() == 30
    assert not Message.objects.undecided().exists()
    check_ledger()


def test_who_was_faster_is_named_and_nothing_of_theirs_changes(centre: User) -> None:
    copies = [receive(held=HeldReason.REPEATED) for _n in range(3)]
    actions.show(copies[1], by=centre)

    done = actions.screen_all(copies, Verdict.SET_ASIDE, by=centre, reason="spam")

    assert [row.code for row in done.overtaken] == [copies[1].code]
    copies[1].refresh_from_db()
    assert (copies[1].status, copies[1].publication) == ("received", "public")


def test_what_went_to_another_office_meanwhile_is_overtaken(office: Office, centre: User) -> None:
    jun = people.officer_of(office)
    mine, gone = (routed_to(office, held=HeldReason.TONE) for _n in range(2))
    actions.route(gone, to=people.make_office("parks-of-the-test"), by=centre)
    rows = list(Message.objects.filter(pk__in=[mine.pk, gone.pk]))

    done = actions.screen_all(rows, Verdict.SHOW, by=jun)

    assert [row.pk for row in done.went] == [mine.pk]
    assert [row.pk for row in done.overtaken] == [gone.pk]


def test_another_office_screens_nothing(office: Office) -> None:
    sora = people.officer_of(people.make_office("parks-of-the-test"))

    with pytest.raises(PermissionDenied):
        actions.screen_all([receive(held="burst")], Verdict.SET_ASIDE, by=sora, reason="spam")


@pytest.mark.parametrize("verdict", ["hide", "set_aside"])
def test_a_verdict_without_its_reason_changes_nothing(verdict: str, centre: User) -> None:
    message = receive(held=HeldReason.TONE)

    with pytest.raises(ValueError, match="''"):
        actions.screen_all([message], verdict, by=centre)

    message.refresh_from_db()
    assert message.is_undecided


def test_letting_many_through_asks_each_author(centre: User) -> None:
    public = [receive(held=HeldReason.REPEATED, contact=MINA) for _n in range(2)]
    private = receive(held=HeldReason.REPEATED, public=False)

    done = actions.screen_all([*public, private], Verdict.SHOW, by=centre)

    now = {row.pk: row.publication for row in Message.objects.all()}
    assert len(done.went) == 3
    assert [now[row.pk] for row in (*public, private)] == ["public", "public", "private"]
    assert not Message.objects.filter(needs_reader=True).exists()
    assert [told(row) for row in public] == [[("shown", "queued")]] * 2


def test_a_bulk_decision_can_be_taken_back_as_one(centre: User) -> None:
    copies = [receive(held=HeldReason.REPEATED) for _n in range(3)]
    actions.screen_all(copies, Verdict.SET_ASIDE, by=centre, reason="spam")

    actions.screen_all(Message.objects.all(), Verdict.RESTORE, by=centre)

    assert Message.objects.held().count() == 3
    assert {row.set_aside_reason for row in Message.objects.all()} == {""}
    check_ledger()


def test_setting_a_lead_aside_among_many_parts_those_who_joined_it(
    office: Office, centre: User
) -> None:
    lead, other = receive(held=HeldReason.TONE), receive(held=HeldReason.TONE)
    joined = actions.join(receive(), to=lead, by=centre)
    rows = list(Message.objects.filter(pk__in=[lead.pk, other.pk]))

    actions.screen_all(rows, Verdict.SET_ASIDE, by=centre, reason="abuse")

    joined.refresh_from_db()
    assert (joined.status, joined.lead) == ("received", None)
    check_ledger()


def test_five_hundred_cost_as_many_queries_as_five(
    centre: User, django_assert_max_num_queries: object
) -> None:
    for count in (5, 50):
        copies = [receive(held=HeldReason.REPEATED) for _n in range(count)]
        with django_assert_max_num_queries(14):  # type: ignore[operator]  # pytest-django's type
            actions.screen_all(copies, Verdict.SET_ASIDE, by=centre, reason="spam")
