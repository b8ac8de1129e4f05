"""Files that come with a mail, and how long any of it stays."""

import os
import resource
import zipfile
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO

import pytest

from channels_app import actions, media, tasks
from channels_app.models import Account, Attachment, Enclosure, Message
from lifecycle import clock
from people.models import Office
from tests.faults.city import build_city, publish_answer
from tests.mail_in.boxes import arrive, mailbox, taken
from tests.mail_in.letters import MINA, mail, raw
from tests.people import factories as people
from tests.photos.pictures import corner, encoded

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads() -> Office:
    return build_city()


@pytest.fixture
def box(roads: Office) -> Account:
    return mailbox()


def with_files() -> bytes:
    letter = mail()
    picture = encoded(corner())
    letter.add_attachment(picture, maintype="image", subtype="jpeg", filename="길.jpg")
    letter.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="표.pdf")
    letter.add_attachment(b"<svg/>", maintype="image", subtype="svg+xml", filename="x.svg")
    return letter.as_bytes()


def test_pictures_are_drawn_anew_and_other_files_are_only_listed(box: Account) -> None:
    event = taken(box, with_files())

    photo, files = Attachment.objects.get(), list(Enclosure.objects.all())
    assert photo.message == event.message
    assert [(file.name, file.number, file.kind) for file in files] == [
        ("표.pdf", 1, "application/pdf"),
        ("x.svg", 2, "image/svg+xml"),
    ]


def test_files_without_words_are_a_voice(box: Account) -> None:
    letter = mail("", subject="")
    letter.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="표.pdf")

    message = taken(box, letter.as_bytes()).message

    assert message is not None
    assert message.text == "(글 없이 파일만 왔습니다.)"


def test_an_erased_mail_leaves_nothing_and_stays_out(box: Account) -> None:
    same = with_files()
    event = taken(box, same)
    assert event.message is not None
    path = media.path_of(media.inbound_of(event.key))
    assert path.exists()

    actions.erase_message(event.message, by=None)
    again = arrive(box, same)

    event.refresh_from_db()
    assert not path.exists()
    assert (event.sealed, event.size, again) == ("", 0, [])
    assert list(Enclosure.objects.values_list("name", "kind")) == [("", ""), ("", "")]


def test_an_expired_address_takes_its_mails_along(box: Account, roads: Office) -> None:
    with clock.at(clock.now() - timedelta(days=4000)):
        event = taken(box, raw())
        assert event.message is not None
        publish_answer(event.message, by=people.officer_of(roads))
    path = media.path_of(media.inbound_of(event.key))

    tasks.erase_expired()

    assert not path.exists()


def test_what_became_no_message_is_forgotten_after_its_days(box: Account) -> None:
    with clock.at(clock.now() - timedelta(days=31)):
        old = taken(box, raw(Auto_Submitted="auto-replied"))
    young = taken(box, raw(Auto_Submitted="auto-replied"))

    actions.forget_unused()

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.size, old.sealed) == (0, "")
    assert young.has_file
    assert not media.path_of(media.inbound_of(old.key)).exists()


def test_a_picture_named_as_one_that_is_none_is_a_file(box: Account) -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = MINA, "사진"
    letter.set_content("사진이에요")
    letter.add_attachment(b"MZ\x90 no picture", maintype="image", subtype="png", filename="a.png")

    taken(box, letter.as_bytes())

    assert not Attachment.objects.exists()
    assert Enclosure.objects.get().name == "a.png"


def test_twenty_megabytes_and_archives_within_archives_are_taken_in_and_never_opened(
    box: Account,
) -> None:
    inner = archive("a.txt", bytes(40_000_000))  # forty megabytes of nothing in a few kilobytes
    letter = mail()
    for name, content in (("w.zip", archive("v.zip", inner)), ("x.bin", os.urandom(15_000_000))):
        letter.add_attachment(content, maintype="application", subtype="zip", filename=name)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    event = taken(box, letter.as_bytes())
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert event.state == "taken"
    assert event.size > 20_000_000
    assert [file.name for file in Enclosure.objects.all()] == ["w.zip", "x.bin"]
    assert after - before < 300_000  # kilobytes: a few copies of the mail, not what it holds


def archive(name: str, content: bytes) -> bytes:
    """A zip with one file in it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return out.getvalue()


TRAPS = (
    "\u202egnp.exe", "\u200b\u200d\ufeff", "e\u0301" * 200, "ﷺ" * 50, "가" * 3, "ᄀ\u1161\u11a8",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "\U000e0041\U000e0042",
    "Ω≈ç√∫˜µ≤≥÷", "\x0b\x0c\x1c\x85", "İıſK", "👨‍👩‍👧‍👦🇰🇷", "\u0300" * 500,
)  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_of_unicode_is_a_voice_and_stops_no_other(trap: str, box: Account) -> None:
    arrive(
        box,
        raw(f"{trap} 보도블록", subject=f"제목 {trap.strip() or 'x'}".replace("\x85", "").replace(
            "\x0b", "").replace("\x0c", "").replace("\x1c", "")),
        raw("다음 사람의 말씀입니다."),
    )  # fmt: skip

    assert Message.objects.count() == 2
    assert all(message.masked_text for message in Message.objects.all())
