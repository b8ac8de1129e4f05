"""What an officer does to one or to many, and takes back within seconds."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from channels_app import actions
from channels_app.actions import Stood
from channels_app.models import Delivery, Message
from desk import actions as desk_actions
from desk.models import Deed
from lifecycle import clock
from lifecycle.errors import OvertakenError
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


def _jun(client: Client) -> User:
    return User.objects.get(pk=int(client.session["_auth_user_id"]))
