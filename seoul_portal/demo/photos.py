"""Voices with a photo, through the real actions: one everyone sees, one that waits to be looked
at, one for the office only. The photos are drawn here, as a phone would send them.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageDraw

from channels_app import actions
from channels_app.actions import Said
from channels_app.models import Attachment, Kind, Message
from lifecycle import clock
from people.models import User
from seoul_portal.demo.play import NAMES, Stage

SIZE = (1600, 1200)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Pictured:
    """One voice with a photo, `ago` hours before now; `is_shown` once an officer has looked."""

    text: str
    kind: str
    ago: float
    alt: str
    draw: Callable[[ImageDraw.ImageDraw], None]
    public: bool = True
    is_shown: bool = False


def _paving(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, *SIZE), fill="#8d8a83")
    for row in range(6):
        for column in range(9):
            left, top = column * 200 - row % 2 * 100, row * 210
            pen.rectangle((left, top, left + 188, top + 198), fill="#b5b0a6", outline="#75716a")
    pen.polygon(((700, 470), (930, 400), (990, 590), (760, 660)), fill="#c9c4b9", outline="#4d4a45")
    pen.polygon(((760, 660), (990, 590), (990, 640), (770, 715)), fill="#3c3a36")


def _lamp(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, *SIZE), fill="#151a2b")
    pen.rectangle((0, 950, *SIZE), fill="#22242c")
    pen.rectangle((780, 260, 810, 980), fill="#4b4f5c")
    pen.arc((600, 200, 800, 380), 180, 290, fill="#4b4f5c", width=24)
    pen.ellipse((560, 290, 660, 350), fill="#2e313b", outline="#5a5f6d", width=6)
    for left in (60, 1080, 1320):
        pen.rectangle((left, 520, left + 200, 950), fill="#1d2233", outline="#2d344a", width=5)


def _crossing(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, *SIZE), fill="#5b5e63")
    pen.rectangle((0, 0, 1600, 300), fill="#a9b7a2")
    for left in range(100, 1500, 220):
        pen.polygon(((left, 400), (left + 110, 400), (left + 60, 1150), (left - 80, 1150)),
                    fill="#8f9296")  # fmt: skip


VOICES = [
    Pictured(
        "시청역 3번 출구 앞 보도블록 하나가 튀어나와 있어요. 어제 어르신이 걸려 넘어질 뻔했습니다.",
        Kind.COMPLAINT, 30, "튀어나온 보도블록 한 장", _paving, is_shown=True,
    ),
    Pictured(
        "초등학교 앞 횡단보도 선이 다 지워졌어요. 다시 칠하면 아이들이 더 안전할 것 같습니다.",
        Kind.IDEA, 5, "선이 흐려진 횡단보도", _crossing,
    ),
    Pictured(
        "우리 집 앞 골목 가로등이 일주일째 꺼져 있습니다. 밤에 너무 어둡습니다.",
        Kind.COMPLAINT, 9, "꺼진 가로등", _lamp, public=False,
    ),
]  # fmt: skip


def play(now: datetime) -> None:
    """Each is told once, however often it is played."""
    stage = Stage()
    by = stage.officer(stage.office("social-media-centre"))
    for voice in VOICES:
        message = _send(voice, now - timedelta(hours=voice.ago))
        for photo in Attachment.objects.filter(message=message):
            _look_at(photo, message, voice, by)


def _send(voice: Pictured, at: datetime) -> Message:
    key = uuid.uuid5(NAMES, voice.text)
    said = Said(text=voice.text, kind=voice.kind, public=voice.public, photos=True)
    with clock.at(at):
        photo = actions.keep_photo(draft=key, content=_taken(voice))
        actions.word_photos(draft=key, words={photo.key: voice.alt})
        return actions.receive(said, client_key=key)


def _look_at(photo: Attachment, message: Message, voice: Pictured, by: User) -> None:
    """The worker draws it anew; an officer of the centre looks, where the story says so."""
    if photo.claim(until=clock.now() + 2 * MINUTE):
        actions.draw_photo(photo)
        photo.refresh_from_db()
    if not voice.is_shown or photo.is_shown:
        return
    with clock.at(message.received_at + 20 * MINUTE):
        actions.show_photo(photo, by=by)
        actions.show(message, by=by)


def _taken(voice: Pictured) -> SimpleUploadedFile:
    """As a phone of today would send it: with a place in its header."""
    image = Image.new("RGB", SIZE)
    voice.draw(ImageDraw.Draw(image))
    header = Image.Exif()
    header.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "N", 2: (37.0, 33.0, 56.2), 3: "E", 4: (126.0, 58.0, 37.6)}
    )
    file = BytesIO()
    image.save(file, "JPEG", quality=80, exif=header)
    return SimpleUploadedFile("IMG_0001.jpg", file.getvalue(), "image/jpeg")
