"""Parts of other offices, and what is decided for good, on the officers' pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import actions, places, tasks
from channels_app.models import Asked, BoroughDuty, Message, Reading, RoutingRule
from people.models import Office, OfficeKind, User
from tests.channels_app import factories as voices
from tests.desk.doors import QUEUE, case_url, press, titles_of, words_of
from tests.pages import visits
from tests.people import factories as people

pytestmark = pytest.mark.django_db
NUMBER = "010-1234-5678"


@pytest.fixture
def at_sora(sora: User) -> Client:
    return people.signed_in_client(sora)


@pytest.fixture
def message(roads: Office) -> Message:
    return voices.routed_to(roads, text=f"버스가 보도로 올라와요. {NUMBER}")


def test_the_owner_asks_and_the_other_office_finds_and_reads_it(
    message: Message, buses: Office, at_desk: Client, at_sora: Client, sora: User
) -> None:
    assert at_sora.get(case_url(message)).status_code == 403

    press(at_desk, message, "ask-office", office=buses.pk, question="몇 번 버스인가요?")

    views = at_sora.get(QUEUE).context["views"]
    assert next(tab.first for tab in views if tab.name == "asked")
    queue = at_sora.get(QUEUE, {"show": "asked"})
    assert message.code in words_of(queue)
    assert all(NUMBER not in title for title in titles_of(queue))
    page = words_of(at_sora.get(case_url(message)))
    assert "몇 번 버스인가요?" in page
    assert NUMBER in page
    assert Reading.objects.filter(user=sora, message=message, page="desk_case").exists()


def test_the_owner_reads_the_part_where_it_answers(
    message: Message, buses: Office, jun: User, at_desk: Client, at_sora: Client
) -> None:
    actions.ask_office(message, office=buses, question="몇 번 버스인가요?", by=jun)
    assert "1 office has not given its part yet" in words_of(at_desk.get(case_url(message)))

    press(at_sora, message, "answer-part", part="472번입니다")

    page = words_of(at_desk.get(case_url(message)))
    assert "472번입니다" in page
    assert "not given its part yet" not in page
    assert f"{buses.name_en} gave its part" in page
    assert message.code not in words_of(at_sora.get(QUEUE, {"show": "asked"}))


def test_outside_only_the_name_of_the_office_is_told(
    message: Message, buses: Office, jun: User, sora: User, client: Client
) -> None:
    asked = actions.ask_office(message, office=buses, question="속마음", by=jun)
    actions.answer_part(asked, text="속사정", by=sora)

    for path in (message.get_absolute_url(), message.private_url()):
        page = words_of(client.get(visits.english(path)))
        assert f"Asked {buses.name_en} for a part" in page
        assert "속마음" not in page
        assert "속사정" not in page
        assert str(jun) not in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [({"question": "?"}, "Choose an office."), ({}, "Write what you need from them.")],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    typed: dict[str, str], says: str, message: Message, buses: Office, at_desk: Client
) -> None:
    if not typed:
        typed = {"office": str(buses.pk)}

    page = press(at_desk, message, "ask-office", **typed)

    assert page.status_code == 422
    assert says in words_of(page)
    assert not Asked.objects.exists()


def test_an_empty_part_is_not_taken(
    message: Message, buses: Office, jun: User, at_sora: Client
) -> None:
    actions.ask_office(message, office=buses, question="?", by=jun)

    page = press(at_sora, message, "answer-part", part=" ")

    assert page.status_code == 422
    assert "Write your part." in words_of(page)


def test_the_mayors_office_sees_who_is_asked_but_not_what(
    message: Message, buses: Office, jun: User
) -> None:
    actions.ask_office(message, office=buses, question="속마음", by=jun)

    page = words_of(people.signed_in_client(people.mayors_officer()).get(case_url(message)))

    assert buses.name_en in page
    assert "속마음" not in page


def test_the_view_costs_the_same_for_ten_parts_and_for_fifty(
    roads: Office, buses: Office, jun: User, at_sora: Client
) -> None:
    def ask(times: int) -> None:
        for _n in range(times):
            actions.ask_office(voices.routed_to(roads), office=buses, question="?", by=jun)

    ask(10)
    at_sora.get(QUEUE, {"show": "asked"})
    with CaptureQueriesContext(connection) as few:
        at_sora.get(QUEUE, {"show": "asked"})
    ask(40)

    with CaptureQueriesContext(connection) as many:
        page = at_sora.get(QUEUE, {"show": "asked"})

    assert len(many) == len(few) <= 14
    assert 'rel="next"' in page.content.decode()


def test_the_third_time_it_goes_to_the_centre_and_the_page_says_so(
    message: Message, buses: Office, at_desk: Client
) -> None:
    Message.objects.filter(pk=message.pk).update(hand_backs=2)

    page = at_desk.post(case_url(message, "route"), {"version": 1, "office": buses.pk}, follow=True)

    assert "went to the centre" in words_of(page)
    centre = words_of(people.signed_in_client(people.centre_officer()).get(case_url(message)))
    assert f"wanted to pass it on to {buses.name_en}" in centre


def test_what_the_centre_decided_offers_neither_way_out_and_says_why(
    message: Message, at_desk: Client, buses: Office
) -> None:
    Message.objects.filter(pk=message.pk).update(hand_backs=3)

    page = words_of(at_desk.get(case_url(message)))

    assert "can be neither handed back nor passed on" in page
    assert "Hand it back" not in page
    assert press(at_desk, message, "hand-back", reason="아니에요").status_code == 403
    assert press(at_desk, message, "route", office=buses.pk).status_code == 403


def test_the_page_says_why_a_borough_has_it(roads: Office) -> None:
    places.forget()
    people.make_office("mapo", OfficeKind.BOROUGH, name_ko="마포구청", name_en="Mapo-gu Office")
    RoutingRule.objects.create(office=roads, words="들썩돌", decides=True)
    BoroughDuty.objects.create(office=roads)
    message = voices.receive("마포구 들썩돌")
    tasks.route_waiting()

    page = words_of(people.signed_in_client(people.centre_officer()).get(case_url(message)))

    assert "Here Mapo-gu Office does this itself." in page
