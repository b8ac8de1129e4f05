"""What stands in the files: the columns of the dictionary, public rows, masked words."""

import gzip
import inspect
import subprocess
from itertools import islice
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app import actions, tallies
from channels_app.models import Message, Publication, Reply
from lifecycle import clock
from mayors_office import tasks
from mayors_office.models import Changed
from mayors_office.opendata import files, rows
from mayors_office.opendata.columns import TABLES, as_cell
from tests.channels_app.factories import published_by, receive, routed_to
from tests.opendata import shelf
from tests.pages import cities
from tests.people import factories as people
from tests.privacy.reading import Haystack
from tests.text.invented import invented

pytestmark = pytest.mark.django_db


def this_month() -> list[Message]:
    """The public messages of this month, in their order."""
    month = rows.month_of(clock.seoul().date())
    return [message for batch in rows.messages(month, at_once=5) for message in batch]


def test_the_columns_are_those_of_the_dictionary_in_both_formats() -> None:
    office = people.make_office("roads")
    published_by(people.officer_of(office), office)
    tasks.count_days()

    manifest = shelf.write()

    assert len(manifest.files) == 2 * len(TABLES)
    for one in manifest.files:
        names = TABLES[one.table].names
        assert one.columns == names
        assert [list(row) for row in shelf.lines(one)] == [names] * one.rows
        assert one.rows > 0


def test_both_formats_say_the_same() -> None:
    receive(text="=1+1")
    manifest = shelf.write()

    (sheet,) = shelf.rows(manifest, "messages", "csv")
    (named,) = shelf.rows(manifest, "messages")

    assert named["text"] == "=1+1"
    assert sheet["text"] == "'=1+1"
    assert {name: as_cell(value) for name, value in named.items()} == sheet


def test_the_rows_are_exactly_what_everyone_may_read() -> None:
    cities.settle(120)
    tasks.count_days()

    manifest = shelf.write()

    public = set(tallies.conversation().values_list("code", flat=True))
    told = [row["receipt"] for row in shelf.rows(manifest, "messages")]
    assert len(told) == len(public) < Message.objects.count()
    assert set(told) == public
    assert {"set_aside", "answered"}.isdisjoint(
        row["state"] for row in shelf.rows(manifest, "messages")
    )
    city = [row for row in shelf.rows(manifest, "days") if row["scope"] == "city"]
    assert sum(row["came"] for row in city) == len(public)
    parts = ("received", "routed", "at_work", "replied", "joined", "taken_up")
    assert all(row["came"] == sum(row[part] for part in parts) for row in city)


def test_a_row_says_when_and_who() -> None:
    office = people.make_office("roads", name_ko="도로과", name_en="Roads")
    message = published_by(people.officer_of(office), office, "고쳤습니다.")

    manifest = shelf.write()

    (row,) = shelf.rows(manifest, "messages")
    (answer,) = shelf.rows(manifest, "answers")
    assert row["receipt"] == answer["receipt"] == message.code
    assert row["address"] == f"http://localhost:8000/s/{message.code}/"
    assert (row["office"], row["office_name_en"], row["state"]) == ("roads", "Roads", "replied")
    assert row["received_at"].endswith("+09:00")
    assert (row["moves"], row["on_behalf"], row["borough"]) == (0, False, "")
    assert (answer["kind"], answer["text"]) == ("closing", "고쳤습니다.")


def test_no_original_of_invented_voices_is_in_any_file() -> None:
    voices = list(invented(7, 60))
    hearts = {original.heart for voice in voices for original in voice.originals}
    office = people.make_office("roads")
    jun = people.officer_of(office)
    for number, voice in enumerate(voices):
        if number % 3:
            receive(text=voice.text, place=voice.text[:60])
        else:
            message = routed_to(office, text=voice.text)
            reply = actions.answer(message, text=f"답합니다. {voice.text}", by=jun)
            with clock.at(reply.leaves_at):
                actions.publish(reply)

    manifest = shelf.write()

    assert sum(len(shelf.rows(manifest, name)) for name in ("messages", "answers")) > 60
    originals = [*Message.objects.values_list("text", flat=True)]
    assert Haystack(iter(originals)).hold(hearts) == sorted(hearts)
    assert Haystack(shelf.texts(manifest)).hold(hearts) == []


