"""The desk: the next message opens after every act, many at once, undo, turns, notes, views."""

import gzip
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app import actions
from channels_app.models import Message
from desk import actions as desk_actions
from desk.models import Note, SavedView, Snooze
from desk.place import Place
from lifecycle import clock
from lifecycle.models import Heartbeat
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import QUEUE, case_url, press, titles_of, words_of
from tests.desk.lists import act, fresh
from tests.faults.house import leave_thread
from tests.people import factories as people
from tests.photos import pictures

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
BACK = re.compile(
    r'action="(?P<path>[^"]+/take-back/[^"]*)"\s+data-undo="\d+">.*?name="version" value="'
    r'(?P<version>\d+)">\s*<button[^>]*>(?P<words>.*?)</button>',
    re.DOTALL,
)
OPEN = re.compile(r"<h2>(S-\d{4}-\d+)</h2>")


def test_the_first_message_of_the_list_is_open(three: list[Message], at_desk: Client) -> None:
    page = at_desk.get(QUEUE)

    assert page.context["message"] == three[0]
    assert 'aria-current="true"' in page.content.decode()


def test_after_an_act_the_next_one_opens_and_after_the_last_the_first(
    three: list[Message], buses: Office, at_desk: Client
) -> None:
    first, second, third = three

    assert case_url(third) in act(at_desk, second, "route", office=buses.pk)
    assert case_url(first) in act(at_desk, third, "hand-back", reason="우리 일이 아닙니다")
    assert act(at_desk, first, "set-aside", reason="spam").startswith(QUEUE)
    assert "Nothing is waiting for you" in words_of(at_desk.get(QUEUE))


def test_what_a_colleague_looks_at_is_stepped_over(
    three: list[Message], roads: Office, at_desk: Client
) -> None:
    colleague = people.signed_in_client(people.officer_of(roads, name="미나"))
    colleague.get(case_url(three[1]))

    assert case_url(three[2]) in act(at_desk, three[0], "set-aside", reason="spam")
    assert "미나 is looking" in words_of(at_desk.get(QUEUE))


@pytest.mark.django_db(transaction=True)
def test_ten_officers_who_open_one_queue_at_once_get_ten_different_messages(roads: Office) -> None:
    for _n in range(12):
        voices.routed_to(roads)
    team = [people.officer_of(roads, name=f"담당{n}") for n in range(10)]
    clients = [people.signed_in_client(one) for one in team]
    together = threading.Barrier(len(clients))

    def opened(client: Client) -> str:
        together.wait(30)
        try:
            return str(OPEN.findall(client.get(QUEUE).content.decode())[0])
        finally:
            leave_thread()

    with ThreadPoolExecutor(len(clients)) as pool:
        found = list(pool.map(opened, clients))

    assert len(set(found)) == 10


def test_two_who_are_led_on_at_once_are_led_to_different_messages(
    three: list[Message], roads: Office, jun: User
) -> None:
    colleague = people.officer_of(roads, name="미나")
    places = [Place.of(one, QueryDict("show=all")) for one in (jun, colleague)]

    led = [place.next_to(three[0]) for place in places]

    assert led == [three[1].code, three[2].code]


def test_what_is_taken_on_is_found_under_mine_and_named_to_colleagues(
    three: list[Message], roads: Office, at_desk: Client
) -> None:
    press(at_desk, three[1], "take")

    mine = at_desk.get(QUEUE, {"show": "mine"})
    colleague = people.signed_in_client(people.officer_of(roads, name="미나"))
    assert titles_of(mine) == [three[1].title]
    assert "준 has taken it on." in words_of(colleague.get(case_url(three[1])))

    press(colleague, three[1], "take")
    assert not titles_of(at_desk.get(QUEUE, {"show": "mine"}))


def test_what_waits_leaves_the_list_and_comes_back_by_itself(
    roads: Office, at_desk: Client
) -> None:
    message = voices.routed_to(roads)
    tomorrow = (clock.seoul() + timedelta(days=1)).date()
    press(at_desk, message, "take")

    press(at_desk, message, "later", day=tomorrow.isoformat())

    assert not titles_of(at_desk.get(QUEUE, {"show": "mine"}))
    assert not titles_of(at_desk.get(QUEUE, {"show": "all"}))
    assert titles_of(at_desk.get(QUEUE, {"show": "later"})) == [message.title]
    assert fresh(message).due_at == message.due_at
    with clock.at(timezone.now() + timedelta(days=2)):
        assert titles_of(at_desk.get(QUEUE, {"show": "mine"})) == [message.title]


