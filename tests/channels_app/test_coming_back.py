"""Under the private link: what its author may do, when, and what a shut door says."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from channels_app import actions
from channels_app.models import Addition, Background, Message, Round
from channels_app.states import MessageStatus
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from tests.channels_app.factories import published_by, receive, routed_to
from tests.pages import promises, visits
from tests.pages.html import read
from tests.people import factories as people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def door(message: Message, name: str) -> str:
    """The English page of one way."""
    return visits.english(message.private_url(f"case_{name}"))


def words_of(page: Any) -> str:
    """What stands in the middle of it."""
    return read(page.content.decode()).one("main").text


def fresh(message: Message) -> Message:
    """As it stands now."""
    return Message.objects.get(pk=message.pk)


def test_words_are_added_while_somebody_reads(client: Client) -> None:
    message = routed_to(visits.office())

    told = client.post(door(message, "ask"), {"text": "It is the left side."}, follow=True)

    assert "It has arrived." in words_of(told)
    assert "It is the left side." in words_of(told)
    assert fresh(message).due_at == message.due_at
    assert Addition.objects.get().kind == "more"


def test_an_answer_to_the_question_lets_the_clock_run_again(client: Client) -> None:
    message = promises.asked_back()
    before = client.get(door(message, "ask"))

    client.post(door(message, "ask"), {"text": "Number eight."})

    assert "Which exit do you mean?" in words_of(before)
    assert not fresh(message).is_waiting_for_author
    assert Addition.objects.get().kind == "reply"


def test_everyone_reads_added_words_masked_and_the_author_whole(client: Client) -> None:
    message = routed_to(visits.office())
    typed = {"text": "Call 010-1234-5678", "seen": "1"}

    client.post(door(message, "ask"), typed)

    public = client.get(visits.english(message.get_absolute_url()))
    assert "-1234" not in words_of(public)
    assert "The conversation" in words_of(public)
    assert "010-1234-5678" in words_of(client.get(message.private_url()))


def test_personal_data_is_named_before_anything_is_sent(client: Client) -> None:
    message = routed_to(visits.office())

    page = client.post(door(message, "ask"), {"text": "Call 010-1234-5678"})

    assert page.status_code == 200
    assert "a phone number" in words_of(page)
    assert "Call 010-1234-5678" in page.content.decode()
    assert not Addition.objects.exists()


def test_nothing_typed_is_an_error_in_words(client: Client) -> None:
    message = routed_to(visits.office())

    page = client.post(door(message, "ask"), {"text": " "})

    assert page.status_code == 422
    assert "Write what you want to say." in words_of(page)


def test_the_same_words_twice_are_kept_once(client: Client) -> None:
    message = routed_to(visits.office())

    for _twice in range(2):
        client.post(door(message, "ask"), {"text": "once"})

    assert Addition.objects.count() == 1


def test_a_harsh_word_and_a_flood_are_kept_but_not_shown(client: Client) -> None:
    message = routed_to(visits.office())
    client.post(door(message, "ask"), {"text": "이 개새끼들아"})

    for number in range(40):
        client.post(door(message, "ask"), {"text": f"words {number}"})

    assert Addition.objects.count() == 41
    assert not Addition.objects.first().public  # type: ignore[union-attr]  # there are 41
    assert not Addition.objects.last().public  # type: ignore[union-attr]  # the same
    assert "words 39" not in words_of(client.get(message.get_absolute_url()))


def test_a_hidden_message_hides_what_was_added(client: Client) -> None:
    message = routed_to(visits.office())
    client.post(door(message, "ask"), {"text": "the left side"})

    actions.report(fresh(message))

    assert "the left side" not in client.get(message.get_absolute_url()).content.decode()


def test_yes_it_is_fixed_is_said_once_and_shown(client: Client) -> None:
    message = visits.answered()

    before = client.get(door(message, "confirm"))
    thanks = client.post(door(message, "confirm"), follow=True)

    assert "Is it really fixed?" in words_of(before)
    assert "Thank you: it is fixed" in words_of(thanks)
    assert fresh(message).fixed is True
    assert "It is fixed." in words_of(client.get(visits.english(message.get_absolute_url())))


def test_not_solved_goes_back_to_the_office_under_a_new_date(client: Client) -> None:
    message = visits.answered()

    told = client.post(door(message, "reopen"), {"text": "Still loose."}, follow=True)

    assert "Your message is open again" in words_of(told)
    again = fresh(message)
    assert (again.status, again.round) == (MessageStatus.ROUTED, Round.REOPENED)
    assert again.due_at is not None
    assert again.due_at > clock.now()
    assert "once" in words_of(client.get(visits.english(message.get_absolute_url())))


def test_pressing_twice_is_one_return(client: Client) -> None:
    message = visits.answered()

    answers = [client.post(door(message, "reopen"), {"text": "loose"}) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Addition.objects.count() == 1


def test_after_thirty_days_the_door_says_why_and_gives_the_words_back(client: Client) -> None:
    message = visits.answered()

    with clock.at(clock.now() + 31 * DAY):
        page = client.post(door(message, "reopen"), {"text": "Loose again"})

    assert page.status_code == 409
    assert "The 30 days after the answer are over." in words_of(page)
    assert "Loose again" in page.content.decode()
    assert "120" in words_of(page)


def test_who_was_set_aside_minds_and_a_person_reads_it(client: Client) -> None:
    message = visits.set_aside()
    before = client.get(door(message, "reopen"))

    client.post(door(message, "reopen"), {"text": "This is no advertising."})

    assert "A person at" in words_of(before)
    again = fresh(message)
    assert (again.status, again.needs_reader) == (MessageStatus.RECEIVED, True)


def test_who_was_joined_parts_where_the_answer_did_not_help(client: Client) -> None:
    message = visits.joined()

    client.post(door(message, "reopen"), {"text": "Mine is another exit."})

    assert fresh(message).status == MessageStatus.ROUTED
    assert fresh(message).lead is None


def test_an_appeal_comes_after_a_return_and_names_who_decides(client: Client) -> None:
    message = promises.answered_again()

    page = client.get(door(message, "appeal"))
    client.post(door(message, "appeal"), {"text": "The same answer again."})

    assert "The head of Paving Office" in words_of(page)
    assert fresh(message).is_appeal
    with pytest.raises(WrongTurnError):
        actions.appeal(message, text="and again")


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        ("ask", visits.answered, "This is answered"),
        ("ask", visits.set_aside, "This was set aside"),
        ("ask", visits.joined, "the same matter of somebody else"),
        ("confirm", lambda: routed_to(visits.office()), "there is no answer yet"),
        ("confirm", visits.joined, "We ask this only after"),
        ("reopen", lambda: routed_to(visits.office()), "there is no answer yet"),
        ("reopen", lambda: promises.answered_again(), "Now the head of the office can decide"),
        ("appeal", visits.answered, "Before an appeal"),
        ("appeal", lambda: routed_to(visits.office()), "there is no answer yet"),
        ("appeal", lambda: promises.appeal_answered(), "That was the last"),
    ],
)
def test_a_shut_door_says_why(name: str, make: Any, why: str, client: Client) -> None:
    page = client.get(door(make(), name))

    assert page.status_code == 200
    assert why in words_of(page)


@pytest.mark.parametrize("name", ["ask", "reopen"])
def test_who_had_it_erased_leaves_no_new_words(name: str, client: Client) -> None:
    message = routed_to(visits.office()) if name == "ask" else visits.answered()
    actions.erase_message(message, by=None)

    page = client.post(door(message, name), {"text": "one more thing"})

    assert page.status_code == 409
    assert "were deleted" in words_of(page)
    assert not Addition.objects.exists()


def test_the_private_page_offers_exactly_what_is_possible(client: Client) -> None:
    offered = {}
    for name, message in {
        "open": routed_to(visits.office()),
        "answered": visits.answered(),
        "again": promises.answered_again(),
        "last": promises.appeal_answered(),
    }.items():
        page = read(client.get(message.private_url()).content.decode())
        links = [a.attrs["href"] for a in page.all("a")]
        links += [form.attrs.get("action", "") for form in page.all("form")]
        doors = ("ask", "confirm", "reopen", "appeal")
        offered[name] = {one for one in doors if message.private_url(f"case_{one}") in links}

    assert offered == {
        "open": {"ask"},
        "answered": {"confirm", "reopen"},
        "again": {"confirm", "appeal"},
        "last": {"confirm"},
    }


def test_pages_of_the_link_are_kept_by_nothing(client: Client) -> None:
    message = visits.answered()

    for name in ("ask", "confirm", "reopen", "appeal", "rate"):
        page = client.get(door(message, name))

        assert page["Cache-Control"] == "no-store, private"
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]


def test_a_form_of_a_browser_that_hides_where_it_comes_from_is_taken() -> None:
    message = visits.answered()
    browser = Client(enforce_csrf_checks=True)

    told = browser.post(door(message, "reopen"), {"text": "x"}, headers={"origin": "null"})

    assert told.status_code == 302


def test_who_speaks_is_asked_once_and_kept_apart(client: Client) -> None:
    mapo = people.make_office("mapo", "borough")
    message = receive(borough=mapo)
    page = words_of(client.get(visits.english(message.private_url("case_done"))))

    for age in ("65+", "0-19"):
        client.post(door(message, "background"), {"age": age, "first_time": "yes"})

    assert "Who are we hearing from?" in page
    row = Background.objects.get()
    assert (row.age, row.first_time, row.gender, row.borough) == ("65+", "yes", "", mapo)
    assert row.month.day == 1
    assert fresh(message).background_asked


def test_saying_nothing_of_oneself_keeps_nothing_and_ends_the_asking(client: Client) -> None:
    message = receive()

    done = client.post(door(message, "background"), {"age": ""}, follow=True)

    assert not Background.objects.exists()
    assert "We ask you no more about this message." in words_of(done)


def test_who_speaks_leads_back_to_nobody() -> None:
    names = {field.name for field in Background._meta.get_fields()}

    assert names == {"id", "month", "borough", "age", "gender", "disability", "first_time"}
    assert Background._meta.pk.get_internal_type() == "UUIDField"
    assert not list(Background._meta.related_objects)


def test_a_matter_of_its_own_answered_late_says_so(client: Client) -> None:
    jun = people.officer_of(visits.office())
    with clock.at(clock.now() - 30 * DAY):
        message = routed_to(visits.office())
    reply = actions.answer(message, text="Late but done.", by=jun)
    with clock.at(reply.leaves_at):
        actions.publish(reply)

    assert "after the answer date" in words_of(
        client.get(visits.english(message.get_absolute_url()))
    )
    assert published_by(jun, visits.office()).was_in_time
