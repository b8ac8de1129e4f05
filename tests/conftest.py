"""What every test starts with."""

import gc
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test.utils import override_settings
from django.utils import translation
from hypothesis import settings as properties
from psycopg import sql
from pytest_django import DjangoDbBlocker

from channels_app import places
from lifecycle import rules, workdays
from tests.chromium import axe, browser
from tests.faults import house as houses
from tests.faults.rooms import house, template

OF_DJANGO = {"django_content_type", "auth_permission"}

__all__ = ["axe", "browser", "house", "template"]

# A property is about what is true, not about how fast this machine is while others use it too.
properties.register_profile("portal", deadline=None)
properties.load_profile("portal")
# How many questions a page asks must not depend on it either: no rule is read again halfway.
rules.FRESH_FOR = 3600.0


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: nobody looks through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _fresh_rulebook() -> Iterator[None]:
    """No test sees the rules another one amended, nor boroughs of another database."""
    rules.forget()
    workdays.forget()
    places.forget()
    yield
    rules.forget()
    workdays.forget()


@pytest.fixture(autouse=True)
def _korean_first() -> Iterator[None]:
    """No test begins in the language in which another one stopped."""
    with translation.override("ko"):
        yield


@pytest.fixture(autouse=True)
def _nobody_has_spoken_yet() -> None:
    """No test is held for what another one has said within the hour."""
    with redis.Redis.from_url(settings.REDIS_URL) as valkey, suppress(redis.RedisError):
        if keys := list(valkey.scan_iter("limits:*")):
            valkey.delete(*keys)


@pytest.fixture(autouse=True, scope="session")
def _settings_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Photos of the tests are no photos of this machine's portal; passwords are hashed quickly."""
    erasures = tmp_path_factory.mktemp("erasures") / "erasures.jsonl"
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        ERASURE_LIST=str(erasures),
        OPEN_DATA=tmp_path_factory.mktemp("opendata"),
    ):
        yield


@pytest.fixture(autouse=True, scope="session")
def _only_tests_empty_tables() -> Iterator[None]:
    """After a test with real commits its rows go, whatever the record allows.

    Only where there are any: to truncate a hundred tables is to make five hundred files anew.
    What Django says about its own models stays, so that it need not be written again.
    """

    def empty(operations: DatabaseOperations, _statements: list[str]) -> None:
        tables = operations.connection.introspection.django_table_names(include_views=False)
        names = [name for name in tables if name not in OF_DJANGO]
        with transaction.atomic(), connection.cursor() as cursor:
            asked = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
            parts = [asked.format(sql.Literal(name), sql.Identifier(name)) for name in names]
            cursor.execute(sql.SQL(" UNION ALL ").join(parts))
            full = [name for (name,) in cursor.fetchall()]
            cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger has a say
            for name in full:
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", empty)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_words, **_more: None)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Houses are copies of it; nobody is left in it when it is dropped (a live server's thread)."""
    with django_db_blocker.unblock():
        houses.keep_template()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.close()  # where a browser ran, this is not the connection Django will close
        houses.drop_template()


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """No test speaks to another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