def test_whose_turn_it_was_ends_with_the_office_and_comes_back_with_it(
    roads: Office, buses: Office, jun: User, at_desk: Client
) -> None:
    message, tomorrow = voices.routed_to(roads), clock.now() + timedelta(days=1)
    desk_actions.take(message, by=jun)
    desk_actions.snooze(message, until=tomorrow, by=jun)

    deed = desk_actions.route([message], to=buses, reason="버스 일입니다", by=jun)

    at_buses = people.signed_in_client(people.officer_of(buses))
    there = at_buses.get(case_url(message)).context["message"]
    assert titles_of(at_buses.get(QUEUE, {"show": "all"})) == [message.title]
    assert (there.taken_by, there.later_until) == (None, None)

    desk_actions.undo(deed, by=jun)
    assert titles_of(at_desk.get(QUEUE, {"show": "later"})) == [message.title]


@pytest.mark.parametrize("days", [0, -1, 400])
def test_nothing_waits_longer_than_its_own_date(days: int, roads: Office, at_desk: Client) -> None:
    noon = clock.seoul().replace(hour=12, minute=0)
    day = (noon + timedelta(days=days)).date()

    with clock.at(noon):
        message = voices.routed_to(roads)
        page = press(at_desk, message, "later", day=day.isoformat())

    assert page.status_code == 422
    assert "its own date" in words_of(page)
    assert not Snooze.objects.exists()


def test_before_work_begins_a_message_can_wait_for_the_morning(
    roads: Office, at_desk: Client
) -> None:
    night = clock.seoul().replace(hour=1, minute=0)

    with clock.at(night):
        message = voices.routed_to(roads)
        page = press(at_desk, message, "later", day=night.date().isoformat())

    assert page.status_code == 302
    assert Snooze.objects.get().until > night


def test_a_note_is_read_by_officers_only_and_goes_with_an_erasure(
    roads: Office, at_desk: Client, client: Client
) -> None:
    message = voices.routed_to(roads)

    press(at_desk, message, "note", note="전화 010-1234-5678로 다시 오심")

    assert "010-1234-5678로 다시 오심" in words_of(at_desk.get(case_url(message)))
    for reader in (client, people.signed_in_client(people.mayors_officer())):
        for path in (message.get_absolute_url(), message.private_url(), case_url(message)):
            assert "다시 오심" not in words_of(reader.get(path))
    actions.erase_message(fresh(message), by=None)
    assert Note.objects.get().text == ""


def test_a_view_is_kept_under_a_name_for_oneself_or_for_the_office(
    roads: Office, buses: Office, sora: User, at_desk: Client
) -> None:
    voices.routed_to(roads, kind="hazard")
    voices.routed_to(roads)
    at_desk.post(
        "/en/admin/triage/views/?show=all&kind=hazard", {"name": "위험한 것", "office": roads.pk}
    )
    at_desk.post("/en/admin/triage/views/?show=overdue", {"name": "늦은 것"})

    own = words_of(at_desk.get(QUEUE))
    colleague = words_of(people.signed_in_client(people.officer_of(roads)).get(QUEUE))
    other = words_of(people.signed_in_client(sora).get(QUEUE))

    assert "위험한 것 1" in own
    assert "늦은 것 0" in own
    assert "위험한 것 1" in colleague
    assert "늦은 것" not in colleague
    assert "위험한 것" not in other
    assert SavedView.objects.count() == 2


def test_filters_narrow_the_list_and_its_counts(roads: Office, at_desk: Client) -> None:
    voices.routed_to(roads, kind="hazard")
    voices.routed_to(roads)

    page = at_desk.get(QUEUE, {"show": "all", "kind": "hazard"})

    assert len(titles_of(page)) == 1
    assert next(tab for tab in page.context["views"] if tab.name == "all").count == 1


def test_the_old_address_leads_to_the_desk_with_its_view(at_desk: Client) -> None:
    page = at_desk.get("/en/admin/queue/?show=overdue")

    assert page.status_code == 301
    assert page["Location"] == f"{QUEUE}?show=overdue"


def test_who_was_slower_sees_both_texts(roads: Office, jun: User, at_desk: Client) -> None:
    message = voices.routed_to(roads)
    version = message.version
    actions.answer(message, text="벌써 고쳤습니다", by=people.officer_of(roads, name="미나"))

    page = at_desk.post(
        case_url(message, "answer"),
        {
            "act": "send",
            "kind": "declined",
            "answer": "곧 고치겠습니다",
            "next_door": "마포구청 02-3153-8114",
            "version": version,
        },
    )

    assert page.status_code == 409
    for text in ("벌써 고쳤습니다", "곧 고치겠습니다", "마포구청 02-3153-8114"):
        assert text in words_of(page)
    assert "As it stands now, this can’t be sent" in words_of(page)
    assert fresh(message).status == "answered"


def test_who_was_slower_with_a_case_that_is_still_open_goes_on_with_the_words(
    roads: Office, jun: User, at_desk: Client
) -> None:
    message = voices.routed_to(roads, contact=("mail", "m@example.org"))
    version = message.version
    actions.ask_back(message, text="어느 쪽인가요?", by=people.officer_of(roads, name="미나"))

    page = at_desk.post(
        case_url(message, "answer"),
        {"act": "send", "answer": "곧 고치겠습니다", "version": version},
    )

    assert page.status_code == 409
    assert "어느 쪽인가요?" in words_of(page)
    assert "Go on with these words" in words_of(page)


