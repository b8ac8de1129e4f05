"""The exchange on a citizen's page: whose turn it is, the box, two questions, and the trend."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from channels_app import actions, letters
from channels_app.models import DeliveryEvent, Message, Rating
from tests.channels_app.factories import published_by, routed_to
from tests.pages import promises, visits
from tests.pages.browsing import Setting, reader
from tests.pages.html import read
from tests.people import factories as people

pytestmark = pytest.mark.django_db
MOST = 18
SAID = {"clear": "yes", "heard": "partly", "words": "Call me: 010-1234-5678"}


def words_at(client: Client, path: str) -> str:
    """What stands in the middle of the English page."""
    page = client.get(visits.english(path))
    assert page.status_code == 200
    return read(page.content.decode()).one("main").text


def test_where_the_office_asked_it_is_the_authors_turn(client: Client) -> None:
    message = promises.asked_back()

    own = words_at(client, message.private_url())
    public = words_at(client, message.get_absolute_url())

    assert "It is your turn: the clock stands until you answer" in own
    assert "Your answer" in own
    assert "Its author was asked: the clock stands until the answer" in public
    assert "Your answer" not in public


def test_the_box_on_the_page_answers_the_question(client: Client) -> None:
    message = promises.asked_back()
    page = read(client.get(visits.english(message.private_url())).content.decode())
    form = page.by_id("reply")

    client.post(form.attrs["action"], {"text": "Number eight."})

    assert not Message.objects.get(pk=message.pk).is_waiting_for_author
    own = words_at(client, message.private_url())
    assert own.index("Which exit do you mean?") < own.index("Number eight.")
    assert "Next: Paving Office answers by" in own


def test_after_the_answer_the_open_door_is_named_and_a_new_message_keeps_the_number(
    client: Client,
) -> None:
    message = visits.answered()
    own = client.get(visits.english(message.private_url())).content.decode()
    link = visits.english(f"/say/?about={message.code}")

    page = client.get(link).content.decode()

    assert "If it is not solved, say so until" in own
    assert f'href="{link}"' in own
    assert f"About {message.code}:" in page
    assert (
        "About"
        not in read(client.get("/en/say/?about=nothing").content.decode()).by_id("id_text").text
    )


def test_two_questions_are_answered_and_changed(client: Client) -> None:
    message = visits.answered()
    door = visits.english(message.private_url("case_rate"))

    told = client.post(door, SAID, follow=True)
    client.post(door, {**SAID, "clear": "no"})

    assert "Thank you. The office reads what you said." in told.content.decode()
    assert "010-1234-5678" in told.content.decode()
    rating = Rating.objects.get()
    assert (rating.clear, rating.heard) == ("no", "partly")
    assert "Change what I said" in words_at(client, message.private_url())


def test_nobody_else_reads_what_was_said(client: Client) -> None:
    message = visits.answered()
    client.post(visits.english(message.private_url("case_rate")), SAID)

    public = client.get(visits.english(message.get_absolute_url())).content.decode()
    api = client.get(f"/api/v1/messages/{message.code}/").content.decode()

    assert "Call me" not in public + api
    assert "Was it clear" not in public


def test_the_mail_with_the_answer_asks_by_one_link() -> None:
    message = visits.answered(contact=visits.MINA, language="en")
    delivery = message.deliveries.get(event=DeliveryEvent.ANSWER)
    assert message.private_url("case_rate") not in letters.compose(delivery).body

    actions.confirm_contact(delivery.recipient)
    delivery.recipient.refresh_from_db()

    assert message.private_url("case_rate") in letters.compose(delivery).body


def test_the_trend_of_an_office_is_public_and_a_share_needs_ten(client: Client) -> None:
    officer = people.officer_of(visits.office())
    path = f"/departments/{visits.office().slug}/"
    for number in range(9):
        message = published_by(officer, visits.office())
        actions.rate(message, clear="yes" if number else "no", heard="yes")
    few = words_at(client, path)

    actions.rate(published_by(officer, visits.office()), clear="yes", heard="no")

    assert "It was clear: 8 of 9" in few
    assert "It was clear: 90 %" in words_at(client, path)
    assert "10 authors" in words_at(client, path)


def test_a_long_exchange_asks_no_more_questions(client: Client) -> None:
    message = routed_to(visits.office())
    actions.add_words(message, text="one")

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(message.private_url()).status_code == 200
        return len(asked)

    questions()
    few = questions()
    for number in range(30):
        actions.add_words(message, text=f"more {number}")

    assert questions() == few <= MOST


@pytest.mark.parametrize("make", [visits.answered, visits.joined], ids=["answered", "joined"])
def test_two_questions_cost_few_queries(client: Client, make: object) -> None:
    message = make()  # type: ignore[operator]  # one of the two above
    client.get(message.private_url("case_rate"))

    with CaptureQueriesContext(connection) as asked:
        client.get(message.private_url("case_rate"))
    with CaptureQueriesContext(connection) as whole:
        client.get(message.private_url())

    assert len(asked) <= 8
    assert len(whole) <= MOST


@pytest.mark.browser
@pytest.mark.slow
def test_an_author_rates_without_javascript(
    live_server: LiveServer, browser: Browser, axe: Axe
) -> None:
    message = visits.answered()
    with reader(
        browser, live_server.url, Setting(390, "en", "light"), java_script_enabled=False
    ) as mina:
        mina.go(message.private_url())
        mina.page.check("#rate input[name=clear][value=yes]")
        mina.page.check("#rate input[name=heard][value=no]")
        mina.page.click("#rate button[type=submit]")
        expect(mina.page.locator("[role=status]").first).to_contain_text("Thank you.")

    assert mina.problems == []
    assert Rating.objects.get().heard == "no"
