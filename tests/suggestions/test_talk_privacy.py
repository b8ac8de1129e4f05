"""What somebody said is theirs: erased with the address, in the file of its author."""

import json

import pytest
from django.test import Client

from channels_app import actions as message_actions
from channels_app.models import Contact
from people.models import Office
from suggestions import actions
from suggestions.models import Comment, Suggestion
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
BETTER = "밤 12시부터 새벽 4시까지. 제 번호는 010-1234-5678 입니다."


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.opened(buses, contact=("mail", "mina@example.org"))


def erased(contact: Contact | None) -> dict[str, int]:
    assert contact is not None
    by = people.centre_officer()
    counted = message_actions.would_erase_person(contact, withdraw=False)
    done = message_actions.erase_person(contact, by=by, reason="asked", withdraw=False)
    assert counted == done
    return done


def test_a_comment_leads_to_nobody_once_its_address_is_erased(idea: Suggestion) -> None:
    said = ideas.commented(idea, BETTER, address="sora@example.org")
    typed = ideas.asked(idea, "아직 확인하지 않은 말", address="sora@example.org")
    sora = actions.invite_author(idea, address="sora@example.org", language="ko")
    assert sora is not None

    done = erased(said.contact)

    said.refresh_from_db()
    typed.refresh_from_db()
    sora.refresh_from_db()
    assert (said.text, said.contact, typed.masked_text, sora.contact) == ("", None, "", None)
    assert "1234" not in said.masked_text
    assert said.masked_text
    assert (done["comment"], done["coauthor"]) == (2, 1)


def test_versions_keep_their_masked_words_unless_they_are_withdrawn(idea: Suggestion) -> None:
    version = actions.rewrite(idea, text=BETTER)
    own = actions.comment_as_author(idea, text=BETTER, stance="for")

    message_actions.erase_message(idea.message, by=None)

    for row in (version, own):
        row.refresh_from_db()
        assert row.text == ""
        assert row.masked_text
    message_actions.erase_message(idea.message, by=None, withdraw=True)
    for row in (version, own):
        row.refresh_from_db()
        assert row.masked_text == ""
    assert not idea.versions.exclude(title="", masked_text="", text="").exists()


def test_the_file_of_the_author_holds_versions_and_comments(
    client: Client, idea: Suggestion
) -> None:
    actions.rewrite(idea, text=BETTER)
    actions.comment_as_author(idea, text="보탭니다", stance="improve")
    ideas.commented(idea, "남의 말")

    page = client.get(idea.message.private_url("own_data_download"))

    held = json.loads(page.content)
    assert [row["number"] for row in held["versions_of_your_text"]] == [1, 2]
    assert [row["words"] for row in held["said_by_you_in_the_discussion"]] == ["보탭니다"]
    assert "남의 말" not in page.content.decode()


def test_no_original_is_on_a_public_page(client: Client, idea: Suggestion) -> None:
    actions.rewrite(idea, text=BETTER)
    ideas.commented(idea, BETTER)
    desk = people.signed_in_client(ideas.listener())

    for page in (
        client.get(f"/s/{idea.code}/talk/"),
        client.get(f"/s/{idea.code}/versions/"),
        desk.get("/admin/comments/?show=newest"),
    ):
        assert page.status_code == 200
        assert "1234-5678" not in page.content.decode()
    assert Comment.objects.get().contact is not None
