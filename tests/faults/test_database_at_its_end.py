"""No connection is left, or somebody sits on a lock: plain words, nothing half, and it passes."""

import uuid
from collections.abc import Callable
from contextlib import ExitStack, closing
from typing import Any

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


def refused(house: House, taken: ExitStack, ask: Callable[[], Any]) -> Any:
    """What is answered with no connection left; asked again where one has become free meanwhile."""
    for _try in range(50):
        connection.close()
        while one := one_more(house):
            taken.enter_context(closing(one))
        if (answer := ask()).status_code == 503:
            return answer
    raise AssertionError("there was always a connection left")


def one_more(house: House) -> psycopg.Connection[tuple[object, ...]] | None:
    """A connection, or None where the server has none left."""
    try:
        return line(house)
    except psycopg.OperationalError as problem:
        assert "too many clients" in str(problem)  # noqa: PT017 - anything else is no such end
        return None


def say(client: Client, key: uuid.UUID) -> Any:
    """Press Send; what comes back."""
    typed = {"text": f"여기 {city.DECIDING}", "kind": "complaint", "audience": "office"}
    told = {**typed, "contact": "", "client_key": str(key)}
    return client.post("/say/send/", told)


def test_without_a_free_connection_the_typed_text_comes_back(own_house: House) -> None:
    """On a server of its own: whoever tests beside it needs connections too."""
    house, client, keys = own_house, Client(), []

    def send() -> Any:
        keys.append(uuid.uuid4())
        return say(client, keys[-1])

    with ExitStack() as taken:
        answer = refused(house, taken, send)
        waiting = refused(house, taken, lambda: client.get("/healthz"))

    assert answer.headers["Retry-After"] == "20"
    assert city.DECIDING in answer.content.decode()
    assert str(keys[-1]) in answer.content.decode()
    assert waiting.status_code == 503
    connection.close()
    assert say(client, keys[-1]).status_code == 302
    assert Message.objects.count() == len(keys)
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

        answer = say(client, key)

        assert answer.status_code == 503
        assert city.DECIDING in answer.content.decode()
        while (
            say(client, key).status_code != 302
        ):  # each waits a second; the admin is put out after two
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