def test_typing_keeps_a_draft_by_itself(roads: Office, at_desk: Client) -> None:
    message = voices.routed_to(roads)

    answer = press(at_desk, message, "answer", act="keep", answer="쓰는 중", kind="done")

    assert answer.status_code == 204
    colleague = people.signed_in_client(people.officer_of(roads))
    assert "쓰는 중" in words_of(colleague.get(case_url(message)))


def test_the_pulse_gives_counts_and_who_looks(
    three: list[Message], roads: Office, at_desk: Client
) -> None:
    people.signed_in_client(people.officer_of(roads, name="미나")).get(case_url(three[0]))

    pulse = at_desk.get(f"/en/admin/triage/pulse/?show=all&case={three[0].code}").json()

    assert pulse["looking"] == ["미나"]
    assert pulse["counts"]["all"] == "3"


def test_without_valkey_nobody_seems_to_look_and_all_else_goes_on(
    three: list[Message], at_desk: Client, settings: object
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"  # type: ignore[attr-defined]  # pytest-django's

    page = at_desk.get(QUEUE)

    assert page.status_code == 200
    assert len(titles_of(page)) == 3


def test_the_next_message_costs_at_most_twelve_queries_and_forty_kilobytes(
    three: list[Message], buses: Office, at_desk: Client, at_centre: Client
) -> None:
    new = voices.receive()
    roads = three[0].office
    assert roads is not None
    with_photo = actions.route(pictures.drawn(), to=roads, by=people.centre_officer())
    for client, message, show in (
        (at_desk, three[0], "all"),
        (at_desk, with_photo, "all"),
        (at_centre, new, "unrouted"),
    ):
        path = f"{case_url(message)}?show={show}"
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path)

        assert page.status_code == 200
        assert len(queries) <= 12
        assert len(gzip.compress(page.content)) < 40_000


@pytest.mark.parametrize(
    ("button", "typed"),
    [
        ("answer", {"act": "send", "kind": "interim", "answer": "더 살펴보겠습니다"}),
        ("answer", {"act": "send", "kind": "promising", "answer": "새로 깔겠습니다."}),
        ("ask-office", {"question": "버스가 서는 곳인가요?"}),
    ],
)
def test_the_next_one_opens_after_what_ends_the_work_for_now(
    button: str, typed: dict[str, str], three: list[Message], buses: Office, at_desk: Client
) -> None:
    day = (clock.seoul() + timedelta(days=20)).date()
    more = {"until": day.isoformat(), "finish_on": day.isoformat(), "office": str(buses.pk)}

    assert case_url(three[1]) in act(at_desk, three[0], button, **more, **typed)
    assert at_desk.post(
        case_url(three[2], "set-aside"), {"version": three[2].version, "reason": "spam"}
    )["Location"] == case_url(three[2])


def test_what_was_just_sent_is_taken_back_from_the_next_message(
    three: list[Message], at_desk: Client
) -> None:
    sent = {"act": "send", "kind": "explained", "answer": "고쳤습니다."}
    path = case_url(three[0], "answer") + "?show=all"
    next_page = at_desk.post(path, {"version": three[0].version, **sent}, follow=True)
    assert next_page.context["message"] == three[1]
    button = BACK.search(next_page.content.decode())
    assert button is not None
    assert "Take it back" in button["words"]

    page = at_desk.post(unescape(button["path"]), {"version": button["version"]}, follow=True)

    assert page.context["message"] == three[0]
    assert "The answer was taken back" in words_of(page)
    assert fresh(three[0]).status == "routed"
    assert fresh(three[1]).status == "routed"


def test_workers_that_stand_still_are_told_to_whoever_waits_for_them(
    three: list[Message], at_desk: Client
) -> None:
    for sweep in ("route_waiting", "publish_answers"):
        Heartbeat.beat(sweep)
    assert "have stood still" not in words_of(at_desk.get(QUEUE))

    with clock.at(clock.now() + timedelta(minutes=2)):
        Heartbeat.beat("publish_answers")
        page = at_desk.get(QUEUE)

    assert "Our machines have stood still since" in words_of(page)


def test_an_office_shares_twenty_views_at_most(roads: Office, at_desk: Client) -> None:
    for number in range(20):
        desk_actions.save_view(
            f"{number}", query="show=all", office=roads, by=people.officer_of(roads)
        )

    page = at_desk.post(
        "/en/admin/triage/views/?show=all", {"name": "zu viel", "office": roads.pk}, follow=True
    )

    assert "your office shares twenty" in words_of(page)
    assert SavedView.objects.count() == 20
