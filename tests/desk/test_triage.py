"""The desk: the next message opens after every act, many at once, undo, turns, notes, views."""

import gzip
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app import actions
from channels_app.actions import Stood
from channels_app.models import Delivery, Message
from desk import actions as desk_actions
from desk.models import Deed, Note, SavedView, Snooze
from lifecycle import clock
from lifecycle.errors import OvertakenError
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import QUEUE, case_url, press, titles_of, words_of
from tests.following.readers import confirmed, sweep
from tests.ledger import check_ledger
from tests.people import factories as people

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _nobody_looks() -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        for key in valkey.scan_iter("desk:looking:*"):
            valkey.delete(key)


@pytest.fixture
def at_centre(roads: Office) -> Client:
    return people.signed_in_client(people.centre_officer())


@pytest.fixture
def three(roads: Office) -> list[Message]:
    """Due one after the other."""
    made = []
    for minutes in (3, 2, 1):
        with clock.at(timezone.now() - minutes * MINUTE):
            made.append(voices.routed_to(roads))
    return made


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def act(client: Client, message: Message, button: str, show: str = "all", **typed: object) -> str:
    """Press a button in the list, and say where it leads."""
    path = case_url(message, button) + f"?show={show}"
    answer = client.post(path, {"version": fresh(message).version, **typed})
    assert answer.status_code == 302, words_of(answer)
    return str(answer["Location"])


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


def test_ten_officers_who_open_one_queue_get_ten_different_messages(roads: Office) -> None:
    for _n in range(12):
        voices.routed_to(roads)
    team = [people.officer_of(roads, name=f"담당{n}") for n in range(10)]

    opened = [people.signed_in_client(one).get(QUEUE).context["message"] for one in team]

    assert len(set(opened)) == 10


def test_undo_puts_a_message_back_as_it_stood_and_tells_nobody(
    roads: Office, buses: Office, jun: User, at_desk: Client
) -> None:
    message = voices.routed_to(roads, contact=confirmed("mina@example.org"))
    sweep()
    Delivery.objects.filter(event="news").delete()
    before = fresh(message)
    act(at_desk, message, "route", office=buses.pk)
    deed = Deed.objects.get()

    at_desk.post(f"/en/admin/triage/undo/{deed.pk}/?show=all")

    after = fresh(message)
    assert (after.status, after.office, after.due_at) == (
        before.status, before.office, before.due_at,
    )  # fmt: skip
    assert (after.hand_backs, after.needs_reader) == (before.hand_backs, before.needs_reader)
    assert after.version == before.version + 2
    assert "The step before was taken back" in words_of(at_desk.get(case_url(message)))
    sweep()
    assert not Delivery.objects.filter(event="news").exists()
    check_ledger(settled=False)


UNDONE = {
    "hand-back": {"reason": "우리 일이 아닙니다"},
    "set-aside": {"reason": "spam"},
}


@pytest.mark.parametrize("button", UNDONE)
def test_every_slip_can_be_taken_back(button: str, roads: Office, at_desk: Client) -> None:
    message = voices.routed_to(roads)
    before = Stood.of(fresh(message))
    act(at_desk, message, button, **UNDONE[button])

    at_desk.post(f"/en/admin/triage/undo/{Deed.objects.get().pk}/")

    after = Stood.of(fresh(message))
    same = {**after.kept(), "version": 0} == {**before.kept(), "version": 0}
    assert same
    check_ledger(settled=False)


def test_a_joined_one_is_parted_again_by_undo(three: list[Message], at_desk: Client) -> None:
    act(at_desk, three[1], "join", lead=three[0].code)
    assert fresh(three[1]).status == "joined"

    at_desk.post(f"/en/admin/triage/undo/{Deed.objects.get().pk}/")

    assert (fresh(three[1]).status, fresh(three[1]).lead) == ("routed", None)


def test_after_the_seconds_nothing_can_be_taken_back(roads: Office, at_desk: Client) -> None:
    message = voices.routed_to(roads)
    with clock.at(timezone.now() - MINUTE):
        deed = desk_actions.set_aside([fresh(message)], reason="spam", by=_jun(at_desk))

    page = at_desk.post(f"/en/admin/triage/undo/{deed.pk}/")

    assert page.status_code == 409
    assert fresh(message).status == "set_aside"


def test_what_somebody_has_touched_since_is_not_taken_back(
    roads: Office, buses: Office, sora: User, at_desk: Client
) -> None:
    message = voices.routed_to(roads)
    act(at_desk, message, "route", office=buses.pk)
    actions.hand_back(fresh(message), reason="아닙니다", by=sora)

    page = at_desk.post(f"/en/admin/triage/undo/{Deed.objects.get().pk}/", follow=True)

    assert "could not be taken back: somebody was faster" in words_of(page)
    assert fresh(message).office == people.centre()


