"""What is held about supporters, co-authors and seats: in their file, and gone once erased."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from channels_app import actions as message_actions
from channels_app import keeping
from channels_app.models import Confirmation, Contact
from lifecycle import clock
from suggestions import actions
from suggestions.models import DropProposal, Opinion, Petition, Seat, Suggestion, Support
from suggestions.states_of_committees import Side
from tests.committees import rooms
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MINA, SORA = "mina@example.org", "sora@example.org"
BETTER = "밤 12시부터 새벽 4시까지 운행해 주세요. 제 번호는 010-1234-5678 입니다."


@pytest.fixture
def idea() -> Suggestion:
    return ideas.opened(people.make_office("buses"), contact=("mail", MINA))


def supported(idea: Suggestion, address: str = SORA) -> Support:
    """Asked for by mail, and confirmed."""
    asked = actions.ask_for_support(idea, address=address, language="ko").confirmation
    assert asked is not None
    return actions.confirm_support(asked)


def along(idea: Suggestion, text: str = BETTER) -> Confirmation:
    """Invited, joined, and written along."""
    invited = actions.invite_author(idea, address=SORA, language="ko")
    assert invited is not None
    assert invited.confirmation is not None
    actions.rewrite(idea, text=text, coauthor=actions.join_in(invited.confirmation))
    return invited.confirmation


def url_of(asked: Confirmation | None) -> str:
    assert asked is not None
    return f"/en/confirm/data/{asked.pk}/{asked.token}/"


def file_at(client: Client, url: str) -> dict[str, Any]:
    page = client.get(url)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store, private"
    assert "attachment" in page["Content-Disposition"]
    held: dict[str, Any] = json.loads(page.content)
    return held


def erased(contact: Contact | None) -> dict[str, int]:
    assert contact is not None
    by = people.centre_officer()
    counted = message_actions.would_erase_person(contact, withdraw=False)
    done = message_actions.erase_person(contact, by=by, reason="asked", withdraw=False)
    assert counted == done
    return done


def test_the_link_in_a_mail_opens_what_the_address_did_here_and_no_more(
    client: Client, idea: Suggestion
) -> None:
    support = supported(idea)
    ideas.commented(idea, "보탭니다", address=SORA)
    ideas.commented(idea, "남의 말")
    along(idea)
    elsewhere = ideas.opened(people.make_office("trains"), "지하철을 늘려 주세요, 꼭이요.")
    ideas.commented(elsewhere, "다른 곳에서", address=SORA)

    held = file_at(client, url_of(support.confirmation))

    assert held["suggestion"] == idea.code
    assert [row["state"] for row in held["supported_by_you"]] == ["valid"]
    assert [row["words"] for row in held["said_by_you_in_the_discussion"]] == ["보탭니다"]
    (wrote,) = held["written_along_by_you"]
    assert [row["words"] for row in wrote["versions"]] == [BETTER]
    assert {row["what"] for row in held["mails_that_asked_you"]} == {
        "support",
        "comment",
        "coauthor",
    }
    assert SORA not in json.dumps(held)


def test_each_page_of_a_mail_leads_to_the_file(client: Client, idea: Suggestion) -> None:
    said = ideas.commented(idea, address=SORA).confirmation
    for name, asked in (
        ("support", supported(idea).confirmation),
        ("comment", said),
        ("coauthor", along(idea)),
    ):
        assert asked is not None
        page = client.get(f"/en/confirm/{name}/{asked.pk}/{asked.token}/").content.decode()
        assert url_of(asked) in page, name


def test_a_wrong_link_and_one_of_an_erased_address_open_nothing(
    client: Client, idea: Suggestion
) -> None:
    support, other = supported(idea), supported(idea, "dami@example.org")
    asked, wrong = support.confirmation, other.confirmation
    assert asked is not None
    assert wrong is not None

    forged = client.get(f"/en/confirm/data/{asked.pk}/{wrong.token}/")
    erased(support.contact)

    assert forged.status_code == 404
    assert client.get(url_of(asked)).status_code == 404
    assert client.get(f"/en/confirm/support/{asked.pk}/{asked.token}/").status_code == 404


def test_an_erased_supporter_counts_no_longer_and_is_nobody(idea: Suggestion) -> None:
    support = supported(idea)

    erased(support.contact)

    support.refresh_from_db()
    assert support.state == "withdrawn"
    assert (support.contact.sealed, support.contact.shown) == ("", "")


def test_what_a_coauthor_wrote_stays_masked(idea: Suggestion) -> None:
    asked = along(idea)

    done = erased(asked.contact)

    version = idea.versions.latest("number")
    assert version.text == ""
    assert "새벽 4시" in version.masked_text
    assert "1234-5678" not in version.masked_text
    assert (done["version"], done["coauthor"]) == (1, 1)


def seated(room: rooms.Room) -> Seat:
    """A citizen who was invited by mail, sits, and said something about a "no"."""
    person = actions.Person(side=Side.CITIZEN, name="정하은", organisation="밤길 모임")
    invited = actions.invite_to_seat(room.committee, person, address=SORA, by=room.jun)
    assert invited.confirmation is not None
    seat = actions.accept_seat(invited.confirmation, shown=True)
    actions.propose_drop(room.suggestion, **rooms.NO, by=room.head)
    proposal = DropProposal.objects.get()
    actions.say_opinion(proposal, seat=seat, concurs=False, words="저는 매일 탑니다.")
    return seat


def test_a_seat_has_its_file_and_leads_to_it(client: Client) -> None:
    seat = seated(rooms.at_work())

    held = file_at(client, f"{seat.private_url()}data/")

    assert held["seat"]["name"] == "정하은"
    assert [row["words"] for row in held["seat"]["your_opinions"]] == ["저는 매일 탑니다."]
    assert f"{seat.private_url()}data/" in client.get(seat.private_url()).content.decode()


def test_an_erased_seat_keeps_whether_it_agreed_and_nothing_else(client: Client) -> None:
    seat = seated(rooms.at_work())
    address = seat.private_url()

    done = erased(seat.contact)

    seat.refresh_from_db()
    assert (seat.name, seat.organisation, seat.consent, seat.contact) == ("", "", "", None)
    opinion = Opinion.objects.get()
    assert (opinion.words, opinion.concurs) == ("", False)
    assert (done["seat"], done["opinion"]) == (1, 1)
    assert client.get(f"{address}data/").status_code == 404


def test_the_file_of_an_author_says_what_was_done_with_their_address(
    client: Client, idea: Suggestion
) -> None:
    support = supported(idea, MINA)
    supported(idea)
    Petition.objects.create(message=idea.message, at=clock.now())
    Confirmation.objects.create(
        purpose="survey",
        topic=idea.topic,
        contact=idea.message.contact,
        created_at=clock.now(),
    )

    held = file_at(client, idea.message.private_url("own_data_download"))

    assert support.contact == idea.message.contact
    assert len(held["supported_by_you"]) == 1
    assert [row["done"] for row in held["asked_whether_it_helps"]] == [False]
    assert held["your_petition"]["opened_at"] is None


def test_an_address_is_kept_as_long_as_its_voice_counts(idea: Suggestion) -> None:
    support = supported(idea)

    with clock.at(clock.now() + timedelta(days=4000)):
        assert support.contact not in keeping.late_contacts()
        Suggestion.objects.filter(pk=idea.pk).update(status="withdrawn")

        assert support.contact in keeping.late_contacts()
