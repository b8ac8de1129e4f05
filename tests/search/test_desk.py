"""Search at the desk: own private messages, nobody else's; people by their keyed index."""

import pytest
from django.test import Client

from channels_app.models import Contact, Reading
from people.models import Office, User
from tests.channels_app.factories import receive, routed_to
from tests.desk.conftest import at_desk, buses, jun, roads, sora
from tests.people import factories as people
from tests.search.looking import questions, read_in, results_of, searched

__all__ = ["at_desk", "buses", "jun", "roads", "sora"]
pytestmark = pytest.mark.django_db
DESK, PERSON = "/en/admin/search/", "/en/admin/search/person/"
MINA = ("mail", "mina@example.org")


def test_officers_find_their_private_messages_and_no_others(
    at_desk: Client, sora: User, roads: Office
) -> None:
    private = routed_to(roads, text="분수대가 멈췄어요 010-1234-5678", public=False)
    read_in()

    own = searched(at_desk, "분수대", DESK)
    others = searched(people.signed_in_client(sora), "분수대", DESK)

    assert f'href="/en/admin/case/{private.code}/"' in own.content.decode()
    assert "only the office" in own.content.decode().lower()
    assert results_of(others) == ""
    assert "-5678" not in own.content.decode()


def test_a_public_one_of_another_office_opens_its_public_page(
    at_desk: Client, buses: Office
) -> None:
    public = routed_to(buses, text="분수대가 멈췄어요")
    read_in()

    assert f'href="/en/s/{public.code}/"' in searched(at_desk, "분수대", DESK).content.decode()


def test_a_number_opens_the_case_of_the_own_office_only(
    at_desk: Client, roads: Office, buses: Office
) -> None:
    mine, theirs = routed_to(roads, public=False), routed_to(buses, public=False)

    assert searched(at_desk, mine.code, DESK)["Location"] == f"/en/admin/case/{mine.code}/"
    page = searched(at_desk, theirs.code, DESK)
    unknown = searched(at_desk, "S-2026-999999", DESK)
    assert page.status_code == unknown.status_code == 200
    assert mine.code in searched(at_desk, str(int(mine.code[7:])), DESK).content.decode()
    assert "With this receipt" not in searched(at_desk, theirs.code[2:], DESK).content.decode()


def test_the_centre_finds_all_of_one_person_and_it_is_noted() -> None:
    first, second = receive(contact=MINA, public=False), receive(contact=MINA)
    receive(contact=("mail", "jun@example.org"), public=False)
    officer = people.centre_officer()

    page = people.signed_in_client(officer).post(PERSON, {"address": " MINA@example.org "})

    assert "2 messages with this address" in " ".join(page.content.decode().split())
    noted = Reading.objects.filter(user=officer, page="desk_search_person")
    assert {reading.message for reading in noted} == {first, second}


@pytest.mark.parametrize("address", ["", "nobody", "0101"])
def test_what_is_no_address_is_explained(address: str) -> None:
    page = people.signed_in_client(people.centre_officer()).post(PERSON, {"address": address})

    assert page.status_code == 422


def test_looking_for_a_stranger_makes_no_row_of_them() -> None:
    client = people.signed_in_client(people.centre_officer())

    page = client.post(PERSON, {"address": "stranger@example.org"})

    assert "No message came with this address" in page.content.decode()
    assert not Contact.objects.exists()


def test_only_the_centre_finds_people(at_desk: Client) -> None:
    receive(contact=MINA)

    assert at_desk.post(PERSON, {"address": MINA[1]}).status_code == 403
    assert "Everything of one person" not in searched(at_desk, "", DESK).content.decode()


def test_more_rows_ask_no_more_questions(at_desk: Client, roads: Office) -> None:
    def add(count: int) -> None:
        for _number in range(count):
            routed_to(roads, text="분수대", public=False)
        read_in()

    add(22)
    at_a_page = questions(at_desk, "분수대", DESK)
    add(40)

    assert questions(at_desk, "분수대", DESK) == at_a_page <= 25
