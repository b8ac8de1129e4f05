"""The mail server of a laptop, and the word that shows what it took."""

import smtplib
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from seoul_portal.local import ports, processes
from tests.portal.waiting import until


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    number = ports.free_port(0)
    command = [sys.executable, "-m", "seoul_portal.local.smtp", "--port", str(number)]
    log = tmp_path / "mail.log"
    server = processes.spawn([*command, "--maildir", tmp_path / "mail"], log=log)
    assert until(lambda: "ready:" in log.read_text(), seconds=20)
    yield number
    processes.stop(server)


def _send(port: int, *, to: str, text: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "listens@localhost", to, "답변이 왔습니다"
    mail.set_content(text)
    mail.add_alternative(f"<p>{text}</p>", subtype="html")
    with smtplib.SMTP("127.0.0.1", port) as line:
        line.send_message(mail)


def _shown(*words: str) -> str:
    out = StringIO()
    call_command("mail", *words, stdout=out)
    return out.getvalue()


def test_a_mail_is_kept_and_shown_decoded(port: int) -> None:
    _send(port, to="mina@example.org", text="가로등을 고쳤습니다.")

    shown = _shown()

    assert "To: mina@example.org" in shown
    assert "Subject: 답변이 왔습니다" in shown
    assert "가로등을 고쳤습니다." in shown
    assert "<p>" not in shown


def test_the_newest_come_last_and_others_are_left_out(port: int) -> None:
    for number in range(3):
        _send(port, to="mina@example.org", text=f"Mina {number}")
    _send(port, to="sora@example.org", text="Sora")

    shown = _shown("-n", "2", "--to", "Mina@example.org")

    assert "Sora" not in shown
    assert "Mina 0" not in shown
    assert shown.index("Mina 1") < shown.index("Mina 2")


def test_an_empty_box_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))

    assert _shown() == f"No mail in {tmp_path / 'mail'}.\n"
    assert _shown("--to", "mina@x") == f"No mail to mina@x in {tmp_path / 'mail'}.\n"
