"""What is hidden, erased or set aside is handed out no more from that moment; then it is gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from channels_app import actions
from channels_app.models import Message, Reply
from lifecycle import clock
from lifecycle.models import Heartbeat
from mayors_office import tasks
from mayors_office.models import StaleMonth
from mayors_office.opendata import editions, files
from seoul_portal.backups import settling
from tests.channels_app.factories import WORDS, published_by, receive
from tests.opendata import shelf
from tests.people import factories as people

pytestmark = pytest.mark.django_db


def download(table: str = "messages", form: str = "jsonl") -> int:
    """What a stranger gets who asks for this month."""
    answer = Client().get(f"/opendata/{shelf.name_of(table, form)}")
    if answer.streaming:
        answer.getvalue()
    return answer.status_code


def hide(message: Message) -> None:
    """By an officer."""
    actions.hide(message, reason="personal", by=people.centre_officer())


def report(message: Message) -> None:
    """By a reader."""
    actions.report(message)


def set_aside(message: Message) -> None:
    """By an officer."""
    actions.set_aside(message, reason="spam", by=people.centre_officer())


def withdraw(message: Message) -> None:
    """By its author."""
    actions.erase_message(message, by=None, withdraw=True)


def mask_otherwise(message: Message) -> None:
    """By a better mask."""
    Message.objects.filter(pk=message.pk).update(masked_text="***")


GOING: list[Callable[[Message], None]] = [hide, report, set_aside, withdraw, mask_otherwise]


@pytest.mark.parametrize("going", GOING)
def test_a_file_with_something_withdrawn_is_refused_until_it_is_written_anew(
    going: Callable[[Message], None],
) -> None:
    stays, goes = receive(text="이 말은 남아요"), receive(text=WORDS)
    shelf.write()
    assert download() == 200

    going(goes)

    refused = Client().get(f"/opendata/{shelf.name_of('messages')}")
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    tasks.write_open_data()
    manifest = files.read()
    assert manifest is not None
    assert download() == 200
    assert not any(WORDS in text for text in shelf.texts(manifest))
    assert stays.code in {row["receipt"] for row in shelf.rows(manifest, "messages")}


def test_nothing_of_the_old_file_stays_on_the_disk() -> None:
    message = receive()
    before = shelf.write()

    hide(message)
    tasks.write_open_data()

    assert [one.path.exists() for one in before.files] == [False] * len(before.files)
    assert download() == 404


def test_an_answer_that_is_blanked_withdraws_its_file() -> None:
    office = people.make_office("roads")
    message = published_by(people.officer_of(office), office, "김민서 주무관에게")
    shelf.write()

    Reply.objects.filter(message=message).update(masked_text="")

    assert download("answers", "csv") == 503
    assert shelf.write_due() != []
    assert download("answers", "csv") == 200


def test_what_is_withdrawn_while_it_is_written_is_refused_all_the_same() -> None:
    message = receive()

    def meanwhile() -> None:
        Message.objects.filter(pk=message.pk).update(publication="hidden", hidden_reason="personal")

    list(editions.write_everything(meanwhile))

    assert download() == 503
    shelf.write_due()
    assert download() == 404


def test_another_month_is_not_touched() -> None:
    with clock.at(clock.now() - timedelta(days=70)):
        receive()
    message = receive()
    old = shelf.write().files[0]

    hide(message)

    answer = Client().get(f"/opendata/{old.name}")
    assert (answer.status_code, len(answer.getvalue())) == (200, old.bytes)


def test_what_changes_is_written_once_a_day() -> None:
    receive()
    tasks.count_days()
    shelf.write_due()
    receive()
    tasks.count_days()

    tasks.write_open_data()
    today = len(shelf.rows(files.read() or files.Manifest(), "messages"))
    with clock.at(clock.now() + timedelta(days=1)):
        tasks.write_open_data()

    assert today == 1
    assert len(shelf.rows(files.read() or files.Manifest(), "messages")) == 2
    assert not StaleMonth.objects.exists()


def test_the_first_message_of_a_month_is_written_at_once() -> None:
    tasks.write_open_data()
    receive()
    tasks.count_days()

    tasks.write_open_data()

    assert download() == 200


def test_what_the_first_sweep_has_no_time_for_is_written_by_the_next() -> None:
    for days in (70, 0):
        with clock.at(clock.now() - timedelta(days=days)):
            receive()

    first = next(editions.write_due(lambda: None))

    assert first not in (later := shelf.write_due())
    assert later[-1] == clock.seoul().date().replace(day=1)


def test_a_sweep_with_nothing_to_do_changes_nothing_and_leaves_its_heartbeat() -> None:
    receive()
    tasks.write_open_data()
    before = {path: path.read_bytes() for path in files.folder().iterdir()}

    tasks.write_open_data()

    assert {path: path.read_bytes() for path in files.folder().iterdir()} == before
    assert Heartbeat.objects.filter(sweep="write_open_data").exists()


def test_files_with_other_columns_are_written_anew() -> None:
    receive()
    manifest = shelf.write()
    older = [files.Listed(**{**vars(one), "columns": ["receipt"]}) for one in manifest.files]
    files.keep(files.Manifest(manifest.written_at, older), days=35)

    assert len(shelf.write_due()) == 1
    assert shelf.write_due() == []


def test_checksums_of_earlier_days_stay_as_long_as_the_rulebook_says() -> None:
    moment = clock.now()
    with clock.at(moment - timedelta(days=50)):
        receive()
    for days in (40, 20, 0):
        with clock.at(moment - timedelta(days=days)):
            shelf.write()

    kept = files.earlier_days()

    today = clock.seoul(moment).date()
    assert kept == [today, today - timedelta(days=20)]


def test_after_a_restore_no_file_of_the_lost_days_is_left() -> None:
    receive()
    shelf.write()

    settling.settle(quiet=True)

    assert files.read() is None
    assert download() == 404
    assert list(files.folder().glob("*.gz")) == []
