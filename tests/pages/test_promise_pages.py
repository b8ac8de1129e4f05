"""By when, how often moved, who was told, and what its author can do: on every page of a case."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from channels_app import actions
from channels_app.models import Addition, Background, Message
from lifecycle import clock
from tests.channels_app.factories import routed_to
from tests.pages import promises, visits
from tests.pages.browsing import Setting, reader
from tests.pages.html import Node, broken_promises, read
from tests.pages.visits import Visit
from tests.pages.visits_author import VISITS
from tests.people import factories as people

MOST = 15
OPEN_ALL = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
PHONE = Setting(390, "ko", "light")


def english(client: Client, path: str) -> Node:
    """The page in English."""
    return read(client.get(visits.english(path)).content.decode())


def seen(client: Client, path: str) -> str:
    """What stands in the middle of it."""
    return english(client, path).one("main").text


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_every_page_keeps_the_contract(client: Client, visit: Visit, language: str) -> None:
    assert broken_promises(visit.open(client, language), language) == []


@pytest.mark.django_db
def test_promised_work_shows_its_finish_date_and_why_it_moved(client: Client) -> None:
    words = seen(client, promises.at_work().get_absolute_url())

    assert "Promised to be finished by" in words
    assert "First promised finish date" in words
    assert "Moved since: 1 time" in words
    assert "The office needs more time" in words
    assert "A promise: to be finished by" in words
    assert "More time is needed" in words
    assert "How far the work is" in words


@pytest.mark.django_db
def test_at_work_is_the_third_stage(client: Client) -> None:
    page = english(client, promises.at_work().get_absolute_url())

    (current,) = [
        stage
        for stage in page.with_class("stages")[0].all("li")
        if stage.attrs.get("aria-current") == "step"
    ]
    assert "At work" in current.text


@pytest.mark.django_db
def test_what_is_late_says_how_late_and_who_was_told(client: Client) -> None:
    words = seen(client, promises.late_at_work().get_absolute_url())

    assert "This is late:" in words
    assert "days late" in words
    assert "The head of the office was told:" in words
    assert "The mayor's office was told:" in words


@pytest.mark.django_db
def test_a_no_names_its_ground_a_reason_the_next_door_and_one_thing(client: Client) -> None:
    message = promises.refused()

    public = seen(client, message.get_absolute_url())
    private = seen(client, message.private_url())

    for words in (public, private):
        assert "The answer: the city says no" in words
        assert "a law or rule forbids it" in words
        assert "The market office opens at nine" in words
        assert "We write to the owner this week." in words
    assert "010-1234-5678" not in public
    assert "010-1234-5678" in private


@pytest.mark.django_db
def test_a_question_stops_the_clock_for_all_to_see(client: Client) -> None:
    message = promises.asked_back()

    public = seen(client, message.get_absolute_url())
    private = seen(client, message.private_url())

    assert "the clock stands" in public
    assert "Which exit do you mean?" in public
    assert "The office has a question for you" in private
    assert "The office has a question for you" not in public


@pytest.mark.django_db
def test_an_appeal_says_who_decides_and_what_was_before(client: Client) -> None:
    page = english(client, promises.appealed().get_absolute_url())

    words = page.one("main").text
    assert "Its author appealed: the head of the office decides." in words
    assert "Please look yourself." in words
    (answered,) = [
        stage for stage in page.with_class("stages")[0].all("li") if "Answered" in stage.text
    ]
    assert "again to come" in answered.text


@pytest.mark.django_db
def test_the_first_promise_is_always_shown(client: Client) -> None:
    on_time = seen(client, routed_to(visits.office()).get_absolute_url())
    moved = seen(client, promises.asked_back().get_absolute_url())

    assert "This is the date first promised." in on_time
    assert "First promised:" in moved


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "words"),
    [(promises.asked_back, "Moved since: 1 time"), (promises.at_work, "together moved 1 time")],
)
def test_how_often_the_date_moved_is_read_without_opening_anything(
    make: Callable[[], Message], words: str, client: Client
) -> None:
    page = english(client, make().get_absolute_url())

    assert words in page.with_class("facts")[0].text


@pytest.mark.django_db
def test_it_is_late_since_its_date_whenever_the_sweep_came(client: Client) -> None:
    with clock.at(clock.now() - 30 * promises.DAY):
        message = routed_to(visits.office())
    for _batch in actions.remind():
        pass

    page = english(client, message.get_absolute_url())

    (passed,) = [one for one in page.all("li") if "has passed without" in one.text]
    (since,) = [one for one in page.all("li") if "shows here as late since" in one.text]
    for line in (passed, since):
        assert clock.seoul(message.due_at).isoformat() == line.one("time").attrs["datetime"]


@pytest.mark.django_db
def test_a_question_makes_no_late_answer_a_timely_one_on_its_page(client: Client) -> None:
    message = routed_to(visits.office(), contact=visits.MINA)
    assert message.due_at is not None
    with clock.at(message.due_at + timedelta(hours=1)):
        actions.ask_back(message, text="Which exit?", by=promises.jun())
        reply = actions.answer(message, text="It is fixed.", by=promises.jun())
        with clock.at(reply.leaves_at):
            actions.publish(reply)
        page = english(client, message.get_absolute_url())

    assert "after the answer date" in page.with_class("facts")[0].text


@pytest.mark.django_db
@pytest.mark.parametrize("private", [False, True])
def test_a_long_story_asks_no_more_questions(
    client: Client, private: bool, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    message = promises.answered_again()
    actions.appeal(message, text="Please look yourself.")
    head = people.head_of(visits.office())
    for number in range(10):
        actions.add_words(message, text=f"words {number}")
        actions.ask_office(
            Message.objects.get(pk=message.pk),
            office=people.make_office(f"helper-{number}"),
            question="?",
            by=head,
        )
    path = message.private_url() if private else message.get_absolute_url()
    client.get(path)

    with django_assert_max_num_queries(MOST):
        assert client.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ask", "confirm", "reopen", "appeal"])
def test_the_ways_ask_few_questions(
    client: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = promises.answered_again().private_url(f"case_{name}")
    client.get(path)

    with django_assert_max_num_queries(8):
        client.get(path)


@pytest.mark.django_db
def test_switching_the_language_keeps_the_words_and_sends_nothing(client: Client) -> None:
    path = visits.answered().private_url("case_reopen")
    page = read(client.post(path, {"text": "010-1234-5678로 전화"}).content.decode())

    (form,) = [n for n in page.one("header").all("form") if n.attrs.get("method") == "post"]
    typed = {n.attrs["name"]: n.attrs["value"] for n in form.all("input")}
    there = client.post(form.attrs["action"], typed)

    assert form.attrs["action"] == visits.english(path)
    assert "010-1234-5678로 전화" in there.content.decode()
    assert not Addition.objects.exists()


@pytest.fixture
def _centre(transactional_db: None, settings: Settings) -> None:
    settings.KICKS = False  # nobody here waits for a worker
    people.centre()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.usefixtures("_centre")
@pytest.mark.parametrize("setting", [PHONE, Setting(1280, "en", "dark")], ids=str)
def test_nothing_is_wrong_with_any_page(
    live_server: LiveServer, browser: Browser, axe: Axe, setting: Setting
) -> None:
    with reader(browser, live_server.url, setting) as mina:
        for visit in VISITS:
            if not visit.typed:
                mina.go(visit.path())
                mina.page.evaluate(OPEN_ALL)
                mina.look(visit.name, axe)

    assert mina.problems == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.usefixtures("_centre")
def test_nothing_overflows_the_smallest_phone(live_server: LiveServer, browser: Browser) -> None:
    with reader(browser, live_server.url, Setting(320, "en", "light")) as mina:
        for visit in VISITS:
            if not visit.typed:
                mina.go(visit.path())
                mina.look(visit.name, None)

    assert mina.problems == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.usefixtures("_centre")
def test_an_author_comes_back_without_javascript(live_server: LiveServer, browser: Browser) -> None:
    message = visits.answered()
    setting = Setting(390, "en", "light")
    with reader(browser, live_server.url, setting, java_script_enabled=False) as mina:
        page = mina.page
        mina.go(message.private_url("case_done"))
        page.click("#who summary")
        page.check("input[name=age][value='65+']")
        page.click("#who button[type=submit]")
        expect(page.locator("#who")).to_contain_text("We ask you no more")

        mina.go(message.private_url())
        page.click("text=No, it is not solved")
        page.fill("#id_text", "Still loose. 010-1234-5678")
        page.click("main form button[type=submit]")
        expect(page.locator("#warned")).to_contain_text("a phone number")
        page.click("main form button[type=submit]")
        expect(page.locator("[role=status]").first).to_contain_text("It has arrived.")

        page.fill("#reply textarea", "It is the left side.")
        page.click("#reply button[type=submit]")
        expect(page.locator(".talk")).to_contain_text("It is the left side.")

    assert mina.problems == []
    assert Background.objects.get().age == "65+"
    assert Message.objects.get().round == 1


@pytest.mark.django_db
def test_the_stages_of_a_second_turn_stand_in_the_order_of_their_moments(client: Client) -> None:
    """Worked on and answered, reopened, answered at once: no older "at work" stands in between."""
    message = promises.at_work()
    officer = people.officer_of(visits.office())
    for text in ("Laid anew.", "Fastened again."):
        reply = actions.answer(Message.objects.get(pk=message.pk), text=text, by=officer)
        with clock.at(reply.leaves_at):
            message = actions.publish(reply)
        if text == "Laid anew.":
            message = actions.reopen(message, text="It wobbles.")

    marks = english(client, message.get_absolute_url()).with_class("stages")[0].all("li")

    assert [mark.attrs["data-state"] for mark in marks] == ["done", "done", "earlier", "done"]
    assert "done the time before" in marks[2].text
