"""No connection is left, or somebody sits on a lock: plain words, nothing half, and it passes."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from channels_app.models import Message, MessageStep
from people.models import Office
from tests.faults import city
from tests.faults.house import House
from tests.ledger import check_ledger

SHORT = "-c statement_timeout=3s -c lock_timeout=1s -c idle_in_transaction_session_timeout=2s"


def line(house: House, options: str = "") -> psycopg.Connection[tuple[object, ...]]:
    """One more connection to the house's database."""
    place = connection.settings_dict
    return psycopg.connect(
        host=place["HOST"],
        user=place["USER"],
        port=place["PORT"] or None,
        password=place["PASSWORD"] or None,
        dbname=house.database,
        options=options,
    )


@contextmanager
def every_connection_taken(house: House) -> Iterator[None]:
    """By others, up to the last that the server gives to anybody."""
    connection.close()
    with ExitStack() as stack:
        while one := one_more(house):
            stack.enter_context(closing(one))
        yield


def one_more(house: House) -> psycopg.Connection[tuple[object, ...]] | None:
    """A connection, or None where the server has none left."""
    try:
        return line(house)
    except psycopg.OperationalError as problem:
        assert "too many clients" in str(problem)  # noqa: PT017 - anything else is no such end
        return None


def say(client: Client, key: uuid.UUID) -> tuple[int, str, str]:
    """Press Send; status, page, address it leads to."""
    typed = {"text": f"여기 {city.DECIDING}", "kind": "complaint", "audience": "office"}
    told = {**typed, "contact": "", "client_key": str(key)}
    answer = client.post("/say/send/", told)
    return answer.status_code, answer.content.decode(), answer.headers.get("Location", "")


def test_without_a_free_connection_the_typed_text_comes_back(house: House, roads: Office) -> None:
    client, key = Client(), uuid.uuid4()

    with every_connection_taken(house):
        status, page, _ = say(client, key)
        waiting = client.get("/healthz")
        retry = client.post("/say/send/", {"text": "x"}).headers.get("Retry-After")

    assert status == 503
    assert city.DECIDING in page
    assert str(key) in page
    assert retry == "20"
    assert waiting.status_code == 503
    connection.close()
    assert say(client, key)[0] == 302
    assert Message.objects.count() == 1
    check_ledger(settled=False)


def test_a_lock_held_too_long_is_an_answer_and_passes_by_itself(
    house: House, roads: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "options", SHORT)
    connection.close()
    client, key = Client(), uuid.uuid4()
    with closing(line(house, SHORT)) as admin:  # looked at a row and went for a coffee
        admin.execute("BEGIN")
        admin.execute("LOCK TABLE channels_app_message IN ACCESS EXCLUSIVE MODE")

        status, page, _ = say(client, key)

        assert status == 503
        assert city.DECIDING in page
        while say(client, key)[0] != 302:  # each waits a second; the admin is put out after two
            pass
        with pytest.raises(psycopg.Error, match="idle-in-transaction"):
            admin.execute("SELECT 1")
    connection.close()
    assert Message.objects.count() == 1
    assert MessageStep.objects.filter(root__in=Message.objects.all()).count() == 1
    check_ledger(settled=False)


def test_a_statement_that_never_ends_is_ended(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "options", SHORT)
    connection.close()

    with connection.cursor() as cursor, pytest.raises(Exception, match="statement timeout"):
        cursor.execute("SELECT pg_sleep(30)")

    connection.close()


def test_the_portal_itself_has_all_three_limits() -> None:
    options = settings.DATABASES["default"]["OPTIONS"]["options"]

    for limit in (
        "statement_timeout=30s",
        "lock_timeout=10s",
        "idle_in_transaction_session_timeout=60s",
    ):
        assert limit in options
