"""A citizen is erased: nobody finds them again, and the record still holds."""

import json
import logging
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from psycopg import sql

from channels_app import actions
from channels_app.models import Attachment, Contact, Erasure, Message, MessageStep, Reading
from lifecycle.models import digest
from tests.ledger import check_ledger
from tests.people import factories as people
from tests.privacy import lives

STATES = ("received", "routed", "answered", "replied", "set_aside", "joined", "came_back")
TEXTS = [
    "text",
    "character varying",
    "character",
    "json",
    "jsonb",
    "bytea",
    "ARRAY",
    "USER-DEFINED",
]
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = ANY(%s)
"""


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A folder of its own for the photos."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


def places_with(*secrets: str) -> list[str]:
    """Every text and JSON column of every table that holds one of these."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [TEXTS])
        for table, column in cursor.fetchall():
            where = sql.SQL("SELECT count(*) FROM {} WHERE {}::text LIKE ANY(%s)")
            query = where.format(sql.Identifier(table), sql.Identifier(column))
            for secret in secrets:
                escaped = json.dumps(secret)[1:-1].replace("\\", "\\\\")  # as in a session
                cursor.execute(query, [[f"%{secret}%", f"%{escaped}%"]])
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}: {secret}")
    return found


def record() -> list[tuple[object, ...]]:
    """All that the append-only record says, hashes and digests among it."""
    names = [field.attname for field in MessageStep._meta.concrete_fields]
    return list(MessageStep.objects.order_by("pk").values_list(*names))


@pytest.mark.django_db
@pytest.mark.parametrize("public", [True, False], ids=["public", "office"])
@pytest.mark.parametrize("state", STATES)
def test_an_erased_person_is_in_no_table_and_no_file(
    state: str, public: bool, media: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    message = lives.in_state(state, public=public)
    assert places_with(*lives.SECRETS)
    before, steps = record(), message.steps.count()

    actions.erase_message(message, by=None, withdraw=True)

    assert places_with(*lives.SECRETS) == []
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert not any(secret in caplog.text for secret in lives.SECRETS)
    assert record()[: len(before)] == before
    closing = {"answered": 2, "received": 1, "routed": 1, "came_back": 1}
    assert message.steps.count() - steps == closing.get(state, 0)
    check_ledger(receipts=[message.code], settled=False)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["routed", "replied", "came_back"])
def test_what_everyone_could_read_stays_masked_and_still_matches_the_record(
    state: str, media: Path
) -> None:
    message = lives.in_state(state)
    masked, published = message.masked_text, _published_digests(message)

    actions.erase_message(message, by=None)

    message.refresh_from_db()
    assert message.masked_text == masked
    assert "8765" not in masked
    assert (message.text, message.place, message.contact) == ("", "", None)
    assert (message.is_public, message.is_gone) == (True, False)
    assert digest(message.masked_text) == message.steps.get(seq=0).text_digest
    assert _published_digests(message) == published
    assert places_with("8765-4321", "kim.mina") == []
    check_ledger(receipts=[message.code], settled=False)


def _published_digests(message: Message) -> set[str]:
    texts = [
        message.masked_text,
        *message.replies.published().values_list("masked_text", flat=True),
    ]
    return {digest(text) for text in texts}


@pytest.mark.django_db
def test_every_note_keeps_its_salted_hash(media: Path) -> None:
    message = lives.in_state("replied", public=False)
    hashes = list(message.steps.exclude(note_hash="").values_list("note_hash", flat=True))

    actions.erase_message(message, by=None)

    noted = message.steps.exclude(note_hash="")
    assert list(noted.values_list("note_hash", flat=True)) == hashes != []
    assert {(step.note.text, step.note.salt) for step in noted} == {("", "")}


@pytest.mark.django_db
def test_everything_from_one_address_goes_with_it(media: Path) -> None:
    for state in STATES:
        lives.in_state(state, public=state != "routed")
    contact = Contact.objects.get()
    planned = actions.would_erase_person(contact, withdraw=True)

    done = actions.erase_person(contact, by=None, reason="asked by phone", withdraw=True)

    assert done == planned
    assert done["message"] == len(STATES)
    assert places_with(*lives.SECRETS) == []
    contact.refresh_from_db()
    assert (contact.sealed, contact.index) == ("", f"erased-{contact.pk}")
    assert not contact.deliveries.exists()
    check_ledger(settled=False)


@pytest.mark.django_db
def test_history_tables_sessions_and_the_cache_hold_nothing_of_it(
    media: Path, client: Client
) -> None:
    typed = {"text": lives.WORDS, "place": lives.PLACE, "contact": lives.MINA[1]}
    client.post("/say/check/", typed)
    message = lives.in_state("replied", public=False)
    jun = people.signed_in_client(people.centre_officer())
    jun.get(f"/admin/case/{message.code}/")
    jun.get("/admin/triage/")
    client.get(message.private_url())

    actions.erase_message(message, by=None)

    assert places_with(*lives.SECRETS) == []
    assert Reading.objects.filter(message=message).exists()
    valkey = redis.Redis.from_url(settings.REDIS_URL)
    kept = list(valkey.scan_iter(count=1000))
    held = b"".join(kept) + b"".join(valkey.dump(key) or b"" for key in kept)
    assert not any(secret.encode() in held for secret in lives.SECRETS)


@pytest.mark.django_db(transaction=True)
def test_the_log_of_the_database_repeats_no_words(media: Path) -> None:
    people.centre()
    folder = _folder_of_the_server()
    if folder is None:
        pytest.skip("the database is not ours: docs/privacy.md says what its operator sets")
    said = actions.Said(text=lives.WORDS, kind="complaint")
    actions.receive(said, client_key=(key := uuid4()))

    actions.receive(said, client_key=key)  # the database refuses the twin, and logs that

    log = folder.with_suffix(".log")
    text = log.read_text(errors="replace")
    assert "message_client_key_once" in text
    assert not any(secret in text for secret in lives.SECRETS)


def _folder_of_the_server() -> Path | None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    return folder if folder.with_suffix(".log").exists() else None


@pytest.mark.django_db
def test_a_backup_that_brings_somebody_back_is_erased_again(media: Path, tmp_path: Path) -> None:
    message = lives.in_state("routed", public=False)
    contact = message.contact
    assert contact is not None
    sealed, index = contact.sealed, contact.index
    actions.erase_message(message, by=None, reason="asked")
    call_command("erasures", tmp_path / "erasures.jsonl", verbosity=0)
    Contact.objects.filter(pk=contact.pk).update(sealed=sealed, index=index, erased_at=None)
    Message.objects.filter(pk=message.pk).update(
        text=lives.WORDS, erased_at=None, erased_because="", contact=contact
    )
    assert places_with(*lives.SECRETS)

    for _twice in range(2):
        call_command("replay_erasures", tmp_path / "erasures.jsonl", verbosity=0)

    assert places_with(*lives.SECRETS) == []
    contact.refresh_from_db()
    assert contact.erased_at is not None
    assert not any(secret in (tmp_path / "erasures.jsonl").read_text() for secret in lives.SECRETS)
    assert Erasure.objects.filter(key=message.code).count() == 2


@pytest.mark.django_db
def test_a_photo_that_is_drawn_while_it_is_erased_does_not_come_back(media: Path) -> None:
    message = lives.with_everything()
    photo = Attachment.objects.get(message=message)
    actions.erase_message(message, by=None)

    actions.draw_photo(photo)

    photo.refresh_from_db()
    assert (photo.state, photo.picture) == ("erased", "")
    assert [path for path in media.rglob("*") if path.is_file()] == []
