"""Mail to an address nobody has confirmed: few, silent about what was said, and stoppable."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage

import pytest

from channels_app import actions, tasks
from channels_app.models import Contact, Delivery
from lifecycle import clock
from people.models import User
from tests.faults import city
from tests.faults.house import House, leave_thread
from tests.faults.smtp import HANG_UP, CountingServer, counting, scripted
from tests.ledger import check_ledger

MINA = "mina@example.org"
SECRET = "비밀정원"
SendTo = Callable[[int], None]


@pytest.fixture
def server(send_to: SendTo) -> Iterator[CountingServer]:
    """Where the mail goes."""
    with counting(slowness=0.02) as (one, port):
        send_to(port)
        yield one


def states(event: str) -> Counter[tuple[str, str]]:
    """How many rows of this kind stand where, and why."""
    rows = Delivery.objects.filter(event=event)
    return Counter(rows.values_list("state", "why"))


def mina() -> Contact:
    """The contact as the database has it now."""
    return Contact.objects.reached_by("mail", MINA)


def words_of(mail: EmailMessage) -> str:
    """Everything a reader of the mail could find, coded or not."""
    return f"{mail.as_string()}\n{mail['Subject']}\n{mail.get_content()}"


def test_three_mails_a_day_then_receipts_are_dropped_and_answers_wait(
    jun: User, server: CountingServer
) -> None:
    said = [city.speak(contact=MINA) for _n in range(5)]
    tasks.send_due()
    city.publish_answer(said[0], by=jun)
    tasks.send_due()

    assert states("receipt") == {("sent", ""): 3, ("cancelled", "unconfirmed address"): 2}
    assert states("answer") == {("queued", "unconfirmed address"): 1}
    answer = Delivery.objects.get(event="answer")
    assert answer.attempts == 0

    with clock.at(answer.next_at + timedelta(seconds=1)):
        tasks.send_due()

    assert states("answer") == {("sent", ""): 1}
    assert len(server.kept) == 4
    tasks.route_waiting()
    check_ledger(outside=server.copies)


def test_eight_senders_at_once_send_three(roads: object, server: CountingServer) -> None:
    for _n in range(8):
        city.speak(contact=MINA)

    def send() -> None:
        tasks.send_due()
        leave_thread()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(send) for _n in range(8)]:
            done.result()

    assert len(server.kept) == 3
    assert states("receipt") == {("sent", ""): 3, ("cancelled", "unconfirmed address"): 5}


def test_a_mail_in_doubt_counts_and_so_does_its_repeat(roads: object, send_to: SendTo) -> None:
    for _n in range(5):
        city.speak(contact=MINA)

    with scripted({"DOT": HANG_UP}) as nasty:
        send_to(nasty.port)
        for hour in range(3):
            with clock.at(clock.now() + timedelta(hours=hour)):
                tasks.send_due()

    assert 0 < len(nasty.kept) <= 3


def test_nothing_that_was_said_goes_to_an_unconfirmed_address(
    jun: User, server: CountingServer
) -> None:
    text = f"{SECRET} 이야기입니다. {city.DECIDING}."
    message = city.speak(contact=MINA, text=text)
    tasks.send_due()
    city.publish_answer(message, by=jun, text=f"{SECRET}에 답합니다.")
    tasks.send_due()

    assert len(server.kept) == 2
    for mail in server.kept:
        assert SECRET not in words_of(mail)
        assert city.DECIDING not in words_of(mail)
        assert message.token not in words_of(mail)
        assert message.code in words_of(mail)
        assert mina().token_for(message.code) in mail.get_content()


def test_a_confirmed_address_gets_the_answer_in_the_thread_of_its_receipt(
    jun: User, server: CountingServer
) -> None:
    message = city.speak(contact=MINA)
    tasks.send_due()
    actions.confirm_contact(mina())
    city.publish_answer(message, by=jun, text=f"{SECRET}에 답합니다.")
    tasks.send_due()

    receipt, answer = server.kept
    assert SECRET in answer.get_content()
    assert message.token in answer.get_content()
    assert answer["In-Reply-To"] == receipt["Message-ID"]
    assert receipt["Message-ID"] in answer["References"]
    assert answer["Auto-Submitted"] == "auto-generated"


def test_this_was_not_me_cancels_what_waits_and_what_comes(
    house: House, jun: User, server: CountingServer
) -> None:
    said = [city.speak(contact=MINA) for _n in range(2)]
    city.publish_answer(said[0], by=jun)
    other = city.owe("sora@example.org")

    actions.refuse_contact(mina())
    said.append(city.speak(contact=MINA))
    city.publish_answer(said[1], by=jun)
    tasks.send_due()
    tasks.route_waiting()

    refused = "refused by the owner of the address"
    assert states("answer") == {("cancelled", refused): 2}
    assert states("receipt") == {("cancelled", refused): 3, ("sent", ""): 1}
    assert [mail["To"] for mail in server.kept] == [other.recipient.address]
    check_ledger(outside=server.copies)


def test_a_refusal_reaches_an_answer_that_waits_for_tomorrow(
    jun: User, server: CountingServer
) -> None:
    said = [city.speak(contact=MINA) for _n in range(3)]
    tasks.send_due()
    city.publish_answer(said[0], by=jun)
    tasks.send_due()
    assert states("answer") == {("queued", "unconfirmed address"): 1}

    actions.refuse_contact(mina())
    with clock.at(clock.now() + timedelta(days=2)):
        tasks.send_due()

    assert states("answer") == {("cancelled", "refused by the owner of the address"): 1}
    assert len(server.kept) == 3


def test_who_confirms_meanwhile_gets_the_answer_that_waits(
    jun: User, server: CountingServer
) -> None:
    said = [city.speak(contact=MINA) for _n in range(3)]
    tasks.send_due()
    city.publish_answer(said[0], by=jun, text="이제 왔습니다.")
    tasks.send_due()

    actions.confirm_contact(mina())
    tasks.send_due()

    assert states("receipt") == {("sent", ""): 3}
    assert states("answer") == {("sent", ""): 1}
    assert "이제 왔습니다." in server.kept[-1].get_content()
