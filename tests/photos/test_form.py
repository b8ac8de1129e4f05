"""Photos on the two pages of the form: no JavaScript needed, nothing typed is ever lost."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from channels_app import media
from channels_app.models import Attachment, HeldReason, Message
from channels_app.rules import LIMIT_PHOTOS_OF_NETWORK
from lifecycle import clock, rules
from lifecycle.models import Rule
from tests.channels_app.factories import WORDS
from tests.pages.html import Node, read
from tests.pages.test_saying import form_to, typed_in
from tests.people import factories as people
from tests.photos.pictures import photo, photos_of, upload

pytestmark = pytest.mark.django_db
CHECK, SEND, SAY = "/en/say/check/", "/en/say/send/", "/en/say/"


@pytest.fixture(autouse=True)
def _empty_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    people.centre()


def jpeg(number: int = 0) -> SimpleUploadedFile:
    """Each number is another photo."""
    return upload(photo((64 + number, 48)), f"IMG_{number}.jpg")


def page_of(client: Client, path: str, typed: dict[str, Any], status: int = 200) -> Node:
    """What is shown after this form."""
    answer = client.post(path, typed)
    assert answer.status_code == status
    return read(answer.content.decode())


def check_page(client: Client, *photos: SimpleUploadedFile, status: int = 200) -> Node:
    """From the box, with these."""
    return page_of(client, CHECK, {"text": WORDS, "photos": list(photos)}, status)


def typed_on(page: Node, **more: Any) -> dict[str, Any]:
    """The check page as it stands, with something changed."""
    typed: dict[str, Any] = typed_in(form_to(page, SEND))
    typed.pop("photos", None)
    return {**typed, **more}


def buttons(page: Node) -> dict[str, str]:
    """What the buttons of the check page say, by what they ask for."""
    found = form_to(page, SEND).all("button")
    return {one.attrs["value"]: one.text for one in found if one.attrs.get("name") == "act"}


def test_photos_go_from_the_box_to_the_voice(client: Client) -> None:
    check = check_page(client, jpeg(0), jpeg(1))
    assert "Photo 1" in check.one("main").text
    assert "Photo 2" in check.one("main").text

    with clock.at(clock.now() + timedelta(minutes=1)):  # a machine would be quicker
        answer = client.post(SEND, typed_on(check, audience="everyone"))

    message = Message.objects.get()
    assert answer["Location"].startswith(f"/en/s/{message.code}/")
    assert len(photos_of(message)) == 2
    assert message.held_reason == HeldReason.PHOTO


def test_a_draft_has_no_picture_on_any_page(client: Client) -> None:
    check = check_page(client, jpeg())

    assert not check.all("img")


def test_a_photo_is_called_as_its_sender_calls_it_and_the_name_is_kept_nowhere(
    client: Client,
) -> None:
    check = check_page(client, jpeg(0), jpeg(1))
    first, second = Attachment.objects.order_by("position")

    again = page_of(client, SEND, typed_on(check, act=f"remove:{first.key}"))

    assert "IMG_1.jpg" in check.one("main").text
    assert typed_on(again)[f"name-{second.key}"] == "IMG_1.jpg"
    assert "IMG_1.jpg" not in str(list(Attachment.objects.values()))


def test_what_a_photo_shows_is_kept_and_sent(client: Client) -> None:
    check = check_page(client, jpeg())
    one = Attachment.objects.get()

    client.post(SEND, typed_on(check, **{f"alt-{one.key}": "들린 보도블록"}))

    one.refresh_from_db()
    assert (one.alt, one.message) == ("들린 보도블록", Message.objects.get())


def test_removing_a_photo_keeps_everything_typed(client: Client) -> None:
    check = check_page(client, jpeg(0), jpeg(1))
    first, second = Attachment.objects.order_by("position")
    remove = next(value for value, words in buttons(check).items() if words == "Remove photo 1")

    typed = typed_on(
        check, act=remove, contact="mina@", kind="idea", **{f"alt-{second.key}": "a stone"}
    )
    page = page_of(client, SEND, typed)

    assert list(Attachment.objects.all()) == [second]
    again = typed_on(page)
    assert (again["contact"], again["kind"]) == ("mina@", "idea")
    assert again[f"alt-{second.key}"] == "a stone"
    assert not Message.objects.exists()
    assert not media.path_of(first.original).exists()


def test_further_photos_can_be_added_on_the_check_page(client: Client) -> None:
    check = check_page(client, jpeg(0))

    page = page_of(client, SEND, typed_on(check, act="add", photos=[jpeg(1)], contact="x@y"))

    assert "Photo 2" in page.one("main").text
    assert typed_on(page)["contact"] == "x@y"
    client.post(SEND, typed_on(page, contact=""))
    assert len(photos_of(Message.objects.get())) == 2


def test_photos_chosen_but_not_added_are_sent_too(client: Client) -> None:
    check = check_page(client)

    client.post(SEND, typed_on(check, photos=[jpeg()]))

    assert len(photos_of(Message.objects.get())) == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<svg onload=alert(1)>", "a.jpg", "“a.jpg” is not a photo we can read."),
        (b"\xff\xd8\xff\xe0broken", "b.jpg", "“b.jpg” is damaged"),
        (b"\xff\xd8\xff" + bytes(15 * 1024 * 1024), "c.jpg", "“c.jpg” is larger than 15 MB."),
    ],
    ids=["another kind", "damaged", "too large"],
)
def test_a_wrong_file_is_named_and_the_rest_is_kept(
    client: Client, content: bytes, name: str, words: str
) -> None:
    page = check_page(client, jpeg(), upload(content, name), status=422)

    assert words in page.by_id("errors").text
    assert WORDS in page.one("main").text
    assert page.by_id("photos").name == "input"
    assert Attachment.objects.count() == 1
    client.post(SEND, typed_on(page))
    assert len(photos_of(Message.objects.get())) == 1


def test_the_sixth_is_left_out_and_said(client: Client) -> None:
    page = check_page(client, *(jpeg(number) for number in range(6)), status=422)

    assert "“IMG_5.jpg” was left out" in page.by_id("errors").text
    assert Attachment.objects.count() == 5
    assert "add" not in buttons(page)
    assert page.by_id("photos").name == "p"


def test_a_wrong_file_at_the_last_moment_sends_nothing(client: Client) -> None:
    check = check_page(client)

    page = page_of(client, SEND, typed_on(check, photos=[upload(b"no", "x.jpg")]), 422)

    assert not Message.objects.exists()
    assert "“x.jpg”" in page.by_id("errors").text


def test_photos_wait_for_words(client: Client) -> None:
    page = page_of(client, CHECK, {"text": " ", "photos": [jpeg()]}, 422)
    assert "1 photo is kept." in page.one("main").text

    check = page_of(client, CHECK, {**typed_in(form_to(page, CHECK)), "text": WORDS, "photos": []})

    client.post(SEND, typed_on(check))
    assert len(photos_of(Message.objects.get())) == 1


def test_changing_the_words_keeps_the_photos(client: Client) -> None:
    check = check_page(client, jpeg())

    box = page_of(client, SAY, typed_on(check, act="change"))
    assert "1 photo is kept." in box.one("main").text
    again = page_of(
        client, CHECK, {**typed_in(form_to(box, CHECK)), "text": "다른 말", "photos": []}
    )

    client.post(SEND, typed_on(again))
    assert Message.objects.get().text == "다른 말"
    assert len(photos_of(Message.objects.get())) == 1


def test_changing_the_language_keeps_the_photos(client: Client) -> None:
    check = check_page(client, jpeg())
    (switch,) = [one for one in check.one("header").all("button") if "lang" in one.attrs]

    answer = client.post(switch.attrs["formaction"], typed_on(check, act=switch.attrs["value"]))

    assert answer.content.decode().count("remove:") == 1
    assert Attachment.objects.count() == 1


def test_an_error_in_another_field_keeps_the_photos(client: Client) -> None:
    check = check_page(client, jpeg())

    page = page_of(client, SEND, typed_on(check, contact="nowhere"), 422)

    assert "Photo 1" in page.one("main").text
    client.post(SEND, typed_on(page, contact=""))
    assert len(photos_of(Message.objects.get())) == 1


def test_sent_twice_the_photos_belong_to_one_voice(client: Client) -> None:
    typed = typed_on(check_page(client, jpeg()))

    first, second = (client.post(SEND, typed) for _n in range(2))

    assert first["Location"] == second["Location"]
    assert len(photos_of(Message.objects.get())) == 1


def test_a_photo_added_after_sending_asks_before_it_becomes_a_second_voice(client: Client) -> None:
    typed = typed_on(check_page(client, jpeg(0)))
    client.post(SEND, typed)
    first = Message.objects.get()

    page = page_of(client, SEND, {**typed, "photos": [jpeg(1)]}, 422)

    assert first.code in page.by_id("errors").text
    client.post(SEND, typed_on(page))
    second = Message.objects.exclude(pk=first.pk).get()
    assert (len(photos_of(first)), len(photos_of(second))) == (1, 1)


def test_a_form_without_photos_asks_the_database_nothing_about_them(client: Client) -> None:
    typed = {"text": WORDS, "kind": "complaint", "audience": "office", "contact": ""}

    with CaptureQueriesContext(connection) as asked:
        client.post(SEND, {**typed, "client_key": str(uuid.uuid4())})

    assert Message.objects.exists()
    assert not [query for query in asked if "attachment" in query["sql"]]


def test_photos_may_come_ahead_of_their_form(client: Client) -> None:
    told = client.post("/en/say/photos/", {"photos": [jpeg(0), upload(b"no", "x.jpg")]}).json()
    assert "“x.jpg”" in told["problems"][0]

    check = page_of(client, CHECK, {"text": WORDS, "with_photos": "1", **told})

    client.post(SEND, typed_on(check))
    assert len(photos_of(Message.objects.get())) == 1


@pytest.mark.parametrize("key", ["", "no key", "A" * 500])
def test_a_key_nobody_gave_out_begins_a_new_form(client: Client, key: str) -> None:
    typed = {"text": WORDS, "client_key": key, "with_photos": "1", "photos": [jpeg()]}

    page_of(client, CHECK, typed)

    assert Attachment.objects.unsent().count() == 1


def test_enter_in_a_field_sends_and_removes_nothing(client: Client) -> None:
    check = check_page(client, jpeg())

    within = {id(one) for one in form_to(check, SEND).all("button")}
    own = [one for one in check.all("button") if id(one) in within or "form" in one.attrs]

    assert own[0].attrs["value"] == "send"


def test_a_form_that_was_open_too_long_says_that_photos_are_chosen_again() -> None:
    typed = {"text": WORDS, "photos": [jpeg()]}

    answer = Client(enforce_csrf_checks=True).post(CHECK, typed)

    words = answer.content.decode()
    assert answer.status_code == 403
    assert WORDS in words
    assert "Your photos did not arrive." in words


def test_beyond_the_limit_the_words_go_without_the_photo(client: Client) -> None:
    allow_one_photo()
    check_page(client, jpeg(0))

    page = check_page(client, jpeg(1), status=422)
    with clock.at(clock.now() + timedelta(minutes=1)):
        answer = client.post(SEND, typed_on(page))

    told = page.with_class("error-summary")[0].text
    assert "“IMG_1.jpg” was left out: very many photos came from your connection" in told
    message = Message.objects.get()
    assert answer["Location"].startswith(f"/en/s/{message.code}/")
    assert message.text == WORDS
    assert photos_of(message) == []


def allow_one_photo() -> None:
    """One an hour from one network address."""
    since = clock.now() - timedelta(days=1)
    name = LIMIT_PHOTOS_OF_NETWORK.name
    Rule.objects.create(name=name, value=1, since=since, reason="of the test")
    rules.forget()
