"""Photos on the case page: seen as our copy, worded, shown, hidden, one button each."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from channels_app import actions
from channels_app.models import Attachment, HeldReason, Message, Reading
from people.models import Office, User
from tests.desk.doors import case_url, words_of
from tests.pages.html import broken_promises
from tests.people import factories as people
from tests.photos.pictures import drawn, photos_of, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def roads(db: None) -> Office:
    """The office in charge."""
    return people.make_office("roads")


@pytest.fixture
def at_desk(roads: Office) -> Client:
    """Jun, who is in charge."""
    return people.signed_in_client(people.officer_of(roads, name="준"))


def given(message: Message, office: Office) -> Message:
    """To this office."""
    return actions.route(message, to=office, by=people.centre_officer())


def press(client: Client, message: Message, one: Attachment, act: str, alt: str = "") -> object:
    """One button under one photo."""
    typed = {f"{one.key}-version": message.version, f"{one.key}-alt": alt}
    return client.post(f"{case_url(message)}photo/{one.key}/{act}/", typed, follow=True)


def test_an_officer_sees_each_photo_and_one_reading_is_written_down(
    at_desk: Client, roads: Office
) -> None:
    message = given(drawn(2), roads)

    page = at_desk.get(case_url(message))
    for one in photos_of(message):
        path = f"{case_url(message)}photo/{one.key}/small/"
        assert path in page.content.decode()
        answer = at_desk.get(path)
        assert (answer.status_code, len(answer.getvalue()) > 0) == (200, True)
        assert answer["Cache-Control"] == "no-store, private"

    assert Reading.objects.count() == 1
    assert broken_promises(page.content.decode(), "en") == []


def test_one_button_shows_a_photo_with_its_words(at_desk: Client, roads: Office) -> None:
    message = given(drawn(), roads)
    (one,) = photos_of(message)

    page = press(at_desk, message, one, "show", "들린 보도블록")

    one.refresh_from_db()
    assert (one.is_shown, one.alt) == (True, "들린 보도블록")
    message.refresh_from_db()
    assert message.is_public
    assert "Everyone can read the words and see photo 1." in words_of(page)


def test_the_button_says_whether_the_words_go_along(at_desk: Client, roads: Office) -> None:
    message = given(drawn(), roads)
    before = words_of(at_desk.get(case_url(message)))

    Message.objects.filter(pk=message.pk).update(held_reason=HeldReason.TONE)

    assert "Show the words and this photo to everyone" in before
    assert "Show this photo to everyone" in words_of(at_desk.get(case_url(message)))


def test_one_button_hides_it_again(at_desk: Client, roads: Office) -> None:
    message = given(drawn(), roads)
    (one,) = photos_of(message)
    press(at_desk, message, one, "show")

    page = press(at_desk, message, one, "hide")

    one.refresh_from_db()
    assert not one.is_shown
    assert "Photo 1 is hidden from readers." in words_of(page)


def test_enter_in_the_field_only_saves_the_words(at_desk: Client, roads: Office) -> None:
    message = given(drawn(), roads)
    (one,) = photos_of(message)

    press(at_desk, message, one, "words", "들린 보도블록")

    one.refresh_from_db()
    assert (one.is_shown, one.alt) == (False, "들린 보도블록")


def test_words_that_are_too_long_come_back_as_typed(at_desk: Client, roads: Office) -> None:
    message = given(drawn(2), roads)
    first, _second = photos_of(message)

    page = press(at_desk, message, first, "show", "x" * 201)

    assert "Please keep it under 200 characters." in words_of(page)
    assert "x" * 201 in page.content.decode()  # type: ignore[attr-defined]  # a test's answer
    first.refresh_from_db()
    assert not first.is_shown


def test_a_photo_that_is_not_ready_has_no_button(at_desk: Client, roads: Office) -> None:
    message = given(sent(), roads)

    words = words_of(at_desk.get(case_url(message)))

    assert "Photo 1 is being prepared." in words
    assert "Show this photo" not in words


def test_a_photo_for_the_office_only_can_be_seen_but_not_shown(
    at_desk: Client, roads: Office
) -> None:
    message = given(drawn(public=False), roads)

    page = at_desk.get(case_url(message))

    assert "<img" in page.content.decode()
    assert "Show this photo" not in words_of(page)


@pytest.mark.parametrize("who", [people.auditor, people.mayors_officer])
def test_who_only_looks_gets_no_button(who: object, roads: Office) -> None:
    message = given(drawn(), roads)
    user: User = who()  # type: ignore[operator]  # a factory

    page = people.signed_in_client(user).get(case_url(message))

    assert ("<img" in page.content.decode()) is message.may_be_read_by(user)
    assert "Show this photo" not in words_of(page)


def test_more_photos_ask_no_more_questions(at_desk: Client, roads: Office) -> None:
    few, many = given(drawn(1), roads), given(drawn(5), roads)
    counts = []
    for message in (few, few, many):
        with CaptureQueriesContext(connection) as asked:
            at_desk.get(case_url(message))
        counts.append(len(asked))

    assert counts[1] == counts[2]


def test_words_under_one_photo_are_kept_when_another_one_is_shown(
    at_desk: Client, roads: Office
) -> None:
    message = given(drawn(2), roads)
    first, second = photos_of(message)
    typed = {
        f"{one.key}-{name}": value
        for one, alt in ((first, "들린 보도블록"), (second, "바퀴가 걸린 유모차"))
        for name, value in (("version", message.version), ("alt", alt))
    }

    at_desk.post(f"{case_url(message)}photo/{second.key}/show/", typed)

    first, second = photos_of(message)
    assert (first.is_shown, first.alt) == (False, "들린 보도블록")
    assert (second.is_shown, second.alt) == (True, "바퀴가 걸린 유모차")
