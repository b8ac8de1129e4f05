"""What an officer does to one or to many, and takes back within seconds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from channels_app import actions
from channels_app.actions import Stood
from channels_app.models import Delivery, Message
from desk import actions as desk_actions
from desk.models import Deed
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import case_url, words_of
from tests.desk.lists import act, fresh
from tests.following.readers import confirmed, sweep
from tests.ledger import check_ledger
from tests.people import factories as people

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


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


def test_what_was_joined_to_a_case_set_aside_by_a_slip_is_joined_again(
    three: list[Message], at_desk: Client
) -> None:
    lead, child, touched = three
    act(at_desk, child, "join", lead=lead.code)
    act(at_desk, touched, "join", lead=lead.code)
    act(at_desk, lead, "set-aside", reason="spam")
    assert {fresh(child).status, fresh(touched).status} == {"received"}
    actions.set_aside(fresh(touched), reason="spam", by=people.centre_officer())
    deed = Deed.objects.latest("pk")

    at_desk.post(f"/en/admin/triage/undo/{deed.pk}/")

    assert fresh(lead).status == "routed"
    assert (fresh(child).status, fresh(child).lead) == ("joined", lead)
    assert fresh(touched).status == "set_aside"
    check_ledger(settled=False)


def test_what_the_lead_s_author_is_told_stays_here_when_the_join_is_taken_back(
    three: list[Message], roads: Office, at_desk: Client, jun: User
) -> None:
    lead = three[0]
    child = voices.routed_to(roads, contact=confirmed("mina@example.org"))
    act(at_desk, child, "join", lead=lead.code)
    later = timezone.localdate() + timedelta(days=30)
    actions.put_off(fresh(lead), text="부품을 기다립니다.", until=later, by=jun)
    waiting = Delivery.objects.get(message=child, event="answer")

    at_desk.post(f"/en/admin/triage/undo/{Deed.objects.get().pk}/")

    waiting.refresh_from_db()
    assert (fresh(child).status, waiting.state) == ("routed", "cancelled")
    check_ledger(settled=False)


def test_what_readers_were_told_meanwhile_is_not_undone(
    roads: Office, buses: Office, at_desk: Client
) -> None:
    message = voices.routed_to(roads, public=True)
    act(at_desk, message, "route", office=buses.pk)
    actions.report(fresh(message), words="전화번호가 있어요")
    reported = fresh(message)

    at_desk.post(f"/en/admin/triage/undo/{Deed.objects.get().pk}/")

    after = fresh(message)
    assert after.office == roads
    assert reported.publication_due_at is not None
    assert (after.publication, after.publication_due_at) == (
        reported.publication, reported.publication_due_at,
    )  # fmt: skip


def test_a_single_one_in_the_list_is_named_when_it_can_not_be_done(
    three: list[Message], at_desk: Client, jun: User
) -> None:
    actions.answer(three[0], text="고쳤습니다.", by=jun)
    chosen = f"{three[0].code}:{fresh(three[0]).version}"

    page = at_desk.post(
        "/en/admin/triage/many/?show=all",
        {"verb": "set_aside", "reason": "spam", "chosen": chosen},
        follow=True,
    )

    assert f"{three[0].code} was left as it is" in words_of(page)


def test_a_number_that_can_not_lead_is_named(three: list[Message], at_desk: Client) -> None:
    chosen = [f"{one.code}:{one.version}" for one in three[:2]]

    page = at_desk.post(
        "/en/admin/triage/many/?show=all",
        {"verb": "join", "lead": "S-2026-999999", "chosen": chosen},
        follow=True,
    )

    assert "There is no case with this number that you may act on." in words_of(page)


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

    done = f"2 messages were given to their office. ({three[0].code}, {three[1].code})"
    assert done in words_of(page)
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

    page = at_sora.post(
        "/en/admin/triage/many/",
        {"chosen": f"{three[0].code}:{three[0].version}", "verb": "route", "office": buses.pk},
        follow=True,
    )

    assert fresh(three[0]).office == three[0].office
    assert f"{three[0].code} was left as it is: it is not yours to decide." in words_of(page)


def test_who_decides_on_none_of_a_list_is_offered_no_act_on_many(three: list[Message]) -> None:
    mayors = people.signed_in_client(people.mayors_officer())

    page = mayors.get("/en/admin/triage/?show=all")

    assert three[0].code in words_of(page)
    assert "With the chosen ones" not in words_of(page)
    assert 'name="chosen"' not in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_many_given_away_and_many_joined_at_once_wait_for_each_other_at_most(
    three: list[Message], buses: Office, jun: User
) -> None:
    """The lead has the lowest key and is locked last by a join, first by an act on all."""
    lead, *others = sorted(three, key=lambda one: one.pk)
    start = Barrier(2)

    def at_once(act: Callable[[], Deed]) -> None:
        try:
            start.wait(10)
            act()
        except (OvertakenError, WrongTurnError, PermissionDenied):
            pass  # somebody was faster
        finally:
            connection.close()

    for _round in range(5):
        rows = [fresh(one) for one in (lead, *others)]
        with ThreadPoolExecutor(2) as pool:
            both = [
                pool.submit(at_once, partial(desk_actions.join, rows[1:], to=rows[0], by=jun)),
                pool.submit(at_once, partial(desk_actions.route, rows, to=buses, by=jun)),
            ]
        assert [one.result() for one in both] == [None, None]
        check_ledger(settled=False)


def test_what_is_missing_for_many_is_said_in_words(three: list[Message], at_desk: Client) -> None:
    chosen = f"{three[0].code}:{three[0].version}"

    nothing = at_desk.post("/en/admin/triage/many/", {"verb": "route"}, follow=True)
    nowhere = at_desk.post(
        "/en/admin/triage/many/", {"verb": "route", "chosen": chosen}, follow=True
    )

    assert "Choose at least one message." in words_of(nothing)
    assert "Choose an office." in words_of(nowhere)


def _jun(client: Client) -> User:
    return User.objects.get(pk=int(client.session["_auth_user_id"]))
