"""The author's own way: see it, take it, have it deleted; no account, no JavaScript."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from channels_app.models import Erasure, Export, Message, Reading
from lifecycle import clock
from tests.pages.html import broken_promises, read
from tests.pages.visits import english
from tests.people import factories as people
from tests.privacy import lives

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _korean_first(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    with translation.override("ko"):
        yield


def url(message: Message, name: str = "own_data") -> str:
    """The English page below the private link."""
    return english(message.private_url(name))


def test_everything_held_about_a_message_comes_as_one_file(client: Client) -> None:
    message = lives.in_state("replied")
    Reading.log(message, people.centre_officer(name="이하늘"), "desk_case")

    page = client.get(url(message, "own_data_download"))

    told = json.loads(page.content)
    assert page["Content-Disposition"] == f'attachment; filename="{message.code}.json"'
    assert page["Cache-Control"] == "no-store, private"
    assert told["message"]["words"] == lives.WORDS
    assert told["message"]["place"] == lives.PLACE
    assert told["contact"]["address"] == "ki***@example.org"
    assert [answer["office"] for answer in told["answers"]] == ["roads-of-the-test office"]
    assert told["photos"][0]["number"] == 1
    assert told["read_by_offices"][0]["page"] == "desk_case"
    assert told["decisions"]
    assert told["sent_to_you"][0]["what"] == "receipt"


def test_what_came_later_is_in_the_file_too(client: Client) -> None:
    message = lives.came_back()

    told = json.loads(client.get(url(message, "own_data_download")).content)

    assert [row["why"] for row in told["added_by_you"]] == ["reply", "reopen", "appeal"]
    assert lives.QUOTED in told["added_by_you"][0]["words"]
    assert [row["kind"] for row in told["answers"]] == ["question", "closing", "closing"]
    assert told["answers"][1]["next_door"] == f"{lives.QUOTED} 관리실"
    assert told["your_ratings"][0]["it_was_clear"] == "no"
    assert lives.QUOTED in told["your_ratings"][0]["words"]
    assert told["message"]["split_off_from"] is None
    assert told["message"]["times_you_came_back"] == 2
    assert told["followed_by_you"][0]["confirmed_at"] is None
    assert any("no row leads back to you" in line for line in told["left_out"])


def test_no_name_of_an_officer_and_no_note_leaves(client: Client) -> None:
    message = lives.in_state("replied")
    Reading.log(message, people.centre_officer(name="이하늘"), "desk_case")

    words = client.get(url(message, "own_data_download")).content.decode()

    assert "이하늘" not in words
    assert "에 살아요" not in words  # a note
    assert lives.MINA[1] not in words


def test_the_page_says_how_long_and_leads_on(client: Client) -> None:
    message = lives.said()

    page = client.get(url(message))

    assert broken_promises(page.content.decode(), "en") == []
    assert "1,095 days after the end of the case" in read(page.content.decode()).text
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store, private")
    assert url(message, "own_data_erase").removeprefix("/en") in page.content.decode()


def test_one_button_deletes_and_the_page_says_what_is_left() -> None:
    browser = Client(enforce_csrf_checks=True)  # under no-referrer a browser sends "Origin: null"
    message = lives.in_state("replied")

    before = browser.get(url(message, "own_data_erase"))
    after = browser.post(url(message, "own_data_erase"), follow=True, headers={"origin": "null"})

    assert broken_promises(before.content.decode(), "en") == []
    assert "The masked copy that everyone can read, and the answer" in before.content.decode()
    assert "You asked for it" in after.content.decode()
    message.refresh_from_db()
    assert (message.is_erased, message.is_gone, message.contact) == (True, False, None)
    assert Erasure.objects.filter(kind="message", by=None, cause="request").count() == 1
    assert Erasure.objects.filter(kind="contact").count() == 1


def test_the_public_copy_goes_only_if_its_author_says_so(client: Client) -> None:
    message = lives.in_state("replied")
    client.post(url(message, "own_data_erase"))
    assert client.get(message.get_absolute_url()).status_code == 200

    client.post(url(message, "own_data_erase"), {"act": "withdraw"})

    message.refresh_from_db()
    assert message.is_gone
    hidden = client.get(english(message.get_absolute_url()))
    assert hidden.status_code == 404
    assert "the author asked for it" in hidden.content.decode()
    assert "Its words are deleted." in hidden.content.decode()
    again = client.get(url(message, "own_data_erase"))
    assert again.status_code == 302


def test_pressing_twice_is_one_erasure(client: Client) -> None:
    message = lives.said(public=False)

    for _twice in range(2):
        assert client.post(url(message, "own_data_erase")).status_code == 302

    assert Erasure.objects.filter(kind="message").count() == 1


def test_who_has_no_answer_yet_is_told_what_deleting_means(client: Client) -> None:
    private, public = lives.said(public=False), lives.said()

    closed, goes_on = (client.get(url(one, "own_data_erase")) for one in (private, public))

    assert "the case is closed" in closed.content.decode()
    assert "The office goes on with the masked copy" in goes_on.content.decode()


@pytest.mark.parametrize("state", ["routed", "replied", "set_aside"])
@pytest.mark.parametrize("public", [True, False])
def test_every_page_of_an_erased_case_is_whole(state: str, public: bool, client: Client) -> None:
    message = lives.in_state(state, public=public)
    client.post(url(message, "own_data_erase"))
    auditor = people.signed_in_client(people.auditor())

    pages = [
        client.get(url(message)),
        client.get(url(message, "case_private")),
        client.get(url(message, "case_done")),
        auditor.get(f"/en/admin/case/{message.code}/"),
    ]

    for page in pages:
        assert page.status_code == 200
        assert broken_promises(page.content.decode(), "en") == []
    assert "Deleted at the author’s wish" in pages[1].content.decode()
    assert "Deleted at the author’s wish" in pages[3].content.decode()
    for one in client.get("/en/smc/"), client.get("/en/"):
        assert one.status_code == 200


def test_an_officer_of_the_centre_acts_for_somebody_with_a_reason(client: Client) -> None:
    message = lives.in_state("replied", public=False)
    centre = people.centre_officer(name="이하늘")
    desk = people.signed_in_client(centre)
    address = f"/en/admin/privacy/{message.code}/"

    page = desk.get("/en/admin/privacy/", {"code": message.code})
    without = desk.post(f"{address}export/", {"reason": " "})
    file = desk.post(f"{address}export/", {"reason": "at the counter, 010-8765-4321"})
    unsure = desk.post(f"{address}erase/", {"reason": "letter of 3 May"})
    gone = desk.post(f"{address}erase/", {"reason": "letter of 3 May", "sure": "on"}, follow=True)

    assert broken_promises(page.content.decode(), "en") == []
    assert not any(secret in page.content.decode() for secret in lives.SECRETS)
    assert without.status_code == 422
    assert "Write the reason." in without.content.decode()
    assert unsure.status_code == 422
    assert "nobody can bring it back" in unsure.content.decode()
    assert json.loads(file.content)["message"]["receipt"] == message.code
    export = Export.objects.get()
    assert (export.by, export.kind, export.key) == (centre, "own_data", message.code)
    assert "8765" not in export.reason
    assert Reading.objects.filter(page="privacy_export", user=centre, message=message).exists()
    assert f"{message.code} is erased." in gone.content.decode()
    assert "Nothing is left to delete." in gone.content.decode()


def test_auditors_see_the_evidence_and_have_no_button() -> None:
    message = lives.in_state("replied")
    centre = people.signed_in_client(people.centre_officer(name="이하늘"))
    centre.post(f"/en/admin/privacy/{message.code}/export/", {"reason": "counter"})
    centre.post(f"/en/admin/privacy/{message.code}/erase/", {"reason": "letter", "sure": "on"})
    auditor = people.signed_in_client(people.auditor())

    erased = auditor.get("/en/admin/privacy/")
    handed = auditor.get("/en/admin/privacy/?show=exports")
    one = auditor.get("/en/admin/privacy/", {"code": message.code})

    for page in (erased, handed, one):
        assert broken_promises(page.content.decode(), "en") == []
    assert "letter" in erased.content.decode()
    assert "an address for answers" in erased.content.decode()
    assert "counter" in handed.content.decode()
    assert "Delete for good" not in one.content.decode()


def test_evidence_names_the_rule_in_words(client: Client) -> None:
    message = lives.in_state("replied")
    Erasure.objects.create(
        cause="retention", kind="message", key=message.code, rule="keep.question", at=clock.now()
    )

    page = people.signed_in_client(people.auditor()).get("/en/admin/privacy/").content.decode()

    assert "How long we keep what was said in a question</a>" in page
    assert 'href="/en/rules/#keep.question"' in page


def test_pages_ask_few_questions(django_assert_max_num_queries: Any, client: Client) -> None:
    message = lives.in_state("replied")
    for _many in range(30):
        Reading.log(message, people.centre_officer(), "desk_case")

    with django_assert_max_num_queries(2):
        client.get(url(message))
    with django_assert_max_num_queries(15):
        client.get(url(message, "own_data_download"))
    with django_assert_max_num_queries(16):
        client.get(url(message, "own_data_erase"))
