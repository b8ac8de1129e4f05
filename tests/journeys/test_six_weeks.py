"""Six weeks of one complaint: promised, late, put off, told upwards, fixed, not solved, fixed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from channels_app import actions, tasks
from channels_app.models import Delivery, Message, Outcome, RoutingRule
from lifecycle import clock
from people.models import Office, User
from tests.channels_app.factories import receive
from tests.desk.doors import words_of
from tests.faults.house import House
from tests.faults.smtp import HOST, CountingServer
from tests.ledger import check_ledger
from tests.pages import visits
from tests.people import factories as people

MINA = "mina@example.org"


def moment(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """In the autumn of 2026, on Seoul's clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=clock.SEOUL)


class Six:
    """The complaint, its people, and the post that reaches them."""

    def __init__(self, post: CountingServer) -> None:
        people.centre()
        self.roads: Office = people.make_office("roads-of-the-test", name_en="Paving Office")
        self.jun: User = people.officer_of(self.roads)
        self.head: User = people.head_of(self.roads)
        self.mayor: User = people.officer_of(people.mayors_office())
        RoutingRule.objects.create(office=self.roads, words="paving", decides=True)
        self.post = post
        self.read = 0
        self.message: Message

    def sweep(self, at: datetime) -> None:
        """Everything the clock starts, at this moment."""
        with clock.at(at):
            for task in (
                tasks.route_waiting,
                tasks.recount_dates,
                tasks.stop_waiting,
                tasks.publish_answers,
                tasks.remind,
                tasks.tell,
            ):
                task()
            while Delivery.objects.due().exists():
                tasks.send_due()
        self.message = Message.objects.get(pk=self.message.pk)

    def mails(self, to: str) -> list[str]:
        """The subjects of what this address got since the last look, without the number."""
        new = [mail for mail in self.post.kept[self.read :] if to in str(mail["To"])]
        return [str(mail["Subject"]).partition("] ")[2] for mail in new]

    def looked(self) -> None:
        """What came so far was read."""
        self.read = len(self.post.kept)

    def page(self, at: datetime) -> str:
        """What Mina reads under her private link at this moment."""
        with clock.at(at):
            return words_of(Client().get(visits.english(self.message.private_url())))

    def public_page(self, at: datetime) -> str:
        """What everyone reads."""
        with clock.at(at):
            return words_of(Client().get(visits.english(self.message.get_absolute_url())))

    def press(self, name: str, at: datetime, **typed: str) -> None:
        """A button on the private page."""
        with clock.at(at):
            page = Client().post(visits.english(self.message.private_url(name)), typed)
        assert page.status_code == 302, words_of(page)

    def told(self) -> list[tuple[str, str]]:
        """Who was told that it is late, in order."""
        rows = self.message.reminders.outward().order_by("id")
        return [(one.level, str(one.office and one.office.slug)) for one in rows]


@pytest.fixture
def six(house: House, settings: Settings) -> Iterator[Six]:
    post = CountingServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, post.start()
    settings.KICKS = False
    try:
        yield Six(post)
    finally:
        post.stop()


@pytest.mark.slow
def test_six_weeks(six: Six) -> None:
    said_and_promised(six)
    late_and_put_off(six)
    told_upwards(six)
    fixed_and_not(six)
    fixed_and_confirmed(six)

    assert [mail for mail in six.post.kept if six.message.text in str(mail)] == []
    check_ledger(receipts=[six.message.code], outside=six.post.copies)


def said_and_promised(six: Six) -> None:
    """Monday: said, and with its office within the minute. Wednesday: a finish date."""
    with clock.at(moment(11, 2, 10)):
        six.message = receive("The paving is loose.", contact=("mail", MINA), language="en")
        assert six.message.contact is not None
        actions.confirm_contact(six.message.contact)
    six.sweep(moment(11, 2, 10, 1))

    assert six.message.office == six.roads
    assert six.message.first_due_at == six.message.due_at == moment(11, 9, 10)
    page = six.page(moment(11, 2, 10, 2))
    assert "Paving Office" in page
    assert "9 Nov 2026" in page

    with clock.at(moment(11, 4, 15)):
        actions.promise(
            six.message, text="We lay it anew.", finish_on=date(2026, 11, 13), by=six.jun
        )
    six.sweep(moment(11, 4, 15, 1))

    assert six.message.was_in_time
    assert (six.message.moves, six.message.due_at) == (0, moment(11, 13, 18))
    page = six.page(moment(11, 4, 15, 2))
    assert "We lay it anew." in page
    assert "13 Nov 2026" in page
    assert "At work" in page


