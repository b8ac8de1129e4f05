"""Under the private link its author makes a suggestion of a message: one page, one button."""

import pytest
from django.test import Client

from channels_app.models import Message
from suggestions import actions
from suggestions.models import Suggestion
from tests.channels_app import factories as voices
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def message() -> Message:
    ideas.listening()
    words = "내 번호는 010-1234-5678, 버스를 늘려 주세요."
    return voices.routed_to(people.make_office("buses"), text=words, public=False)


def door(message: Message) -> str:
    return f"{message.private_url()}suggest/"


def test_the_private_page_leads_there(client: Client, message: Message) -> None:
    assert door(message) in client.get(message.private_url()).content.decode()


def test_one_reads_what_everyone_would_read_and_says_yes(client: Client, message: Message) -> None:
    page = client.get(door(message))
    assert "010-1234-5678" not in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"

    answer = client.post(door(message))

    assert answer["Location"] == f"{message.private_url()}?offered=1"
    assert Suggestion.objects.get().message == message


def test_pressed_twice_it_is_one_suggestion(client: Client, message: Message) -> None:
    client.post(door(message))

    assert client.post(door(message)).status_code == 409
    assert Suggestion.objects.count() == 1


def test_what_was_redirected_stays_a_message(client: Client, message: Message) -> None:
    client.post(door(message))
    suggestion = Suggestion.objects.get()
    actions.redirect(suggestion, words="고장 신고입니다.", by=people.centre_officer())

    assert '<form method="post"' not in client.get(door(message)).content.decode()
    assert client.post(door(message)).status_code == 409
    suggestion.refresh_from_db()
    assert suggestion.status == "redirected"


def test_a_wrong_link_opens_nothing(client: Client, message: Message) -> None:
    other = voices.receive()

    answer = client.post(door(message).replace(message.token, other.token))

    assert answer.status_code == 404
    assert not Suggestion.objects.exists()