def test_what_an_author_was_asked_is_not_told() -> None:
    office = people.make_office("roads")
    message = published_by(people.officer_of(office), office)
    Reply.objects.filter(message=message).update(kind="question")

    assert shelf.rows(shelf.write(), "answers") == []


@pytest.mark.parametrize("publication", ["private", "held", "hidden"])
def test_what_not_everyone_may_read_is_never_written(publication: str) -> None:
    message = receive()
    why = {"held_reason": "tone"} if publication == Publication.HELD else {}
    Message.objects.filter(pk=message.pk).update(
        publication=publication, hidden_reason="personal", **why
    )

    manifest = shelf.write()

    assert manifest.files == []
    assert list(shelf.texts(manifest)) == []


def test_batches_follow_each_other_without_a_gap_also_at_one_moment() -> None:
    with clock.at(clock.now()):
        codes = [receive(text=f"voice {number}").code for number in range(12)]

    with CaptureQueriesContext(connection) as asked:
        found = [message.code for message in this_month()]

    assert found == codes
    assert len(asked) == 4


def test_one_batch_at_a_time_is_read_and_no_original() -> None:
    for number in range(7):
        receive(text=f"voice {number}")
    batches = rows.messages(rows.month_of(clock.seoul().date()), at_once=3)

    with CaptureQueriesContext(connection) as asked:
        (first,) = islice(batches, 1)

    assert inspect.isgenerator(batches)
    assert (len(first), len(asked)) == (3, 1)
    assert '"channels_app_message"."text"' not in asked[0]["sql"]


def test_more_rows_ask_no_more_questions() -> None:
    office = people.make_office("roads")
    jun = people.officer_of(office)
    shelf.write()  # the very first time asks which months there are
    counted = []
    for _round in range(2):
        for _n in range(4):
            published_by(jun, office)
        with CaptureQueriesContext(connection) as asked:
            shelf.write()
        counted.append(len(asked))

    assert counted[0] == counted[1]


def test_the_same_rows_make_the_same_bytes() -> None:
    receive()
    first = shelf.write()
    second = shelf.write()

    assert [one.sha256 for one in first.files] == [one.sha256 for one in second.files]


def test_sha256sum_and_the_command_find_every_file_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receive()
    call_command("opendata", verbosity=0)
    manifest = files.read()
    assert manifest is not None
    for one in manifest.files:
        (tmp_path / one.name).write_bytes(one.path.read_bytes())
    (tmp_path / "SHA256SUMS").write_text(manifest.sums())

    told = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    call_command("opendata", "--check")

    assert told.returncode == 0, told.stderr
    assert told.stdout.count(": OK") == len(manifest.files) == 6
    assert "6 files are whole" in capsys.readouterr().out


def spoil(path: Path, how: str) -> None:
    """As a disk, a hand or an older release would."""
    match how:
        case "missing":
            path.unlink()
        case "not the bytes":
            path.write_bytes(gzip.compress(b"nothing"))
        case "public messages":
            receive()
            Changed.objects.all().delete()  # nobody will count it


@pytest.mark.parametrize("how", ["missing", "not the bytes", "public messages"])
def test_the_check_names_what_is_wrong(how: str, capsys: pytest.CaptureFixture[str]) -> None:
    receive()
    manifest = shelf.write()
    spoil(manifest.files[-1].path, how)

    with pytest.raises(SystemExit):
        call_command("opendata", "--check")

    assert how in capsys.readouterr().out


def test_two_never_write_at_once() -> None:
    receive()
    with files.alone() as mine:
        assert mine
        with pytest.raises(CommandError):
            call_command("opendata", verbosity=0)

    assert files.read() is None
