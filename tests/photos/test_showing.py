"""Who sees a photo: nobody outside before an officer has let them, and by one address each."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from channels_app import actions, media
from channels_app.models import (
    Attachment,
    HeldReason,
    Message,
    PhotoChange,
    PhotoState,
    Publication,
)
from lifecycle.errors import WrongTurnError
from people.models import User
from tests.channels_app.factories import receive
from tests.pages.visits import english
from tests.people import factories as people
from tests.photos.pictures import drawn, kept, photos_of, sent, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def centre() -> User:
    """An officer who decides."""
    people.centre()
    return people.centre_officer()


def status(client: Client, path: str) -> int:
    """What an address answers."""
    return int(fetched(client, path).status_code)


def fetched(client: Client, path: str, **headers: str) -> Any:
    """The answer, read to its end."""
    answer = client.get(
        path, headers={name.replace("_", "-"): told for name, told in headers.items()}
    )
    if answer.streaming:
        answer.getvalue()
    return answer


def public(one: Attachment) -> list[str]:
    """Its two public addresses."""
    return [reverse("photo", args=[one.key]), reverse("photo_small", args=[one.key])]


def own(message: Message, one: Attachment, token: str = "") -> list[str]:
    """Its two addresses under the private link."""
    words = [message.code, token or message.token, one.key]
    return [reverse("own_photo", args=words), reverse("own_photo_small", args=words)]


def test_everyone_sees_a_shown_photo_of_a_public_voice(client: Client) -> None:
    message = shown()
    (one,) = photos_of(message)

    for path, name in zip(public(one), (one.picture, one.thumbnail), strict=True):
        answer = client.get(path, headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.getvalue() == media.path_of(name).read_bytes()


def test_a_photo_can_do_nothing_but_be_looked_at(client: Client) -> None:
    message = shown()
    (one,) = photos_of(message)

    answer = fetched(client, public(one)[0], accept_encoding="gzip")

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"] == f'inline; filename="{message.code}-1.jpg"'
    assert answer["Cache-Control"] == "public, max-age=300"
    assert int(answer["Content-Length"]) == media.path_of(one.picture).stat().st_size
    assert "Content-Encoding" not in answer


def test_who_has_it_already_gets_it_not_again(client: Client) -> None:
    (one,) = photos_of(shown())
    first = fetched(client, public(one)[0])

    again = fetched(client, public(one)[0], if_none_match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"]


def test_the_original_has_no_address_at_all(client: Client) -> None:
    one = kept()
    (waiting,) = photos_of(sent())

    for path in (*public(one), *public(waiting), f"/media/{one.original}", f"/static/{one.key}"):
        assert status(client, path) == 404


def test_nobody_outside_sees_what_is_not_shown(client: Client, centre: User) -> None:
    not_yet, private = drawn(), drawn(public=False)
    hidden = actions.hide(shown(), reason="personal", by=centre)
    taken = shown()
    for one in photos_of(taken):
        actions.hide_photo(one, by=centre)

    for message in (not_yet, private, hidden, taken):
        (one,) = photos_of(message)
        assert [status(client, path) for path in public(one)] == [404, 404]


def test_showing_the_message_does_not_show_its_photos(client: Client, centre: User) -> None:
    message = drawn()

    actions.show(message, by=centre)

    (one,) = photos_of(message)
    assert [status(client, path) for path in public(one)] == [404, 404]
    assert "<img" not in client.get(message.get_absolute_url()).content.decode()


def test_showing_a_photo_does_not_show_the_message(client: Client, centre: User) -> None:
    message = drawn()
    (one,) = photos_of(message)

    actions.show_photo(one, by=centre)

    message.refresh_from_db()
    assert message.publication == Publication.HELD
    assert status(client, public(one)[0]) == 404


def test_words_that_waited_for_a_look_at_the_photos_are_shown_with_the_first(
    client: Client, centre: User
) -> None:
    message = drawn(2)
    first, second = photos_of(message)

    actions.show_with_photo(first, by=centre)

    message.refresh_from_db()
    assert message.is_public
    assert message.publication_due_at is None
    assert status(client, public(first)[0]) == 200
    assert status(client, public(second)[0]) == 404


def test_words_that_were_held_for_themselves_are_not_shown_with_a_photo(
    client: Client, centre: User
) -> None:
    message = drawn()
    Message.objects.filter(pk=message.pk).update(held_reason=HeldReason.TONE)
    (one,) = photos_of(message)

    actions.show_with_photo(one, by=centre)

    message.refresh_from_db()
    assert message.publication == Publication.HELD
    assert status(client, public(one)[0]) == 404


def test_the_author_sees_the_own_photo_and_nobody_keeps_it(client: Client) -> None:
    message = drawn(public=False)
    (one,) = photos_of(message)

    for path in own(message, one):
        answer = fetched(client, path)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["Referrer-Policy"] == "no-referrer"


def test_a_private_link_opens_only_its_own_photos(client: Client) -> None:
    message, other = drawn(public=False), drawn(public=False)
    (one,), (theirs,) = photos_of(message), photos_of(other)

    for path in (*own(message, theirs), *own(message, one, "A" * 28), *own(other, one)):
        assert status(client, path) == 404


def test_the_author_reads_how_far_each_photo_is(client: Client, centre: User) -> None:
    message = sent(2)
    first, second = photos_of(message)
    actions.draw_photo(first)
    Attachment.objects.filter(pk=second.pk).update(state=PhotoState.REFUSED, why="damaged")

    words = client.get("/en" + message.private_url()).content.decode()

    assert "An officer looks at it before everyone can see it." in words
    assert "it is damaged or did not arrive completely" in words
    assert words.count("<img") == 1


def test_the_page_after_sending_says_that_the_photos_arrived(client: Client) -> None:
    message = sent(2)

    words = client.get(english(message.private_url("case_done"))).content.decode()

    assert "2 photos arrived with your words. You see them under your private link." in words


def test_the_public_page_and_the_wall_show_what_is_shown(client: Client) -> None:
    message = shown(2)

    for path in (message.get_absolute_url(), "/smc/"):
        words = client.get(path).content.decode()
        assert words.count("<img") == 2
        assert 'alt="보도블록 1"' in words
        assert 'loading="lazy"' in words
        assert 'width="64"' in words


def test_what_a_photo_shows_is_masked_in_public(client: Client, centre: User) -> None:
    message = shown()
    (one,) = photos_of(message)

    actions.word_photo(one, by=centre, alt="전화 010-1234-5678 <b>")

    words = client.get(message.get_absolute_url()).content.decode()
    assert "1234-5678" not in words
    assert "<b>" not in words


def test_a_photo_without_words_has_a_number(client: Client, centre: User) -> None:
    message = shown()
    (one,) = photos_of(message)

    actions.word_photo(one, by=centre, alt="")

    assert (
        'alt="Photo 1, not described"' in client.get("/en" + public_url(message)).content.decode()
    )


def public_url(message: Message) -> str:
    """The address of its page."""
    return message.get_absolute_url().removeprefix("/en")


@pytest.mark.parametrize(
    ("who", "may"),
    [("centre", True), ("jun", True), ("sora", False), ("mayor", False), ("auditor", False)],
)
def test_the_office_in_charge_and_the_centre_decide(who: str, may: bool, centre: User) -> None:
    roads = people.make_office("roads")
    message = actions.route(drawn(), to=roads, by=centre)
    (one,) = photos_of(message)
    people_by_name: dict[str, Callable[[], User]] = {
        "centre": lambda: centre,
        "jun": lambda: people.officer_of(roads),
        "sora": lambda: people.officer_of(people.make_office("buses")),
        "mayor": people.mayors_officer,
        "auditor": people.auditor,
    }
    by = people_by_name[who]()

    for act in (actions.show_photo, actions.hide_photo):
        if may:
            act(one, by=by)
        else:
            with pytest.raises(PermissionDenied):
                act(one, by=by)
    if not may:
        with pytest.raises(PermissionDenied):
            actions.word_photo(one, by=by, alt="x")


def test_a_photo_for_the_office_only_is_never_shown(centre: User) -> None:
    (one,) = photos_of(drawn(public=False))

    with pytest.raises(WrongTurnError):
        actions.show_photo(one, by=centre)


def test_only_our_copy_can_be_shown(centre: User) -> None:
    (one,) = photos_of(sent())

    with pytest.raises(WrongTurnError):
        actions.show_photo(one, by=centre)


def test_each_decision_leaves_a_trace_once(centre: User) -> None:
    (one,) = photos_of(drawn())

    for act in (actions.show_photo, actions.show_photo, actions.hide_photo, actions.hide_photo):
        act(one, by=centre)

    assert list(PhotoChange.objects.values_list("is_shown", "by")) == [
        (True, centre.pk),
        (False, centre.pk),
    ]


def test_an_erased_photo_is_gone_from_disk_and_from_every_page(client: Client) -> None:
    message = shown(2)
    before = photos_of(message)

    actions.erase_message(message, by=None, withdraw=True)

    assert not [path for path in media.path_of("").rglob("*") if path.is_file()]
    for one in before:
        assert status(client, public(one)[0]) == status(client, own(message, one)[0]) == 404
    assert "<img" not in client.get(message.private_url()).content.decode()
    assert {one.alt for one in photos_of(message)} == {""}


def test_the_wall_asks_once_for_all_photos(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shown(2)
    client.get("/smc/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/smc/")
    for _n in range(4):
        shown(3)

    with django_assert_num_queries(len(asked)):
        client.get("/smc/")


def test_a_photo_asks_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    (one,) = photos_of(shown())

    with django_assert_num_queries(1):
        assert status(client, public(one)[0]) == 200


def test_an_unknown_photo_is_not_found(client: Client) -> None:
    receive()

    assert status(client, reverse("photo", args=[uuid.uuid4()])) == 404