def late_and_put_off(six: Six) -> None:
    """The day passes; on Monday the office says why, and names another one."""
    six.looked()
    six.sweep(moment(11, 13, 10))
    assert six.told() == []
    assert len(six.mails(six.jun.email)) == 1  # the date comes near

    six.sweep(moment(11, 13, 18, 30))

    assert six.told() == [("late", six.roads.slug)]
    assert "The date has passed without an answer" in six.mails(MINA)
    assert len(six.mails(six.jun.email)) == 2
    assert "The date has passed without an answer" in six.public_page(moment(11, 13, 18, 31))

    six.looked()
    with clock.at(moment(11, 16, 11)):
        actions.put_off(
            six.message, text="The stones came late.", until=date(2026, 11, 19), by=six.jun
        )
    six.sweep(moment(11, 16, 11, 1))

    assert (six.message.moves, six.message.due_at) == (1, moment(11, 19, 18))
    page = six.page(moment(11, 16, 11, 2))
    assert "The stones came late." in page
    assert "Moved since: 1 time" in page  # the promise named the finish date, and moved nothing
    assert "First promised" in page
    assert len(six.mails(MINA)) == 1


def told_upwards(six: Six) -> None:
    """That day passes too: the head after three days, the mayor's office after seven."""
    six.looked()
    for at in (moment(11, 19, 18, 30), moment(11, 22, 18, 30), moment(11, 26, 18, 30)):
        six.sweep(at)
        six.sweep(at + timedelta(minutes=1))

    assert six.told() == [
        ("late", six.roads.slug),
        ("late", six.roads.slug),
        ("head", six.roads.slug),
        ("mayor", "mayor"),
    ]
    assert len(six.mails(six.mayor.email)) == 1
    assert len(six.mails(six.head.email)) == 2  # with the officers, then alone
    assert len(six.mails(six.jun.email)) == 1
    assert len(six.mails(MINA)) == 1
    page = six.public_page(moment(11, 26, 18, 32))
    assert "the head of the office was told" in page
    assert "Late: the mayor" in page


def fixed_and_not(six: Six) -> None:
    """The closing answer; and three days later: not solved."""
    six.looked()
    with clock.at(moment(11, 27, 10)):
        actions.answer(six.message, text="It is level now.", by=six.jun, outcome=Outcome.DONE)
    six.sweep(moment(11, 27, 10, 1))

    assert six.message.status == "replied"
    assert len(six.mails(MINA)) == 1
    page = six.page(moment(11, 27, 10, 2))
    assert "It is level now." in page
    assert "Is it really fixed?" in page

    six.press("case_reopen", moment(11, 30, 9), text="It is loose again.")
    six.sweep(moment(11, 30, 9, 1))

    assert (six.message.status, six.message.office) == ("routed", six.roads)
    assert six.message.due_at == moment(12, 4, 18)  # five days of eight hours
    assert (six.message.first_due_at, six.message.moves) == (moment(11, 9, 10), 1)
    page = six.page(moment(11, 30, 9, 2))
    assert "It is loose again." in page
    assert "Not solved, says its author" in page


def fixed_and_confirmed(six: Six) -> None:
    """In time now; and its author says that it is."""
    six.looked()
    with clock.at(moment(12, 3, 14)):
        actions.answer(six.message, text="With mortar now.", by=six.jun, outcome=Outcome.DONE)
    six.sweep(moment(12, 3, 14, 1))
    assert len(six.mails(MINA)) == 1

    six.press("case_confirm", moment(12, 11, 12), answer="yes")
    six.sweep(moment(12, 14, 10))

    assert six.message.status == "replied"
    assert six.message.fixed is True
    assert len(six.told()) == 4
    page = six.page(moment(12, 14, 10, 1))
    assert page.index("It is level now.") < page.index("With mortar now.")
