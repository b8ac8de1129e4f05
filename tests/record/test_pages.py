"""The pages of the record: what they say, what they never say, and what they ask the database."""

import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from channels_app import actions
from channels_app.models import Message
from lifecycle.models import Seal
from lifecycle.record import notes, verify
from tests.channels_app import factories
from tests.people import factories as people
from tests.record import lives

pytestmark = pytest.mark.django_db
FILES = ("checkpoint", "key", "verify.py", "leaves/0", "entries/0", "feed.atom", "")


def private() -> Message:
    """Sent to the office only, and answered."""
    office = people.make_office("quiet-of-the-test")
    return factories.published_by(people.officer_of(office), office, public=False)


def test_a_stranger_verifies_what_was_downloaded(tmp_path: Path) -> None:
    lives.sealed(2)
    private()
    lives.seal_all()

    status, words = lives.checked(lives.download(tmp_path))

    assert (status, words) == (0, "the record is whole\n")


def test_the_script_says_its_key_and_keeps_what_it_reads(tmp_path: Path) -> None:
    lives.sealed(1)
    folder = lives.download(tmp_path)

    status, words = lives.stranger("check", folder, "--save", "kept", folder=folder)

    assert status == 0
    assert notes.verifier_key() in words
    assert (folder / "kept/leaves/0").read_bytes() == (folder / "leaves/0").read_bytes()


def test_of_a_private_case_nothing_but_a_fingerprint_is_handed_out(client: Client) -> None:
    message = private()
    lives.seal_all()

    everything = b"".join(client.get(f"/opendata/record/{name}").getvalue() for name in FILES)

    newest = Seal.objects.newest()
    assert newest is not None
    assert newest.size == message.steps.count() == 4
    assert message.code.encode() not in everything
    assert b"quiet-of-the-test" not in everything
    assert client.get("/opendata/record/entries/0").content == b""
    assert len(client.get("/opendata/record/leaves/0").content) == 4 * 32


@pytest.mark.parametrize("end", ["", "message-0.json"])
def test_the_history_of_a_case_is_there_for_whom_the_case_is(client: Client, end: str) -> None:
    shown, kept = lives.sealed(1)[0], private()
    gone = lives.lived(1)[0]
    actions.hide(gone, reason="personal", by=people.centre_officer())
    lives.seal_all()

    answers = [
        client.get(f"/s/{code}/record/{end}").status_code
        for code in (shown.code, kept.code, gone.code, "S-2026-999999")
    ]

    assert answers == [200, 404, 404, 404]


def test_a_case_that_is_hidden_leaves_the_entries_at_once(client: Client) -> None:
    message = lives.sealed(1)[0]
    assert client.get("/opendata/record/entries/0").content.count(message.code.encode()) == 4

    actions.hide(message, reason="personal", by=people.centre_officer())

    assert client.get("/opendata/record/entries/0").content == b""


def test_no_entry_holds_anything_about_a_person(client: Client) -> None:
    message = lives.sealed(1)[0]

    entries = client.get("/opendata/record/entries/0").content.decode().splitlines()

    said = [json.loads(line.split("\t")[1]) for line in entries]
    assert [one["seq"] for one in said] == [0, 1, 2, 3]
    for one in said:
        assert set(one) == {
            "at", "by", "by_office", "case", "cause", "due", "from", "kind", "note", "office",
            "salt", "seq", "text", "to",
        }  # fmt: skip
    step = message.steps.get(seq=1)
    assert said[1]["by"] not in ("", str(step.by_id))
    assert len(said[1]["by"]) == len(said[1]["salt"]) == 32
    assert said[1]["by"] != said[2]["by"]
    assert message.steps.get(seq=0).text_digest not in entries[0]


def test_a_proof_can_be_checked_by_itself(client: Client, tmp_path: Path) -> None:
    message = lives.sealed(3)[1]
    folder = lives.download(tmp_path)
    answer = client.get(f"/s/{message.code}/record/message-2.json")
    (folder / "proof.json").write_bytes(answer.content)

    status, words = lives.stranger("proof", "proof.json", folder=folder)

    assert status == 0
    assert json.loads(words)["case"] == message.code
    proof = answer.json()
    changes: list[dict[str, object]] = [
        {"index": proof["index"] + 1},
        {"entry": proof["entry"] + " "},
        {"path": []},
    ]
    for wrong in changes:
        (folder / "wrong.json").write_text(json.dumps(proof | wrong))
        assert lives.stranger("proof", "wrong.json", folder=folder)[0] == 1


