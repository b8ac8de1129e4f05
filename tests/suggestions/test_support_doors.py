"""Support in a browser without JavaScript: an address once, confirmed by mail; then one tap."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from channels_app import letters
from channels_app.models import Contact, Delivery, Follow
from lifecycle import clock, rules
from lifecycle.actions import amend_rule
from people.models import Office
from suggestions import actions, voices
from suggestions.models import Suggestion, Support
from suggestions.states import SupportState
from tests.pages.html import read
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MAIL = "sori@example.org"
LINK = re.compile(r"/(?:en/)?confirm/support/\d+/[\w-]{28}/")


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.opened(buses)


def counted(idea: Suggestion) -> int:
    while actions.count_supports():
        pass
    idea.refresh_from_db()
    return idea.supports


def door(idea: Suggestion) -> str:
    return f"/en/s/{idea.code}/support/"


def asked_by_mail(client: Client, idea: Suggestion, address: str = MAIL, **typed: Any) -> str:
    """What the mail says that is owed to this address; its link."""
    client.post(door(idea), {"act": "ask", "mail": address, **typed})
    row = Delivery.objects.filter(event="confirm").latest("id")
    letter = letters.compose(row)
    assert letter.to == address
    found = LINK.search(letter.body)
    assert found
    return found[0]


def words_of(page: Any) -> str:
    return read(page.content.decode()).one("main").text


def test_the_button_of_the_page_asks_a_stranger_for_an_address(
    client: Client, idea: Suggestion
) -> None:
    page = client.post(door(idea), {"act": "support"})

    assert page.status_code == 200
    assert "One person, one voice" in words_of(page)
    assert "error-summary" not in page.content.decode()
    assert not Support.objects.exists()


def test_support_counts_once_the_link_was_pressed(client: Client, idea: Suggestion) -> None:
    link = asked_by_mail(client, idea)

    opened = client.get(link)
    assert counted(idea) == 0
    assert "Do you support this?" in words_of(opened)
    done = client.post(link, {"act": "confirm"}, follow=True)
    again = client.post(link, {"act": "confirm"}, follow=True)

    assert counted(idea) == 1
    assert "Your support counts" in words_of(done)
    assert "Your support counts" in words_of(again)


def test_the_mail_speaks_the_language_it_was_asked_in(client: Client, idea: Suggestion) -> None:
    asked_by_mail(client, idea)

    letter = letters.compose(Delivery.objects.filter(event="confirm").latest("id"))

    assert letter.subject == f"[{idea.code}] Do you support this suggestion?"
    assert idea.title not in letter.body


def test_after_that_the_next_support_is_one_tap(
    client: Client, idea: Suggestion, buses: Office
) -> None:
    client.post(asked_by_mail(client, idea), {"act": "confirm"})
    other = ideas.opened(buses)
    mails = Delivery.objects.filter(event="confirm").count()

    page = client.post(door(other), {"act": "support"}, follow=True)

    assert "Your support counts" in words_of(page)
    assert counted(other) == 1
    assert Delivery.objects.filter(event="confirm").count() == mails
    client.post(door(other), {"act": "take_back"})
    assert counted(other) == 0


def test_the_voice_is_a_cookie_that_scripts_and_other_sites_do_not_get(
    client: Client, idea: Suggestion, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = True

    client.post(asked_by_mail(client, idea), {"act": "confirm"})

    cookie = client.cookies[voices.COOKIE]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert MAIL not in cookie.value


@pytest.mark.parametrize("spoilt", ["", "1", "1.x", "999999.aaaa", "x.y", "1." + "A" * 28])
def test_a_made_up_voice_is_no_voice(client: Client, idea: Suggestion, spoilt: str) -> None:
    client.cookies[voices.COOKIE] = spoilt

    client.post(door(idea), {"act": "support"})

    assert not Support.objects.exists()


def test_a_new_nonce_ends_the_voice(client: Client, idea: Suggestion, buses: Office) -> None:
    client.post(asked_by_mail(client, idea), {"act": "confirm"})
    Contact.objects.update(nonce="0" * 32)

    client.post(door(ideas.opened(buses)), {"act": "support"})

    assert Support.objects.count() == 1


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_site_can_not_press_the_button(
    client: Client, idea: Suggestion, buses: Office, headers: dict[str, str]
) -> None:
    client.post(asked_by_mail(client, idea), {"act": "confirm"})
    other = ideas.opened(buses)

    client.post(door(other), {"act": "support"}, headers=headers)

    assert not Support.objects.filter(suggestion=other).exists()


def test_not_you_forgets_the_voice(client: Client, idea: Suggestion) -> None:
    client.post(asked_by_mail(client, idea), {"act": "confirm"})

    client.post(door(idea), {"act": "forget"})

    assert not client.cookies[voices.COOKIE].value


def test_whoever_supports_already_is_told_the_same_as_a_stranger(
    client: Client, idea: Suggestion
) -> None:
    client.post(asked_by_mail(client, idea), {"act": "confirm"})
    stranger = Client()

    known = stranger.post(door(idea), {"act": "ask", "mail": MAIL})
    new = stranger.post(door(idea), {"act": "ask", "mail": "jun@example.org"})

    assert words_of(known).replace(MAIL, "") == words_of(new).replace("jun@example.org", "")
    assert Delivery.objects.filter(event="confirm").count() == 2


def test_an_older_link_of_the_same_person_works_too(client: Client, idea: Suggestion) -> None:
    first = asked_by_mail(client, idea)
    second = asked_by_mail(client, idea)

    client.post(first, {"act": "confirm"})
    client.post(second, {"act": "confirm"})

    assert first != second
    assert counted(idea) == 1


def test_this_was_not_me_counts_nothing_and_ends_all_mail(client: Client, idea: Suggestion) -> None:
    link = asked_by_mail(client, idea)

    page = client.post(link, {"act": "refuse"})

    assert "You will get no more mail from us" in words_of(page)
    assert Support.objects.get().state == SupportState.WITHDRAWN
    assert Contact.objects.get(pk=Support.objects.get().contact_id).refused_at is not None


def test_who_supports_follows_too_unless_they_take_the_tick_away(
    client: Client, idea: Suggestion
) -> None:
    link = asked_by_mail(client, idea)
    by_mail = read(client.get(link).content.decode())
    client.post(link, {"act": "confirm"})
    other = ideas.opened(idea.department)
    by_tap = read(client.get(door(other)).content.decode())

    for page in (by_mail, by_tap):
        assert "checked" in page.by_id("id_follow").attrs


@pytest.mark.parametrize(("ticked", "follows"), [({}, 0), ({"follow": "on"}, 1)])
def test_supporters_follow_only_where_they_ask_for_it(
    client: Client, idea: Suggestion, ticked: dict[str, str], follows: int
) -> None:
    link = asked_by_mail(client, idea)

    client.post(link, {"act": "confirm", **ticked})

    assert Follow.objects.active().filter(topic=idea.topic).count() == follows


@pytest.mark.parametrize("address", ["", "nowhere", "a@b", "x" * 300])
def test_a_wrong_address_comes_back_with_its_error(
    client: Client, idea: Suggestion, address: str
) -> None:
    page = client.post(door(idea), {"act": "ask", "mail": address})

    html = read(page.content.decode())
    assert page.status_code == 422
    assert html.one("title").text.startswith("Error:")
    assert html.by_id("id_mail").attrs.get("value", "") == address


def test_too_many_from_one_browser_keep_what_was_typed(client: Client, idea: Suggestion) -> None:
    admin = people.administrator()
    with clock.at(clock.now() - timedelta(hours=1)):
        amend_rule("support.limit", to="1", reason="of the test", by=admin)
    rules.forget()
    client.post(door(idea), {"act": "ask", "mail": "a@example.org"})

    page = client.post(door(idea), {"act": "ask", "mail": MAIL})

    assert page.status_code == 429
    assert read(page.content.decode()).by_id("id_mail").attrs["value"] == MAIL
    assert Support.objects.count() == 1


def test_an_honest_crowd_at_one_network_address_is_heard(client: Client, idea: Suggestion) -> None:
    admin = people.administrator()
    with clock.at(clock.now() - timedelta(hours=1)):
        for rule, to in {
            "support.limit": "2",
            "support.limit_of_network": "3",
            "limits.follows": "2",
            "limits.follows_of_network": "3",
        }.items():
            amend_rule(rule, to=to, reason="of the test", by=admin)
    rules.forget()
    crowd = [Client() for _person in range(8)]
    typed = {"act": "ask", "text": "밤늦게 꼭 필요해요.", "stance": "for"}

    for number, person in enumerate(crowd):
        mail = f"crowd{number}@example.org"
        assert person.post(door(idea), {"act": "ask", "mail": mail}).status_code == 200
        said = {**typed, "mail": mail, "client_key": str(uuid.uuid4())}
        assert person.post(f"/en/s/{idea.code}/talk/", said).status_code == 200
    again = crowd[0].post(door(idea), {"act": "ask", "mail": "second@example.org"})

    assert again.status_code == 429  # this browser asks for the second time, from a busy address
    assert Support.objects.count() == len(crowd)


def test_once_its_time_is_over_the_door_says_so(client: Client, idea: Suggestion) -> None:
    link = asked_by_mail(client, idea)
    actions.pick(idea, reason="바랍니다.", by=ideas.listener())

    late = client.post(link, {"act": "confirm"})

    assert late.status_code == 409
    assert "The time to support it is over" in words_of(late)
    assert client.post(door(idea), {"act": "ask", "mail": MAIL}).status_code == 409
    assert counted(idea) == 0


def test_a_wrong_link_looks_like_nothing(client: Client, idea: Suggestion) -> None:
    link = asked_by_mail(client, idea)

    assert client.get(link[:-29] + "A" * 28 + "/").status_code == 404
    assert client.get(f"/en/confirm/support/999999/{'A' * 28}/").status_code == 404


def test_the_link_is_kept_by_nobody(client: Client, idea: Suggestion) -> None:
    page = client.get(asked_by_mail(client, idea))

    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


def test_a_false_support_stays_false(client: Client, idea: Suggestion) -> None:
    client.post(asked_by_mail(client, idea), {"act": "confirm"})
    moderator = ideas.listener()
    actions.invalidate(
        idea, Support.objects.all(), rule="r", public_note="한 사람이 여러 번", by=moderator
    )

    page = client.post(door(idea), {"act": "support"}, follow=True)

    assert counted(idea) == 0
    assert "taken out of the count" in words_of(page)
