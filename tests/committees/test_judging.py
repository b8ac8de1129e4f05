"""A citizen of the committee says whether it is done; both statements stay public."""

import pytest
from django.test import Client

from suggestions import actions
from suggestions.models import Suggestion
from suggestions.states import SuggestionStatus
from tests.committees import rooms
from tests.committees.rooms import Room
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    ideas.listening()
    room = rooms.at_work()
    actions.claim_done(
        rooms.implementing(room), text="아홉 노선이 다닙니다.", result="programme", by=room.head
    )
    return room


def judge(room: Room, client: Client, **typed: str) -> int:
    path = f"{room.citizen.private_url()}done/{room.suggestion.code}/"
    return client.post(path, typed).status_code


def test_yes_of_a_citizen_of_the_committee_makes_it_done(room: Room, client: Client) -> None:
    assert (
        "아홉 노선"
        in client.get(f"{room.citizen.private_url()}done/{room.suggestion.code}/").content.decode()
    )

    assert judge(room, client, act="confirm") == 302

    assert room.suggestion.status == SuggestionStatus.IMPLEMENTED
    assert room.suggestion.claims.get().confirmed_by == "seat"


def test_no_needs_words_and_leads_back_to_work(room: Room, client: Client) -> None:
    assert judge(room, client, act="dispute", text=" ") == 422

    assert judge(room, client, act="dispute", text="두 노선은 아직 안 다닙니다.") == 302

    assert room.suggestion.status == SuggestionStatus.IMPLEMENTING
    assert judge(room, client, act="confirm") == 409


def test_a_seat_of_another_side_judges_nothing(room: Room, client: Client) -> None:
    path = f"{room.civic.private_url()}done/{room.suggestion.code}/"

    assert client.post(path, {"act": "confirm"}).status_code == 403
    assert Suggestion.objects.get().status == SuggestionStatus.CLAIMED_DONE