def test_the_page_of_a_case_says_whether_anything_was_changed(client: Client) -> None:
    message = lives.sealed(1)[0]
    path = f"/en/s/{message.code}/record/"
    whole = client.get(path).content.decode()
    lives.pass_on(message)
    waiting = client.get(path).content.decode()

    with lives.superuser() as cursor:
        cursor.execute("UPDATE channels_app_messagestep SET cause = 'x' WHERE seq = 1")
    changed = client.get(path).content.decode()

    assert "Nothing was changed." in whole
    assert "Not sealed yet." not in whole
    assert "Nothing was changed." in waiting
    assert "Not sealed yet." in waiting
    assert "not the one that was sealed" in changed
    assert "Place 1 in the record: not what was sealed there." in changed


def test_the_page_of_a_case_sees_a_row_that_stands_elsewhere(client: Client) -> None:
    message = lives.sealed(1)[0]
    office = people.make_office("elsewhere-of-the-test")

    with lives.superuser() as cursor:
        cursor.execute("UPDATE channels_app_message SET office_id = %s", [office.pk])

    page = client.get(f"/en/s/{message.code}/record/").content.decode()
    assert "not the one that was sealed" in page


def test_where_leaves_were_taken_away_the_page_still_answers(client: Client) -> None:
    message = lives.sealed(1)[0]
    with lives.superuser() as cursor:
        cursor.execute("DELETE FROM lifecycle_leaf WHERE index = 1")

    page = client.get(f"/en/s/{message.code}/record/").content.decode()

    assert "not the one that was sealed" in page


def test_the_pages_speak_both_languages_and_lead_to_each_other(client: Client) -> None:
    message = lives.sealed(1)[0]

    korean, english = (client.get(f"{tongue}/opendata/record/") for tongue in ("", "/en"))

    newest = Seal.objects.newest()
    assert newest is not None
    assert newest.note in english.content.decode()
    assert "The sealed record" in english.content.decode()
    assert '<html lang="ko"' in korean.content.decode()
    assert notes.verifier_key() in korean.content.decode()
    assert f"/en/s/{message.code}/record/" in client.get(f"/en/s/{message.code}/").content.decode()
    assert "/en/opendata/record/" in client.get("/en/opendata/").content.decode()


def test_before_the_first_seal_the_pages_say_so(client: Client) -> None:
    message = factories.receive()

    assert "Nothing was sealed yet." in client.get("/en/opendata/record/").content.decode()
    assert client.get("/opendata/record/checkpoint").status_code == 404
    assert client.get("/opendata/record/leaves/0").status_code == 404
    assert client.get(f"/s/{message.code}/record/").status_code == 200
    assert client.get(f"/s/{message.code}/record/message-0.json").status_code == 404


def test_the_head_of_each_day_is_in_the_feed_and_a_file(client: Client) -> None:
    lives.sealed(1)
    seal = Seal.objects.daily().first()
    assert seal is not None

    feed = client.get("/en/opendata/record/feed.atom").content.decode()

    assert f"Seal of {seal.day}: {seal.size} steps" in feed
    root = seal.note.splitlines()[2]
    assert root in feed
    file = client.get(f"/opendata/record/checkpoint-{seal.day}").content.decode()
    assert verify.read_note(file, notes.verifier_key())[0] == seal.size
    assert client.get("/opendata/record/checkpoint-2012-01-01").status_code == 404


def test_any_page_of_any_host_may_read_the_files(client: Client) -> None:
    lives.sealed(1)

    for name in FILES[:5]:
        answer = client.get(f"/opendata/record/{name}")
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "no-cache"
        assert not answer.cookies


def test_what_the_pages_ask_does_not_grow(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    message = lives.sealed(70)[0]  # more than one tile
    lives.pass_on(message)
    lives.seal_all()

    with django_assert_num_queries(8):
        client.get(f"/s/{message.code}/record/")
    with django_assert_num_queries(2):
        client.get("/opendata/record/")
    with django_assert_num_queries(3):
        client.get("/opendata/record/entries/0")
