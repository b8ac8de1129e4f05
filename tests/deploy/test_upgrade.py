"""A release arrives while the one before still serves: its migrations must let it go on.

The rehearsal needs the tree of the release before (`git worktree add DIR REVISION`) in
PORTAL_OLD_TREE; without it the rule below stands for it, in every run.
"""

import os
import subprocess
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED
from pytest_django import DjangoDbBlocker

from channels_app.models import Message
from seoul_portal.local import places, processes
from seoul_portal.local.ports import free_port
from tests.deploy.released import walk_to
from tests.faults import house as houses
from tests.faults.browser import Browser
from tests.faults.city import DECIDING
from tests.faults.house import House, until
from tests.ledger import check_ledger

# The last migration of the release before the one that is being made.
RELEASED = {
    "channels_app": "0029_orders_of_what_is_open",
    "desk": "0002_triage",
    "lifecycle": "0003_holidays",
    "mayors_office": "0002_note_changed_days",
    "people": "0004_user_history",
}
OLD = os.environ.get("PORTAL_OLD_TREE", "")
CLIENTS = 6
SECONDS = float(os.environ.get("PORTAL_UPGRADE_SECONDS", "60"))


def new_columns() -> dict[str, Any]:
    """Columns that the release before knows nothing of, in tables that it writes, at their last."""
    made: set[str] = set()
    found: dict[str, Any] = {}
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if app not in RELEASED or name <= RELEASED[app]:
            continue
        for step in migration.operations:
            if isinstance(step, migrations.CreateModel):
                made.add(f"{app}.{step.name.lower()}")
            elif isinstance(step, migrations.AddField | migrations.AlterField):
                table = f"{app}.{step.model_name}"
                column = f"{table}.{step.name}"
                if isinstance(step, migrations.AddField) or column in found:
                    found |= {column: step.field} if table not in made else {}
    return found


def test_the_release_before_can_still_write() -> None:
    columns = new_columns()

    without = [name for name, field in columns.items() if field.db_default is NOT_PROVIDED]
    assert [name for name in without if not columns[name].null] == []
    assert "channels_app.contact.daily" in columns


@pytest.fixture
def empty(house: House) -> Iterator[str]:
    """A database without tables; the test stands in it."""
    name = f"{house.database}_upgrade"
    houses.execute("CREATE DATABASE {}", name)
    try:
        with houses.standing_in(houses.url_of(name)):
            house.database_url = houses.url_of(name)
            yield name
    finally:
        houses.execute("DROP DATABASE {} WITH (FORCE)", name)


def migrating(tree: Path, env: dict[str, str]) -> "subprocess.Popen[bytes]":
    """`manage.py migrate` of a tree, with its words in a file."""
    command = [sys.executable, str(tree / "manage.py"), "migrate", "-v0"]
    log = Path(env["PORTAL_VAR"]) / "migrate.log"
    return processes.spawn(command, log=log, env={**env, "PYTHONPATH": str(tree)})


@pytest.mark.slow
def test_a_migration_killed_midway_is_taken_up_again(empty: str, house: House) -> None:
    walk_to({"channels_app": RELEASED["channels_app"]})
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE channels_app_delivery IN ACCESS SHARE MODE")
        killed = migrating(places.ROOT, house.env)
        until(waits_for_a_lock, within=60)
        os.killpg(killed.pid, SIGKILL)
        killed.wait()
        cursor.execute("COMMIT")

    again = migrating(places.ROOT, house.env)

    assert again.wait(120) == 0, house.said("migrate.log")
    assert not MigrationLoader(connection).detect_conflicts()
    assert Message.objects.count() == 0


def waits_for_a_lock() -> bool:
    """Is somebody in the middle of it?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return bool(cursor.fetchone()[0])


def speak_and_read(over: threading.Event, port: int, client: int) -> tuple[list[str], Counter[int]]:
    """Voice after voice, and the wall between them."""
    browser, receipts = Browser(port), list[str]()
    while not over.is_set():
        text = f"{client}-{len(receipts)} {DECIDING}"
        receipts.append(browser.say_until_heard(text, uuid.uuid4()))
        for path in ("/", "/smc/", f"/s/{receipts[-1]}/"):
            browser.get(path)
    return receipts, browser.statuses


@pytest.mark.slow
@pytest.mark.skipif(not OLD, reason="PORTAL_OLD_TREE names no tree of the release before")
def test_the_release_before_serves_through_the_migration_and_beside_the_new_one(
    empty: str, house: House, django_db_blocker: DjangoDbBlocker
) -> None:
    old = Path(OLD).resolve()
    assert migrating(old, house.env).wait(120) == 0, house.said("migrate.log")
    house.valkey.start()
    port = free_port(0)
    working = [sys.executable, "-m", "celery", "-A", "seoul_portal", *houses.WORKER]
    env = {**house.env, "PYTHONPATH": str(old), "PORTAL_SITE_URL": f"http://127.0.0.1:{port}"}
    running = [
        spawn_in(old, serving(port), house.folder / "old-web.log", env),
        spawn_in(old, working, house.folder / "old-worker.log", env),
    ]
    over = threading.Event()
    try:
        until(lambda: Browser(port).answers(), within=60)
        with ThreadPoolExecutor(2 * CLIENTS) as pool:
            saying = [pool.submit(speak_and_read, over, port, one) for one in range(CLIENTS)]
            try:
                over.wait(SECONDS / 3)
                upgrade = migrating(places.ROOT, house.env)
                migrated = upgrade.wait(120)
                over.wait(SECONDS / 3)
                # Pages of the new release beside those of the old one, and its old worker.
                newer = free_port(0)
                env["PYTHONPATH"] = str(places.ROOT)
                running += [
                    spawn_in(places.ROOT, serving(newer), house.folder / "new-web.log", env)
                ]
                until(lambda: Browser(newer).answers(), within=60)
                saying += [
                    pool.submit(speak_and_read, over, newer, CLIENTS + one)
                    for one in range(CLIENTS)
                ]
                over.wait(SECONDS)
            finally:
                over.set()
            told = [one.result() for one in saying]
    finally:
        processes.stop(*running, patience=15)

    assert migrated == 0, house.said("migrate.log")
    receipts = [receipt for numbers, _ in told for receipt in numbers]
    statuses = sum((seen for _, seen in told), Counter[int]())
    wrong = sum(number for status, number in statuses.items() if status >= 500)
    print(f"{len(receipts)} voices, answers by status: {dict(statuses)}")  # noqa: T201 - for -rP
    assert wrong <= statuses.total() / 1000, statuses
    assert len(set(receipts)) == len(receipts) == Message.objects.count() > 10
    check_ledger(receipts=receipts, settled=False)


def serving(port: int) -> list[str]:
    """The command of one web process."""
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--no-access-log"]
    return [*command, "seoul_portal.asgi:application"]


def spawn_in(
    tree: Path, command: list[str], log: Path, env: dict[str, str]
) -> "subprocess.Popen[bytes]":
    """A process that imports this tree and no other."""
    return processes.spawn(["env", "--chdir", str(tree), *command], log=log, env=env)
