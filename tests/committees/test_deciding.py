"""A committee adopts or drops, an office adopts directly: with an item, an owner, a date."""

import pytest
from django.core.exceptions import PermissionDenied

from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import actions
from suggestions.models import Mandate, Suggestion
from suggestions.states import Cause, SuggestionStatus
from suggestions.states_of_committees import CommitteeStatus, ItemStatus, Side
from tests.committees import rooms
from tests.committees.rooms import Room
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return rooms.at_work()


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


def test_what_a_committee_gets_has_its_office_its_date_and_a_public_reason(room: Room) -> None:
    suggestion = room.suggestion

    assert suggestion.status == SuggestionStatus.IN_COMMITTEE
    assert suggestion.office == room.office
    assert suggestion.due_at is not None
    assert suggestion.steps.get(seq=suggestion.version).statement.text == rooms.WHY
    assert actions.committee_of(suggestion) == room.committee


@pytest.mark.parametrize("side", [Side.CIVIC, Side.EXPERT])
def test_no_committee_works_while_a_side_is_missing(side: str, buses: Office) -> None:
    jun = people.officer_of(buses)
    suggestion = ideas.reviewed(buses)
    committee = rooms.formed(buses, suggestion, by=jun)
    rooms.seated(committee, side, by=jun)

    with pytest.raises(WrongTurnError):
        actions.activate(committee, by=jun)

    committee.refresh_from_db()
    assert committee.status == CommitteeStatus.FORMING


def test_a_committee_that_lost_a_side_is_given_nothing_new(room: Room) -> None:
    actions.give_up_seat(room.civic, by=room.jun)
    another = ideas.reviewed(room.office)

    with pytest.raises(WrongTurnError):
        actions.send_to_committee(another, to=room.committee, reason=rooms.WHY, by=room.head)

    another.refresh_from_db()
    assert another.status == SuggestionStatus.UNDER_REVIEW
    assert not Mandate.objects.filter(suggestion=another).exists()


@pytest.mark.parametrize("words", ["함께 정합니다.", "좋습니다."])
def test_a_decision_needs_a_paragraph_of_its_own(words: str, room: Room) -> None:
    another = ideas.reviewed(room.office)

    with pytest.raises(ValueError, match="paragraph"):
        actions.send_to_committee(another, to=room.committee, reason=words, by=room.head)
    with pytest.raises(ValueError, match="paragraph"):
        actions.adopt(room.suggestion, [rooms.planned(room.office)], words=words, by=room.jun)
    with pytest.raises(ValueError, match="paragraph"):
        actions.propose_drop(room.suggestion, **{**rooms.NO, "words": words}, by=room.jun)

    assert room.suggestion.status == SuggestionStatus.IN_COMMITTEE
    assert not room.suggestion.items.exists()


def test_adopting_needs_something_to_be_done(room: Room) -> None:
    with pytest.raises(ValueError, match="action item"):
        actions.adopt(room.suggestion, words=rooms.WHY, by=room.jun)

    assert room.suggestion.status == SuggestionStatus.IN_COMMITTEE


def test_the_finish_date_is_the_latest_date_of_an_open_item(room: Room) -> None:
    adopted = rooms.adopted(room, days=30)
    first = adopted.finish_at

    later = actions.plan_item(adopted, rooms.planned(room.office, days=60), by=room.jun)

    adopted = room.suggestion
    assert adopted.finish_at == adopted.due_at == later.due_at
    assert (adopted.first_finish_at, adopted.moves) == (first, 1)
    actions.cancel_item(later, words="다른 길을 찾았습니다.", by=room.jun)
    adopted = room.suggestion
    assert (adopted.finish_at, adopted.moves) == (first, 1)
    assert adopted.steps.latest("seq").cause == Cause.PLANNED


def test_the_finish_date_is_put_off_twice_then_by_the_head_then_the_mayor_sees_it(
    room: Room,
) -> None:
    item = rooms.adopted(room, days=30).items.get()

    def put_off(days: int, by: User) -> None:
        actions.move_item(item, due_on=rooms.day(days), words="차가 늦습니다.", by=by)

    put_off(50, room.jun)
    put_off(70, room.jun)
    with pytest.raises(PermissionDenied):
        put_off(90, room.jun)
    with pytest.raises(PermissionDenied):
        actions.plan_item(room.suggestion, rooms.planned(room.office, days=90), by=room.jun)
    put_off(60, room.jun)  # an earlier date is everybody's
    put_off(90, room.head)
    assert room.suggestion.interims == 3
    assert not Suggestion.objects.put_off_often().exists()

    put_off(110, room.head)

    assert list(Suggestion.objects.put_off_often()) == [room.suggestion]


