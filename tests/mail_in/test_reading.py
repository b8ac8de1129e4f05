"""Reading mail: what people and machines really send, and what nobody should."""

import base64
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels_app.connectors.mail_headers import Automatic
from channels_app.connectors.reading_mail import (
    above_the_quote,
    body_digest,
    names_of,
    read,
)
from tests.mail_in.letters import CITY, MINA, WORDS, bounce, mail, raw


def test_a_plain_mail_is_read_with_its_sender_and_its_words() -> None:
    found = read(raw())

    assert (found.sender, found.sender_name) == (MINA, "김민아")
    assert (found.subject, found.text) == ("보도블록이 들려 있어요", WORDS)
    assert found.sent_at is not None
    assert (found.automatic, found.faults, found.enclosures) == (None, (), ())


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("euc-kr", "euc-kr"),
        ("ks_c_5601-1987", "cp949"),
        ("euc-kr", "cp949"),  # 뷁 is in no EUC-KR, and mail programs write it all the same
        ("iso-2022-kr", "iso2022_kr"),
        ("utf-8", "utf-8"),
        ("no-such-charset", "utf-8"),
        ("", "cp949"),
        ("us-ascii", "cp949"),
    ],
)
def test_korean_is_read_in_every_dress(charset: str, codec: str) -> None:
    words = "가로등이 꺼졌습니다" + ("뷁" if codec == "cp949" else "")
    subject = base64.b64encode("꺼진 가로등".encode("euc-kr")).decode()
    head = f"From: {MINA}\r\nSubject: =?ks_c_5601-1987?B?{subject}?=\r\n"
    named = f"; charset={charset}" if charset else ""
    typed = f"Content-Type: text/plain{named}\r\nContent-Transfer-Encoding: base64\r\n\r\n"

    found = read((head + typed).encode() + base64.encodebytes(words.encode(codec)))

    assert found.text == words
    if charset != "no-such-charset":
        assert found.subject == "꺼진 가로등"


def test_a_page_without_plain_words_is_read_as_words_and_runs_nothing() -> None:
    made = mail("")
    made.set_content(
        "<style>p{color:red}</style><script>alert(1)</script><p>첫 줄<br>둘째 줄</p>"
        "<p>셋째 <b>줄</b> <img src=x onerror=alert(1)></p>",
        subtype="html",
    )

    text = read(made.as_bytes()).text

    assert [line.strip() for line in text.splitlines() if line.strip()] == [
        "첫 줄", "둘째 줄", "셋째 줄",
    ]  # fmt: skip


def test_plain_words_win_over_the_page_beside_them() -> None:
    made = mail()
    made.add_alternative("<p>Something else</p>", subtype="html")

    assert read(made.as_bytes()).text == WORDS


def test_what_came_along_keeps_its_name_without_a_folder() -> None:
    made = mail()
    made.add_attachment(
        b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../계획.pdf"
    )
    made.add_attachment(
        b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="C:\\x\\사진.jpg"
    )

    pdf, picture = read(made.as_bytes()).enclosures

    assert (pdf.name, pdf.content, pdf.is_picture) == ("계획.pdf", b"%PDF-1.7", False)
    assert (picture.name, picture.is_picture) == ("사진.jpg", True)


def test_a_mail_within_a_mail_is_kept_whole_and_not_read_as_words() -> None:
    made = mail("보내 드린 메일을 봐 주세요")
    made.add_attachment(mail("Words of somebody else"))

    found = read(made.as_bytes())

    assert found.text == "보내 드린 메일을 봐 주세요"
    assert found.enclosures[0].kind == "message/rfc822"
    assert b"Words of somebody else" in found.enclosures[0].content


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ({"Auto_Submitted": "auto-replied"}, Automatic.ANSWER),
        ({"Auto_Submitted": "no"}, None),
        ({"Precedence": "bulk"}, Automatic.LIST),
        ({"Precedence": "auto_reply"}, Automatic.ANSWER),
        ({"X_Autoreply": "yes"}, Automatic.ANSWER),
        ({"List_Id": "<news.example.org>"}, Automatic.LIST),
        ({"Return_Path": "<>"}, Automatic.ANSWER),
        ({"From": f"Seoul <{CITY}>"}, Automatic.LOOP),
        ({"X_Seoul_Listens": "S-2026-001000"}, Automatic.LOOP),
        ({"From": "MAILER-DAEMON@mx.example.org"}, Automatic.BOUNCE),
    ],
)
def test_machines_are_known_by_what_they_say(
    headers: dict[str, str], automatic: Automatic | None
) -> None:
    found = read(mail(**headers).as_bytes(), ours=frozenset({CITY}))

    assert found.automatic == automatic


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
@pytest.mark.parametrize(("status", "final"), [("5.1.1", True), ("4.2.2", False)])
def test_a_bounce_names_our_mail_and_whether_it_is_for_good(
    returned: str, status: str, final: bool
) -> None:
    found = read(bounce("S-2026-001000.key@seoul.example", status=status, returned=returned))

    (report,) = found.reports
    assert found.automatic == Automatic.BOUNCE
    assert report.about == "S-2026-001000.key@seoul.example"
    assert (report.address, report.is_final) == ("mina@example.org", final)


