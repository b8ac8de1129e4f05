"""Drawing anew: upright, small enough, in order, once; and what happens when the child falls."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from channels_app import actions, darkroom, media, tasks
from channels_app.children import ChildFellError
from channels_app.models import Attachment, PhotoState, PhotoTrouble
from lifecycle import clock
from lifecycle.models import Heartbeat
from tests.photos.pictures import corner, encoded, kept, photo, photos_of, sent
from tests.poison import TAR, slow_child

pytestmark = pytest.mark.django_db
RED, WHITE = (220, 0, 0), (255, 255, 255)
# Where the red corner of a picture is that was taken with the camera held like this.
CORNERS = {1: "ul", 2: "ur", 3: "lr", 4: "ll", 5: "ul", 6: "ur", 7: "lr", 8: "ll"}


@pytest.fixture(autouse=True)
def _empty_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def one_sent(content: bytes) -> Attachment:
    """A photo with these bytes that belongs to a voice."""
    message = sent()
    one = kept(content=content)
    one.message = message
    one.save()
    Attachment.objects.filter(message=message).exclude(pk=one.pk).delete()
    return one


def copy_of(one: Attachment, *, small: bool = False) -> Image.Image:
    """Our copy, as a reader sees it."""
    one.refresh_from_db()
    name = one.thumbnail if small else one.picture
    return Image.open(BytesIO(media.path_of(name).read_bytes()))


def is_near(seen: object, wanted: tuple[int, int, int]) -> bool:
    """The same colour, but for what a JPEG loses."""
    assert isinstance(seen, tuple)
    return all(abs(a - b) < 12 for a, b in zip(seen, wanted, strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_a_phone_ends_upright(orientation: int) -> None:
    one = one_sent(photo((640, 480), orientation=orientation))

    actions.draw_photo(one)

    image = copy_of(one)
    width, height = image.size
    assert image.size == ((640, 480) if orientation < 5 else (480, 640))
    places = {"ul": (9, 9), "ur": (width - 9, 9), "ll": (9, height - 9)}
    places["lr"] = (width - 9, height - 9)
    red = [name for name, at in places.items() if is_near(image.getpixel(at), RED)]
    assert red == [CORNERS[orientation]]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_a_large_photo_becomes_two_smaller_ones(kind: str) -> None:
    one = one_sent(encoded(corner((3000, 1500)), kind))

    actions.draw_photo(one)

    assert copy_of(one).size == (2048, 1024)
    assert copy_of(one, small=True).size == (480, 240)
    assert (one.width, one.height) == (2048, 1024)
    assert (one.small_width, one.small_height) == (480, 240)
    assert is_near(copy_of(one).getpixel((9, 9)), RED)


def test_a_small_photo_is_not_blown_up() -> None:
    one = one_sent(photo((64, 48)))

    actions.draw_photo(one)

    assert copy_of(one).size == copy_of(one, small=True).size == (64, 48)


@pytest.mark.parametrize(
    ("content", "at", "colour"),
    [
        (lambda: encoded(corner(mode="CMYK")), (9, 9), RED),
        (lambda: encoded(corner(mode="P"), "PNG"), (9, 9), RED),
        (lambda: encoded(Image.new("RGBA", (64, 48), (0, 0, 0, 0)), "PNG"), (9, 9), WHITE),
        (lambda: encoded(Image.new("LA", (64, 48), (0, 0)), "PNG"), (9, 9), WHITE),
        (lambda: encoded(Image.new("I;16", (64, 48), 128 * 256), "PNG"), (9, 9), (128,) * 3),
        (lambda: encoded(Image.new("1", (64, 48), 1), "PNG"), (9, 9), WHITE),
    ],
    ids=["CMYK", "palette", "transparent", "grey and transparent", "16 bits", "1 bit"],
)  # fmt: skip
def test_unusual_colours_come_out_right(content, at, colour) -> None:  # type: ignore[no-untyped-def]  # a table of makers
    one = one_sent(content())

    actions.draw_photo(one)

    assert is_near(copy_of(one).getpixel(at), colour)


def test_the_sweep_draws_what_was_sent_and_lets_go_of_the_original() -> None:
    message, unsent = sent(3), kept()

    tasks.draw_photos()

    assert {one.state for one in photos_of(message)} == {PhotoState.READY}
    unsent.refresh_from_db()
    assert unsent.is_waiting
    assert [one.name for one in media.path_of("incoming").iterdir()] == [str(unsent.key)]
    assert Heartbeat.objects.filter(sweep="draw_photos").exists()


def test_a_photo_somebody_is_at_is_left_alone() -> None:
    (one,) = photos_of(sent())
    later = clock.now() + timedelta(minutes=2)

    assert one.claim(until=later)
    assert not Attachment.objects.get(pk=one.pk).claim(until=later)
    tasks.draw_photos()

    one.refresh_from_db()
    assert (one.is_waiting, one.tries) == (True, 1)


def test_a_photo_whose_worker_died_is_taken_up_again() -> None:
    (one,) = photos_of(sent())
    one.claim(until=clock.now() + timedelta(minutes=2))

    with clock.at(clock.now() + timedelta(minutes=3)):
        tasks.draw_photos()

    one.refresh_from_db()
    assert one.is_ready


def test_two_workers_with_the_same_row_claim_it_once() -> None:
    (one,) = photos_of(sent())
    twin = Attachment.objects.get(pk=one.pk)
    now = clock.now()

    assert [row.claim(until=now) for row in (one, twin)] == [True, False]


def test_a_child_that_falls_three_times_refuses_the_photo(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child.py"
    child.write_text("import os\nos.kill(os.getpid(), 9)\n")
    monkeypatch.setattr(darkroom, "CHILD", child)
    (one,) = photos_of(sent())

    for minutes in range(4):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            tasks.draw_photos()

    one.refresh_from_db()
    assert (one.state, one.why, one.tries) == (PhotoState.REFUSED, PhotoTrouble.UNKNOWN, 3)
    assert not list(media.path_of("incoming").iterdir())
    assert not list(media.path_of("shown").iterdir())


def test_a_child_that_takes_too_long_is_killed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child.py"
    child.write_text("while True: pass\n")
    monkeypatch.setattr(darkroom, "CHILD", child)
    monkeypatch.setattr(darkroom, "PATIENCE", 0.2)
    (one,) = photos_of(sent())

    with pytest.raises(ChildFellError):
        darkroom.draw(one)


def test_a_photo_that_takes_too_long_is_refused_in_the_end_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = one_sent(encoded(corner(), comment=TAR))
    monkeypatch.setattr(darkroom, "CHILD", slow_child(tmp_path, darkroom.CHILD))
    monkeypatch.setattr(darkroom, "PATIENCE", 2)
    (neighbour,) = photos_of(sent(text="가로등이 꺼졌어요"))

    for minutes in range(4):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            tasks.draw_photos()

    slow.refresh_from_db()
    neighbour.refresh_from_db()
    assert (slow.state, slow.why, slow.tries) == (PhotoState.REFUSED, PhotoTrouble.UNKNOWN, 3)
    assert neighbour.is_ready
    assert not media.path_of(media.original_of(slow.key)).exists()


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "told"
    child = tmp_path / "child.py"
    child.write_text(f"import os\nopen({str(told)!r}, 'w').write(repr(dict(os.environ)))\n")
    monkeypatch.setattr(darkroom, "CHILD", child)
    (one,) = photos_of(sent())

    with pytest.raises(ChildFellError):
        darkroom.draw(one)

    assert os.environ["DATABASE_URL"] not in told.read_text()
    assert "KEY" not in told.read_text()


def test_a_lost_original_is_refused_in_the_end() -> None:
    (one,) = photos_of(sent())
    media.remove(one.original)

    for minutes in range(4):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            tasks.draw_photos()

    one.refresh_from_db()
    assert one.state == PhotoState.REFUSED


def test_a_photo_erased_while_it_is_drawn_leaves_no_copy() -> None:
    message = sent(public=False)
    (one,) = photos_of(message)
    one.claim(until=clock.now() + timedelta(minutes=2))

    actions.erase_message(message, by=None)
    media.write(media.original_of(one.key), [photo()])  # the child had it open already
    actions.draw_photo(one)

    assert not [path for path in media.path_of("").rglob("*") if path.is_file()]
