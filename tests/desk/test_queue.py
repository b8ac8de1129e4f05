"""The queue: whose rows, in which order, with counts that are exactly their rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app import actions
from channels_app.models import Delivery, Level, Message, Reminder
from channels_app.states import DeliveryState
from desk.queues import VIEWS as NAMES
from lifecycle import clock
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import QUEUE, press, somebody, titles_of, words_of
from tests.pages.html import broken_promises
from tests.people import factories as people

pytestmark = pytest.mark.django_db


def codes(client: Client, show: str = "all") -> list[str]:
    """Every row of a view, page after page, as a person without JavaScript reads it."""
    found: list[str] = []
    after = ""
    while True:
        page = client.get(QUEUE, {"show": show, "after": after})
        assert page.status_code == 200
        found += [row.code for row in page.context["page"].rows]
        after = page.context["page"].next_key
        if not after:
            return found


def counts(client: Client) -> dict[str, int]:
    """The number beside each view."""
    return {view.name: view.count for view in client.get(QUEUE).context["views"]}


@pytest.fixture
def full_house(roads: Office, buses: Office, jun: User) -> Message:
    """A row for every view: waiting, overdue, reported, undelivered, set aside, unrouted."""
    with clock.at(timezone.now() - timedelta(days=30)):
        voices.routed_to(roads)
    voices.routed_to(buses)
    voices.receive()
    actions.report(voices.routed_to(roads))
    actions.set_aside(voices.routed_to(roads), reason="spam", by=jun)
    undelivered = voices.routed_to(roads, contact=("mail", "mina@example.org"))
    Delivery.objects.filter(message=undelivered).update(state=DeliveryState.FAILED)
    return undelivered


def test_an_officer_sees_the_rows_of_the_own_office_only(
    roads: Office, buses: Office, at_desk: Client
) -> None:
    mine, other = voices.routed_to(roads), voices.routed_to(buses)

    page = at_desk.get(QUEUE)

    assert mine.code in page.content.decode()
    assert other.code not in page.content.decode()


def test_the_centre_sees_all(roads: Office, buses: Office) -> None:
    rows = [voices.routed_to(roads), voices.routed_to(buses), voices.receive()]

    found = codes(people.signed_in_client(people.centre_officer()))

    assert set(found) == {row.code for row in rows}


def test_what_is_overdue_comes_first_and_says_so_in_words(roads: Office, at_desk: Client) -> None:
    young = voices.routed_to(roads)
    with clock.at(timezone.now() - timedelta(days=30)):
        old = voices.routed_to(roads)

    page = at_desk.get(QUEUE)

    assert [row.code for row in page.context["page"].rows] == [old.code, young.code]
    assert "days late" in words_of(page)
    assert "tag--late" in page.content.decode()


@pytest.mark.parametrize("show", list(NAMES))
@pytest.mark.parametrize("who", ["jun", "centre", "auditor", "mayor"])
def test_every_count_is_exactly_the_rows_behind_it(
    who: str, show: str, full_house: Message, jun: User
) -> None:
    user = somebody(who, jun)
    client = people.signed_in_client(user)

    found = codes(client, show)

    assert len(found) == len(set(found)) == counts(client)[show]


def test_an_undelivered_receipt_is_found_before_any_answer(
    full_house: Message, at_desk: Client
) -> None:
    assert codes(at_desk, "undelivered") == [full_house.code]


def test_each_count_links_to_its_view(at_desk: Client) -> None:
    page = at_desk.get(QUEUE).content.decode()

    assert all(f'href="{QUEUE}?show={name}"' in page for name in NAMES)


def test_the_next_page_goes_on_where_this_one_ended(roads: Office, at_desk: Client) -> None:
    made = {voices.routed_to(roads).code for _n in range(23)}

    found = codes(at_desk)

    assert len(found) == 23
    assert set(found) == made
    assert 'rel="next"' in at_desk.get(QUEUE).content.decode()


def test_a_key_nobody_gave_out_shows_the_first_page(roads: Office, at_desk: Client) -> None:
    row = voices.routed_to(roads)

    page = at_desk.get(QUEUE, {"show": "nonsense", "after": "2026_'; --"})

    assert page.status_code == 200
    assert row.code in page.content.decode()


@pytest.mark.parametrize("show", list(NAMES))
def test_an_empty_view_says_so_in_plain_words(show: str, at_desk: Client) -> None:
    assert 'class="empty"' in at_desk.get(QUEUE, {"show": show}).content.decode()


def test_a_row_shows_the_masked_title_and_what_to_notice(
    roads: Office, jun: User, at_desk: Client
) -> None:
    message = voices.routed_to(roads, text="010-1234-5678로 전화 주세요")
    actions.hand_back(message, reason="우리 일이 아닙니다", by=jun)

    page = people.signed_in_client(people.centre_officer()).get(QUEUE)

    assert "010-****-****" in titles_of(page)[0]
    assert "handed back" in words_of(page)
    assert "needs a reader" in words_of(page)


def test_an_act_is_told_once_where_the_officer_lands(
    roads: Office, buses: Office, at_desk: Client
) -> None:
    message = voices.routed_to(roads)
    press(at_desk, message, "route", office=buses.pk)

    first, second = at_desk.get(QUEUE), at_desk.get(QUEUE)

    assert f"{message.code} now lies with" in words_of(first)
    assert 'role="status"' in first.content.decode()
    assert f"{message.code} now lies with" not in words_of(second)


def test_the_page_costs_the_same_at_ten_rows_and_at_a_hundred(
    roads: Office, at_desk: Client
) -> None:
    for _n in range(10):
        voices.routed_to(roads)
    at_desk.get(QUEUE)
    with CaptureQueriesContext(connection) as at_ten:
        at_desk.get(QUEUE)
    for _n in range(90):
        voices.routed_to(roads)

    with CaptureQueriesContext(connection) as at_a_hundred:
        at_desk.get(QUEUE)

    assert len(at_a_hundred) == len(at_ten) <= 12


@pytest.mark.parametrize("path", ["/admin/triage/", QUEUE])
def test_the_page_keeps_the_contract(path: str, full_house: Message, at_desk: Client) -> None:
    page = at_desk.get(path)

    assert broken_promises(page.content.decode(), "en" if path == QUEUE else "ko") == []
    assert "no-store" in page["Cache-Control"]


def test_work_that_is_promised_and_authors_that_are_asked_have_views(
    roads: Office, jun: User, at_desk: Client
) -> None:
    day = (timezone.now() + timedelta(days=60)).date()
    promised, asked = (voices.routed_to(roads, contact=("mail", "m@example.org")) for _ in "ab")
    actions.promise(promised, text="합니다", finish_on=day, by=jun)
    actions.ask_back(asked, text="어디인가요?", by=jun)

    assert codes(at_desk, "at_work") == [promised.code]
    assert codes(at_desk, "waiting") == [asked.code]
    assert "waits for its author" in words_of(at_desk.get(QUEUE))


def test_the_fourth_delay_is_shown_to_the_mayors_office(roads: Office) -> None:
    head = people.head_of(roads)
    often, thrice = voices.routed_to(roads), voices.routed_to(roads)
    for message, times in ((often, 4), (thrice, 3)):
        for time in range(times):
            day = (timezone.now() + timedelta(days=60 + 20 * time)).date()
            actions.put_off(message, text="더", until=day, by=head)
    mayor = people.signed_in_client(people.mayors_officer())

    assert codes(mayor, "put_off") == [often.code]
    assert "date moved 4 times" in words_of(mayor.get(QUEUE, {"show": "put_off"}))


def test_an_appeal_is_in_the_view_of_the_head_above(
    roads: Office, buses: Office, jun: User
) -> None:
    above = people.make_office("bureau-of-roads")
    Office.objects.filter(pk=roads.pk).update(parent=above)
    message = actions.reopen(voices.published_by(jun, roads), text="아직도")
    reply = actions.answer(message, text="네", by=jun)
    with clock.at(reply.leaves_at):
        actions.publish(reply)
    actions.appeal(message, text="아직도")
    heads = [people.head_of(above), people.head_of(buses)]

    found = [codes(people.signed_in_client(head), "appeals") for head in heads]

    assert found == [[message.code], []]


def test_a_late_one_says_who_was_told(roads: Office) -> None:
    with clock.at(timezone.now() - timedelta(days=30)):
        message = voices.routed_to(roads)
    assert message.due_at is not None
    for level, due in ((Level.HEAD, message.due_at), (Level.MAYOR, message.received_at)):
        Reminder.objects.create(message=message, level=level, due_at=due, at=clock.now())

    page = words_of(
        people.signed_in_client(people.mayors_officer()).get(QUEUE, {"show": "overdue"})
    )

    assert "told to the head of the office:" in page
    assert "told to the mayor" not in page  # that was of another date