@pytest.mark.parametrize(
    "quoted",
    [
        "2026년 11월 29일, 서울 경청 <listen@seoul.example>님이 작성:\n> 받음.\n> ── ✂ ──\n",
        "On Sun, 29 Nov 2026, Seoul <listen@seoul.example> wrote:\n> We received it.\n",
        "-----Original Message-----\nFrom: Seoul\nTo: Mina\n\n── ✂ 이 위에 ──\n받았습니다.",
        "보낸사람: 서울 경청\n받는사람: 김민아\n제목: 받았습니다\n\n── ✂ 이 위에 ──\n받았습니다.",
        "--------- 원본 메일 ---------\n── ✂ 이 위에 ──\n받았습니다.",
    ],
)
def test_the_answer_above_a_quote_is_what_was_said(quoted: str) -> None:
    assert (
        above_the_quote(f"3번 출구입니다.\n고맙습니다.\n\n{quoted}")
        == "3번 출구입니다.\n고맙습니다."
    )


def test_an_answer_between_the_lines_keeps_every_line() -> None:
    text = "> Which exit?\nNumber three.\n> Since when?\nYesterday."

    assert above_the_quote(text) == text


def test_a_mail_that_is_only_a_quote_keeps_its_words() -> None:
    assert read(raw("> 그대로 보냅니다")).reply == "> 그대로 보냅니다"


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_the_same_words_have_the_same_digest_however_the_lines_end(ending: str) -> None:
    lines = ["From: a@b.example", "Received: today", "", "Words", ""]

    assert body_digest(ending.join(lines).encode()) == body_digest(b"X: y\n\nWords")


def test_no_header_breaks_a_line() -> None:
    evil = "=?utf-8?B?" + base64.b64encode(b"News\r\nBcc: all@example.org").decode() + "?="

    found = read(f"From: {MINA}\r\nSubject: {evil}\r\n\r\nx".encode())

    assert found.subject == "News Bcc: all@example.org"


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\x00\xff\xfe",
        b"no header at all",
        b"From: nobody\r\n\r\nwords",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\nwords",
        b"Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n\r\nno end",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%not base64%%%",
        b"Content-Disposition: attachment; filename*=utf-8''%ff%fe\r\n\r\nx",
        b"From: =?utf-8?B?////?= <mina@example.org>\r\nDate: the 99th of May\r\n\r\nx",
        b"Content-Type: message/delivery-status\r\n\r\nStatus:\r\n",
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(broken: bytes) -> None:
    found = read(broken)

    assert "\x00" not in found.text + found.subject
    assert names_of(broken)[0] == ""


def test_parts_within_parts_end_somewhere() -> None:
    deep = b"words"
    for number in range(2_000):
        edge = f"B{number}".encode()
        deep = (
            b"Content-Type: multipart/mixed; boundary="
            + edge
            + b"\r\n\r\n--"
            + edge
            + b"\r\n"
            + deep
        )
    wide = EmailMessage()
    wide.set_content("words")
    for _number in range(1_000):
        wide.add_attachment(b"x", maintype="application", subtype="zip")

    for nasty in (deep, wide.as_bytes()):
        found = read(b"From: mina@example.org\r\n" + nasty)
        assert found.faults == ("too many parts",)
        assert len(found.enclosures) <= 200


def test_hostile_lines_end_too() -> None:
    """A rule that goes back and forth over them would take hours."""
    for line in ("-" * 500_000 + "x", " " * 500_000 + ":", "wrote " * 100_000, ">" * 500_000):
        above_the_quote(f"words\n{line}\n> quote")
        read(f"From: {MINA}\r\nSubject: {line}\r\n\r\n{line}".encode())


@given(st.binary(max_size=2_000))
def test_no_bytes_break_the_reader(rubbish: bytes) -> None:
    for content in (rubbish, b"From: a@b.example\r\nContent-Type: " + rubbish):
        found = read(content)
        assert "\n" not in found.subject + found.sender + found.sender_name
