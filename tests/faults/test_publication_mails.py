"""What an author is told of a decision, as a real mail server gets it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from channels_app import actions, rules, tasks
from channels_app.actions import Said
from channels_app.models import HiddenReason, Message
from lifecycle import clock
from people.models import User
from tests.faults import city
from tests.faults.smtp import CountingServer, counting
from tests.ledger import check_ledger
from tests.people import factories as people

MINA = "mina@example.org"
SECRET = "비밀정원"


@pytest.fixture
def server(send_to: Callable[[int], None]) -> Iterator[CountingServer]:
    """Where the mail goes."""
    with counting() as (one, port):
        send_to(port)
        yield one


def speak(language: str = "ko", held: str = "") -> Message:
    """A public voice with an address."""
    said = Said(
        text=f"{SECRET} 이야기입니다.", kind="complaint", public=True, contact=("mail", MINA),
        language=language, held=held,
    )  # fmt: skip
    return actions.receive(said)


def send_later() -> None:
    """The sweep, once the time for an undo is over."""
    later = timedelta(seconds=rules.NOTICE_LEAVES_AFTER.value() + 1)
    with clock.at(clock.now() + later):
        tasks.send_due()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "it insults or threatens somebody"), ("ko", "")]
)
def test_the_author_reads_the_reason_and_where_to_go(
    jun: User, server: CountingServer, language: str, words: str
) -> None:
    city.confirmed(MINA)
    message = speak(language)
    tasks.send_due()

    actions.hide(message, reason=HiddenReason.ABUSE, by=people.centre_officer())
    tasks.send_due()
    assert len(server.kept) == 1  # the receipt; the decision may still be undone
    send_later()

    mail = server.kept[1]
    text = mail.get_content()
    assert words in text
    assert message.token in text
    assert "120" in text
    assert mail["In-Reply-To"] == server.kept[0]["Message-ID"]
    tasks.route_waiting()
    check_ledger(outside=server.copies)


def test_who_was_held_hears_when_everyone_can_read_it(jun: User, server: CountingServer) -> None:
    city.confirmed(MINA)
    message = speak("en", held="tone")

    actions.show(message, by=people.centre_officer())
    send_later()

    told = {str(mail["Subject"]) for mail in server.kept}
    assert told == {
        f"[{message.code}] We have received your message",
        f"[{message.code}] Everyone can read your message",
    }


@pytest.mark.parametrize("held", ["", "tone"])
def test_an_unconfirmed_address_reads_no_word_of_it(
    jun: User, server: CountingServer, held: str
) -> None:
    message, centre = speak("en", held=held), people.centre_officer()

    if held:
        actions.show(message, by=centre)
    else:
        actions.hide(message, reason=HiddenReason.ABUSE, by=centre)
    send_later()

    assert len(server.kept) == 2
    for mail in server.kept:
        words = f"{mail.as_string()}\n{mail['Subject']}\n{mail.get_content()}"
        for word in (SECRET, message.token, "insults", "Everyone can read"):
            assert word not in words
        assert message.code in words


def test_an_undo_within_the_minute_leaves_no_mail(jun: User, server: CountingServer) -> None:
    city.confirmed(MINA)
    message, centre = speak(), people.centre_officer()

    actions.hide(message, reason=HiddenReason.ABUSE, by=centre)
    actions.show(message, by=centre)
    send_later()

    assert len(server.kept) == 1
    tasks.route_waiting()
    check_ledger(outside=server.copies)
