"""Photos through the open interface: kept with their message, held, shown by an officer."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from channels_app.models import Attachment, Message, Publication
from lifecycle import rules
from lifecycle.actions import amend_rule
from tests.api.callers import MESSAGES, WORDS, Caller, key, message_of, problem_of
from tests.people import factories as people


@pytest.fixture(autouse=True)
def _own_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(name: str = "steps.jpg", colour: str = "red") -> SimpleUploadedFile:
    """A small picture of one colour."""
    file = BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def test_photos_come_with_the_message_and_hold_it(app: Caller) -> None:
    form = {"text": WORDS, "public": "true", "photos": [photo(), photo("b.jpg", "blue")]}

    answer = app.send_form(form, under=key())

    assert answer.status_code == 201, answer.content
    message = message_of(answer)
    assert message.attachments.count() == 2
    assert (message.publication, message.held_reason) == (Publication.HELD, "photo")


def test_sent_again_there_is_still_one_message_and_each_photo_once(app: Caller) -> None:
    under = key()

    answers = [app.send_form({"text": WORDS, "photos": photo()}, under=under) for _n in range(2)]

    assert answers[0].content == answers[1].content
    assert (Message.objects.count(), Attachment.objects.count()) == (1, 1)


def test_another_photo_is_another_request(app: Caller) -> None:
    under = key()
    app.send_form({"text": WORDS, "photos": photo()}, under=under)

    other = app.send_form({"text": WORDS, "photos": photo(colour="blue")}, under=under)

    assert other.status_code == 422
    assert Attachment.objects.count() == 1


def test_one_bad_photo_leaves_nothing_behind(app: Caller) -> None:
    bad = SimpleUploadedFile("cat.jpg", b"", "image/jpeg")

    answer = app.send_form({"text": WORDS, "photos": [photo(), bad]}, under=key())

    (error,) = problem_of(answer)["errors"]
    assert (answer.status_code, error["field"]) == (400, "photos")
    assert "cat.jpg" in error["words"]
    assert not Message.objects.exists()
    assert not Attachment.objects.exists()


def test_too_many_photos_are_refused_in_words(app: Caller) -> None:
    amend_rule("photo.most", to="1", reason="few", by=people.administrator())
    rules.forget()

    form = {"text": WORDS, "photos": [photo(), photo("b.jpg", "blue")]}
    answer = app.send_form(form, under=key())

    assert answer.status_code == 400
    assert problem_of(answer)["errors"][0]["field"] == "photos"


def test_only_shown_photos_are_told(app: Caller) -> None:
    form = {"text": WORDS, "public": "true", "photos": [photo(), photo("b.jpg", "blue")]}
    message = message_of(app.send_form(form, under=key()))
    Message.objects.filter(pk=message.pk).update(publication=Publication.PUBLIC)
    first = message.attachments.first()
    assert first is not None
    message.attachments.filter(pk=first.pk).update(
        state="ready", shown_at=message.received_at, alt="계단 010-1234-5678"
    )

    (told,) = app.get(f"{MESSAGES}{message.code}/").json()["photos"]

    assert told["url"].endswith(f"/photo/{first.key}/")
    assert str(first.key) in told["thumbnail"]
    assert told["alt"] == "계단 010-****-****"