def test_another_office_with_an_item_does_not_move_the_finish_date(room: Room) -> None:
    parks = people.make_office("parks")
    sora = people.officer_of(parks)
    item = rooms.adopted(room, days=30).items.get()
    actions.hand_item_over(item, to=parks, words="공원 일입니다.", by=room.jun)

    with pytest.raises(PermissionDenied):
        actions.move_item(item, due_on=rooms.day(50), words="늦습니다.", by=sora)
    actions.move_item(item, due_on=rooms.day(20), words="일찍 됩니다.", by=sora)

    assert room.suggestion.moves == 0


def test_an_item_whose_date_moves_says_why_and_moves_the_finish_date(room: Room) -> None:
    adopted = rooms.adopted(room, days=30)
    item = adopted.items.get()

    with pytest.raises(ValueError, match="words"):
        actions.move_item(item, due_on=rooms.day(50), words=" ", by=room.jun)
    moved = actions.move_item(item, due_on=rooms.day(50), words="차가 늦습니다.", by=room.jun)

    assert (moved.moves, moved.first_due_at) == (1, item.first_due_at)
    assert room.suggestion.finish_at == moved.due_at
    assert room.suggestion.steps.latest("seq").statement.text == "차가 늦습니다."


def test_the_last_item_of_what_was_adopted_is_never_cancelled(room: Room) -> None:
    adopted = rooms.adopted(room)

    with pytest.raises(WrongTurnError):
        actions.cancel_item(adopted.items.get(), words="그만", by=room.jun)

    assert adopted.items.get().status == ItemStatus.UNDER_REVIEW


def test_a_head_adopts_directly_and_the_office_reports_alone(buses: Office) -> None:
    adopted = rooms.adopted_directly()

    mandate = Mandate.objects.get(suggestion=adopted)
    (report,) = actions.open_reports_of_office(mandate)
    assert adopted.status == SuggestionStatus.ADOPTED
    assert (report.suggestion, report.office, report.number) == (adopted, buses, 1)


def test_an_officer_does_not_adopt_for_the_head(buses: Office) -> None:
    suggestion = ideas.reviewed(buses)
    people.head_of(buses)

    with pytest.raises(PermissionDenied):
        actions.adopt_directly(
            suggestion, [rooms.planned(buses)], words=rooms.WHY, by=people.officer_of(buses)
        )


def test_a_committee_says_no_only_with_one_of_its_citizens(room: Room) -> None:
    proposal = actions.propose_drop(room.suggestion, **rooms.NO, by=room.jun)
    with pytest.raises(WrongTurnError):
        actions.drop(room.suggestion, by=room.jun)
    actions.say_opinion(proposal, seat=room.citizen, concurs=False, words="아직이에요")
    with pytest.raises(WrongTurnError):
        actions.drop(room.suggestion, by=room.jun)
    with pytest.raises(PermissionDenied):
        actions.say_opinion(proposal, seat=room.civic, concurs=True, words="")

    actions.say_opinion(proposal, seat=room.citizen, concurs=True, words="알겠어요")
    dropped = actions.drop(room.suggestion, by=room.jun)

    assert dropped.status == SuggestionStatus.DECLINED
    assert dropped.ended_at is not None
    assert actions.committee_of(dropped) is None


def test_a_citizen_who_has_left_concurs_with_nothing(room: Room) -> None:
    proposal = actions.propose_drop(room.suggestion, **rooms.NO, by=room.jun)
    actions.say_opinion(proposal, seat=room.citizen, concurs=True, words="")
    actions.forget_seat(room.citizen)

    with pytest.raises(WrongTurnError):
        actions.drop(room.suggestion, by=room.jun)

    assert room.suggestion.status == SuggestionStatus.IN_COMMITTEE


def test_a_proposed_no_is_taken_back_by_adopting(room: Room) -> None:
    proposal = actions.propose_drop(room.suggestion, **rooms.NO, by=room.jun)

    rooms.adopted(room)

    proposal.refresh_from_db()
    assert proposal.settled_at is not None


def test_work_begins_is_blocked_and_goes_on(room: Room) -> None:
    suggestion = rooms.implementing(room)
    actions.block(suggestion, code="budget", words="예산이 깎였습니다.", by=room.jun)
    with pytest.raises(WrongTurnError):
        actions.block(suggestion, code="legal", words="또", by=room.jun)

    actions.unblock(suggestion, words="추경에 들어갔습니다.", by=room.jun)

    assert [step.cause for step in room.suggestion.steps.all()][-2:] == ["blocked", "unblocked"]
    obstacle = suggestion.obstacles.get()
    assert obstacle.words == "예산이 깎였습니다."
    assert obstacle.cleared_at is not None
    with pytest.raises(WrongTurnError):
        actions.unblock(suggestion, words="다시", by=room.jun)
