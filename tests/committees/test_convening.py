"""A committee is formed, sits, meets, falls asleep and ends; a seat is its person's to give up."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions as message_actions
from channels_app import news
from channels_app.connectors.mail import Letter
from channels_app.letters import compose
from channels_app.models import Confirmation, Contact, ContactKind, Delivery
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from suggestions import actions, tasks
from suggestions.actions import Person
from suggestions.models import Committee, Meeting, Opinion, Seat
from suggestions.states_of_committees import CommitteeStatus, Side
from tests.committees import rooms
from tests.committees.rooms import DAY, Room
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
SORA = Person(side=Side.CITIZEN, name="정하은", organisation="밤길 모임")


@pytest.fixture
def room() -> Room:
    return rooms.at_work()


def invited(room: Room, address: str = "sora@example.org") -> Seat:
    return actions.invite_to_seat(room.committee, SORA, address=address, by=room.jun)


def accepted(room: Room, *, shown: bool = False) -> Seat:
    asked = invited(room).confirmation
    assert asked is not None
    return actions.accept_seat(asked, shown=shown)


def meeting(room: Room, *, days: int = 3) -> Meeting:
    return actions.call_meeting(
        room.committee,
        starts_at=clock.now() + days * DAY,
        place="시민청 2층",
        agenda="노선 정하기",
        by=room.jun,
    )


def held(room: Room, *, days: int = 3) -> Meeting:
    """A meeting, and its minutes the day after."""
    called = meeting(room, days=days)
    with clock.at(called.starts_at + DAY):
        return actions.publish_minutes(
            called, minutes="두 노선으로 정했습니다.", present=[room.citizen], by=room.jun
        )


def now(room: Room) -> Committee:
    return Committee.objects.get(pk=room.committee.pk)


def test_its_leading_office_sits_in_it_and_its_name_is_public(room: Room) -> None:
    assert room.committee.seats.filter(side=Side.OFFICER).get().office == room.office
    assert room.citizen.public_name == "최수아 · 밤길 모임"


def test_whoever_is_invited_sits_once_they_accept_from_their_address(room: Room) -> None:
    seat = invited(room)
    assert not seat.is_sitting
    mail = Delivery.objects.get(confirmation=seat.confirmation)
    assert (mail.event, mail.contact) == ("confirm", seat.contact)

    seat = accepted(room)

    assert seat.is_sitting
    assert "정하은" not in seat.public_name
    assert Seat.objects.filter(contact=seat.contact).count() == 1


def test_accepting_twice_changes_nothing(room: Room) -> None:
    seat = accepted(room, shown=True)
    assert seat.confirmation is not None

    again = actions.accept_seat(seat.confirmation, shown=False)

    assert (again.accepted_at, again.shown) == (seat.accepted_at, True)


def told(seat: Seat) -> list[Letter]:
    rows = Delivery.objects.filter(event="waits", contact=seat.contact).order_by("id")
    assert [news.untrue_because(row) for row in rows] == [""] * len(rows)
    return [compose(row) for row in rows]


def test_a_member_hears_by_mail_of_a_meeting_and_of_what_else_waits_till_then(room: Room) -> None:
    seat = accepted(room)
    called = meeting(room)
    actions.propose_drop(room.suggestion, **rooms.NO, by=room.jun)

    (letter,) = told(seat)

    assert letter.to == "sora@example.org"
    assert called.place in letter.body
    assert room.suggestion.code in letter.body
    assert seat.private_url() in letter.body
    assert Delivery.objects.filter(event="waits").count() == 1  # the others have no address


def test_a_member_hears_that_a_report_is_to_be_written(room: Room) -> None:
    seat = accepted(room)

    rooms.report_of(room.committee)
    actions.open_reports_of_committee(room.committee)

    assert len(told(seat)) == 1


def test_a_citizen_of_the_committee_is_asked_whether_it_is_done(room: Room) -> None:
    seat = accepted(room)
    idea = rooms.implementing(room)

    actions.claim_done(idea, result="budget", text="예산을 마련했습니다.", by=room.head)

    (letter,) = told(seat)
    assert idea.code in letter.body


def test_who_does_not_sit_any_more_is_told_nothing(room: Room) -> None:
    seat = accepted(room)
    meeting(room)
    actions.give_up_seat(seat, by=None)

    meeting(room)

    (row,) = Delivery.objects.filter(event="waits")
    assert news.untrue_because(row)


def test_a_lost_link_is_had_again_and_the_one_before_opens_nothing(room: Room) -> None:
    seat = accepted(room)
    before = seat.token

    seat = actions.renew_link(seat, by=room.jun)
    paper = actions.renew_link(room.citizen, by=room.jun)

    (letter,) = told(seat)
    assert seat.token != before
    assert seat.private_url() in letter.body
    assert paper.token != room.citizen.token
    with pytest.raises(WrongTurnError):
        actions.renew_link(room.committee.seats.get(side=Side.OFFICER), by=room.jun)


def test_a_seat_ends_with_its_term(room: Room) -> None:
    last = (clock.seoul() + 30 * DAY).date()
    person = Person(side=Side.CITIZEN, name="한지우", term_ends_on=last)
    seat = actions.seat_person(room.committee, person, consent="서면", by=room.jun)

    for days, sits in ((30, True), (31.5, False)):
        with clock.at(clock.now() + days * DAY):
            tasks.watch_committees()
        seat.refresh_from_db()
        assert seat.is_sitting is sits


def test_an_address_is_not_flooded_with_invitations(room: Room) -> None:
    for _time in range(6):
        invited(room)

    assert Confirmation.objects.filter(purpose="seat").count() == 3


def test_who_is_forgotten_leaves_no_name_address_or_words(room: Room) -> None:
    seat = accepted(room, shown=True)
    proposal = actions.propose_drop(room.suggestion, **rooms.NO, by=room.jun)
    actions.say_opinion(proposal, seat=seat, concurs=True, words="제 이름은 정하은")
    link = seat.token

    actions.forget_seat(seat)

    seat.refresh_from_db()
    assert (seat.name, seat.organisation, seat.contact, seat.shown) == ("", "", None, False)
    assert seat.token != link
    assert Opinion.objects.get(seat=seat).words == ""


def test_who_is_erased_by_their_address_leaves_no_words_either(room: Room) -> None:
    seat = accepted(room)
    proposal = actions.propose_drop(room.suggestion, **rooms.NO, by=room.jun)
    actions.say_opinion(proposal, seat=seat, concurs=False, words="제 이름은 정하은")
    assert seat.contact is not None

    done = message_actions.erase_person(seat.contact, by=None, reason="asked", withdraw=False)

    opinion = Opinion.objects.get(seat=seat)
    assert (opinion.words, opinion.concurs, done["opinion"]) == ("", False, 1)
    assert Seat.objects.get(pk=seat.pk).contact is None


def test_a_seat_with_neither_address_nor_consent_is_nobodys(room: Room) -> None:
    with pytest.raises(ValueError, match="agreed"):
        actions.seat_person(room.committee, SORA, consent=" ", by=room.jun)


def test_nobody_seats_an_office_as_a_person(room: Room) -> None:
    wrong = Person(side=Side.OFFICER, name="김공무")

    with pytest.raises(ValueError, match="office"):
        actions.seat_person(room.committee, wrong, consent="네", by=room.jun)


def test_only_its_office_runs_it(room: Room) -> None:
    sora = people.officer_of(people.make_office("parks"))

    for act in (
        lambda: actions.seat_office(room.committee, office=room.office, by=sora),
        lambda: actions.give_up_seat(room.citizen, by=sora),
        lambda: actions.begin_closing(room.committee, by=sora),
        lambda: actions.call_meeting(
            room.committee, starts_at=clock.now(), place="가", agenda="나", by=sora
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_minutes_are_due_within_days_and_late_ones_show(room: Room) -> None:
    called = meeting(room)

    assert called.minutes_due_at == called.starts_at + 7 * DAY
    with clock.at(called.starts_at + 8 * DAY):
        assert called.is_late


def test_a_meeting_is_called_off_with_a_reason_and_owes_nothing(room: Room) -> None:
    called = actions.call_off(meeting(room), why="태풍", by=room.jun)

    with clock.at(called.starts_at + DAY):
        assert not called.owes_minutes
        with pytest.raises(WrongTurnError):
            actions.publish_minutes(called, minutes="없음", present=[], by=room.jun)


def test_its_members_hear_by_mail_that_a_meeting_is_called_off(room: Room) -> None:
    seat = accepted(room)
    called = meeting(room)
    Delivery.objects.filter(event="waits").update(state="sent")

    actions.call_off(called, why="태풍이 옵니다.", by=room.jun)

    letter = told(seat)[-1]
    assert "태풍이 옵니다." in letter.text
    assert called.place not in letter.text


def test_minutes_name_who_came_and_only_of_this_committee(room: Room) -> None:
    stranger = rooms.at_work("parks").citizen
    called = meeting(room)
    with clock.at(called.starts_at + DAY):
        actions.publish_minutes(
            called, minutes="말했다", present=[room.citizen, stranger], by=room.jun
        )

    assert [one.seat for one in called.attendances.all()] == [room.citizen]


def test_sixty_days_without_a_meeting_and_everyone_reads_that_it_sleeps(room: Room) -> None:
    with clock.at(clock.now() + 59 * DAY):
        tasks.watch_committees()
        assert now(room).status == CommitteeStatus.ACTIVE
    with clock.at(clock.now() + 66 * DAY):
        tasks.watch_committees()
        tasks.watch_committees()

    assert now(room).status == CommitteeStatus.DORMANT
    assert now(room).steps.filter(to_status="dormant").count() == 1


def test_a_meeting_begins_its_time_anew_and_wakes_it(room: Room) -> None:
    held(room, days=50)
    with clock.at(clock.now() + 70 * DAY):
        tasks.watch_committees()
        assert now(room).status == CommitteeStatus.ACTIVE
    with clock.at(clock.now() + 150 * DAY):
        tasks.watch_committees()
        assert now(room).status == CommitteeStatus.DORMANT
        held(room, days=1)

    assert now(room).status == CommitteeStatus.ACTIVE


def test_it_closes_once_nothing_is_owed_and_may_live_on(room: Room) -> None:
    rooms.published(rooms.report_of(room.committee), by=room.jun)
    closing = actions.begin_closing(room.committee, by=room.jun)
    assert actions.what_keeps_open(closing) == ["suggestions"]
    with pytest.raises(WrongTurnError):
        actions.close_committee(closing, words="끝", lives_on=True, by=room.jun)
    proposal = actions.propose_drop(room.suggestion, **rooms.NO, by=room.jun)
    actions.say_opinion(proposal, seat=room.citizen, concurs=True, words="")
    actions.drop(room.suggestion, by=room.jun)

    closed = actions.close_committee(closing, words="계속 만납니다.", lives_on=True, by=room.jun)

    assert closed.is_network
    with pytest.raises(WrongTurnError):
        actions.seat_office(closed, office=people.make_office("parks"), by=room.jun)


def test_what_is_closing_takes_nothing_new(room: Room) -> None:
    actions.begin_closing(room.committee, by=room.jun)
    another = ideas.reviewed(room.office)

    with pytest.raises(WrongTurnError):
        actions.send_to_committee(another, to=room.committee, reason=rooms.WHY, by=room.head)


def test_an_erased_address_leaves_its_seat(room: Room) -> None:
    seat = accepted(room, shown=True)
    contact = Contact.objects.reached_by(ContactKind.MAIL, "sora@example.org")
    message_actions.erase_person(contact, by=people.centre_officer(), reason="", withdraw=True)

    seat.refresh_from_db()
    assert (seat.name, seat.contact) == ("", None)
    assert seat.until is not None
    assert timedelta(0) <= clock.now() - seat.until