def test_nobody_takes_back_the_step_of_a_colleague(roads: Office, jun: User, buses: Office) -> None:
    message = voices.routed_to(roads)
    stood = Stood.of(message)
    actions.route(message, to=buses, by=jun)

    with pytest.raises(PermissionDenied):
        actions.undo(stood, by=people.officer_of(roads))


def test_two_undo_at_once_are_one(roads: Office, jun: User, buses: Office) -> None:
    message = voices.routed_to(roads)
    stood = Stood.of(message)
    actions.route(message, to=buses, by=jun)
    actions.undo(stood, by=jun)

    with pytest.raises(OvertakenError):
        actions.undo(stood, by=jun)


def test_many_are_given_at_once_with_a_line_for_each_that_was_not(
    three: list[Message], buses: Office, jun: User, at_desk: Client
) -> None:
    keys = [f"{one.code}:{one.version}" for one in three]
    actions.put_off(three[2], text="더", until=(timezone.now() + 30 * 24 * 60 * MINUTE).date(),
                    by=jun)  # fmt: skip

    page = at_desk.post(
        "/en/admin/triage/many/?show=all",
        {"chosen": keys, "verb": "route", "office": buses.pk},
        follow=True,
    )

    assert "2 messages were given to their office." in words_of(page)
    assert f"{three[2].code} was left as it is: somebody was faster." in words_of(page)
    assert [fresh(one).office for one in three] == [buses, buses, three[2].office]

    at_desk.post(f"/en/admin/triage/undo/{Deed.objects.get().pk}/")

    assert {fresh(one).office for one in three} == {three[2].office}
    check_ledger(settled=False)


def test_many_are_joined_to_the_oldest_of_them(three: list[Message], at_desk: Client) -> None:
    keys = [f"{one.code}:{one.version}" for one in three]

    at_desk.post("/en/admin/triage/many/?show=all", {"chosen": keys, "verb": "join"})

    lead = min(three, key=lambda one: one.pk)
    assert {fresh(one).lead for one in three if one != lead} == {lead}


def test_many_of_another_office_are_left_alone(
    three: list[Message], sora: User, buses: Office
) -> None:
    at_sora = people.signed_in_client(sora)

    at_sora.post(
        "/en/admin/triage/many/",
        {"chosen": f"{three[0].code}:{three[0].version}", "verb": "route", "office": buses.pk},
    )

    assert fresh(three[0]).office == three[0].office


def test_what_is_missing_for_many_is_said_in_words(three: list[Message], at_desk: Client) -> None:
    chosen = f"{three[0].code}:{three[0].version}"

    nothing = at_desk.post("/en/admin/triage/many/", {"verb": "route"}, follow=True)
    nowhere = at_desk.post(
        "/en/admin/triage/many/", {"verb": "route", "chosen": chosen}, follow=True
    )

    assert "Choose at least one message." in words_of(nothing)
    assert "Choose an office." in words_of(nowhere)


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
    assert titles_of(at_desk.get(QUEUE, {"show": "later"})) == [message.title]
    assert fresh(message).due_at == message.due_at
    with clock.at(timezone.now() + timedelta(days=2)):
        assert titles_of(at_desk.get(QUEUE, {"show": "mine"})) == [message.title]


@pytest.mark.parametrize("days", [0, -1, 400])
def test_nothing_waits_longer_than_its_own_date(days: int, roads: Office, at_desk: Client) -> None:
    message = voices.routed_to(roads)
    day = (clock.seoul() + timedelta(days=days)).date()

    page = press(at_desk, message, "later", day=day.isoformat())

    assert page.status_code == 422
    assert "its own date" in words_of(page)
    assert not Snooze.objects.exists()


def test_a_note_is_read_by_officers_only_and_goes_with_an_erasure(
    roads: Office, at_desk: Client, client: Client
) -> None:
    message = voices.routed_to(roads)

    press(at_desk, message, "note", note="전화 010-1234-5678로 다시 오심")

    assert "010-1234-5678로 다시 오심" in words_of(at_desk.get(case_url(message)))
    for reader in (client, people.signed_in_client(people.mayors_officer())):
        for path in (message.get_absolute_url(), message.private_url(), case_url(message)):
            assert "다시 오심" not in words_of(reader.get(path))
    actions.erase_message(fresh(message), because="author", by=None)
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
        {"act": "send", "answer": "곧 고치겠습니다", "version": version},
    )

    assert page.status_code == 409
    assert "곧 고치겠습니다" in words_of(page)
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
    for client, message, show in ((at_desk, three[0], "all"), (at_centre, new, "unrouted")):
        path = f"{case_url(message)}?show={show}"
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path)

        assert page.status_code == 200
        assert len(queries) <= 12
        assert len(gzip.compress(page.content)) < 40_000


def _jun(client: Client) -> User:
    return User.objects.get(pk=int(client.session["_auth_user_id"]))
