"""Taking photos in: kept with the form, sent with the message, swept when nobody sends them."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from channels_app import actions, media, photos
from channels_app.actions import KeyReusedError, Said
from channels_app.models import Attachment, HeldReason, PhotoState, Publication
from channels_app.photos import PhotoRefusedError
from lifecycle import clock
from lifecycle.actions import amend_rule
from tests.channels_app.factories import WORDS
from tests.people import factories as people
from tests.photos.pictures import SEOUL, corner, encoded, exif, kept, photo, photos_of, sent, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def files() -> list[str]:
    """Everything in the media folder."""
    root = media.path_of("")
    return sorted(str(one.relative_to(root)) for one in root.rglob("*") if one.is_file())


def test_a_photo_lies_under_a_name_of_ours() -> None:
    content = photo()

    one = actions.keep_photo(draft=uuid4(), content=upload(content, "../../etc/pass\x00wd.jpg"))

    assert files() == [f"incoming/{one.key}"]
    assert media.path_of(one.original).read_bytes() == content
    assert (one.size, one.width, one.height) == (len(content), 64, 48)
    assert one.state == PhotoState.WAITING


def test_the_place_in_its_header_is_a_suggestion_until_it_is_sent() -> None:
    people.centre()
    draft = uuid4()
    kept(draft, encoded(corner()))
    kept(draft, photo(), position=1)

    assert photos.suggested_position(draft) == pytest.approx(SEOUL, abs=1e-4)
    message = actions.receive(Said(text=WORDS, kind="complaint", photos=True), client_key=draft)

    assert photos.suggested_position(draft) is None
    assert not Attachment.objects.filter(latitude__isnull=False).exists()
    assert message.position is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_every_kind_tells_its_size_and_its_place(kind: str) -> None:
    told = {"exif": exif()}

    header = photos.read(upload(encoded(corner(), kind, **told)))

    assert (header.width, header.height) == (64, 48)
    assert header.position == pytest.approx(SEOUL, abs=1e-4)


def test_the_same_photo_twice_in_one_form_is_one() -> None:
    draft = uuid4()

    first, second = kept(draft), kept(draft)

    assert first == second
    assert len(files()) == 1


def test_the_sixth_photo_is_left_out_by_name() -> None:
    draft = uuid4()
    for number in range(5):
        kept(draft, photo((64 + number, 48)))

    with pytest.raises(PhotoRefusedError, match=r"IMG_1\.jpg.*5"):
        kept(draft, photo((80, 48)))

    assert Attachment.objects.count() == len(files()) == 5


def test_the_rulebook_says_how_many() -> None:
    amend_rule("photo.most", to="1", reason="test", by=people.administrator())
    draft = uuid4()
    kept(draft)

    with pytest.raises(PhotoRefusedError):
        kept(draft, photo((80, 48)))


def test_a_full_disk_refuses_photos_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "KEPT_FREE", 2**62)

    with pytest.raises(PhotoRefusedError, match=r"사진|photos"):
        kept()

    assert files() == []


def test_a_removed_photo_is_gone_and_the_others_move_up() -> None:
    draft = uuid4()
    rows = [kept(draft, photo((64 + n, 48)), position=n) for n in range(3)]

    actions.drop_photo(draft=draft, key=rows[1].key)

    left = list(Attachment.objects.of_draft(draft))
    assert [(one.key, one.position) for one in left] == [(rows[0].key, 0), (rows[2].key, 1)]
    assert len(files()) == 2


def test_nobody_removes_or_words_a_photo_of_another_form() -> None:
    one = kept()

    actions.drop_photo(draft=uuid4(), key=one.key)
    actions.word_photos(draft=uuid4(), words={one.key: "mine"})

    one.refresh_from_db()
    assert one.alt == ""


def test_a_sent_photo_can_be_neither_removed_nor_worded_by_its_form() -> None:
    message = sent()
    (one,) = photos_of(message)
    assert one.draft is not None

    actions.drop_photo(draft=one.draft, key=one.key)
    actions.word_photos(draft=one.draft, words={one.key: "later"})

    one.refresh_from_db()
    assert (one.message, one.alt) == (message, "")


def test_a_public_voice_with_a_photo_is_held_a_private_one_is_not() -> None:
    public, private = sent(), sent(public=False)

    assert (public.publication, public.held_reason) == (Publication.HELD, HeldReason.PHOTO)
    assert private.publication == Publication.PRIVATE


def test_the_same_key_again_takes_no_photo_twice() -> None:
    message = sent(2)
    said = Said(text=WORDS, kind="complaint", public=True, photos=True)

    assert actions.receive(said, client_key=message.client_key) == message

    assert len(photos_of(message)) == 2


def test_photos_of_a_refused_sending_stay_with_the_form() -> None:
    first = sent()
    assert first.client_key is not None
    kept(first.client_key, photo((99, 48)))
    other = Said(text="다른 말", kind="complaint", photos=True)

    with pytest.raises(KeyReusedError):
        actions.receive(other, client_key=first.client_key)

    assert Attachment.objects.unsent().count() == 1


def test_photos_cost_one_more_question(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    sent()
    draft = uuid4()
    for number in range(5):
        kept(draft, photo((64 + number, 48)))

    with django_assert_max_num_queries(10):
        actions.receive(Said(text=WORDS, kind="complaint", photos=True), client_key=draft)


def test_a_form_nobody_sends_is_forgotten_after_a_day() -> None:
    message = sent()
    with clock.at(clock.now() - timedelta(hours=25)):
        kept()
    young = kept()

    assert actions.forget_drafts() == 1

    (attached,) = photos_of(message)
    assert files() == sorted([attached.original, young.original])


def test_a_file_without_a_row_is_swept_away() -> None:
    one = kept()
    stray = f"incoming/{uuid4()}"
    media.write(stray, [b"left by a writer that died"])
    media.write("incoming/.unfinished", [b"x"])
    for name in (one.original, stray, "incoming/.unfinished"):
        os.utime(media.path_of(name), (0, 0))

    actions.forget_drafts()

    assert files() == [one.original]


def test_a_broken_off_write_leaves_nothing() -> None:
    def breaks_off() -> Iterator[bytes]:
        yield b"half"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        media.write("incoming/one", breaks_off())

    assert files() == []
